"""The clues to where a message belongs: each names a call or an expression, with a reason and a strength."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from tragitto.employers import queries
from tragitto.employers.models import Expression, Version
from tragitto.employers.rules import proves_its_signatory
from tragitto.employers.suggesters.looked import Looked, any_of, whole
from tragitto.kernel.codes import ALPHABET, LENGTH
from tragitto.records.models import Filing, Message, Outgoing
from tragitto.schemes.models import Call


@dataclass(frozen=True)
class Clue:
    """One reason why a message may belong to an expression, or be a new one under a call."""

    where: Expression | Call
    reason: str
    strength: int


type Finder = Callable[[Looked], Iterable[Clue]]

_CODE = re.compile(rf"(?<![A-Z0-9])[A-Z]-[{ALPHABET}]{{{LENGTH}}}(?![A-Z0-9])")
#: More names than a mail program writes are not looked for.
_MOST_NAMES = 50


def by_reply(looked: Looked) -> Iterable[Clue]:
    """The expression of the message this one answers, or of ours that it answers. Three queries."""
    message = looked.message
    named = {_bare(name) for name in (message.original_message_id, message.reference, *message.replies_to)}
    named -= {"", _bare(message.message_id), _bare(message.identifier)}
    if not named:
        return
    # A header writes a message id in angle brackets, the certification of a provider may not.
    names = [spelt for name in sorted(named)[:_MOST_NAMES] for spelt in (name, f"<{name}>")]
    answered = Message.objects.filter(
        Q(message_id__in=names) | Q(identifier__in=names) | Q(original_message_id__in=names)
    ).exclude(pk=message.pk)
    keys = {key for pair in answered.values_list("pk", "receipt_for") for key in pair if key}
    about = set(Filing.objects.filter(message__in=keys).values_list("where", flat=True))
    ours = Outgoing.objects.filter(message__in=keys).values_list("about", "in_reply_to")
    for code, replied in ours:
        about.add(code)
        keys.add(replied)
    found = whole().filter(
        Q(versions__message__in=keys - {None}) | Q(code__in=about) | Q(case__code__in=about)
    )
    why = _("It answers a message that belongs to this expression.")
    yield from (Clue(each, why, 95) for each in found.distinct())


def by_code(looked: Looked) -> Iterable[Clue]:
    """The expression whose code, or whose case's code, stands in the subject or the name of a file."""
    texts = [looked.message.subject]
    texts += [file.attachment.original_name or file.attachment.name for file in looked.files]
    codes = set(_CODE.findall(" ".join(texts).upper()))
    if not codes:
        return
    found = whole().filter(Q(code__in=codes) | Q(case__code__in=codes))
    why = _("Its code stands in the subject or in the name of a file.")
    yield from (Clue(each, why, 93) for each in found)


def by_codice_fiscale(looked: Looked) -> Iterable[Clue]:
    """The expressions of the employer whose codice fiscale a form bears. Two queries for each such call."""
    same = _("The form bears the codice fiscale of this employer.")
    other = _(
        "The form bears the codice fiscale of this employer, but another address sent it than before:"
        " ask the employer before you place it."
    )
    by_the_named = _(
        "The form bears the codice fiscale of this employer and a qualified signature of the person it names,"
        " but another address sent it than before: look before you place it."
    )
    for pk, enterprise in looked.enterprises.items():
        theirs = [
            each for each in looked.expressions if each.employer.codice_fiscale == enterprise.codice_fiscale
        ]
        known = queries.known_to(looked.message, theirs, looked.facts[pk])
        unknown = by_the_named if proves_its_signatory(looked.facts[pk]) else other
        yield from (Clue(each, same if each.pk in known else unknown, 90) for each in theirs)


def by_printed_code(looked: Looked) -> Iterable[Clue]:
    """The call that the code printed on a scanned page names."""
    printed = {call for file in looked.files for call in file.printed}
    why = _("The code printed on a scanned page names this call.")
    yield from (Clue(call, why, 85) for call in looked.named if call.code in printed)


def by_call_field(looked: Looked) -> Iterable[Clue]:
    """The call that the hidden field of a form names."""
    hidden = {call for file in looked.files for call in file.named - file.printed}
    why = _("A form that came with the message was made for this call.")
    yield from (Clue(call, why, 80) for call in looked.named if call.code in hidden)


def by_signer(looked: Looked) -> Iterable[Clue]:
    """The expressions that somebody who signed a file has signed before, or is named in. One query."""
    numbers = {signer.number for file in looked.files for signer in file.signatures.proven}
    if not numbers:
        return
    ways = (
        lambda number: {"signatures": {"signers": [{"codice_fiscale": number}]}},
        lambda number: {"facts": {"signatory": {"codice_fiscale": number}}},
        lambda number: {"facts": {"delegation": {"principal": {"codice_fiscale": number}}}},
        lambda number: {"facts": {"delegation": {"delegate": {"codice_fiscale": number}}}},
    )
    named = any_of(Q(facts__contains={"forms": [way(number)]}) for number in numbers for way in ways)
    versions = Version.objects.filter(named).exclude(message=looked.message)
    why = _("Who signed a file has signed or is named in an earlier message of this expression.")
    yield from (
        Clue(each, why, 70) for each in whole().filter(pk__in=versions.values("expression")).order_by("code")
    )


def by_address(looked: Looked) -> Iterable[Clue]:
    """The calls that take filings at an address the message went to."""
    why = _("The message went to the mailbox of this call.")
    yield from (Clue(call, why, 60) for call in looked.addressed)


def by_sender(looked: Looked) -> Iterable[Clue]:
    """The expressions that came from the same address before; anybody may write for somebody else."""
    message = looked.message
    if not message.sender:
        return
    before = Version.objects.filter(message__sender__iexact=message.sender).exclude(message=message)
    why = _("Earlier messages of this expression came from the same address.")
    # Above an ordinary mail anybody may put any address.
    strength = 50 if message.is_submission else 30
    found = whole().filter(pk__in=before.values("expression")).order_by("code")
    yield from (Clue(each, why, strength) for each in found)


def _bare(name: str) -> str:
    return name.strip().removeprefix("<").removesuffix(">")


FINDERS: tuple[Finder, ...] = (
    by_reply,
    by_code,
    by_codice_fiscale,
    by_printed_code,
    by_call_field,
    by_signer,
    by_address,
    by_sender,
)
