"""The sorting desk: what takers are sure of is filed by itself, the rest waits for a person."""

import msgspec
import pytest

from tests.conftest import NOON
from tests.records.conftest import letter
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, NotFound, Refusal, Stale
from tragitto.records import actions, queries
from tragitto.records.models import Filing, Message, Trouble
from tragitto.records.registries import Suggestion, Taken
from tragitto.records.vocabulary import MessageState
from tragitto_pec.vocabulary import Kind

pytestmark = pytest.mark.django_db


class Chosen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person chooses for the taker of these tests."""

    expression: str


@pytest.fixture
def taker(offered):
    """A taker that takes what a person chose, and by itself what speaks of an interest."""
    seen: list[tuple[str, object]] = []

    @offered[0].register("interest", needs=Chosen)
    def interest(message, *, actor, at, choice=None):
        """Takes expressions of interest."""
        seen.append((message.code, choice))
        if choice:
            return Taken(where=choice.expression) if choice.expression != "none" else None
        return Taken(where="E-BRUNO") if "interesse" in message.subject else None

    return seen


def plain(subject: str = "Domanda") -> bytes:
    return f"From: bruno@impresa.example\r\nSubject: {subject}\r\n\r\nCiao".encode()


def findings(refused) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_a_submission_a_taker_is_sure_of_is_filed(take, submission, taker):
    message = take(submission)

    assert (message.state, queries.place_of(message)) == (MessageState.FILED, "E-BRUNO")
    assert taker == [(message.code, None)]


def test_a_filed_message_is_not_offered_again(take, submission, taker):
    take(submission)
    take(submission)

    assert len(taker) == 1


@pytest.mark.parametrize("kind", [Kind.ACCETTAZIONE, Kind.AVVENUTA_CONSEGNA, Kind.NON_ACCETTAZIONE])
def test_a_receipt_is_never_offered_to_a_taker(take, provider, taker, kind):
    message = take(provider.receipt(kind, letter(), accepted_at=NOON))

    assert (taker, message.state) == ([], "sorting")


def test_neither_ordinary_nor_forged_mail_is_offered_to_a_taker(take, forger, taker):
    ordinary = take(plain("Manifestazione di interesse"))
    forged = take(forger.envelope(letter(), at=NOON))

    assert taker == []
    assert {ordinary.state, forged.state} == {"sorting"}


def test_a_taker_that_fails_leaves_the_message_at_the_desk_and_nothing_half_done(take, submission, offered):
    @offered[0].register("clumsy")
    def clumsy(message, *, actor, at, choice=None):
        Filing.objects.create(message=message, act="filed", where="half", by="x", at=at)
        raise RuntimeError("bruno@pec.impresa.example")

    message = take(submission)

    assert (message.state, message.filings.count()) == ("sorting", 0)
    trouble = Trouble.objects.get(solved_at=None)
    assert (trouble.problem, trouble.detail) == ("taker_failed", "clumsy: RuntimeError")


def test_a_taker_that_refuses_says_why_in_codes(take, submission, offered):
    @offered[0].register("strict")
    def strict(message, *, actor, at, choice=None):
        raise Refusal(Finding("calls.closed", "closed"))

    take(submission)

    assert Trouble.objects.get().detail == "strict: calls.closed"


def test_a_clumsy_taker_does_not_stop_the_next(take, submission, offered):
    @offered[0].register("clumsy")
    def clumsy(message, *, actor, at, choice=None):
        raise RuntimeError

    @offered[0].register("steady")
    def steady(message, *, actor, at, choice=None):
        return Taken(where="E-STEADY")

    assert queries.place_of(take(submission)) == "E-STEADY"
    assert not Trouble.objects.filter(solved_at=None)


def test_carla_places_a_message_by_hand(take, carla, taker):
    message = take(plain())

    placed = actions.place(
        message=message,
        taker="interest",
        choice={"expression": "E-1"},
        actor=carla,
        at=NOON,
        reason="by phone",
    )

    assert (placed.state, queries.place_of(placed)) == (MessageState.FILED, "E-1")
    assert placed.filings.get().by == carla.code


def test_placing_solves_what_had_gone_wrong(take, carla, submission, offered):
    @offered[0].register("moody")
    def moody(message, *, actor, at, choice=None):
        if choice is None:
            raise RuntimeError
        return Taken(where="E-1")

    message = take(submission)
    actions.place(message=message, taker="moody", choice={}, actor=carla, at=NOON)

    assert list(queries.open_troubles(actor=carla)) == []


def test_a_receipt_cannot_be_placed_as_a_submission(take, carla, provider, taker):
    message = take(provider.receipt(Kind.ACCETTAZIONE, letter(), accepted_at=NOON))

    with pytest.raises(Blocked) as refused:
        actions.place(message=message, taker="interest", choice={"expression": "E-1"}, actor=carla, at=NOON)

    assert findings(refused) == ["records.receipt_is_no_submission"]


@pytest.mark.parametrize(
    ("name", "choice", "finding"),
    [
        ("nobody", {}, "records.choice_unreadable"),
        ("interest", {"expressions": "E-1"}, "records.choice_unreadable"),
        ("interest", {"expression": "none"}, "records.taker_declined"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused(take, carla, taker, name, choice, finding):
    message = take(plain())

    with pytest.raises(Blocked) as refused:
        actions.place(message=message, taker=name, choice=choice, actor=carla, at=NOON)

    assert findings(refused) == [finding]
    assert Message.objects.get(pk=message.pk).state == MessageState.SORTING


def test_two_people_cannot_place_the_same_message(take, carla, taker):
    message = take(plain())
    actions.place(message=message, taker="interest", choice={"expression": "E-1"}, actor=carla, at=NOON)

    with pytest.raises(Stale):
        actions.place(message=message, taker="interest", choice={"expression": "E-2"}, actor=carla, at=NOON)


def test_a_reviewer_reads_the_desk_and_does_not_sort(take, dario, taker):
    message = take(plain())

    assert list(queries.desk(actor=dario)) == [message]
    with pytest.raises(NotAllowed):
        actions.set_aside(message=message, reason="spam", actor=dario, at=NOON)


def test_what_is_set_aside_stays_and_can_be_taken_up_again(take, carla):
    message = take(plain())

    aside = actions.set_aside(message=message, reason="Pubblicità", actor=carla, at=NOON)
    assert aside.state == MessageState.SET_ASIDE
    assert list(queries.desk(actor=carla)) == []

    actions.take_up(message=message, actor=carla, at=NOON)
    assert list(queries.desk(actor=carla)) == [message]
    assert [filing.act for filing in message.filings.order_by("pk")] == ["set_aside", "taken_up"]


def test_nothing_is_set_aside_without_a_reason(take, carla):
    with pytest.raises(Blocked) as refused:
        actions.set_aside(message=take(plain()), reason="  ", actor=carla, at=NOON)

    assert findings(refused) == ["records.reason_missing"]


def test_suggestions_come_strongest_first_and_a_failing_suggester_is_silent(take, offered):
    @offered[1].register("by-address")
    def by_address(message):
        return [Suggestion("E-1", "Bruno", "same sender", 40), Suggestion("E-2", "Bruno", "case code", 90)]

    @offered[1].register("broken")
    def broken(message):
        raise RuntimeError

    assert [found.where_code for found in queries.suggestions(take(plain()))] == ["E-2", "E-1"]


def test_a_stranger_sees_no_message(take, stranger):
    message = take(plain())

    assert list(queries.messages(actor=stranger)) == []
    assert list(queries.desk(actor=stranger)) == []
    assert list(queries.open_troubles(actor=stranger)) == []
    with pytest.raises(NotFound):
        queries.get_for(stranger, message.code)


def test_a_stranger_gets_no_attachment(take, carla, stranger, submission):
    (attachment,) = take(submission).attachments.all()

    assert queries.attachment_for(carla, attachment.code) == attachment
    with pytest.raises(NotFound):
        queries.attachment_for(stranger, attachment.code)


def test_a_code_that_does_not_exist_looks_like_one_that_may_not_be_seen(carla):
    with pytest.raises(NotFound):
        queries.get_for(carla, "M-NOTHING")


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_costs_three_queries_however_full(
    take, carla, provider, count, offered, django_assert_num_queries
):
    for number in range(count):
        take(provider.envelope(letter(f"message {number}"), at=NOON))

    with django_assert_num_queries(3):
        page = [
            (
                queries.number_of(message),
                str(queries.why_at_the_desk(message)),
                list(message.attachments.all()),
            )
            for message in queries.desk(actor=carla)
        ]

    assert len(page) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_messages_costs_one_query_however_long(take, carla, count, django_assert_num_queries):
    for number in range(count):
        take(plain(f"message {number}"))

    with django_assert_num_queries(1):
        page = [(m.code, queries.number_of(m)) for m in queries.messages(actor=carla)]

    assert len(page) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_troubles_costs_one_query_however_long(
    take, carla, offered, provider, count, django_assert_num_queries
):
    @offered[0].register("clumsy")
    def clumsy(message, *, actor, at, choice=None):
        raise RuntimeError

    for number in range(count):
        take(provider.envelope(letter(f"message {number}"), at=NOON))

    with django_assert_num_queries(1):
        page = [
            (queries.sentence_of(trouble), trouble.message.code)
            for trouble in queries.open_troubles(actor=carla)
        ]

    assert len(page) == count
