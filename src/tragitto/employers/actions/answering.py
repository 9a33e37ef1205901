"""What employers answer to a letter, and what the office answers to that."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tragitto.cases import actions as cases
from tragitto.cases.rules import local_day
from tragitto.employers import permissions
from tragitto.employers.holding import held
from tragitto.employers.lettering import LANGUAGE
from tragitto.employers.models import Expression, Letter, Observation, Version
from tragitto.employers.queries import letters as queries
from tragitto.employers.queries.representing import expressions_of, standing
from tragitto.employers.vocabulary import LetterKind, Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.records.models import Message


@transaction.atomic
def take_observation(
    *,
    letter: Letter,
    text: str,
    actor: Actor,
    at: datetime,
    message: Message | None = None,
) -> Observation:
    """Take what an employer says against an announced obstacle (art. 10-bis L. 241/1990).

    From the person who acts for it at the portal, or by the office or the house from a `message`: then it
    counts from when that was certified. The first one takes the case on by the step the house may take, and
    the terms run again from there, from the last one where others follow; the time to answer goes on to its
    end. The same message again gives what is there. Raises `NotAllowed`;
    `Blocked` without words, for a letter that announces nothing, and once the case is closed.
    """
    expression = held(letter.expression_id)
    _refuse_strangers(actor, expression, at)
    if message and (known := Observation.objects.filter(letter=letter, message=message).first()):
        return known
    letter = expression.letters.get(pk=letter.pk)
    if unfit := _unfit(letter, expression, text):
        raise Blocked(unfit)

    return _observe(letter, expression, text=text.strip(), message=message, actor=actor, at=at)


@transaction.atomic
def answer_observation(
    *,
    observation: Observation,
    answer: str,
    is_upheld: bool,
    actor: Actor,
    at: datetime,
    new_grounds: Sequence[str] = (),
) -> Observation:
    """Answer an observation: upheld or not, and why. It stands in the decision.

    `new_grounds` are criteria that are unmet only because of what was observed, besides those the notice
    names (art. 10-bis L. 241/1990). Raises `NotAllowed`, also for whoever must abstain; `Stale` when it was
    answered; `Blocked` without words, in a closed case, and for a ground that is no such obstacle.
    """
    expression = held(observation.letter.expression_id)
    if actor.is_system or not permissions.may(actor, "letter.answer", expression.call):
        raise _not_allowed("observation.answer")
    cases.refuse_the_unfit(case=expression.case, actor=actor, at=at)
    observation = Observation.objects.select_for_update(of=("self",), no_key=True).get(pk=observation.pk)
    if observation.answered_at is not None:
        raise Stale(Finding("answered_already", _("Somebody has answered this already.")))
    if expression.case.is_closed:
        raise Blocked(Finding("case_closed", _("This case is closed.")))
    if not answer.strip():
        raise Blocked(Finding("answer_needed", _("Please write the answer: it stands in the decision.")))
    letter = expression.letters.get(pk=observation.letter_id)
    letter.expression = expression
    if not {*new_grounds} <= {each.code for each in queries.new_grounds(letter=letter)}:
        text = _("Choose among the obstacles that now hold and that the notice does not name.")
        raise Blocked(Finding("no_new_ground", text))

    observation.new_grounds = list(new_grounds)
    observation.answer, observation.is_upheld = answer.strip(), is_upheld
    observation.answered_by, observation.answered_at = actor.code, at
    observation.save(update_fields=["answer", "is_upheld", "new_grounds", "answered_by", "answered_at"])
    facts = {"observation": observation.number, "is_upheld": is_upheld, "new_grounds": list(new_grounds)}
    record("observation.answered", subject=expression.code, actor=actor, at=at, facts=facts)
    return observation


def take_on(*, expression: Expression, happened_at: datetime, actor: Actor, at: datetime) -> bool:
    """Let the house take a case on for which an answer came; whether it did. Part of the caller's work.

    Only where the journey waits for the employer and lets the house itself go on. Terms run again from when
    the answer came, not from when somebody came to place it.
    """
    case = expression.case
    step = queries.answering(case)
    if step is None:
        return False
    house = Actor.system(actor.door)
    cases.resume_before(case=case, step=step, happened_at=happened_at, actor=house, at=at)
    cases.advance(case=case, step=step.code, actor=house, at=at)
    case.refresh_from_db()
    return True


def take_on_with(version: Version, *, actor: Actor, at: datetime) -> None:
    """Let a further version be the answer that was waited for, where it is the one now under review.

    What answers a notice of obstacles is an observation too, so that it gets its answer in words. Part of
    receiving it.
    """
    expression = version.expression
    expression.refresh_from_db(fields=["current"])
    if version.number == 1 or expression.current_id != version.pk:
        return
    expression = held(expression.pk)
    case = expression.case
    came_at = version.instant or version.received_at
    if notice := queries.standing_notice(case=case):
        if came_at >= queries.left_at(notice):
            with override(LANGUAGE):
                text = _("See the files of the message {message}.").format(message=version.message.code)
            _observe(notice, expression, text=text, message=version.message, actor=actor, at=at)
        return
    asked_at = case.moves.order_by("-number").values_list("happened_at", flat=True)[0]
    if came_at >= asked_at:
        take_on(expression=expression, happened_at=came_at, actor=actor, at=at)


def _observe(
    letter: Letter,
    expression: Expression,
    *,
    text: str,
    message: Message | None,
    actor: Actor,
    at: datetime,
) -> Observation:
    """Keep an observation and let the case and its clocks go on."""
    received_at = min(at, message.certified_at or message.arrived_at) if message else at
    observation = Observation.objects.create(
        letter=letter,
        number=letter.observations.count() + 1,
        text=text,
        message=message,
        received_at=received_at,
        entered_by=actor.code,
    )
    facts = {"letter": letter.code, "observation": observation.number, "door": actor.door}
    record("observation.received", subject=expression.code, actor=actor, at=at, facts=facts)
    if not take_on(expression=expression, happened_at=received_at, actor=actor, at=at):
        house = Actor.system(actor.door)
        cases.rest_anew(case=expression.case, happened_at=received_at, actor=house, at=at)
    return observation


def _refuse_strangers(actor: Actor, expression: Expression, at: datetime) -> None:
    if actor.door != "portal":
        if not permissions.may(actor, "letter.answer", expression.call):
            raise _not_allowed("observation.take")
        return
    on = local_day(at, expression.call.zone)
    is_theirs = expressions_of(actor=actor, on=on).filter(pk=expression.pk).exists()
    if not is_theirs or not standing(actor=actor, expression=expression, on=on).may(Power.RECEIVE):
        raise _not_allowed("observation.take")


def _unfit(letter: Letter, expression: Expression, text: str) -> list[Finding]:
    found = []
    if letter.kind != LetterKind.PREAVVISO_DI_RIGETTO or not letter.has_left:
        words = _("Observations answer a notice of obstacles that was sent.")
        found.append(Finding("nothing_to_observe", words))
    if expression.case.is_closed:
        words = _("The case is closed: the decision says which remedy there is.")
        found.append(Finding("case_closed", words))
    if not text.strip():
        found.append(Finding("text_needed", _("Please write what you have to say.")))
    return found


def _not_allowed(verb: str) -> NotAllowed:
    text = _("Your role here does not allow this.")
    return NotAllowed(Finding("not_allowed", text, {"verb": verb}))
