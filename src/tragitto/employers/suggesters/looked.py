"""What is asked once about a message at the desk, for all the clues to where it may belong."""

from collections.abc import Iterable
from functools import cached_property

from django.db.models import Q

from tragitto.employers import reading
from tragitto.employers.models import Expression, ExpressionQuerySet
from tragitto.employers.rules import FilingFacts
from tragitto.records.models import Message
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import CallStatus


class Looked:
    """A message with its files, the calls it may answer, and who files by its forms. Each asked once."""

    def __init__(self, message: Message) -> None:
        self.message = message

    @cached_property
    def files(self) -> list[reading.File]:
        """The files of the message. Two queries."""
        return reading.files_of(self.message)

    @cached_property
    def calls(self) -> list[Call]:
        """The calls that are out, by code. Two queries."""
        out = Call.objects.exclude(status=CallStatus.DRAFT).select_related("region", "scheme")
        return list(out.prefetch_related("forms").order_by("code"))

    @cached_property
    def named(self) -> list[Call]:
        """Those that a file of the message names."""
        codes = reading.calls_named(self.files)
        return [call for call in self.calls if call.code in codes]

    @cached_property
    def addressed(self) -> list[Call]:
        """Those that take filings at an address the message went to."""
        addresses = reading.addresses(self.message)
        return [call for call in self.calls if call.mailbox and call.mailbox.lower() in addresses]

    @cached_property
    def facts(self) -> dict[int, FilingFacts]:
        """What the message says as a filing under each of those calls, by the call's key."""
        candidates = {call.pk: call for call in (*self.named, *self.addressed)}
        return {pk: reading.facts_of(self.message, call, self.files) for pk, call in candidates.items()}

    @cached_property
    def enterprises(self) -> dict[int, reading.Enterprise]:
        """Who files under each of those calls, where the form says it."""
        found = {pk: reading.enterprise_of(facts) for pk, facts in self.facts.items()}
        return {pk: enterprise for pk, enterprise in found.items() if enterprise}

    @cached_property
    def expressions(self) -> list[Expression]:
        """All expressions of those who file. One query."""
        numbers = {enterprise.codice_fiscale for enterprise in self.enterprises.values()}
        if not numbers:
            return []
        return list(whole().filter(employer__codice_fiscale__in=numbers).order_by("code"))

    def expression_under(self, call: Call) -> Expression | None:
        """The expression that a filing under this call would become a version of."""
        enterprise = self.enterprises.get(call.pk)
        return next(
            (
                each
                for each in self.expressions
                if each.call_id == call.pk
                and enterprise
                and each.employer.codice_fiscale == enterprise.codice_fiscale
            ),
            None,
        )

    def is_of_another(self, expression: Expression) -> bool:
        """Whether a form of the message names another enterprise than this expression's, and never it."""
        numbers = {enterprise.codice_fiscale for enterprise in self.enterprises.values()}
        return bool(numbers) and expression.employer.codice_fiscale not in numbers


def whole() -> ExpressionQuerySet:
    """Expressions with the call and the employer that name them."""
    return Expression.objects.select_related("call", "employer")


def any_of(conditions: Iterable[Q]) -> Q:
    """One of these; nothing at all where there are none."""
    found = Q(pk__in=())
    for condition in conditions:
        found |= condition
    return found
