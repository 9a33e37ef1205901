"""The columns of a list of people: what each is called in four languages, and how it is found in a file.

Headings belong to a file format, not to the interface: offices keep their lists for years, so they do not
change when a translation does.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from tragitto.kernel.texts import Text

#: Above its headings a list may have a title; so many rows are looked through for them.
_HEAD_ROWS = 20
_NO_WORD = re.compile(r"[^\w]+")


class Kind(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    DAY = "day"
    MONTH = "month"
    NUMBER = "number"
    STATE = "state"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True)
class Column:
    """A column by its code; `choices` = the list from which its answers are taken; `others` = more headings
    under which offices have it. `part` = what of a thing it says, where several columns describe one.
    """

    code: str
    headings: Text
    kind: Kind = Kind.TEXT
    choices: str = ""
    others: tuple[str, ...] = ()
    is_needed: bool = False
    group: str = ""
    number: int = 0
    part: str = ""


@dataclass(frozen=True)
class Found:
    """Where the headings stand in a file, and which column of ours each of its columns is ("" for none)."""

    row: int
    codes: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headings that are none of ours: their columns are not read."""
        return tuple(text for text, code in zip(self.headings, self.codes, strict=True) if text and not code)

    @property
    def twice(self) -> tuple[str, ...]:
        """The columns that more than one column of the file claims to be."""
        return tuple(sorted({code for code in self.codes if code and self.codes.count(code) > 1}))


def _texts(it: str, fr: str, ar: str, en: str) -> Text:
    return {"it": it, "fr": fr, "ar": ar, "en": en}


_ALONE = (
    Column("reference", _texts("Vostro riferimento", "Votre référence", "مرجعكم", "Your reference"),
           is_needed=True, others=("reference", "riferimento", "référence", "id", "n°")),
    Column("surnames", _texts("Cognomi", "Noms de famille", "الأسماء العائلية باللاتينية", "Surnames"),
           is_needed=True, others=("cognome", "nom", "nom de famille", "surname", "last name")),
    Column("given_names", _texts("Nomi", "Prénoms", "الأسماء الشخصية باللاتينية", "Given names"),
           others=("nome", "prénom", "given name", "first name")),
    Column("arabic_surnames",
           _texts("Cognomi in arabo", "Noms de famille en arabe", "الأسماء العائلية", "Surnames in Arabic"),
           others=("nom en arabe", "الاسم العائلي", "النسب")),
    Column("arabic_given_names",
           _texts("Nomi in arabo", "Prénoms en arabe", "الأسماء الشخصية", "Given names in Arabic"),
           others=("prénom en arabe", "الاسم الشخصي")),
    Column("birth_on", _texts("Data di nascita", "Date de naissance", "تاريخ الازدياد", "Date of birth"),
           Kind.DAY, is_needed=True, others=("تاريخ الميلاد", "birth date", "né le", "nato il")),
    Column("birth_place", _texts("Luogo di nascita", "Lieu de naissance", "مكان الازدياد", "Place of birth"),
           others=("مكان الميلاد",)),
    Column("phone", _texts("Cellulare", "Téléphone portable", "الهاتف المحمول", "Mobile phone"),
           others=("telefono", "téléphone", "gsm", "portable", "phone", "mobile", "الهاتف")),
    Column("email", _texts("Indirizzo e-mail", "Adresse e-mail", "البريد الإلكتروني", "E-mail address"),
           others=("email", "e-mail", "mail", "courriel")),
    Column("language",
           _texts("Lingua dei messaggi", "Langue des messages", "لغة الرسائل", "Language of messages"),
           Kind.CHOICE, "languages_of_ours", others=("langue", "lingua", "language")),
    Column("standing",
           _texts("Status nel paese", "Statut dans le pays", "الوضعية في البلد", "Status in the country"),
           Kind.CHOICE, "standings"),
    Column("nationality", _texts("Cittadinanza", "Nationalité", "الجنسية", "Nationality"), Kind.STATE),
    Column("town", _texts("Comune di residenza", "Ville de résidence", "مدينة الإقامة", "Town of residence"),
           others=("ville", "città", "town", "المدينة")),
    Column("country",
           _texts("Paese di residenza", "Pays de résidence", "بلد الإقامة", "Country of residence"),
           Kind.STATE),
    Column("document_kind",
           _texts("Tipo di documento", "Type de document", "نوع الوثيقة", "Kind of document"),
           Kind.CHOICE, "documents", group="document", part="kind"),
    Column("document_number",
           _texts("Numero del documento", "Numéro du document", "رقم الوثيقة", "Number of the document"),
           group="document", part="number", others=("passeport", "passaporto", "passport", "جواز السفر")),
    Column("document_state",
           _texts("Stato di rilascio", "État de délivrance", "دولة الإصدار", "Issuing state"),
           Kind.STATE, group="document", part="issuing_state"),
    Column("document_expires_on",
           _texts("Scadenza del documento", "Expiration du document", "تاريخ انتهاء الوثيقة",
                  "Document expires on"),
           Kind.DAY, group="document", part="expires_on"),
    Column("personal_number",
           _texts("Numero CIN", "Numéro de CIN", "رقم البطاقة الوطنية", "CIN number"),
           group="document", part="personal_number", others=("cin", "cnie", "n° cin", "ب و ت")),
    Column("skills", _texts("Competenze", "Compétences", "المهارات", "Skills"), Kind.CHOICES, "skills"),
    Column("languages", _texts("Lingue conosciute", "Langues connues", "اللغات", "Languages known"),
           Kind.CHOICES, "tongues", others=("langues", "lingue", "languages")),
    Column("available_from",
           _texts("Disponibile dal", "Disponible à partir du", "متاح ابتداء من", "Available from"), Kind.DAY),
    Column("regions", _texts("Regioni", "Régions", "الجهات", "Regions"), Kind.CHOICES, "regions"),
    Column("shifts", _texts("Turni", "Horaires", "أوقات العمل", "Shifts"), Kind.CHOICES, "shifts"),
    Column("housing", _texts("Alloggio", "Logement", "السكن", "Housing"), Kind.CHOICE, "housing"),
)  # fmt: skip

#: Things of which somebody may have several: how many, what one is called, and its columns.
_GROUPS: tuple[tuple[str, int, Text, tuple[Column, ...]], ...] = (
    ("profile", 3, _texts("Profilo", "Profil", "المهنة", "Profile"), (
        Column("", _texts("", "", "", ""), Kind.CHOICE, "profiles"),
        Column("years", _texts("anni", "années", "سنوات", "years"), Kind.NUMBER),
    )),
    ("certificate", 3, _texts("Certificato", "Certificat", "الشهادة المهنية", "Certificate"), (
        Column("skill", _texts("competenza", "compétence", "المهارة", "skill"), Kind.CHOICE, "skills"),
        Column("number", _texts("numero", "numéro", "الرقم", "number")),
        Column("until", _texts("valido fino al", "valable jusqu'au", "صالحة إلى", "valid until"), Kind.DAY),
    )),
    ("diploma", 2, _texts("Diploma", "Diplôme", "الدبلوم", "Diploma"), (
        Column("title", _texts("titolo", "intitulé", "العنوان", "title")),
        Column("level", _texts("livello", "niveau", "المستوى", "level"), Kind.CHOICE, "diplomas"),
        Column("institution", _texts("istituto", "établissement", "المؤسسة", "institution")),
        Column("year", _texts("anno", "année", "السنة", "year"), Kind.NUMBER),
    )),
    ("experience", 3, _texts("Esperienza", "Expérience", "التجربة", "Experience"), (
        Column("role", _texts("mansione", "poste", "العمل", "job")),
        Column("profile", _texts("profilo", "profil", "المهنة", "profile"), Kind.CHOICE, "profiles"),
        Column("employer", _texts("datore di lavoro", "employeur", "المشغل", "employer")),
        Column("country", _texts("paese", "pays", "البلد", "country"), Kind.STATE),
        Column("from", _texts("dal", "de", "من", "from"), Kind.MONTH),
        Column("to", _texts("al", "à", "إلى", "to"), Kind.MONTH),
    )),
)  # fmt: skip


def _numbered() -> list[Column]:
    made = []
    for group, most, title, parts in _GROUPS:
        for number in range(1, most + 1):
            for part in parts:
                code = "_".join(filter(None, (group, str(number), part.code)))
                headings = {
                    language: f"{word} {number}" + (f": {part.headings[language]}" if part.code else "")
                    for language, word in title.items()
                }
                made.append(
                    replace(
                        part,
                        code=code,
                        is_needed=code == "profile_1",
                        headings=headings,
                        group=group,
                        number=number,
                        part=part.code or group,
                    )
                )
    return made


#: Every column, in the order of the list that is handed out to be filled.
COLUMNS: tuple[Column, ...] = (*_ALONE[:19], *_numbered(), *_ALONE[19:])
BY_CODE: Mapping[str, Column] = {column.code: column for column in COLUMNS}


def folded(text: str) -> str:
    """What people write, without accents, capitals and signs: headings and answers are compared so."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", bare).replace("_", " ").strip()


@cache
def _known() -> dict[str, str]:
    named: dict[str, str] = {}
    for column in COLUMNS:
        for text in (column.code, *column.headings.values(), *column.others):
            named.setdefault(folded(text), column.code)
    return named


def code_of(heading: str) -> str:
    """The column of ours that this heading means; "" for none. What is in brackets does not count."""
    return _known().get(folded(re.sub(r"\([^)]*\)|\*", " ", heading)), "")


def headings_in(rows: Sequence[Sequence[str]]) -> Found | None:
    """The row of headings: the first of those at the top with most of ours; None where fewer than two are."""
    tried = [
        (sum(map(bool, codes)), -place, codes)
        for place, row in enumerate(rows[:_HEAD_ROWS])
        if (codes := tuple(code_of(cell) for cell in row))
    ]
    known, place, codes = max(tried, key=lambda each: each[:2], default=(0, 0, ()))
    return Found(-place, codes, tuple(rows[-place])) if known > 1 else None
