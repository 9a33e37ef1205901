"""Questions about the privacy notice of a call: does it belong to this procedure, and does it add up?"""

import re
from collections.abc import Iterator, Sequence

from tragitto.schemes.pack import CallSpec, Paragraph
from tragitto.schemes.rules.linter.reading import all_sentences, plain, sentences, warning
from tragitto.schemes.rules.problems import Problem
from tragitto.schemes.vocabulary import Topic

ABOUT_DATA = re.compile(r"dati personali|trattamento", re.IGNORECASE)
LIST_OF_PURPOSES = re.compile(r"seguenti finalità\s*:(?P<list>.*?)(?:\n\s*\n(?!\s*[•·-])|\Z)", re.DOTALL)
BULLET = re.compile(r"^\s*(?:[•·-]|[a-z]\))\s*(?P<text>.+?)\s*$", re.MULTILINE)
LETTERS = re.compile(
    r"\b(?:finalità|lettere?|lett\.|punti|punto)(?P<letters>(?:[\s,]|\be\b|\bed\b|[a-z]\))+)"
)
LETTER = re.compile(r"\b([a-z])\)")
ARTICLE = re.compile(r"\b6\(1\)\([a-f]\)|\b6,? (?:par\.|paragrafo) 1,? lett(?:era|\.) [a-f]\)")
COUNT = re.compile(
    r"\b(?:quest[ie]|tali|i suddetti|i predetti) (?P<count>due|tre|quattro|cinque) "
    r"(?:soggetti|enti|responsabili|organismi|titolari)\b",
    re.IGNORECASE,
)
COUNTS = {"due": 2, "tre": 3, "quattro": 4, "cinque": 5}
PERIOD = re.compile(
    r"\b\d+\s*(?:\([a-z]+\)\s*)?(?:ann[oi]|mes[ei]|giorni)\b|\b(?:due|tre|cinque|dieci) anni\b"
)
# Words by which a text copied from another kind of procedure gives itself away. A call that really pays,
# grants, buys or recruits declares the topic among its purposes, and the words are then at home.
FAMILIES = {
    Topic.GRANTS: (
        "dote formativa",
        "borsa di studio",
        "borse di studio",
        "voucher",
        "contributo a fondo perduto",
    ),
    Topic.PAYMENTS: (
        "erogazione",
        "liquidazione",
        "istituti di credito",
        "coordinate bancarie",
        "ente finanziatore",
        "assegnazione delle risorse",
        "rimborso",
        "iban",
    ),
    Topic.TENDERS: (
        "gara d'appalto",
        "aggiudicatario",
        "aggiudicazione",
        "offerta economica",
        "stazione appaltante",
    ),
    Topic.COMPETITIONS: (
        "prova concorsuale",
        "prove concorsuali",
        "commissione esaminatrice",
        "bando di concorso",
    ),
}


def purpose_of_another_procedure(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """A purpose, in the notice or in the data, that belongs to no declared purpose of the call."""
    linked = {plain(each.as_written): each.serves for each in call.privacy.purposes} if call.privacy else {}
    written = [(f"§{paragraph.number}", text) for paragraph in notice for text in _purposes(paragraph)]
    seen = {plain(text) for _, text in written}
    known = [] if notice else [("privacy", text) for text in linked if text not in seen]
    for place, text in written + known:
        if not linked.get(plain(text)):
            said = f"this purpose belongs to no declared purpose of the call: {plain(text)}"
            yield warning("purpose_of_another_procedure", call, place, said, plain(text)[:120])


def words_of_another_procedure(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """Payments, grants, tenders or competitions in the notice of a call that declares none of them."""
    declared = {topic for purpose in call.purposes for topic in purpose.topics}
    for paragraph in notice:
        text = " ".join(paragraph.text.lower().split())
        for topic, words in FAMILIES.items():
            found = sorted(word for word in words if re.search(rf"\b{re.escape(word)}\b", text))
            if found and topic not in declared:
                said = f"words of another procedure ({topic}): {', '.join(found)}"
                matter = f"§{paragraph.number} {', '.join(found)}"
                yield warning("words_of_another_procedure", call, f"§{paragraph.number}", said, matter)


def letters_that_match_nothing(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """Legal bases given for purposes a) and b) where no list has letters, or as many as there are not."""
    for paragraph in notice:
        listed = {match.group(1) for match in re.finditer(r"^\s*([a-z])\)", paragraph.text, re.MULTILINE)}
        for sentence in sentences(paragraph):
            named = [
                letter for match in LETTERS.finditer(sentence) for letter in LETTER.findall(match["letters"])
            ]
            if lost := [letter for letter in named if letter not in listed]:
                said = f"the letters {', '.join(lost)} match no entry of a list in this paragraph"
                matter = f"§{paragraph.number} {', '.join(lost)}"
                yield warning("letters_that_match_nothing", call, f"§{paragraph.number}", said, matter)
            articles = ARTICLE.findall(sentence)
            if named and "rispettivamente" in sentence and len(articles) != len(named):
                said = f"{len(named)} purposes and {len(articles)} legal bases"
                yield warning(
                    "bases_do_not_match", call, f"§{paragraph.number}", said, f"§{paragraph.number}"
                )


def count_of_processors(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """A notice that speaks of two bodies and names one."""
    named = len(call.privacy.processors) if call.privacy else 0
    for paragraph, sentence in all_sentences(notice):
        for match in COUNT.finditer(sentence):
            if COUNTS[match["count"].lower()] != named:
                said = f"the notice speaks of “{match.group()}”, and {named} is named"
                matter = f"§{paragraph.number} {match['count'].lower()}"
                yield warning("count_of_processors", call, f"§{paragraph.number}", said, matter)


def retention_without_period(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """A privacy notice that keeps data "as long as needed" and never says how long (art. 13(2)(a) GDPR)."""
    for paragraph, sentence in all_sentences(notice):
        keeps = re.search(r"\bconservat[ie]\b", sentence, re.IGNORECASE)
        if keeps and ABOUT_DATA.search(sentence) and not PERIOD.search(sentence):
            said = "the notice keeps the data for no stated period (art. 13(2)(a) GDPR)"
            yield warning(
                "retention_without_period", call, f"§{paragraph.number}", said, f"§{paragraph.number}"
            )


def consent_beside_other_bases(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """Consent asked in a call whose privacy notice rests on other bases only."""
    bases = {purpose.basis for purpose in call.privacy.purposes} if call.privacy else set()
    if not bases or "6(1)(a)" in bases:
        return
    for paragraph, sentence in all_sentences(notice):
        if re.search(r"\bconsenso\b", sentence, re.IGNORECASE):
            said = f"consent is asked, and the stated bases are {', '.join(sorted(bases))}"
            yield warning(
                "consent_beside_other_bases", call, f"§{paragraph.number}", said, f"§{paragraph.number}"
            )


def _purposes(paragraph: Paragraph) -> list[str]:
    listing = LIST_OF_PURPOSES.search(paragraph.text)
    return [match["text"] for match in BULLET.finditer(listing["list"])] if listing else []
