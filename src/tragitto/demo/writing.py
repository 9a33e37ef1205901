"""Lets the story's office write letters to employers: by a made-up post, proven by really sealed receipts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from tragitto.demo.mail import PostOffice
from tragitto.demo.reviewing import acting, begin
from tragitto.demo.story import Request, Story
from tragitto.employers import actions as employers
from tragitto.employers.models import Expression
from tragitto.employers.vocabulary import LetterKind
from tragitto.gateways.made_up import MadeUpMailbox, MadeUpPost
from tragitto.kernel.actors import Actor
from tragitto.records import actions as records
from tragitto.records import ports
from tragitto.records.models import Mailbox, Outgoing
from tragitto_pec import Kind
from tragitto_pec.rehearsal import Letter, Provider

#: How long after the sending each receipt is there.
ACCEPTED_AFTER, DELIVERED_AFTER = timedelta(seconds=20), timedelta(seconds=50)


def write(told: Story, request: Request, office: PostOffice, *, house: Actor) -> None:
    """Send a letter of the story and take in what the provider answers; what is done stays as it is."""
    filed = Expression.objects.filter(employer__codice_fiscale=request.employer)
    expression = filed.select_related("call__publisher", "case__stage", "current__message").get()
    mailbox = Mailbox.objects.get(address=expression.call.mailbox.lower())
    at = told.moment(request.at)
    with _made_up_post(mailbox.address):
        outgoing = _sent(expression, request, at=at)
        records.deliver(code=outgoing.code, actor=house, at=at)
    for kind, after in _receipts(request):
        make = partial(_receipt, office.provider, outgoing, kind, at, at + after)
        raw = office.kept(f"{outgoing.code}-{kind}", make)
        records.take_in(raw, door=house.door, mailbox=mailbox.address, actor=house, at=at + after)
    employers.follow_deliveries(actor=house, at=at + DELIVERED_AFTER)


@contextmanager
def _made_up_post(address: str) -> Iterator[None]:
    """Nothing leaves the house, and afterwards it has the post that it had."""
    before = ports.post()
    ports.use(MadeUpPost({address: MadeUpMailbox()}))
    try:
        yield
    finally:
        ports.use(before)


def _sent(expression: Expression, request: Request, *, at: datetime) -> Outgoing:
    """The message with which the letter left; a letter that was written already is not written again."""
    written = expression.letters.filter(kind=LetterKind.SOCCORSO_ISTRUTTORIO).first()
    if written is None or written.outgoing is None:
        actor = acting(request.written_by, organisation=expression.call.publisher.code, at=at)
        begin(expression, actor, at=at)
        codes = dict(expression.call.criteria.values_list("judge", "code"))
        points = [employers.Point(one.text, codes.get(one.judge, "")) for one in request.points]
        written = employers.ask_completion(expression=expression, points=points, actor=actor, at=at)
        written = employers.send_letter(letter=written, actor=actor, at=at)
    assert written.outgoing is not None
    return written.outgoing


def _receipts(request: Request) -> Iterator[tuple[Kind, timedelta]]:
    yield Kind.ACCETTAZIONE, ACCEPTED_AFTER
    if request.is_delivered:
        yield Kind.AVVENUTA_CONSEGNA, DELIVERED_AFTER


def _receipt(provider: Provider, outgoing: Outgoing, kind: Kind, at: datetime, arrives: datetime) -> bytes:
    """The provider's receipt about our message; that of the delivery carries a copy (RFC 6109, § 3.3.2)."""
    message = outgoing.message
    letter = Letter(message.sender, tuple(message.recipients), message.subject, "")
    said = replace(
        provider.statement(kind, letter, at),
        at=arrives.astimezone(provider.zone),
        original_message_id=message.message_id,
    )
    if kind is Kind.ACCETTAZIONE:
        return provider.seal(said)
    said = replace(said, delivered_to=letter.recipients[0], receipt_type="completa")
    return provider.seal(said, original=letter.as_message(at, message_id=f"<{said.identifier}>"))
