"""What of the admitted filings would be handed over to whom, what is left out, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Prefetch

from tragitto.accounts.models import Organisation
from tragitto.cases import queries as cases
from tragitto.cases.models import Decision
from tragitto.employers.models import ARRIVAL, Expression, Position
from tragitto.employers.rules import FilingFacts, ReadForm, packages
from tragitto.employers.vocabulary import LeftOut, Withheld
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.records.models import Attachment, Document, VirusCheck
from tragitto.records.queries.files import checks_of
from tragitto.records.vocabulary import CheckOutcome, VirusState
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.pack import HandOverSpec
from tragitto.schemes.vocabulary import DutyKind, Outcome

#: The first word of what the call names when it hands over what profiles are asked for.
_PROFILES = "profiles"


@dataclass(frozen=True)
class Promise:
    """What the call hands over to the holders of a duty, and who they are: nobody, where no source says."""

    spec: HandOverSpec
    recipients: tuple[Organisation, ...]


@dataclass(frozen=True)
class Chosen:
    """An admitted filing that goes into the package: `content` is what is handed over about it."""

    expression: Expression
    content: Mapping[str, Any]
    documents: Mapping[str, Document]


@dataclass(frozen=True)
class Left:
    """An admitted filing that stays out, and why; `package` is the one the recipient holds it by already."""

    expression: Expression
    why: LeftOut
    package: str = ""


@dataclass(frozen=True)
class Preview:
    """What would be handed over now; `seal` changes as soon as anything of it does."""

    spec: HandOverSpec
    recipient: Organisation
    chosen: tuple[Chosen, ...]
    left_out: tuple[Left, ...]
    seal: str

    @property
    def documents(self) -> int:
        """How many documents would go with it."""
        return sum(len(each.documents) for each in self.chosen)

    @property
    def withheld(self) -> int:
        """How many documents would not."""
        return sum(len(each.content["withheld"]) for each in self.chosen)


def promises(call: Call) -> list[Promise]:
    """What the call hands over, and to whom. One query for each promise."""
    return [
        Promise(spec, tuple(schemes.duty_holders(call, DutyKind(spec.duty))))
        for spec in schemes.hand_overs_of(call)
    ]


def preview(*, actor: Actor, call: Call, duty: str, recipient: str) -> Preview:
    """What would be handed over to `recipient` for `duty`, in the order of arrival, and what is left out.

    A fixed number of queries. Raises `NotFound` when the call promises nothing to it.
    """
    spec, holder = _promised(call, duty, recipient)
    admitted = list(_admitted(actor, call))
    already = cases.already_handed_over(
        recipient=recipient, duty=duty, cases=[each.case_id for each in admitted]
    )
    withdrawn = cases.withdrawn_consents([each.case_id for each in admitted])
    checks = checks_of(file.document for each in admitted for file in _files(each))
    chosen: list[Chosen] = []
    left: list[Left] = []
    room = packages.MOST_BYTES
    for each in admitted:
        if package := already.get(each.case_id):
            left.append(Left(each, LeftOut.ALREADY, package))
            continue
        found = _chosen(each, spec, withdrawn.get(each.case_id), checks)
        if isinstance(found, LeftOut):
            left.append(Left(each, found))
            continue
        weight = sum(document.size for document in found.documents.values())
        # One that alone is too heavy goes alone: else it would wait for ever.
        if chosen and weight > room:
            left.append(Left(each, LeftOut.NEXT_PACKAGE))
            continue
        room -= weight
        chosen.append(found)
    codes = [one.expression.code for one in left]
    seal = packages.seal(recipient, duty, [one.content for one in chosen], codes)
    return Preview(spec, holder, tuple(chosen), tuple(left), seal)


def _promised(call: Call, duty: str, recipient: str) -> tuple[HandOverSpec, Organisation]:
    for promise in promises(call):
        for holder in promise.recipients:
            if promise.spec.duty == duty and holder.code == recipient:
                return promise.spec, holder
    raise NotFound(duty)


def _admitted(actor: Actor, call: Call) -> Iterable[Expression]:
    positions = Position.objects.filter(closed_at__isnull=True).select_related("profile").order_by("number")
    decisions = Decision.objects.filter(outcome=Outcome.ADMITTED).order_by("-pk")
    files = Attachment.objects.select_related("document").order_by("position")
    return (
        Expression.objects.visible_to(actor)
        .filter(call=call, case__outcome=Outcome.ADMITTED)
        .select_related("employer", "case", "current__message")
        .prefetch_related(
            Prefetch("positions", positions, to_attr="open_positions"),
            Prefetch("case__decisions", decisions, to_attr="admissions"),
            Prefetch("current__message__attachments", files, to_attr="files"),
        )
        .order_by(*ARRIVAL)
    )


def _files(expression: Expression) -> list[Attachment]:
    version = expression.current
    return list(version.message.files) if version else []  # type: ignore[attr-defined]  # prefetched


def _chosen(
    expression: Expression,
    spec: HandOverSpec,
    withdrawn_at: datetime | None,
    checks: Mapping[int, VirusCheck],
) -> Chosen | LeftOut:
    version = expression.current
    facts = msgspec.convert(version.facts if version else {}, FilingFacts)
    main = facts.main
    if version is None or main is None:
        return LeftOut.NOT_READ
    if not packages.is_given(main.facts, spec.consent):
        return LeftOut.NO_CONSENT
    given_at = version.instant or version.received_at
    if spec.consent and not packages.still_given(given_at, withdrawn_at):
        return LeftOut.CONSENT_WITHDRAWN
    documents: dict[str, tuple[Document, str]] = {}
    withheld: list[dict[str, str]] = []
    if spec.with_documents:
        documents, withheld = _documents(expression, facts, main, checks)
    admissions: list[Decision] = expression.case.admissions  # type: ignore[attr-defined]  # prefetched
    consent = {"fact": spec.consent, "version": version.number, "given_at": given_at}
    content: dict[str, Any] = {
        "case": expression.case.code,
        "filing": expression.code,
        "decision": str(admissions[0]) if admissions else "",
        "consent": consent if spec.consent else None,
        "facts": packages.picked(main.facts, spec.facts),
        "positions": _positions(expression) if _names_profiles(spec) else [],
        "documents": [
            {"file": name, "sha256": document.sha256, "size": document.size, "virus": virus}
            for name, (document, virus) in documents.items()
        ],
        "withheld": withheld,
    }
    return Chosen(expression, content, {name: document for name, (document, _virus) in documents.items()})


def _documents(
    expression: Expression, facts: FilingFacts, main: ReadForm, checks: Mapping[int, VirusCheck]
) -> tuple[dict[str, tuple[Document, str]], list[dict[str, str]]]:
    """The main form as it came, and a signature that travels apart: never other papers or pages of people."""
    same = {paper.sha256 for paper in facts.papers if paper.form and paper.attachment == main.attachment}
    found: dict[str, tuple[Document, str]] = {}
    withheld: list[dict[str, str]] = []
    for number, file in enumerate(_files(expression), start=1):
        is_form = file.name == main.attachment and file.document.sha256 in same
        is_its_signature = bool(main.attachment) and (file.signatures or {}).get("signs") == main.attachment
        if not (is_form or is_its_signature):
            continue
        check = checks.get(file.document_id)
        if why := _why_not(facts, main, check):
            withheld.append({"form": main.code, "why": why})
            continue
        name = packages.document_name(expression.code, number, main.code, file.name)
        state = VirusState(check.outcome) if check else VirusState.NEVER_CHECKED
        found[name] = (file.document, state)
    return found, withheld


def _why_not(facts: FilingFacts, main: ReadForm, check: VirusCheck | None) -> Withheld | None:
    if check and check.outcome == CheckOutcome.INFECTED:
        return Withheld.INFECTED
    beside = [form for form in facts.forms if form is not main and form.attachment == main.attachment]
    return Withheld.OTHER_PAGES if main.has_other_pages or beside else None


def _names_profiles(spec: HandOverSpec) -> bool:
    return any(name.partition(".")[0] == _PROFILES for name in spec.facts)


def _positions(expression: Expression) -> list[dict[str, Any]]:
    opened: list[Position] = expression.open_positions  # type: ignore[attr-defined]  # prefetched
    return [{"code": one.code, "profile": one.profile.code, "seats": one.seats} for one in opened]
