"""Taking in: what was sent on line comes into the register, and its sender gets a receipt."""

from datetime import datetime

from django.db import transaction

from tragitto.employers.actions.receipting import give_receipt
from tragitto.employers.models import DraftPaper, Submission
from tragitto.employers.queries import submissions as queries
from tragitto.employers.vocabulary import SubmissionState
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.texts import in_language
from tragitto.records import actions as records
from tragitto.records.actions.documents import keep_document
from tragitto.records.queries import office_reading
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto_pec.formats import media_type_of


class ContentChanged(Exception):
    """What is kept of a filing is not what was acknowledged; the code, so that it can be logged."""


def take_in_submission(*, code: str, actor: Actor, at: datetime, by_job: bool = True) -> Submission:
    """Enter what was sent on line into the register, and give its receipt: each in its own transaction.

    Writes the message with its number; jobs look into the papers and have it placed, or `by_job` false
    leaves that to the caller. A process ended at any point leaves what the next one finishes; again it
    changes nothing. Raises `ContentChanged`.
    """
    submission = _register(code, actor=actor, at=at, by_job=by_job)
    return give_receipt(submission, actor=actor, at=at)


def take_in_at_once(*, submission: Submission, actor: Actor, at: datetime) -> Submission:
    """Take in one filing and do all that follows, for whoever waits for it; as `take_in_submission`."""
    taken = take_in_submission(code=submission.code, actor=actor, at=at, by_job=False)
    assert taken.message is not None
    records.carry_through(message=taken.message, actor=actor, at=at)
    note_what_waits(actor=actor, at=at)
    taken.refresh_from_db()
    return taken


@transaction.atomic
def note_what_waits(*, actor: Actor, at: datetime) -> int:
    """Say of filings that came to rest at the sorting desk that a person looks at them; how many."""
    return queries.left_at_the_desk().update(state=SubmissionState.SORTING)


@transaction.atomic
def _register(code: str, *, actor: Actor, at: datetime, by_job: bool) -> Submission:
    held = Submission.objects.select_for_update(no_key=True, of=("self",))
    submission = held.select_related("call__publisher", "call__scheme", "message").get(code=code)
    if submission.message:
        return submission
    raw = submission.content.encode()
    if sha256_hex(raw) != submission.sha256:
        raise ContentChanged(code)

    _keep_papers(submission, actor=actor, at=at)
    call = submission.call
    sent = records.Sent(
        raw=raw,
        identifier=submission.code,
        received_at=submission.received_at,
        office=_office(call),
        sender=_sender(submission),
        recipient=call.publisher.name,
        subject=f"{in_language(call.title, 'it')} ({submission.code})",
    )
    submission.message = records.register_online(sent, actor=actor, at=at, by_job=by_job)
    submission.state = SubmissionState.REGISTERED
    submission.save(update_fields=["message", "state"])
    return submission


def _keep_papers(submission: Submission, *, actor: Actor, at: datetime) -> None:
    """Move the papers to where nothing is ever deleted, one at a time: each may be as large as a file is."""
    waiting = DraftPaper.objects.filter(draft=submission.draft_id, document__isnull=True)
    for key in list(waiting.order_by("pk").values_list("pk", flat=True)):
        paper = DraftPaper.objects.defer(None).get(pk=key)
        content = bytes(paper.content or b"")
        if sha256_hex(content) != paper.sha256:
            raise ContentChanged(submission.code)
        paper.document = keep_document(content, media_type=media_type_of(content), actor=actor, at=at)
        paper.content = None
        paper.save(update_fields=["document", "content"])


def _office(call: Call) -> str:
    """Whose register it goes into: that of the call's mailbox, so that both channels are counted in one."""
    if office := office_reading([call.mailbox]):
        return office
    return schemes.reviewing_office(call).code


def _sender(submission: Submission) -> str:
    """Who files, as the register names them: the enterprise by its own word, else the account."""
    return queries.page_of_submission(submission).enterprise or submission.account
