"""Takes certified messages that are filings beyond doubt, and those a person places at the desk."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from tragitto.employers import actions, queries, reading
from tragitto.employers.models import Employer, Expression, Letter, Submission
from tragitto.employers.rules import FilingFacts, identity
from tragitto.employers.vocabulary import InstantKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.records.models import Message
from tragitto.records.queries.reading import letter_of
from tragitto.records.registries import TAKERS, Taken
from tragitto.schemes.models import Call
from tragitto.schemes.queries import window_of
from tragitto.schemes.vocabulary import CallStatus
from tragitto_pec.signatures.vocabulary import FileVerdict

NAME = "expression"
#: The taker of what answers a letter of ours.
ANSWER = "answer"


class Placing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person chose: the call, and who files where the form cannot say."""

    call: str
    codice_fiscale: str = ""
    name: str = ""


@TAKERS.register(NAME, needs=Placing)
def take_as_expression(
    message: Message, *, actor: Actor, at: datetime, choice: Placing | None = None
) -> Taken | None:
    """A certified message to a call's mailbox with its main form becomes an expression under that call, and
    so does what was sent on line under it.

    Without a choice only what is beyond doubt is taken: one call, one main form that nobody tampered with,
    one well-formed codice fiscale, of the enterprise that a supplement completes, and no other certified
    sender or signer than before. Everything else waits at the desk.
    """
    if choice is not None:
        return _place(message, choice, actor, at)
    if not message.is_submission:
        return None
    files = reading.files_of(message)
    sent = _sent(message)
    call = sent.call if sent else call_of(message, files)
    if call is None or reading.main_forms(files, call) != 1:
        return None
    facts = reading.facts_of(message, call, files)
    enterprise = reading.enterprise_of(facts)
    if enterprise is None or _is_tampered_with(facts):
        return None
    known = Expression.objects.filter(call=call, employer__codice_fiscale=enterprise.codice_fiscale).first()
    if _completes_another(sent, known) or (known and queries.is_by_another(message, known, facts)):
        return None
    filed = actions.receive(message=message, call=call, actor=actor, at=at)
    return Taken(filed.expression.code)


def _sent(message: Message) -> Submission | None:
    """What was sent on line, with its call and what it supplements; None for what came otherwise."""
    if not message.is_online:
        return None
    sent = Submission.objects.select_related("call__region", "call__scheme", "draft__expression")
    return sent.get(message=message)


def _completes_another(sent: Submission | None, known: Expression | None) -> bool:
    """Whether it was sent as a supplement to another expression than the one its form belongs to."""
    return sent is not None and sent.draft.expression not in (None, known)


class Answering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The letter that a message answers, and the call it is about."""

    letter: str
    call: str


@TAKERS.register(ANSWER, needs=Answering)
def take_as_observation(
    message: Message, *, actor: Actor, at: datetime, choice: Answering | None = None
) -> Taken | None:
    """A message that a person puts to a notice of obstacles becomes the employer's observations.

    Its words are what is observed; files that came along stay with the message. Never by itself: what a
    message wants to say, a person says.
    """
    if choice is None:
        return None
    found = Letter.objects.filter(code=choice.letter, expression__call__code=choice.call)
    letter = found.select_related("expression").first()
    if letter is None:
        raise Blocked(Finding("letter_unknown", _("There is no such letter.")))
    said = letter_of(message)
    text = said.text.strip() if said else ""
    text = text or str(_("See the files of the message {message}.").format(message=message.code))
    actions.take_observation(letter=letter, text=text, message=message, actor=actor, at=at)
    return Taken(letter.expression.code)


def _is_tampered_with(facts: FilingFacts) -> bool:
    """Whether the main form was altered after it was signed, or shows another employer than it holds."""
    form = facts.main
    if form is None:
        return False
    verdict = form.signatures.verdict if form.signatures else ""
    number = form.fields.get("enterprise.codice_fiscale", "")
    return verdict in _TAMPERED or bool(form.seen_otherwise(number) if number else ())


_TAMPERED = frozenset({FileVerdict.ALTERED, FileVerdict.REFUSED})


def call_of(message: Message, files: Sequence[reading.File]) -> Call | None:
    """The call a certified message answers, or None while there is any doubt.

    The call named in the form, if its mailbox is among the certified addressees; without a name, the
    mailbox's only call with a window open at that instant, or its only call at all.
    """
    calls = addressed(message)
    if named := reading.calls_named(files):
        return next((call for call in calls if named == {call.code}), None)
    open_ones = [call for call in calls if _is_open(call, message)]
    chosen = open_ones or calls
    return chosen[0] if len(chosen) == 1 else None


def addressed(message: Message) -> list[Call]:
    """The calls out by then whose mailbox is among the addressees, whatever case they are written in."""
    addresses = reading.addresses(message)
    calls = (
        Call.objects.exclude(status=CallStatus.DRAFT).exclude(mailbox="").select_related("region", "scheme")
    )
    return [call for call in calls.order_by("code") if call.mailbox.lower() in addresses]


def _is_open(call: Call, message: Message) -> bool:
    instant, kind = reading.counted_instant(message, call)
    return kind != InstantKind.NONE and instant is not None and window_of(call, instant) is not None


def _place(message: Message, choice: Placing, actor: Actor, at: datetime) -> Taken:
    call = Call.objects.exclude(status=CallStatus.DRAFT).filter(code=choice.call).first()
    if call is None:
        raise Blocked(Finding("call_unknown", _("There is no such call.")))
    who = _enterprise(choice)
    filed = actions.receive(message=message, call=call, enterprise=who, is_chosen=True, actor=actor, at=at)
    return Taken(filed.expression.code)


def _enterprise(choice: Placing) -> reading.Enterprise | None:
    number = identity.tidied(choice.codice_fiscale)
    if not number:
        return None
    if not (identity.is_company_number(number) or identity.is_personal_number(number)):
        raise Blocked(Finding("codice_fiscale_wrong", _("This codice fiscale does not pass its own check.")))
    known = Employer.objects.filter(codice_fiscale=number).first()
    if known is None and not choice.name.strip():
        raise Blocked(Finding("name_needed", _("This employer is new: give the name of the enterprise.")))
    return reading.Enterprise(number, known.name if known else choice.name.strip())
