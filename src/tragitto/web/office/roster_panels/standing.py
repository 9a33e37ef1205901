"""The part of a person's file on where they stand: the clock, the history, what may follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.queries import names_of
from tragitto.candidates import permissions
from tragitto.candidates.models import Candidate, StatusChange
from tragitto.candidates.queries import standing
from tragitto.candidates.rules.asking import Asked, last_day
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.schemes.pack import ReasonSpec, RosterSpec
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ReasonGiver, ReasonUse
from tragitto.schemes.vocabulary import RosterStatus as Status
from tragitto.web.office.forms.standing import MoveForm, QuestionForm
from tragitto.web.office.roster_panels import Panel
from tragitto.web.parts.standing_words import STATUSES

TEMPLATE = "office/roster/standing.html"
#: Turns that have buttons or verbs of their own.
_ELSEWHERE = frozenset({ReasonUse.CONFIRMING_LATE})


@dataclass(frozen=True)
class Line:
    """A change as the desk reads it."""

    change: StatusChange
    word: str | Promise
    reason: dict[str, str]
    by: str


def reasons_for(actor: Actor, candidate: Candidate, roster: RosterSpec) -> tuple[ReasonSpec, ...]:
    """The reasons that `actor` may give now, those with a button of their own left out."""
    since_on, on = timezone.localdate(candidate.status_at), timezone.localdate(clock.now())
    may = standing.offered(actor, candidate, roster, since_on=since_on, on=on)
    return tuple(each for each in may if each.use not in _ELSEWHERE)


def form_for(actor: Actor, candidate: Candidate, data: QueryDict | None = None) -> MoveForm:
    """The form for what may follow, as sent or empty."""
    reasons = reasons_for(actor, candidate, roster_of(candidate.scheme_id))
    language = (get_language() or "it").split("-")[0]
    return MoveForm(data, reasons=reasons, language=language, prefix="move")


def panel(
    actor: Actor, candidate: Candidate, form: MoveForm | None = None, asking: QuestionForm | None = None
) -> Panel | None:
    """Status with its reason, the place, the terms and why, the open question, the history."""
    roster, question = roster_of(candidate.scheme_id), standing.open_confirmation(candidate)
    is_keeper = permissions.giver(actor, candidate) == ReasonGiver.KEEPER
    form = form or (form_for(actor, candidate) if is_keeper else None)
    stand = standing.stand_of(candidate, roster, since_on=timezone.localdate(candidate.status_at))
    answer_by = None
    if question and candidate.status == Status.ACTIVE:
        asked = Asked(question.due_on, timezone.localdate(question.asked_at))
        answer_by = last_day(asked, roster.validity)
    context = {
        "status": STATUSES[Status(candidate.status)],
        "reason": roster.reason(candidate.reason),
        "question": question,
        "answer_by": answer_by,
        "returns_until": stand.returns_until(roster.validity.return_days),
        "validity": roster.validity,
        "lines": _lines(candidate, roster),
        "form": form if form and form.reasons else None,
        "asking": asking,
        "may_confirm": is_keeper and candidate.status in {Status.ACTIVE, Status.LAPSED},
        "may_ask": is_keeper and candidate.status == Status.ACTIVE,
    }
    return Panel(TEMPLATE, _("Status and clock"), context)


def _lines(candidate: Candidate, roster: RosterSpec) -> Sequence[Line]:
    changes = list(reversed(standing.history(candidate)))
    names = names_of(each.actor for each in changes)
    return [
        Line(
            change=each,
            word=STATUSES[Status(each.after)].word,
            reason=known.title if (known := roster.reason(each.reason)) else {"it": each.reason},
            by=names.get(each.actor, each.actor),
        )
        for each in changes
    ]
