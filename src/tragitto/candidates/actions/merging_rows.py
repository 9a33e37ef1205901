"""What goes over from one registration to the other when two are merged, and how it goes back.

Rows that the other has already stay where they are: nothing is lost, and nothing is doubled. What went over
is written down by keys and names of fields, never by values.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max, Model, QuerySet

from tragitto.candidates.models import (
    Candidate,
    CandidateFile,
    CandidateSkill,
    Diploma,
    Identity,
    IdentityDocument,
    LanguageLevel,
    NameVariant,
)
from tragitto.candidates.rules.naming import keys_of
from tragitto.candidates.vocabulary import Script

#: What hangs on a person and goes over, with what makes two of them the same.
PARTS: Mapping[str, tuple[str, ...]] = {
    "files": ("sha256",),
    "name_variants": ("script", "surnames", "given_names"),
    "registrations": ("pk",),
    "profiles": ("profile",),
    "skills": ("skill",),
    "experiences": ("role", "employer", "begins_on"),
    "diplomas": ("title", "year"),
    "languages": ("tongue",),
    "invitations": ("call", "recipient"),
    "on_lists": ("roster_list",),
}
#: Taken over where the one that stays says nothing; names of one script together.
OF_IDENTITY: tuple[tuple[str, ...], ...] = (
    ("surnames", "given_names"), ("arabic_surnames", "arabic_given_names"), ("birth_place",),
    ("nationality", "standing"), ("phone",), ("email",), ("town",),
)  # fmt: skip
#: The same of the registration itself, with what says nothing.
OF_PERSON: Mapping[str, Any] = {
    "available_from": None, "regions": [], "shifts": [], "housing": "", "account": "",
}  # fmt: skip
#: Rows that name photos, with the way to their person and to the photo.
SHOWING: Mapping[str, tuple[type[Model], str, str]] = {
    "documents": (IdentityDocument.files.through, "identitydocument__candidate", "candidatefile"),
    "skills": (CandidateSkill, "candidate", "file"),
    "diplomas": (Diploma, "candidate", "file"),
    "languages": (LanguageLevel, "candidate", "file"),
}
MERGED = "merge"


def go_over(gone: Candidate, kept: Candidate, *, at: datetime) -> dict[str, Any]:
    """Have what hangs on `gone` hang on `kept`; what went over, to be given to `go_back`."""
    positions = _profiles_behind(gone, kept)
    rows = {name: _move(name, gone, kept) for name in PARTS}
    superseded = _supersede(gone, kept, at=at)
    rows["documents"] = _taken(gone.documents.all(), kept)
    rows["consents"], withdrawn = _hear(gone, kept)
    return {
        "rows": rows,
        "withdrawn": withdrawn,
        "shown": _show_ours(gone, kept),
        "positions": positions,
        "superseded": superseded,
        "variants": _remember_names(gone, kept),
        "identity": _fill_identity(gone, kept),
        "person": _fill_person(gone, kept),
        "about": _take_words(gone, kept),
    }


def go_back(moved: Mapping[str, Any], gone: Candidate, kept: Candidate, *, at: datetime) -> None:
    """Have what went over at `at` hang on `gone` again, as far as it is still there and unchanged."""
    if moved["about"]:
        _give_words_back(gone, kept)
    _empty(kept, [name for name in moved["person"] if getattr(kept, name) == getattr(gone, name)])
    _empty_identity(moved["identity"], gone, kept)
    NameVariant.objects.filter(pk__in=moved["variants"], candidate=kept).delete()
    _show_theirs(moved["shown"], kept)
    for name, keys in moved["rows"].items():
        getattr(kept, name).filter(pk__in=keys).update(candidate=gone)
    _unhear(moved["withdrawn"], gone, kept, since=at)
    for key, position in moved["positions"].items():
        gone.profiles.filter(pk=key).update(position=position)
    for document in IdentityDocument.objects.filter(pk__in=moved["superseded"], superseded_at=at):
        same_kind = IdentityDocument.objects.filter(candidate=document.candidate, kind=document.kind)
        if not same_kind.filter(superseded_at=None).exists():
            document.superseded_at = None
            document.save(update_fields=["superseded_at"])


def _move(name: str, gone: Candidate, kept: Candidate) -> list[int]:
    same = PARTS[name]
    theirs = set(getattr(kept, name).values_list(*same))
    going = [
        key for key, *facts in getattr(gone, name).values_list("pk", *same) if tuple(facts) not in theirs
    ]
    return _taken(getattr(gone, name).filter(pk__in=going), kept)


def _taken(rows: QuerySet[Any], kept: Candidate) -> list[int]:
    keys = sorted(rows.values_list("pk", flat=True))
    rows.filter(pk__in=keys).update(candidate=kept)
    return keys


def _hear(gone: Candidate, kept: Candidate) -> tuple[list[int], list[int]]:
    """Have the person's last word on each consent hold: those that go over, and those of `kept` that end."""
    theirs, mine = _last_words(gone), _last_words(kept)
    newer = {code: word for code, word in theirs.items() if code not in mine or word > mine[code]}
    ended = []
    for consent in kept.consents.filter(withdrawn_at=None).order_by("pk"):
        word = newer.pop(consent.code, None)
        if word and word[1]:
            consent.withdrawn_at = word[0]
            consent.save(update_fields=["withdrawn_at"])
            ended.append(consent.pk)
    return _taken(gone.consents.filter(code__in=newer), kept), ended


def _unhear(ended: Iterable[int], gone: Candidate, kept: Candidate, *, since: datetime) -> None:
    """Give back the consents that ended by the merge, unless the person spoke since; a no since then holds
    for both.
    """
    for consent in kept.consents.filter(pk__in=ended):
        if not kept.consents.filter(code=consent.code, given_at__gt=consent.given_at).exists():
            consent.withdrawn_at = None
            consent.save(update_fields=["withdrawn_at"])
    for code, (moment, is_no) in _last_words(kept).items():
        if is_no and moment >= since:
            gone.consents.filter(code=code, withdrawn_at=None).update(withdrawn_at=moment)


def _last_words(person: Candidate) -> dict[str, tuple[datetime, bool]]:
    """When the person last spoke on each consent, and whether it was a no; of one moment the no counts."""
    words: dict[str, tuple[datetime, bool]] = {}
    for code, given_at, withdrawn_at in person.consents.values_list("code", "given_at", "withdrawn_at"):
        word = (withdrawn_at or given_at, withdrawn_at is not None)
        words[code] = max(word, words.get(code, word))
    return words


def _show_ours(gone: Candidate, kept: Candidate) -> list[tuple[str, int, list[int]]]:
    """Have what went over name our photo where both have the same one: theirs stays where it is."""
    ours = dict(kept.files.values_list("sha256", "pk"))
    turned = []
    for key, content in list(gone.files.order_by("pk").values_list("pk", "sha256")):
        for name, (model, person, file) in SHOWING.items():
            rows = model._default_manager.filter(**{person: kept, file: key})
            if keys := sorted(rows.values_list("pk", flat=True)):
                model._default_manager.filter(pk__in=keys).update(**{file: ours[content]})
                turned.append((name, key, keys))
    return turned


def _show_theirs(turned: Iterable[tuple[str, int, list[int]]], kept: Candidate) -> None:
    """Have those rows name the photos again that they named, before they go back."""
    for name, key, keys in turned:
        model, person, file = SHOWING[name]
        same = CandidateFile.objects.filter(pk=key).values("sha256")
        rows = model._default_manager.filter(**{"pk__in": keys, person: kept, f"{file}__sha256__in": same})
        unchanged = list(rows.values_list("pk", flat=True))
        model._default_manager.filter(pk__in=unchanged).update(**{file: key})


def _profiles_behind(gone: Candidate, kept: Candidate) -> dict[str, int]:
    """Put the profiles that go over behind those that are wished for already; how they stood."""
    last = kept.profiles.aggregate(last=Max("position"))["last"] or 0
    mine = kept.profiles.values("profile")
    going = list(gone.profiles.exclude(profile__in=mine).order_by("position", "pk"))
    before = {str(each.pk): each.position for each in going}
    for number, each in enumerate(going, start=last + 1):
        each.position = number
        each.save(update_fields=["position"])
    return before


def _supersede(gone: Candidate, kept: Candidate, *, at: datetime) -> list[int]:
    """Of two documents of one kind in force leave one: the verified one, then the one valid for longer."""
    current = IdentityDocument.objects.filter(candidate__in=[gone, kept], superseded_at=None)
    best: dict[str, IdentityDocument] = {}
    for document in current.order_by("pk"):
        rival = best.get(document.kind)
        if rival is None or _worth(document, kept) > _worth(rival, kept):
            best[document.kind] = document
    others = sorted(current.exclude(pk__in=[each.pk for each in best.values()]).values_list("pk", flat=True))
    IdentityDocument.objects.filter(pk__in=others).update(superseded_at=at)
    return others


def _worth(document: IdentityDocument, kept: Candidate) -> tuple[bool, str, bool]:
    until = f"{document.expires_on:%Y-%m-%d}" if document.expires_on else ""
    return document.is_verified, until, document.candidate_id == kept.pk


def _remember_names(gone: Candidate, kept: Candidate) -> list[int]:
    """Keep the spellings of the one that goes as variants, where they differ."""
    theirs, mine = _identity(gone), _identity(kept)
    if theirs is None or mine is None:
        return []
    made = []
    for script, names in ((Script.LATIN, OF_IDENTITY[0]), (Script.ARABIC, OF_IDENTITY[1])):
        spelled = [getattr(theirs, name) for name in names]
        if any(spelled) and spelled != [getattr(mine, name) for name in names]:
            variant, is_new = NameVariant.objects.get_or_create(
                candidate=kept,
                script=script,
                surnames=spelled[0],
                given_names=spelled[1],
                defaults={"found_in": MERGED},
            )
            made += [variant.pk] if is_new else []
    return made


def _fill_identity(gone: Candidate, kept: Candidate) -> list[str]:
    theirs, mine = _identity(gone), _identity(kept)
    if theirs is None or mine is None:
        return []
    wanted = [names for names in OF_IDENTITY if not any(getattr(mine, name) for name in names)]
    taken = [name for names in wanted for name in names if getattr(theirs, name)]
    for name in taken:
        setattr(mine, name, getattr(theirs, name))
    _save_identity(mine, taken)
    return taken


def _empty_identity(names: Iterable[str], gone: Candidate, kept: Candidate) -> None:
    theirs, mine = _identity(gone), _identity(kept)
    if theirs is None or mine is None:
        return
    same = [name for name in names if getattr(mine, name) == getattr(theirs, name)]
    for name in same:
        setattr(mine, name, "")
    _save_identity(mine, same)


def _save_identity(mine: Identity, names: list[str]) -> None:
    if names:
        mine.name_keys = keys_of(
            mine.surnames, mine.given_names, mine.arabic_surnames, mine.arabic_given_names
        )
        mine.save(update_fields=[*names, "name_keys"])


def _fill_person(gone: Candidate, kept: Candidate) -> list[str]:
    taken = [name for name in OF_PERSON if getattr(gone, name) and not getattr(kept, name)]
    for name in taken:
        setattr(kept, name, getattr(gone, name))
    kept.save(update_fields=taken)
    return taken


def _empty(kept: Candidate, names: list[str]) -> None:
    for name in names:
        setattr(kept, name, OF_PERSON[name])
    kept.save(update_fields=names)


def _take_words(gone: Candidate, kept: Candidate) -> bool:
    """What the person says of themselves, with what the office made of it, if the other says nothing."""
    if not gone.about or kept.about or kept.about_tidied:
        return False
    _say(kept, gone.about, gone.about_is_own, gone.about_tidied, gone.about_tidied_by)
    return True


def _give_words_back(gone: Candidate, kept: Candidate) -> None:
    words = ("about", "about_is_own", "about_tidied", "about_tidied_by")
    if all(getattr(kept, name) == getattr(gone, name) for name in words):
        _say(kept, "", is_own=False, tidied="", by="")


def _say(person: Candidate, about: str, is_own: bool, tidied: str, by: str) -> None:
    # The database lets nobody write over own words, nor tidy and write in one stroke: one after the other.
    person.about_tidied, person.about_tidied_by = "", ""
    person.save(update_fields=["about_tidied", "about_tidied_by"])
    person.about = about
    person.save(update_fields=["about"])
    person.about_is_own = is_own
    person.save(update_fields=["about_is_own"])
    person.about_tidied, person.about_tidied_by = tidied, by
    person.save(update_fields=["about_tidied", "about_tidied_by"])


def _identity(person: Candidate) -> Identity | None:
    return Identity.objects.filter(candidate=person).first()
