"""Why some messages can never be a filing, and what to do instead."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.records.models import Message
from tragitto.records.vocabulary import Verdict

_RECEIPT = _(
    "A receipt tells what became of a message and cannot be a filing. "
    "Set it aside, and say of which message it speaks."
)
_BY_VERDICT: Mapping[str, str | Promise] = {
    Verdict.ALTERED: _(
        "This message was changed after it was sealed: it proves neither its content nor its time and cannot "
        "be a filing. Ask the sender for the original file, take that in, and set this one aside."
    ),
    Verdict.UNREADABLE: _(
        "This message cannot be read, so it cannot be a filing. Save the file and look at it; ask the sender "
        "for the original message, take that in, and set this one aside."
    ),
}


def why_no_filing(message: Message) -> str:
    """One sentence for a message that can never be a filing, "" for every other."""
    said = _BY_VERDICT.get(message.verdict) or (_RECEIPT if message.is_receipt else "")
    return str(said)
