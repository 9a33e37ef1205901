"""Receiving: a message becomes an expression, or one more version of it, and is put before the judges."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.cases import actions as cases
from tragitto.cases import queries as case_queries
from tragitto.employers import permissions, queries, reading, rules
from tragitto.employers.actions.answering import take_on_with
from tragitto.employers.actions.judging import judge_all, judge_answers
from tragitto.employers.actions.placing import place_again
from tragitto.employers.actions.settling import settle_sent
from tragitto.employers.holding import held
from tragitto.employers.models import NAME_LENGTH, Employer, Expression, Version
from tragitto.employers.queries.letters import asked_until
from tragitto.employers.rules import FilingFacts
from tragitto.kernel import refusals
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.records.models import Message
from tragitto.records.vocabulary import Verdict
from tragitto.schemes.models import Call
from tragitto.schemes.queries import window_of
from tragitto.schemes.vocabulary import Phase, StepRole

#: What no person may make into a filing: its content is not what was sent, or cannot be seen at all.
NEVER_A_FILING = frozenset({Verdict.ALTERED, Verdict.UNREADABLE})


@dataclass(frozen=True)
class Filed:
    """What a message has become."""

    expression: Expression
    version: Version
    is_new: bool


@transaction.atomic
def receive(
    *,
    message: Message,
    call: Call,
    actor: Actor,
    at: datetime,
    enterprise: reading.Enterprise | None = None,
    is_chosen: bool = False,
) -> Filed:
    """Make `message` a filing under `call`: a new expression with its case, or a version of one.

    Reads the facts, puts them before the call's judges, finds the place anew, and lets the house open the
    review where the journey says so. `enterprise` is who files where the form cannot say; `is_chosen` says
    that a person put the message here. The same message again changes nothing. Raises `NotAllowed`;
    `Blocked` for a receipt, an altered or unreadable message, a call not published, when nobody knows who
    files, and, unless chosen, for a further version that neither a certified sender nor a signer from
    before sent or signed.
    """
    if not permissions.may(actor, "expression.receive", call):
        raise _not_allowed("expression.receive")
    if known := Version.objects.select_related("expression").filter(message=message).first():
        return _known(known, call)
    files = reading.files_of(message)
    facts = reading.facts_of(message, call, files)
    who = enterprise or reading.enterprise_of(facts)
    if unfit := _unfit(message, call):
        raise Blocked(unfit)
    if who is None:
        raise Blocked(refusals.Finding("enterprise_unknown", queries.why_nobody_files(facts, files)))

    expression, is_new = _expression(who, call, facts, actor, at)
    if not (is_new or is_chosen) and queries.is_by_another(message, expression, facts):
        text = _("It came from another address than this employer's messages before: a person must see.")
        raise Blocked(refusals.Finding("another_sender", text))
    facts = _as_asked_for(facts, expression)
    version = Version.objects.create(
        expression=expression,
        number=expression.versions.count() + 1,
        message=message,
        instant=facts.instant,
        instant_kind=facts.instant_kind,
        identifier=facts.identifier,
        facts=msgspec.to_builtins(facts),
        received_at=at,
        received_by=actor.code,
    )
    is_proven = rules.proves_its_signatory(facts)
    told = {"message": message.code, "version": version.number, "call": call.code, "is_proven": is_proven}
    record("expression.received", subject=expression.code, actor=actor, at=at, facts=told)
    judge_all(version, actor=actor, at=at)
    judge_answers(expression, actor=actor, at=at)
    place_again(expression, actor=actor, at=at)
    _open_review(expression, actor, at)
    take_on_with(version, actor=actor, at=at)
    if message.is_online:
        settle_sent(version, facts, actor=actor, at=at)
    version.refresh_from_db()
    return Filed(expression, version, is_new)


@transaction.atomic
def evaluate(*, version: Version, actor: Actor, at: datetime) -> Version:
    """Put a version before the judges once more; findings are written only where an answer is new.

    A new run of findings leaves the judgements on the old ones in the file, and asks for new ones.
    Raises `NotAllowed`; `Blocked` when the case is closed.
    """
    expression = held(version.expression_id)
    if not permissions.may(actor, "expression.evaluate", expression.call):
        raise _not_allowed("expression.evaluate")
    if expression.case.is_closed:
        raise Blocked(refusals.Finding("case_closed", _("This case is closed.")))

    version = expression.versions.get(pk=version.pk)
    if judge_all(version, actor=actor, at=at):
        judge_answers(expression, actor=actor, at=at)
        place_again(expression, actor=actor, at=at)
        version.refresh_from_db()
    return version


def _as_asked_for(facts: FilingFacts, expression: Expression) -> FilingFacts:
    """The facts with the term that the office had given, where no window was open and it had asked before."""
    if facts.instant is None or window_of(expression.call, facts.instant) is not None:
        return facts
    return msgspec.structs.replace(facts, asked_until=asked_until(expression, facts.instant))


def _unfit(message: Message, call: Call) -> refusals.Finding | None:
    """Why this cannot become a filing, or None."""
    if message.is_receipt or message.verdict in NEVER_A_FILING:
        return refusals.Finding("not_a_filing", _("This message cannot be a filing."))
    if not call.published_at:
        return refusals.Finding("call_not_published", _("This call is not published."))
    return None


def _known(version: Version, call: Call) -> Filed:
    if version.expression.call_id != call.pk:
        text = _("This message is already a filing under another call.")
        raise Stale(refusals.Finding("filed_elsewhere", text))
    return Filed(version.expression, version, is_new=False)


def _expression(
    who: reading.Enterprise, call: Call, facts: FilingFacts, actor: Actor, at: datetime
) -> tuple[Expression, bool]:
    # The call is held, so that two messages of one employer do not become two expressions.
    call = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    employer, _new = Employer.objects.get_or_create(
        codice_fiscale=who.codice_fiscale,
        defaults={"code": new_code("B"), "name": who.name[:NAME_LENGTH], "known_since": at},
    )
    if known := Expression.objects.filter(call=call, employer=employer).first():
        return held(known.pk), False
    if who.name and employer.name != who.name and not employer.expressions.exists():
        # Until something is filed, the name is but what somebody said who wants to act for the enterprise.
        employer.name = who.name[:NAME_LENGTH]
        employer.save(update_fields=["name"])
    case = cases.open_case(call=call, filed_at=facts.instant or at, actor=actor, at=at)
    expression = Expression.objects.create(code=new_code("E"), call=call, employer=employer, case=case)
    return expression, True


def _open_review(expression: Expression, actor: Actor, at: datetime) -> None:
    """The house opens the review of a filing just received, where the journey lets the house do so."""
    case = expression.case
    if case.stage.phase != Phase.APPLYING:
        return
    for step in case_queries.exits_to(case=case, phase=Phase.REVIEWING):
        if StepRole.SYSTEM in step.roles and not step.awaits:
            cases.advance(case=case, step=step.code, actor=Actor.system(actor.door), at=at)
            case.refresh_from_db()
            return


def _not_allowed(verb: str) -> NotAllowed:
    text = _("Your role here does not allow this.")
    return NotAllowed(refusals.Finding("not_allowed", text, {"verb": verb}))
