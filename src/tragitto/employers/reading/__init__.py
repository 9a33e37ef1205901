"""Turns a kept message into the frozen facts of a filing under a call, and a call into its frame."""

from collections.abc import Sequence
from dataclasses import dataclass

from tragitto.employers.reading.files import File, files_of, filings_in, forms_and_papers
from tragitto.employers.reading.frames import addresses, counted_instant, frame_of
from tragitto.employers.reading.online import document_of, identified_in
from tragitto.employers.rules import FilingFacts, identity
from tragitto.records.models import Message
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.vocabulary import FormRole

__all__ = [
    "Enterprise",
    "File",
    "addresses",
    "calls_named",
    "counted_instant",
    "document_of",
    "enterprise_of",
    "facts_of",
    "files_of",
    "frame_of",
    "main_forms",
]


@dataclass(frozen=True)
class Enterprise:
    """Who files: the codice fiscale, checked, and the name as written."""

    codice_fiscale: str
    name: str


def facts_of(message: Message, call: Call, files: Sequence[File] | None = None) -> FilingFacts:
    """What `message` says as a filing under `call`; what is no form of the call stays a mere paper.

    `files` are those of the message, where they were read before.
    """
    instant, kind = counted_instant(message, call)
    forms, papers = forms_and_papers(files_of(message) if files is None else files, _specs(call))
    return FilingFacts(
        instant=instant,
        instant_kind=kind,
        identifier=message.identifier,
        forms=forms,
        papers=papers,
        is_addressed=message.is_online or call.mailbox.lower() in addresses(message),
        is_online=message.is_online,
        identified=identified_in(document_of(message)),
    )


def enterprise_of(facts: FilingFacts) -> Enterprise | None:
    """The enterprise the main form names, when its codice fiscale is well formed."""
    if facts.main is None:
        return None
    number = identity.tidied(facts.main.value("enterprise.codice_fiscale"))
    if not (identity.is_company_number(number) or identity.is_personal_number(number)):
        return None
    return Enterprise(number, str(facts.main.value("enterprise.name") or "").strip())


def calls_named(files: Sequence[File]) -> set[str]:
    """The codes of calls that the files bear, in a hidden field or in the code printed on a page."""
    return {call for file in files for call in file.named | file.printed}


def main_forms(files: Sequence[File], call: Call) -> int:
    """How many main forms of `call` there are among the files: two of them are two filings in one."""
    return filings_in(files, _specs(call), FormRole.MAIN)


def _specs(call: Call) -> list[FormSpec]:
    # Sorted here and not asked in order: forms that were fetched with the call cost no query.
    return [schemes.form_spec(form) for form in sorted(call.forms.all(), key=lambda form: form.pk)]
