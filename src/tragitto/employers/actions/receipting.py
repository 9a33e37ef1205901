"""The receipt of what was sent on line: facts anybody can check, and the same in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation

from tragitto.employers import receipt_words
from tragitto.employers.actions.receipt_keys import make_receipt_key
from tragitto.employers.models import Submission
from tragitto.employers.queries.submissions import SubmissionPage, page_of_submission
from tragitto.kernel.actors import Actor
from tragitto.ledger.actions import record
from tragitto.records import receipts, rendering
from tragitto.records.actions.documents import keep_document
from tragitto.records.models import RegisterEntry

TEMPLATE = "records/letters/receipt.typ"
#: What this document is, and the version of its shape.
KIND, SHAPE = "receipt of a filing on line", 1


@transaction.atomic
def give_receipt(submission: Submission, *, actor: Actor, at: datetime) -> Submission:
    """Write the receipt of what is in the register, as signed JSON and as PDF; again it changes nothing.

    Raises `Blocked` while the key for receipts is missing.
    """
    held = Submission.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "call__publisher", "draft", "message__entry"
    )
    submission = held.get(pk=submission.pk)
    page = page_of_submission(submission)
    if page.entry is None or (submission.receipt_id and submission.printed_receipt_id):
        return submission

    make_receipt_key(actor=actor, at=at)
    signed = receipts.signed(_facts(page, page.entry))
    with translation.override(submission.draft.language):
        title, data = receipt_words.printed(page, page.entry)
        printed = rendering.pdf(TEMPLATE, data, language=submission.draft.language, title=title)
    submission.receipt = keep_document(signed, media_type="application/json", actor=actor, at=at)
    submission.printed_receipt = keep_document(printed, media_type="application/pdf", actor=actor, at=at)
    submission.save(update_fields=["receipt", "printed_receipt"])
    facts = {"sha256": submission.receipt.sha256, "printed": submission.printed_receipt.sha256}
    record("filing.receipt_given", subject=submission.code, actor=actor, at=at, facts=facts)
    return submission


def _facts(page: SubmissionPage, entry: RegisterEntry) -> dict[str, object]:
    """What the receipt states, for machines: moments with the offset of their zone."""
    submission, call = page.submission, page.submission.call
    return {
        "kind": KIND,
        "shape": SHAPE,
        "office": {"code": call.publisher.code, "name": call.publisher.name},
        "call": call.code,
        "filing": submission.code,
        "received_at": _moment(submission.received_at, call.zone),
        "zone": call.zone,
        "content_sha256": submission.sha256,
        "papers": [
            {"kind": paper["kind"], "name": paper["name"], "sha256": paper["sha256"]}
            for paper in page.content["papers"]
        ],
        "protocol": {
            "register": entry.register,
            "year": entry.year,
            "number": entry.number,
            "registered_at": _moment(entry.registered_at, call.zone),
        },
    }


def _moment(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="microseconds")
