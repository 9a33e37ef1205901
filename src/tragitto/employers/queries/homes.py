"""What a person who takes part sees at home: filings, what is asked and until when, letters, drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.db.models import Prefetch

from tragitto.agenda.models import Deadline
from tragitto.employers.criteria import TIMELINESS
from tragitto.employers.models import (
    DraftWarning,
    Employer,
    Enquiry,
    Expression,
    FilingDraft,
    LateAdmission,
    Letter,
    Submission,
    Version,
)
from tragitto.employers.queries import enquiries as enquiry_queries
from tragitto.employers.queries.drafts import drafts_of
from tragitto.employers.queries.findings import FindingView, views
from tragitto.employers.queries.letters import ASKING
from tragitto.employers.queries.representing import (
    Standing,
    employers_of,
    expression_for,
    expressions_of,
    standing,
)
from tragitto.employers.rules import FilingFacts
from tragitto.employers.rules.difference import Difference, difference
from tragitto.employers.rules.warning import Warned, due_warning
from tragitto.employers.vocabulary import Power, State, SubmissionState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.records.models import Attachment
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.rules import Opening
from tragitto.schemes.vocabulary import Acting, CallStatus, Outcome


@dataclass(frozen=True)
class Pending:
    """An unsent draft whose holder is to be told something that was not said before."""

    draft: FilingDraft
    warned: Warned


@dataclass(frozen=True)
class OwnDraft:
    """A draft at home: how far it is, and what its holder must know of the closing."""

    draft: FilingDraft
    warned: Warned | None
    closes_at: datetime | None


@dataclass(frozen=True)
class OwnFiling:
    """An expression at home: where it stands, whether it is the person's turn, and until when."""

    expression: Expression
    deadline: Deadline | None

    @property
    def is_asked(self) -> bool:
        """Whether something is asked of the employer now."""
        case = self.expression.case
        return not case.is_closed and case.stage.acting == Acting.EMPLOYER


@dataclass(frozen=True)
class Home:
    """Everything the home page of a person who files shows."""

    filings: tuple[OwnFiling, ...]
    on_the_way: tuple[Submission, ...]
    drafts: tuple[OwnDraft, ...]
    enquiries: tuple[Enquiry, ...]
    employers: tuple[Employer, ...]

    @property
    def asked(self) -> tuple[OwnFiling, ...]:
        """The filings in which it is the person's turn, the nearest date first."""
        waiting = [filing for filing in self.filings if filing.is_asked]
        return tuple(
            sorted(waiting, key=lambda one: (one.deadline is None, one.deadline and one.deadline.due_at))
        )

    @property
    def urgent(self) -> tuple[OwnDraft, ...]:
        """The drafts of which something must be said: they close soon, or were not sent in time."""
        return tuple(draft for draft in self.drafts if draft.warned)


@dataclass(frozen=True)
class OwnVersion:
    """One message of an expression as its employer sees it; `changes` since the one before."""

    version: Version
    is_placed: bool
    is_current: bool
    is_late: FindingView | None
    changes: Difference | None
    before: Version | None = None
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class OwnPage:
    """One expression as the people who act for its employer see it."""

    expression: Expression
    standing: Standing
    versions: tuple[OwnVersion, ...]
    letters: tuple[Letter, ...]
    deadlines: tuple[Deadline, ...]
    is_open_window: bool
    may_withdraw: bool

    @property
    def may_read_letters(self) -> bool:
        """Whether this person may be written to for the enterprise."""
        return self.standing.may(Power.RECEIVE)

    @property
    def may_answer(self) -> bool:
        """Whether a letter of the office waits for an answer that this person may give."""
        is_their_turn = self.expression.case.stage.acting == Acting.EMPLOYER
        asks = any(letter.kind in ASKING for letter in self.letters)
        return is_their_turn and asks and self.may_read_letters


def pending_drafts(*, at: datetime) -> list[Pending]:
    """The unsent drafts of which something is to be said for the first time. Two queries and two a call."""
    drafts = list(
        FilingDraft.objects.unsent()
        .filter(call__status=CallStatus.PUBLISHED)
        .select_related("call")
        .defer("answers")
        .order_by("pk")
    )
    told = set(
        DraftWarning.objects.filter(draft_code__in=[draft.code for draft in drafts]).values_list(
            "draft_code", "kind", "window_number", "hours"
        )
    )
    windows = _windows({draft.call_id: draft.call for draft in drafts})
    found = [(draft, _warning(draft, windows, at)) for draft in drafts]
    return [
        Pending(draft, warned)
        for draft, warned in found
        if warned and (draft.code, str(warned.kind), warned.window, warned.hours) not in told
    ]


def home(*, actor: Actor, at: datetime, on: date) -> Home:
    """What `actor` finds at home. A fixed number of queries, and two for each call with a draft."""
    filings = list(expressions_of(actor=actor, on=on).select_related("employer", "call", "case__stage"))
    due = _due([filing.case.code for filing in filings])
    drafts = list(drafts_of(actor))
    windows = _windows({draft.call_id: draft.call for draft in drafts})
    on_the_way = Submission.objects.visible_to(actor).filter(
        state__in=[SubmissionState.RECEIVED, SubmissionState.REGISTERED, SubmissionState.SORTING]
    )
    return Home(
        filings=tuple(OwnFiling(each, _own_term(each, due)) for each in filings),
        on_the_way=tuple(on_the_way.select_related("call").order_by("-received_at", "-pk")),
        drafts=tuple(_own_draft(draft, windows, at) for draft in drafts),
        enquiries=tuple(enquiry_queries.own(actor)),
        employers=tuple(employers_of(actor=actor, on=on)),
    )


def own_page(*, actor: Actor, code: str, at: datetime, on: date) -> OwnPage:
    """One expression at the portal. Raises `NotFound`. A fixed number of queries.

    Who is not confirmed for the enterprise sees how it stands and what they sent themselves, nothing else;
    its letters, who may be written to for it.
    """
    expression = expression_for(actor=actor, code=code, on=on)
    stands = standing(actor=actor, expression=expression, on=on)
    letters = expression.letters.sent().select_related("document", "outgoing")
    own_exits = expression.case.stage.exits.filter(target__outcome=Outcome.WITHDRAWN)
    return OwnPage(
        expression=expression,
        standing=stands,
        versions=tuple(_own_versions(expression, actor, stands)),
        letters=tuple(letters.order_by("number")) if stands.may(Power.RECEIVE) else (),
        deadlines=tuple(_due([expression.case.code]).get(expression.case.code, ())),
        is_open_window=schemes.window_of(expression.call, at) is not None,
        may_withdraw=own_exits.exists(),
    )


def own_file(*, actor: Actor, code: str, file: str, on: date) -> Attachment:
    """A file of the versions that the actor sees at the portal. Raises `NotFound`. Three queries."""
    expression = expression_for(actor=actor, code=code, on=on)
    seen = _seen(expression, actor, standing(actor=actor, expression=expression, on=on))
    found = Attachment.objects.filter(message__version__in=seen, code=file).select_related("document").first()
    if found is None:
        raise NotFound(file)
    return found


def own_letter(*, actor: Actor, code: str, number: int, on: date) -> Letter:
    """A letter sent to the enterprise. Raises `NotFound`, also to who may not read them. Three queries."""
    expression = expression_for(actor=actor, code=code, on=on)
    sent = expression.letters.sent().filter(number=number, document__isnull=False)
    found = sent.select_related("document").first()
    if found is None or not standing(actor=actor, expression=expression, on=on).may(Power.RECEIVE):
        raise NotFound(str(number))
    return found


def differences(versions: Iterable[tuple[Version, FilingFacts]]) -> dict[int, Difference]:
    """What each version says otherwise than the one before, by the version's key. No query."""
    found = {}
    before: FilingFacts | None = None
    for version, facts in versions:
        if before is not None:
            found[version.pk] = difference(before, facts)
        before = facts
    return found


def late_admissions(expression: Expression) -> list[LateAdmission]:
    """What was proposed and decided about late messages of an expression. One query."""
    found = LateAdmission.objects.filter(version__expression=expression).select_related("version")
    return list(found.order_by("version__number"))


def _windows(calls: Mapping[int, Call]) -> dict[int, list[Opening]]:
    return {key: schemes.openings(call) for key, call in calls.items()}


def _warning(draft: FilingDraft, windows: Mapping[int, list[Opening]], at: datetime) -> Warned | None:
    hours = schemes.filing_of(draft.call).warn_before
    return due_warning(windows[draft.call_id], started_at=draft.started_at, at=at, hours=hours)


def _own_draft(draft: FilingDraft, windows: Mapping[int, list[Opening]], at: datetime) -> OwnDraft:
    ahead = [each.closes_at for each in windows[draft.call_id] if at < each.closes_at]
    return OwnDraft(draft, _warning(draft, windows, at), min(ahead, default=None))


def _due(cases: list[str]) -> dict[str, list[Deadline]]:
    """The open terms of these cases, the nearest first. One query."""
    found: dict[str, list[Deadline]] = {}
    for deadline in Deadline.objects.open().filter(subject__in=cases).order_by("due_at", "pk"):
        found.setdefault(deadline.subject, []).append(deadline)
    return found


def _own_term(expression: Expression, due: Mapping[str, list[Deadline]]) -> Deadline | None:
    """The term of the stage, where it is the employer's turn."""
    case = expression.case
    own = (each for each in due.get(case.code, ()) if each.kind == case.stage.term)
    return next(own, None)


def _seen(expression: Expression, actor: Actor, stands: Standing) -> list[Version]:
    versions = expression.versions.select_related("message__submission").order_by("number")
    if not stands.is_confirmed:
        versions = versions.filter(message__submission__account=actor.code)
    files = Prefetch("message__attachments", Attachment.objects.order_by("position"))
    return list(versions.prefetch_related(files))


def _own_versions(expression: Expression, actor: Actor, stands: Standing) -> Iterable[OwnVersion]:
    versions = _seen(expression, actor, stands)
    read = ((version, msgspec.convert(version.facts, FilingFacts)) for version in versions)
    found, changes = views(versions), differences(read)
    before: Version | None = None
    for version in versions:
        yield OwnVersion(
            version=version,
            is_placed=version.pk == expression.placed_id,
            is_current=version.pk == expression.current_id,
            is_late=_late(found[version.pk]),
            changes=changes.get(version.pk),
            before=before,
            files=tuple(version.message.attachments.all()),
        )
        before = version


def _late(found: Iterable[FindingView]) -> FindingView | None:
    late = (view for view in found if view.criterion.judge == TIMELINESS and view.state == State.UNMET)
    return next(late, None)
