"""Letters leave, by certified mail or another way; the case goes along, and terms run from arrival."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tragitto.agenda.models import Deadline
from tragitto.cases import actions as cases
from tragitto.cases.rules import local_day
from tragitto.employers import lettering, permissions
from tragitto.employers.holding import held
from tragitto.employers.models import Expression, Letter, LetterAttempt
from tragitto.employers.queries import letters as queries
from tragitto.employers.queries import telling
from tragitto.employers.vocabulary import LetterKind
from tragitto.employers.words import LETTERS
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.records import actions as records
from tragitto.records.models import Outgoing

log = logging.getLogger(__name__)


@transaction.atomic
def send_letter(*, letter: Letter, actor: Actor, at: datetime, recipient: str = "") -> Letter:
    """Send a letter by certified mail and take the step of the journey that waited for it.

    To `recipient`, else to the address the form gives, else to the certified sender; in answer to the
    filing; under the code of the letter, so that it leaves once. The term the step sets is kept with the
    letter, and runs anew from the day of arrival once that is proven. A letter that has left already is
    given back as it is, unless its delivery failed: then this is a further attempt, which moves nothing.
    Raises `NotAllowed`; `Stale` when it was dropped or no longer says what is true; `Blocked` without an
    address or a mailbox, and for what stands in the way of the step.
    """
    expression, letter = _held(letter, actor)
    if letter.has_left and not letter.came_back:
        return letter
    _refuse_untrue(letter, expression)
    to = recipient.strip() or queries.recipient_of(expression)
    number = 2 + letter.attempts.count() if letter.has_left else 1
    outgoing = _posted(letter, expression, to, number, actor=actor, at=at)
    if number == 1:
        letter.recipient, letter.outgoing = to, outgoing
        _leave(letter, expression, actor, at, outgoing=outgoing)
        return letter

    LetterAttempt.objects.create(
        letter=letter, number=number, recipient=to, outgoing=outgoing, sent_by=actor.code, sent_at=at
    )
    facts = {"letter": letter.code, "outgoing": outgoing.code, "attempt": number}
    record("letter.sent_again", subject=expression.code, actor=actor, at=at, facts=facts)
    return letter


def _posted(
    letter: Letter, expression: Expression, to: str, number: int, *, actor: Actor, at: datetime
) -> Outgoing:
    """The message that carries a letter in this attempt, under a key of its own."""
    mailbox = queries.mailbox_of(expression)
    if not to:
        text = _("No certified address of the employer is known: write one, or give the letter another way.")
        raise Blocked(Finding("no_address", text))
    if mailbox is None or letter.document is None:
        raise Blocked(
            Finding("no_mailbox", _("No office reads the mailbox of this call: nothing can leave."))
        )

    with override(lettering.LANGUAGE):
        title = str(LETTERS[letter.kind])
        subject, words = lettering.cover(letter, title)
        enclosed = records.Enclosed(f"{letter.code}.pdf", letter.document)
    filing = expression.current.message if expression.current else None
    draft = records.Draft((to,), subject, words, (enclosed,), in_reply_to=filing)
    key = f"letter {letter.code}" if number == 1 else f"letter {letter.code} {number}"
    about = expression.case.code
    return records.send(key=key, mailbox=mailbox, draft=draft, actor=actor, at=at, about=about)


@transaction.atomic
def give_letter(*, letter: Letter, reached_at: datetime, how: str, actor: Actor, at: datetime) -> Letter:
    """Write down that a letter reached the employer in another way, and how; terms run from there.

    For a letter that could not be sent, and for one sent of which no receipt tells. Raises `NotAllowed`;
    `Stale` when it was dropped, its arrival is known, or it has not left and no longer says what is true;
    `Blocked` without saying how, for a moment still to come or before the letter was written, and for what
    stands in the way of the step.
    """
    expression, letter = _held(letter, actor)
    if letter.reached_at is not None:
        raise Stale(Finding("arrival_known", _("It is known already when this letter arrived.")))
    if not letter.has_left:
        _refuse_untrue(letter, expression)
    if not how.strip():
        raise Blocked(
            Finding("how_needed", _("Say how the letter reached the employer, and what proves it."))
        )
    # People tell a moment to the minute.
    if not letter.written_at.replace(second=0, microsecond=0) <= reached_at <= at:
        text = _("A letter arrives after it was written, and not in the future.")
        raise Blocked(Finding("arrival_impossible", text))

    letter.reached_at, letter.reached_note = reached_at, how.strip()
    if letter.outgoing_id is None:
        _leave(letter, expression, actor, at, outgoing=None)
    else:
        letter.save(update_fields=["reached_at", "reached_note"])
    _run_from_arrival(letter, expression, actor, at)
    return letter


def follow_deliveries(*, actor: Actor, at: datetime) -> int:
    """Write down which letters have arrived by their receipts, and let terms run from there; return how many.

    Each on its own: one that fails is logged, stops no other, and is tried again the next time.
    """
    arrived = 0
    for letter in queries.undelivered(at=at):
        try:
            arrived += _follow(letter.pk, actor, at)
        except Exception as error:
            log.error("arrival of %s could not be written down: %s", letter.code, type(error).__name__)
    return arrived


@transaction.atomic
def _follow(key: int, actor: Actor, at: datetime) -> int:
    letter = Letter.objects.get(pk=key)
    expression = held(letter.expression_id)
    letter = expression.letters.select_for_update(of=("self",), no_key=True).get(pk=key)
    arrived = queries.deliveries_of(letter).first()
    if arrived is None or letter.reached_at is not None:
        return 0
    letter.reached_at = arrived.delivered_at
    letter.save(update_fields=["reached_at"])
    _run_from_arrival(letter, expression, actor, at)
    return 1


def _held(letter: Letter, actor: Actor) -> tuple[Expression, Letter]:
    expression = held(letter.expression_id)
    if not permissions.may(actor, "letter.write", expression.call):
        verb = {"verb": "letter.send"}
        raise NotAllowed(Finding("not_allowed", _("Your role here does not allow this."), verb))
    own = expression.letters.select_for_update(of=("self",), no_key=True).select_related("document")
    letter = own.get(pk=letter.pk)
    letter.expression = expression
    return expression, letter


def _refuse_untrue(letter: Letter, expression: Expression) -> None:
    if letter.dropped_at is not None:
        raise Stale(Finding("letter_dropped", _("This letter was dropped: it never leaves.")))
    if untrue := telling.untrue(letter, expression):
        raise Stale(untrue)


def _leave(
    letter: Letter, expression: Expression, actor: Actor, at: datetime, *, outgoing: Outgoing | None
) -> None:
    """Write down that the letter has left, and take the step of the journey that waited for it."""
    case, kind = expression.case, LetterKind(letter.kind)
    letter.after_move = case.moves_made
    letter.save(update_fields=["recipient", "outgoing", "after_move", "reached_at", "reached_note"])
    facts = {
        "letter": letter.code,
        "kind": str(kind),
        "outgoing": outgoing.code if outgoing else "",
        "by": "certified_mail" if outgoing else "another_way",
    }
    record("letter.sent", subject=expression.code, actor=actor, at=at, facts=facts)
    on = local_day(at, expression.call.zone)
    ways = [each for each in queries.leading(case, on=on) if each.kind == kind]
    if not ways:
        if kind in queries.ASKING:
            text = _("The journey knows no such letter from where the case stands.")
            raise Blocked(Finding("no_step_for_letter", text, {"kind": str(kind)}))
        return
    reason = "\n".join(str(each["text"]) for each in letter.grounds)
    cases.advance(case=case, step=ways[0].step.code, actor=actor, at=at, reason=reason)
    case.refresh_from_db()
    _keep_term(letter, expression)


def _keep_term(letter: Letter, expression: Expression) -> None:
    term, subject = expression.case.stage.term, expression.case.code
    running = Deadline.objects.open().filter(subject=subject, kind=term).first() if term else None
    if running is not None and running.code != letter.deadline:
        letter.deadline = running.code
        letter.save(update_fields=["deadline"])


def _run_from_arrival(letter: Letter, expression: Expression, actor: Actor, at: datetime) -> None:
    """Let the term the letter set run from its arrival; nothing where the case has gone on since."""
    told = {"letter": letter.code, "by": "receipt" if not letter.reached_note else "person"}
    record("letter.arrived", subject=expression.code, actor=actor, at=at, facts=told)
    case = expression.case
    runs = Deadline.objects.open().filter(code=letter.deadline, kind=case.stage.term).exists()
    if letter.deadline and runs and letter.reached_at:
        cases.run_from(case=case, since=letter.reached_at, actor=actor, at=at)
        _keep_term(letter, expression)
