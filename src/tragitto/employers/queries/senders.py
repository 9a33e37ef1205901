"""Who wrote before: the certified senders of an expression's messages."""

from tragitto.employers.models import Expression
from tragitto.records.models import Message
from tragitto.records.vocabulary import Kind, Verdict


def is_by_another(message: Message, expression: Expression) -> bool:
    """Whether no certified message of `expression` came from the sender of `message`. One query.

    The codice fiscale in a form is typed by whoever fills it in and proves nobody; the certified sender
    is what the providers vouch for (DPR 68/2005 art. 6(2)).
    """
    before = expression.versions.filter(
        message__sender__iexact=message.sender,
        message__verdict=Verdict.VALID,
        message__kind=Kind.POSTA_CERTIFICATA,
    ).exclude(message=message)
    return not message.sender or not before.exists()
