"""Who wrote before: the certified senders, and who might sign an expression's forms and did."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import msgspec
from django.db.models import QuerySet

from tragitto.employers import rules
from tragitto.employers.models import Expression, Representation, Submission, Version
from tragitto.employers.rules import FilingFacts
from tragitto.employers.vocabulary import Power
from tragitto.records.models import Message
from tragitto.records.rules.register import ROME
from tragitto.records.vocabulary import Kind, Verdict


def is_by_another(message: Message, expression: Expression, facts: FilingFacts) -> bool:
    """Whether neither the certified sender of `message` nor who might sign it, and did, is one from before.

    Two queries.
    """
    return expression.pk not in known_to(message, [expression], facts)


def known_to(message: Message, expressions: Iterable[Expression], facts: FilingFacts) -> frozenset[int]:
    """The keys of those expressions whose employer is known to have sent or signed `message`.

    The codice fiscale in a form is typed by whoever fills it in and proves nobody; the certified sender is
    what the providers vouch for (DPR 68/2005 art. 6(2)), a qualified signature proves a person
    (Regulation (EU) 910/2014 art. 25), and counts where form or delegation lets that person sign. What was
    sent on line is known by its account: one that acts for the employer, confirmed, or sent all there is.
    What an account said itself makes it known to nobody else's filing, and whose representation is over is
    known by none. `facts` are the message's. Six queries at most, however many expressions.
    """
    known = list(expressions)
    before = Version.objects.filter(expression__in=known).exclude(message=message)
    account = _account_of(message)
    filed: dict[int, list[FilingFacts]] = defaultdict(list)
    by_others: dict[int, list[FilingFacts]] = defaultdict(list)
    for key, read, sender in before.values_list("expression", "facts", "message__submission__account"):
        filed[key].append(earlier := msgspec.convert(read, FilingFacts))
        if not account or sender != account:
            by_others[key].append(earlier)
    signed = {key for key, others in by_others.items() if rules.is_vouched_for(facts, filed[key], others)}
    if not account:
        return frozenset(signed | _by_address(message, before))
    alone = filed.keys() - by_others.keys()
    acting, over = _by_account(account, known, message.arrived_at.astimezone(ROME).date())
    return frozenset(((signed | alone) - over) | acting)


def _by_address(message: Message, before: QuerySet[Version]) -> set[int]:
    """Those to which the certified sender of the message sent something before."""
    if not message.sender:
        return set()
    sent = before.filter(
        message__sender__iexact=message.sender,
        message__verdict=Verdict.VALID,
        message__kind=Kind.POSTA_CERTIFICATA,
    )
    return set(sent.values_list("expression", flat=True))


def _account_of(message: Message) -> str:
    """The account that sent it on line, "" for what came otherwise."""
    if not message.is_online:
        return ""
    return Submission.objects.values_list("account", flat=True).get(message=message)


def _by_account(account: str, expressions: Iterable[Expression], on: date) -> tuple[set[int], set[int]]:
    """Those for whose employer the account acts on that day; those for which it did and no longer does."""
    mine = Representation.objects.filter(account=account)
    acting = mine.in_force(on).filter(powers__overlap=[Power.FILE, Power.SUPPLEMENT])
    acts_under = {(row.employer_id, row.call_id) for row in acting}
    # Who was ended for an enterprise is ended under every call; what ran out, under its own.
    over = {(row.employer_id, None if row.revoked_at else row.call_id) for row in mine.over(on)}
    known = list(expressions)
    return (
        {each.pk for each in known if not acts_under.isdisjoint(_both(each))},
        {each.pk for each in known if not over.isdisjoint(_both(each))},
    )


def _both(expression: Expression) -> set[tuple[int, int | None]]:
    """How a representation under a call, and one under every call, would name this expression."""
    return {(expression.employer_id, expression.call_id), (expression.employer_id, None)}
