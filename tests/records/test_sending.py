"""Messages of ours: written down, registered and filed before they can leave."""

import email
from email.policy import default as modern

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.conftest import NOON
from tests.records.conftest import ANOTHER, BRUNO, OFFICE
from tests.records.posting import DRAFT, ELIF, connected_post, deliver, office_mailbox, sending  # noqa: F401
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.records import actions, jobs, queries
from tragitto.records.actions.documents import keep_document
from tragitto.records.models import Mailbox, Message, Outgoing, Proof
from tragitto.records.vocabulary import Direction, MessageState, OutgoingState

pytestmark = pytest.mark.django_db


def test_a_message_is_written_down_registered_and_filed_before_it_leaves(send, post):
    outgoing = send()

    message = outgoing.message
    assert (outgoing.state, message.direction, message.state) == (
        OutgoingState.QUEUED, Direction.OUT, MessageState.FILED
    )  # fmt: skip
    assert (message.office, message.sender, message.recipients) == ("office", OFFICE, [BRUNO])
    assert (message.entry.register, message.entry.number, message.entry.direction) == ("office", 1, "out")
    assert queries.place_of(message) == "C-1"
    assert post.sent == []


def test_a_job_sends_it(send):
    outgoing = send()

    job = ProcrastinateJob.objects.get(task_name=jobs.SENDING)
    assert (job.args, job.lock) == ({"code": outgoing.code}, outgoing.code)


def test_it_is_a_message_that_any_program_reads(send, carla):
    document = keep_document(b"%PDF-1.7 prova", media_type="application/pdf", actor=carla, at=NOON)
    draft = actions.Draft(
        (BRUNO, ELIF), DRAFT.subject, DRAFT.text, (actions.Enclosed("modulo à.pdf", document),)
    )

    raw = queries.content(send(draft).message.raw)

    read = email.message_from_bytes(raw, policy=modern)
    (file,) = read.iter_attachments()
    assert (read["From"], read["To"], read["Subject"]) == (OFFICE, f"{BRUNO}, {ELIF}", DRAFT.subject)
    assert read.get_body().get_content().splitlines() == DRAFT.text.splitlines()
    assert (file.get_filename(), file.get_content()) == ("modulo à.pdf", b"%PDF-1.7 prova")
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_files_that_go_along_are_shown_with_it(send, carla):
    document = keep_document(b"%PDF-1.7 prova", media_type="application/pdf", actor=carla, at=NOON)

    message = send(actions.Draft((BRUNO,), "a", "b", (actions.Enclosed("modulo.pdf", document),))).message

    assert [(file.name, file.document) for file in message.attachments.all()] == [("modulo.pdf", document)]


def test_an_answer_names_what_it_answers(send, take, submission):
    asked = take(submission)

    outgoing = send(actions.Draft((BRUNO,), "Re", "…", in_reply_to=asked))

    read = email.message_from_bytes(queries.content(outgoing.message.raw), policy=modern)
    assert read["In-Reply-To"] == read["References"] == asked.message_id
    assert list(asked.answers.all()) == [outgoing]


def test_the_register_holds_with_messages_both_ways(send, take, submission):
    take(submission)
    send()

    assert list(queries.verify_register()) == []


def test_the_same_key_gives_the_message_that_is_there(send):
    assert send().pk == send().pk
    assert (Outgoing.objects.count(), Message.objects.count()) == (1, 1)


def test_the_same_key_for_another_message_is_refused(send):
    send()

    with pytest.raises(Blocked) as refused:
        send(actions.Draft((BRUNO,), "Altro", "…"))

    assert [finding.code for finding in refused.value.findings] == ["records.key_used"]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (actions.Draft((), "a", "b"), "records.no_recipient"),
        (actions.Draft(("bruno",), "a", "b"), "records.not_an_address"),
        (actions.Draft(("Bruno <bruno@pec.example>",), "a", "b"), "records.not_an_address"),
        (actions.Draft(("bruno@pec.example\r\nBcc: x@y.example",), "a", "b"), "records.not_an_address"),
        (actions.Draft((f"{BRUNO},{ELIF}",), "a", "b"), "records.not_an_address"),
        (actions.Draft((BRUNO,), "a\r\nBcc: x@y.example", "b"), "records.not_to_be_composed"),
        (actions.Draft((BRUNO,), "a\nb", "b"), "records.not_to_be_composed"),
        (actions.Draft((BRUNO,), "a\x00b", "b"), "records.not_to_be_composed"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_nothing_is_written(send, draft, code):
    with pytest.raises(Blocked) as refused:
        send(draft)

    assert [finding.code for finding in refused.value.findings] == [code]
    assert (Message.objects.count(), Outgoing.objects.count()) == (0, 0)


def test_recipients_are_each_told_once(send):
    outgoing = send(actions.Draft((BRUNO, BRUNO.upper(), f" {ELIF} "), "a", "b"))

    assert outgoing.message.recipients == [BRUNO, ELIF]
    assert sorted(Proof.objects.values_list("recipient", flat=True)) == [BRUNO, ELIF]


def test_only_an_officer_of_the_mailbox_sends(send, dario, carla_elsewhere, stranger):
    for actor in (dario, carla_elsewhere, stranger):
        with pytest.raises(NotAllowed):
            send(actor=actor)


def test_nothing_of_it_stands_in_the_ledger(send):
    send()

    told = str(list(Entry.objects.values_list("facts", flat=True)))
    assert not any(word in told for word in (BRUNO, OFFICE, "integrazione"))


# Who sees it, what the database guards


def test_an_office_sees_what_it_sent_alone(send, carla, carla_elsewhere, stranger):
    outgoing = send()

    assert queries.outgoing_for(carla, outgoing.code) == outgoing
    assert [list(queries.outgoing_messages(actor=actor)) for actor in (carla_elsewhere, stranger)] == [[], []]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_two_queries_however_long(send, carla, count, django_assert_num_queries):
    for number in range(count):
        send(key=f"request {number}")

    with django_assert_num_queries(2):
        shown = [
            (each.message.entry.number, len(each.proofs.all()))
            for each in queries.outgoing_messages(actor=carla)
        ]

    assert len(shown) == count


def test_another_office_has_a_register_of_its_own(send, carla_elsewhere):
    send()
    elsewhere = Mailbox.objects.select_related("organisation").get(address=ANOTHER)

    outgoing = actions.send(key="other", mailbox=elsewhere, draft=DRAFT, actor=carla_elsewhere, at=NOON)

    assert (outgoing.message.entry.register, outgoing.message.entry.number) == ("another-office", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"key": "x"},
        {"digest": "x"},
        {"about": "x"},
        {"state": "queued", "sent_at": None, "next_try_at": NOON},
    ],
)
def test_what_was_asked_for_and_has_left_does_not_change(send, change):
    outgoing = deliver(send())

    with pytest.raises(IntegrityError), transaction.atomic():
        Outgoing.objects.filter(pk=outgoing.pk).update(**change)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM outgoing",
        "DELETE FROM outgoing_proof",
        "UPDATE outgoing_intervention SET reason = 'x'",
    ],
)
def test_the_ordinary_role_rewrites_no_history(statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
