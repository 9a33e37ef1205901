"""Questions about what was sent on line: a person's own, what waits to be taken in, what it has become."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from tragitto.employers.models import DraftPaper, Expression, FilingDraft, Submission
from tragitto.employers.vocabulary import SubmissionState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.records.models import RegisterEntry
from tragitto.records.vocabulary import MessageState
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call, Form
from tragitto.schemes.rules import Opening, slots
from tragitto.schemes.vocabulary import FormRole


@dataclass(frozen=True)
class SubmissionPage:
    """What was sent as its sender sees it; `entry` and `expression` are None until they are there.

    `last_second` is the last one in time, of the window it fell into, or of the one it came too late for.
    """

    submission: Submission
    entry: RegisterEntry | None
    expression: Expression | None
    last_second: datetime | None
    is_late: bool

    @cached_property
    def content(self) -> dict[str, Any]:
        """What was sent."""
        told: dict[str, Any] = json.loads(self.submission.content)
        return told

    @cached_property
    def enterprise(self) -> str:
        """The enterprise by its own word. One query."""
        for spec in map(schemes.form_spec, self.submission.call.forms.filter(role=FormRole.MAIN)):
            name = next((slot.name for slot in slots(spec) if slot.field.fact == "enterprise.name"), "")
            for form in self.content["forms"]:
                if form["form"] == spec.code:
                    return str(form["answers"].get(name, "")).strip()
        return ""

    @property
    def is_at_the_desk(self) -> bool:
        """Whether a person of the office looks at it before it gets its place."""
        return self.submission.state == SubmissionState.SORTING


def sendable(actor: Actor, code: str) -> FilingDraft:
    """The actor's own draft of this code, bare. Raises `NotFound`. One query."""
    found = FilingDraft.objects.visible_to(actor).filter(code=code).only("code")
    try:
        return found.get()
    except FilingDraft.DoesNotExist:
        raise NotFound(code) from None


def held_draft(actor: Actor, key: int) -> FilingDraft | None:
    """The draft with its call, forms and papers, held by the caller's transaction until it ends.

    Two queries; none more for what is asked of drafts.
    """
    papers = Prefetch("papers", DraftPaper.objects.order_by("added_at", "pk"))
    held = FilingDraft.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    try:
        held = held.select_related("expression__employer", "co_signature")
        draft = held.prefetch_related(papers).get(pk=key)
    except FilingDraft.DoesNotExist:
        return None
    draft.call = _call(draft.call_id)
    return draft


#: Published calls by their key, read once by each process: a trigger holds them as they are.
_PUBLISHED: dict[int, Call] = {}


def _call(key: int) -> Call:
    """The call with its region, forms and windows. Four queries, none for a published one met before."""
    if known := _PUBLISHED.get(key):
        return known
    forms = Prefetch("forms", Form.objects.order_by("pk"))
    call = Call.objects.select_related("region").prefetch_related(forms, "windows").get(pk=key)
    if call.published_at:
        _PUBLISHED[key] = call
    return call


def submission_page(actor: Actor, code: str) -> SubmissionPage:
    """What was sent under this code. Raises `NotFound` for another person's. Four queries."""
    found = Submission.objects.visible_to(actor).select_related(
        "call__publisher", "draft", "message__entry", "receipt", "printed_receipt"
    )
    submission = found.filter(code=code).first()
    if submission is None:
        raise NotFound(code)
    return page_of_submission(submission)


def page_of_submission(submission: Submission) -> SubmissionPage:
    """A submission with what became of it. Three queries where its call and message were fetched with it."""
    entry = getattr(submission.message, "entry", None) if submission.message else None
    expression = None
    if submission.state == SubmissionState.PLACED:
        versions = Expression.objects.select_related("case__stage")
        expression = versions.filter(versions__message=submission.message_id).first()
    window, is_late = _window(schemes.openings(submission.call), submission.received_at)
    last_second = window.closes_at - timedelta(seconds=1) if window else None
    return SubmissionPage(submission, entry, expression, last_second, is_late)


def waiting_to_be_taken_in() -> list[str]:
    """The codes of what was sent and is not in the register, or has no receipt yet, in the order of arrival.

    One query.
    """
    waiting = Submission.objects.filter(printed_receipt__isnull=True)
    return list(waiting.order_by("received_at", "pk").values_list("code", flat=True))


def left_at_the_desk() -> QuerySet[Submission]:
    """What is in the register and waits at the sorting desk without being said to. One query."""
    resting = (MessageState.SORTING, MessageState.SET_ASIDE)
    return Submission.objects.filter(state=SubmissionState.REGISTERED, message__state__in=resting)


def _window(openings: list[Opening], instant: datetime) -> tuple[Opening | None, bool]:
    """The window an instant falls into, or the last one it missed; and whether it missed it."""
    inside = next((each for each in openings if _is_in(each, instant)), None)
    over = [each for each in openings if each.closes_at <= instant]
    return inside or max(over, key=lambda each: each.closes_at, default=None), inside is None and bool(over)


def _is_in(opening: Opening, instant: datetime) -> bool:
    return (opening.opens_at is None or opening.opens_at <= instant) and instant < opening.closes_at
