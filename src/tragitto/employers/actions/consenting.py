"""Taking back the consent to be handed over: as easy as giving it, at the portal or through the office."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.cases import actions as cases
from tragitto.cases.models import ConsentWithdrawal
from tragitto.cases.rules import local_day
from tragitto.employers import permissions
from tragitto.employers.holding import held
from tragitto.employers.models import Expression
from tragitto.employers.queries.consents import consent_of
from tragitto.employers.queries.representing import acts_for
from tragitto.employers.vocabulary import Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.records.models import Message


@transaction.atomic
def withdraw_consent(
    *,
    expression: Expression,
    withdrawn_at: datetime,
    message: Message | None = None,
    actor: Actor,
    at: datetime,
) -> ConsentWithdrawal:
    """Record that the employer no longer consents to being handed over (art. 7(3) GDPR).

    At the portal by whoever may file for the enterprise, since filing gave the consent; in the office on what
    the employer said. Taken back already, it stays as it is. Raises `NotAllowed`; `Blocked` when there is no
    consent to take back, or the form under review consents anew after that moment.
    """
    expression = held(expression.pk)
    if not _may(actor, expression, at):
        verb = {"verb": "expression.withdraw_consent"}
        raise NotAllowed(Finding("not_allowed", _("Your role here does not allow this."), verb))
    consent = consent_of(expression)
    if consent is None:
        text = _("The form under review consents to no sending: there is nothing to withdraw.")
        raise Blocked(Finding("no_consent", text))
    if consent.withdrawn_at is not None:
        return expression.case.consent_withdrawals.get(withdrawn_at=consent.withdrawn_at)
    if withdrawn_at < consent.given_at:
        text = _("The form under review came after that moment, and consents: look at the moment again.")
        raise Blocked(Finding("consent_later", text))

    return cases.withdraw_consent(
        case=expression.case, withdrawn_at=withdrawn_at, message=message, actor=actor, at=at
    )


def _may(actor: Actor, expression: Expression, at: datetime) -> bool:
    call = expression.call
    if actor.door == "portal":
        on = local_day(at, call.zone)
        return acts_for(actor.code, expression.employer, call, Power.FILE, on)
    return permissions.may(actor, "expression.withdraw_consent", call)
