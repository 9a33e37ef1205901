"""Who wrote before: the certified senders, and who might sign an expression's forms and did."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from tragitto.employers import rules
from tragitto.employers.models import Expression, Version
from tragitto.employers.rules import FilingFacts
from tragitto.records.models import Message
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
    (Regulation (EU) 910/2014 art. 25), and counts where form or delegation lets that person sign. `facts`
    are the message's. Two queries, however many.
    """
    keys = [expression.pk for expression in expressions]
    before = Version.objects.filter(expression__in=keys).exclude(message=message)
    sent = before.filter(
        message__sender__iexact=message.sender,
        message__verdict=Verdict.VALID,
        message__kind=Kind.POSTA_CERTIFICATA,
    )
    by_sender = set(sent.values_list("expression", flat=True)) if message.sender else set()
    filed: dict[int, list[FilingFacts]] = defaultdict(list)
    for key, read in before.values_list("expression", "facts"):
        filed[key].append(msgspec.convert(read, FilingFacts))
    signed = {key for key, earlier in filed.items() if rules.is_vouched_for(facts, earlier)}
    return frozenset(by_sender | signed)
