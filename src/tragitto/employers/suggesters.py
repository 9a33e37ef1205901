"""Says where a message at the desk may belong, each time with the reason."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tragitto.employers import queries, reading
from tragitto.employers.models import Employer, Expression
from tragitto.employers.takers import NAME, addressed
from tragitto.records.models import Message
from tragitto.records.registries import SUGGESTERS, Suggestion
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import CallStatus


@SUGGESTERS.register("expression_by_call_field")
def by_call_field(message: Message) -> Sequence[Suggestion]:
    """The call that the hidden field of a form names."""
    named = reading.calls_named(message)
    calls = Call.objects.exclude(status=CallStatus.DRAFT).filter(code__in=named).order_by("code")
    why = _("A form that came with the message was made for this call.")
    return [_suggest(message, call, why, 80) for call in calls]


@SUGGESTERS.register("expression_by_address")
def by_address(message: Message) -> Sequence[Suggestion]:
    """The calls that take filings at an address the message went to."""
    why = _("The message went to the mailbox of this call.")
    return [_suggest(message, call, why, 60) for call in addressed(message)]


@SUGGESTERS.register("expression_by_codice_fiscale")
def by_codice_fiscale(message: Message) -> Sequence[Suggestion]:
    """The expressions of the employer whose codice fiscale the form bears."""
    numbers = set()
    for call in addressed(message):
        if enterprise := reading.enterprise_of(reading.facts_of(message, call)):
            numbers.add(enterprise.codice_fiscale)
    known = Expression.objects.filter(employer__codice_fiscale__in=numbers).select_related("call", "employer")
    same = _("The form bears the codice fiscale of this employer.")
    other = _(
        "The form bears the codice fiscale of this employer, but another address sent it than before:"
        " ask the employer before you place it."
    )
    return [
        _more_of(each, other if queries.is_by_another(message, each) else same, 90)
        for each in known.order_by("code")
    ]


@SUGGESTERS.register("expression_by_sender")
def by_sender(message: Message) -> Sequence[Suggestion]:
    """The expressions that came from the same address before; anybody may write for somebody else."""
    if not message.sender:
        return []
    known = (
        Expression.objects.filter(versions__message__sender__iexact=message.sender)
        .exclude(versions__message=message)
        .select_related("call", "employer")
        .distinct()
    )
    why = _("Earlier messages of this expression came from the same address.")
    return [_more_of(each, why, 50) for each in known.order_by("code")]


def _suggest(message: Message, call: Call, why: str, strength: int) -> Suggestion:
    facts = reading.facts_of(message, call)
    enterprise = reading.enterprise_of(facts)
    choice = {"call": call.code}
    known = Employer.objects.filter(codice_fiscale=enterprise.codice_fiscale).first() if enterprise else None
    label = f"{call.code} · {known.name}" if known else call.code
    return Suggestion(call.code, label, why, strength, taker=NAME, choice=choice)


def _more_of(expression: Expression, why: str, strength: int) -> Suggestion:
    choice = {"call": expression.call.code, "codice_fiscale": expression.employer.codice_fiscale}
    label = f"{expression.code} · {expression.employer.name}"
    return Suggestion(expression.code, label, why, strength, taker=NAME, choice=choice)
