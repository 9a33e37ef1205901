"""A message comes in: kept first, read, registered, its files kept, placed; never lost, never twice."""

import pytest

from tests.conftest import NOON
from tests.records.conftest import BRUNO, OFFICE, letter
from tragitto.kernel.refusals import NotAllowed
from tragitto.ledger.models import Entry
from tragitto.records import actions, queries, stores
from tragitto.records.models import Attachment, Document, Message, RegisterEntry, Trouble
from tragitto.records.vocabulary import MessageState, Step
from tragitto_pec.rehearsal import Enclosure
from tragitto_pec.vocabulary import Kind

pytestmark = pytest.mark.django_db


def test_a_submission_is_read_registered_and_waits_at_the_desk(take, submission):
    message = take(submission)

    assert (message.state, message.kind, message.verdict) == ("sorting", "posta-certificata", "valid")
    assert (message.sender, message.recipients) == (BRUNO, [OFFICE])
    assert message.certified_at == NOON
    assert message.offset_minutes == 120
    assert message.entry.reference == "2025/0000001"
    assert message.entry.original_at == NOON


def test_the_form_that_came_with_it_is_read_by_the_names_of_its_fields(take, submission):
    message = take(submission)

    (attachment,) = message.attachments.all()
    assert attachment.name == "modulo.pdf"
    assert attachment.form["fields"] == {"name": "Bruno"}
    assert queries.content(attachment.document).startswith(b"%PDF-")


def test_the_raw_message_is_kept_byte_for_byte(take, submission):
    message = take(submission)

    assert queries.content(message.raw) == submission


def test_the_same_bytes_twice_are_one_message(carla, submission):
    first = actions.take_in(submission, door="cli", actor=carla, at=NOON)
    second = actions.take_in(submission, door="folder", actor=carla, at=NOON)

    assert (first.is_new, second.is_new) == (True, False)
    assert second.message == first.message
    assert RegisterEntry.objects.count() == 1


def test_the_same_certified_message_in_other_bytes_is_linked_and_not_registered_again(take, submission):
    first = take(submission)

    copy = take(b"Received: from elsewhere\r\n" + submission)

    assert (copy.state, copy.same_as) == (MessageState.LINKED, first)
    assert RegisterEntry.objects.count() == 1


def test_a_forgery_cannot_pass_for_a_copy_of_a_genuine_message(take, submission, forger):
    take(submission)

    forged = take(forger.envelope(letter(), at=NOON))
    altered = take(submission.replace(b'filename="postacert.eml"', b'filename="postacert.EML"'))

    assert [(m.verdict, m.same_as, m.state) for m in (forged, altered)] == [
        ("untrusted", None, "sorting"),
        ("altered", None, "sorting"),
    ]


def test_a_changed_message_certifies_nothing_and_waits_at_the_desk(take, submission):
    damaged = bytearray(submission)
    damaged[submission.rindex(b"smime.p7s") - 400] ^= 1

    message = take(bytes(damaged))

    assert message.verdict != "valid"
    assert (message.state, message.certified_at, message.identifier) == ("sorting", None, "")


def test_what_is_no_message_is_kept_registered_and_shown(take):
    message = take(b"\x00\xff not a message")

    assert (message.kind, message.verdict, message.state) == ("illeggibile", "unreadable", "sorting")
    assert message.entry.number == 1
    assert "read" in str(queries.why_at_the_desk(message))


def test_an_empty_file_is_a_message_too(take):
    assert take(b"").verdict == "unreadable"


def test_nulls_and_endless_names_do_not_stop_a_message(take):
    raw = b"From: a@b.example\r\nSubject: a\x00b\r\nMessage-ID: <%s@x>\r\n\r\ntext" % (b"9" * 4000)

    message = take(raw)

    assert message.state == MessageState.SORTING
    assert "\x00" not in message.subject


def test_a_receipt_waits_at_the_desk_when_no_message_of_ours_is_known(take, provider):
    receipt = take(provider.receipt(Kind.ACCETTAZIONE, letter(), accepted_at=NOON))

    assert (receipt.kind, receipt.state) == ("accettazione", "sorting")
    assert "receipt" in str(queries.why_at_the_desk(receipt))


def test_a_receipt_finds_the_message_of_ours_it_speaks_of(take, provider):
    ours = outgoing(take, letter().message_id)

    receipt = take(provider.receipt(Kind.ACCETTAZIONE, letter(), accepted_at=NOON))

    assert (receipt.state, receipt.receipt_for) == (MessageState.FILED, ours)
    assert queries.place_of(receipt) == ours.code


def test_a_receipt_and_its_message_share_an_identifier_and_are_two_messages(take, provider):
    sent = take(provider.envelope(letter(), at=NOON))
    receipt = take(provider.receipt(Kind.ACCETTAZIONE, letter(), accepted_at=NOON))

    assert sent.identifier == receipt.identifier
    assert receipt.same_as is None


def test_an_unknown_authority_is_not_trusted_outside_a_demonstration(take, submission, settings):
    settings.IS_DEMONSTRATION = False

    message = take(submission)

    assert (message.verdict, message.certified_at) == ("untrusted", None)
    assert message.claims["sender"] == BRUNO


def test_two_messages_with_the_same_file_keep_it_once(take, provider):
    file = Enclosure("carta.pdf", b"%PDF-1.7 the same")
    take(provider.envelope(letter("one", file), at=NOON))
    take(provider.envelope(letter("two", file), at=NOON))

    first, second = Attachment.objects.order_by("pk")
    assert first.document == second.document


def test_the_ledger_tells_every_step_without_a_word_of_the_message(take, submission):
    message = take(submission)

    told = Entry.objects.filter(subject=message.code).order_by("pk")
    assert [entry.verb for entry in told] == [
        "message.kept", "message.read", "message.registered", "message.split", "message.sorting",
    ]  # fmt: skip
    assert "bruno" not in str(list(told.values_list("facts", flat=True))).lower()


def test_a_stranger_brings_nothing_in(stranger, submission):
    with pytest.raises(NotAllowed):
        actions.take_in(submission, door="public", actor=stranger, at=NOON)

    assert Message.objects.count() == Document.objects.count() == 0


def test_a_lost_document_is_a_trouble_at_the_desk_and_comes_back_with_the_same_file(take, carla, submission):
    kept = actions.keep(submission, door="cli", mailbox=OFFICE, actor=carla, at=NOON).message
    place = stores.current().place(kept.sha256)
    place.unlink()

    assert actions.carry_through(message=kept, actor=carla, at=NOON).state == MessageState.KEPT
    (trouble,) = Trouble.objects.all()
    assert (trouble.problem, trouble.step, trouble.tries) == ("content_missing", Step.OPEN, 1)

    assert take(submission).state == MessageState.SORTING
    trouble.refresh_from_db()
    assert trouble.solved_at == NOON
    assert Entry.objects.filter(verb="document.mended", subject=kept.raw.code).count() == 1


def test_steps_done_twice_change_nothing(take, carla, submission):
    message = take(submission)
    before = Entry.objects.count()

    for step in actions.STEPS:
        actions.attempt(code=message.code, step=step, actor=carla, at=NOON)

    assert Entry.objects.count() == before


@pytest.mark.parametrize("done", range(5))
def test_a_message_cut_off_after_any_step_is_carried_on(take, carla, submission, done):
    kept = actions.keep(submission, door="cli", mailbox=OFFICE, actor=carla, at=NOON).message
    for step in list(actions.STEPS)[:done]:
        actions.attempt(code=kept.code, step=step, actor=carla, at=NOON)

    message = take(submission)

    assert message.state == MessageState.SORTING
    assert (RegisterEntry.objects.count(), Attachment.objects.count()) == (1, 1)


def outgoing(take, message_id: str) -> Message:
    """A message of ours, as if Bruno were us."""
    raw = take(b"From: ours@example.org\r\n\r\nsent").raw
    return Message.objects.create(
        code="M-OURS", sha256="0" * 64, raw=raw, direction="out", door="office", message_id=message_id,
        sender=BRUNO, arrived_at=NOON, state=MessageState.FILED, state_since=NOON,
    )  # fmt: skip
