"""What somebody sent on line, in the words of the form: who sent it, what was answered and declared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tragitto.employers import reading
from tragitto.employers.rules import Identified
from tragitto.kernel.actors import Actor
from tragitto.kernel.texts import in_language
from tragitto.records import stores
from tragitto.records.models import Message
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.web.parts import filed


@dataclass(frozen=True)
class OnlineShown:
    """A filing on line as its message shows it; `declared` are the texts its sender ticked, as shown then."""

    call: Call
    told: dict[str, Any]
    identified: tuple[Identified, ...]
    forms: Sequence[tuple[str, list[filed.Section]]]
    declared: Sequence[str]


def shown(actor: Actor, message: Message, language: str) -> OnlineShown | None:
    """What was sent, in `language`; None for a message that came otherwise, or whose content is lost."""
    try:
        told = reading.document_of(message)
    except (stores.ContentMissing, stores.ContentChanged):
        return None
    if not told:
        return None
    call = schemes.get_call(actor, told["call"])
    facts = reading.facts_of(message, call, reading.files_of(message)[:1])
    specs = {form.code: schemes.form_spec(form) for form in call.forms.order_by("pk")}
    names = {profile.code: in_language(profile.title, language) for profile in schemes.profiles(call.scheme)}
    forms = [
        (
            in_language(specs[read.code].title, language),
            filed.sections(specs[read.code], read, names, language),
        )
        for read in facts.forms
    ]
    declared = [
        in_language(each["text"], language) for form in told["declarations"] for each in form["declared"]
    ]
    return OnlineShown(call, told, facts.identified, forms, declared)
