"""Turns a kept message into the frozen facts of a filing under a call, and a call into its frame."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tragitto.employers.rules import FilingFacts, Frame, Paper, ReadForm, identity
from tragitto.employers.vocabulary import InstantKind
from tragitto.records.models import Attachment, Message
from tragitto.records.vocabulary import Kind, Verdict
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.rules import read_filled, slots
from tragitto.schemes.vocabulary import CountedInstant, FormRole


@dataclass(frozen=True)
class Enterprise:
    """Who files: the codice fiscale, checked, and the name as written."""

    codice_fiscale: str
    name: str


def frame_of(call: Call) -> Frame:
    """What of `call` the judges look at, extensions counted in. Five queries."""
    main = call.forms.filter(role=FormRole.MAIN).first()
    return Frame(
        zone=call.zone,
        openings=tuple(schemes.openings(call)),
        region=call.region.code,
        provinces=frozenset(call.region.provinces),
        profiles=frozenset(profile.code for profile in schemes.profiles(call.scheme)),
        main_form=main.code if main else "",
    )


def facts_of(message: Message, call: Call) -> FilingFacts:
    """What `message` says as a filing under `call`; what is no form of the call stays a mere paper."""
    specs = [schemes.form_spec(form) for form in call.forms.order_by("pk")]
    instant, kind = counted_instant(message, call)
    forms: dict[str, ReadForm] = {}
    papers = []
    for attachment in message.attachments.select_related("document").order_by("position"):
        form = _as_form(attachment, specs)
        if form and form.code not in forms:
            forms[form.code] = form
        papers.append(
            Paper(
                attachment=attachment.name,
                sha256=attachment.document.sha256,
                media_type=attachment.media_type,
                form=form.code if form else "",
            )
        )
    return FilingFacts(
        instant=instant,
        instant_kind=kind,
        identifier=message.identifier,
        forms=tuple(forms.values()),
        papers=tuple(papers),
        is_addressed=call.mailbox.lower() in addresses(message),
    )


def addresses(message: Message) -> frozenset[str]:
    """The addressees that `message` proves, in small letters."""
    return frozenset(str(address).strip().lower() for address in message.recipients)


def counted_instant(message: Message, call: Call) -> tuple[datetime | None, InstantKind]:
    """The instant this call counts, as far as the message proves one.

    The acceptance by the sender's provider stands in the message itself; a delivery is proven by its
    receipt alone, once somebody has supplied it; our own moment of receipt is always known.
    """
    if call.counted_instant == CountedInstant.RECEIVED:
        return message.arrived_at, InstantKind.RECEIVED
    if not message.is_submission:
        return None, InstantKind.NONE
    if call.counted_instant == CountedInstant.DELIVERED:
        receipt = Message.objects.filter(
            kind=Kind.AVVENUTA_CONSEGNA,
            verdict=Verdict.VALID,
            identifier=message.identifier,
            delivered_to__iexact=call.mailbox,
        ).first()
        at = receipt.certified_at if receipt else None
        return at, InstantKind.DELIVERED if at else InstantKind.NONE
    return message.certified_at, InstantKind.ACCEPTED if message.certified_at else InstantKind.NONE


def enterprise_of(facts: FilingFacts) -> Enterprise | None:
    """The enterprise the main form names, when its codice fiscale is well formed."""
    if facts.main is None:
        return None
    number = identity.tidied(facts.main.value("enterprise.codice_fiscale"))
    if not (identity.is_company_number(number) or identity.is_personal_number(number)):
        return None
    return Enterprise(number, str(facts.main.value("enterprise.name") or "").strip())


def calls_named(message: Message) -> set[str]:
    """The codes of calls that the forms of `message` bear in their hidden field."""
    return {
        code for form in _forms(message.attachments.all()) if (code := str(form.get("call") or "").strip())
    }


def main_forms(message: Message, call: Call) -> int:
    """How many files of `message` are the main form of `call`: two of them are two filings in one."""
    specs = [schemes.form_spec(form) for form in call.forms.all()]
    found = (_as_form(attachment, specs) for attachment in message.attachments.all())
    return sum(1 for form in found if form and form.role == FormRole.MAIN)


def _forms(attachments: Iterable[Attachment]) -> list[dict[str, Any]]:
    return [attachment.form for attachment in attachments if isinstance(attachment.form, dict)]


def _as_form(attachment: Attachment, specs: list[FormSpec]) -> ReadForm | None:
    reading = attachment.form
    if not isinstance(reading, dict) or reading.get("problem") or not reading.get("fields"):
        return None
    spec = _spec_of(reading, specs)
    if spec is None:
        return None
    filled = read_filled(spec, reading["fields"])
    return ReadForm(
        code=spec.code,
        role=spec.role,
        attachment=attachment.name,
        facts=filled.facts,
        fields={field.fact: field.name for field in spec.fields if field.fact},
        missing=filled.missing,
        unreadable=filled.unreadable,
    )


def _spec_of(reading: Mapping[str, Any], specs: list[FormSpec]) -> FormSpec | None:
    """The form by its hidden name, otherwise the one most of whose fields the file has."""
    named = next((spec for spec in specs if spec.code == reading.get("form")), None)
    if named or reading.get("form"):
        return named
    names = set(reading["fields"])
    shares = [(len(names & set(wanted)) / len(wanted), spec) for spec in specs if (wanted := _names(spec))]
    share, best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return best if share >= _ENOUGH else None


def _names(spec: FormSpec) -> list[str]:
    return [slot.name for slot in slots(spec)]


#: A form without its hidden name is recognised when it has most of the fields.
_ENOUGH = 0.5
