"""Questions about the forms of a call: the same ones in every paragraph, and the ones the call has."""

import re
from collections.abc import Iterator, Sequence

from tragitto.schemes.pack import CallSpec, FormSpec, Paragraph
from tragitto.schemes.rules.linter.reading import all_sentences, warning
from tragitto.schemes.rules.problems import Problem

FORM = re.compile(r"\b(?P<kind>(?i:modul[oi]|allegat[oi]))\s+(?P<mark>[A-Z]\d?)\b")
# "modulo A e B" names two forms with one noun.
NEXT = re.compile(r"^\s*(?:e|ed|,|o)\s+(?P<mark>[A-Z]\d?)\b")
ASKS = re.compile(
    r"\b(?:attraverso|compilazione|compilat[oi]|presentat[oi]|presentare|sottoscritt[oi]|allegare|necessario)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\b(?:nel caso (?:in cui )?|qualora |se )(?P<what>[^,;]*)", re.IGNORECASE)
DELEGATE = re.compile(r"\bdelegat[oai]", re.IGNORECASE)


def named_forms(sentence: str) -> list[str]:
    """The forms a sentence names, as "modulo A", each once, in its order."""
    found = []
    for match in FORM.finditer(sentence):
        kind = match["kind"].lower()[:-1] + "o"
        found.append(f"{kind} {match['mark'].upper()}")
        rest = sentence[match.end() :]
        while following := NEXT.match(rest):
            found.append(f"{kind} {following['mark']}")
            rest = rest[following.end() :]
    return list(dict.fromkeys(found))


def forms_asked_differently(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """A form asked of everybody in one sentence and only of delegates in another."""
    always: dict[str, str] = {}
    delegates: dict[str, str] = {}
    for paragraph, sentence in all_sentences(notice):
        if not ASKS.search(sentence):
            continue
        conditions = [match["what"] for match in CONDITION.finditer(sentence)]
        of_delegates = any(DELEGATE.search(condition) for condition in conditions)
        for form in named_forms(sentence):
            (delegates if of_delegates else always).setdefault(form, f"§{paragraph.number}")
    for form in sorted(set(always) & set(delegates)):
        said = f"{form} is asked of everybody ({always[form]}) and of delegates only ({delegates[form]})"
        yield warning("forms_asked_differently", call, always[form], said, form)


def forms_of_notice_and_call(
    call: CallSpec, notice: Sequence[Paragraph], forms: Sequence[FormSpec]
) -> Iterator[Problem]:
    """A form that the notice names and the call does not have, or the other way round."""
    if not notice or not forms:
        return
    written = {form for _, sentence in all_sentences(notice) for form in named_forms(sentence)}
    offered = {form.code: set(named_forms(form.title.get("it", ""))) for form in forms}
    for name in sorted(written - set().union(*offered.values())):
        yield warning(
            "form_not_in_call", call, "forms", f"the notice names {name}, the call has no such form", name
        )
    for code, names in sorted(offered.items()):
        if not names & written:
            yield warning(
                "form_not_in_notice", call, "forms", f"the notice never names the form {code}", code
            )
