"""Still interested? Messages with a link, what is answered by it, what silence does."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.accounts import texting
from tests.candidates.making import AMINA, CARLA, ELIF, NOON, SENT_AT, STRANGER, make_candidate, make_scheme
from tragitto.accounts.models import TextMessage, User
from tragitto.candidates import actions
from tragitto.candidates.actions import tending
from tragitto.candidates.actions.telling import WRITING, send_letter
from tragitto.candidates.models import Candidate, Confirmation, Consent
from tragitto.candidates.vocabulary import Interest
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ConsentEffect, ReasonUse

pytestmark = pytest.mark.django_db

HOUSE = Actor.system("task")
texter = texting.texter
DUE = date(2026, 12, 1)
#: Fourteen days before that, in the morning.
FIRST = datetime(2026, 11, 17, 7, 0, tzinfo=NOON.tzinfo)


@pytest.fixture(autouse=True)
def _mail(settings) -> None:
    settings.CAN_SEND_MAIL = True


@pytest.fixture
def amina() -> Candidate:
    """Amina, who waits on the roster, reads mail and is to confirm by the first of December."""
    return make_candidate(make_scheme(), account=AMINA.code, email="amina@example.org", confirm_by=DUE)


def on(days: int) -> datetime:
    """That many days after the first message is due."""
    return FIRST + timedelta(days=days)


def again(person: Candidate) -> Candidate:
    return Candidate.objects.select_related("scheme").get(pk=person.pk)


def letters(at: datetime = NOON) -> list[str]:
    """What the jobs that wait write to people at that moment; they are done then."""
    mail.outbox.clear()
    for job in ProcrastinateJob.objects.filter(task_name=WRITING).order_by("pk"):
        send_letter(**job.args, actor=HOUSE, at=at)
        ProcrastinateJob.objects.filter(pk=job.pk).delete()
    return [each.body for each in mail.outbox]


def allow_texts(person: Candidate) -> None:
    spec = roster_of(person.scheme)
    consent = next(each for each in spec.consents if each.effect == ConsentEffect.TEXT_MESSAGES)
    Consent.objects.create(
        candidate=person, code=consent.code, roster_version=spec.version, language="fr", given_at=SENT_AT
    )


def token_in(words: str) -> str:
    return re.search(r"/interest/([a-z2-7]{26})/", words)[1]


def asked(person: Candidate) -> str:
    """The secret of the link that the first message brings."""
    return token_in(tended(0)[-1])


def tended(days: int) -> list[str]:
    """A morning that many days after the first message is due, and the letters that leave then."""
    actions.tend(actor=HOUSE, at=on(days))
    return letters(on(days))


def answer(token: str, interest: Interest, at: datetime = NOON) -> Candidate:
    return again(actions.answer(token=token, interest=interest, actor=STRANGER, at=at))


def codes(act, kind=Blocked) -> list[str]:
    with pytest.raises(kind) as refusal, transaction.atomic():
        act()
    return [finding.code for finding in refusal.value.findings]


# -- asking


def test_nobody_is_asked_before_the_first_day(amina):
    assert actions.tend(actor=HOUSE, at=FIRST - timedelta(days=1)) == 0


def test_the_first_day_brings_one_letter_in_the_language_of_the_person(amina):
    assert actions.tend(actor=HOUSE, at=FIRST) == 1

    (text,) = letters()
    assert "1 décembre 2026" in text
    assert Confirmation.objects.get().due_on == DUE


def test_a_second_time_on_the_same_day_nothing_is_done(amina):
    actions.tend(actor=HOUSE, at=FIRST)

    assert actions.tend(actor=HOUSE, at=on(0)) == 0


def test_all_messages_of_a_question_bring_the_same_link(amina):
    tokens = set()
    for days in (0, 11, 14, 29):
        assert actions.tend(actor=HOUSE, at=on(days)) == 1
        tokens.add(token_in(letters()[0]))

    assert len(tokens) == 1


def test_the_secret_of_the_link_is_kept_nowhere(amina):
    token = asked(amina)

    (row,) = Confirmation.objects.values()
    assert token not in str(row)
    assert not Entry.objects.filter(facts__icontains=token).exists()


def test_a_text_message_goes_to_whom_allows_it(amina, texter):
    allow_texts(amina)

    actions.tend(actor=HOUSE, at=FIRST)
    texting.work()

    assert [number for number, _text, _key in texter.arrived] == [amina.identity.phone]
    assert letters() == []


def test_without_that_consent_it_is_a_letter(amina, texter):
    actions.tend(actor=HOUSE, at=FIRST)

    assert TextMessage.objects.count() == 0
    assert len(letters()) == 1


def test_who_signed_in_by_another_address_is_written_to_there(amina):
    User.objects.create(code=AMINA.code, email="her.own@example.org", language="ar", joined_at=SENT_AT)

    actions.tend(actor=HOUSE, at=FIRST)
    letters()

    assert [each.to for each in mail.outbox] == [["her.own@example.org"]]


def test_a_keeper_asks_and_a_stranger_does_not(amina):
    question = actions.ask(candidate=amina, actor=CARLA, at=NOON - timedelta(days=30))

    assert (question.due_on, question.reminded) == (DUE, 1)
    for actor in (STRANGER, ELIF, AMINA):
        assert codes(lambda actor=actor: actions.ask(candidate=amina, actor=actor, at=NOON), NotAllowed) == [
            "not-yours"
        ]


def test_who_cannot_be_reached_is_not_asked_and_the_keeper_is_told(settings, amina):
    settings.CAN_SEND_MAIL = False

    assert codes(lambda: actions.ask(candidate=amina, actor=CARLA, at=NOON)) == ["no-way-to-reach"]


def test_who_is_not_on_the_roster_is_not_asked(amina):
    actions.move(candidate=amina, reason=ReasonUse.PAUSING, actor=AMINA, at=NOON)

    assert codes(lambda: actions.ask(candidate=amina, actor=CARLA, at=NOON)) == ["not-on-the-roster"]


# -- silence


def test_silence_lets_a_registration_rest_and_says_how_to_come_back(amina):
    for days in (0, 11, 14, 29):
        tended(days)
    assert actions.tend(actor=HOUSE, at=on(44)) == 0

    (text,) = tended(45)

    assert again(amina).status == "lapsed"
    back = answer(token_in(text), Interest.YES, at=on(200))
    assert (back.status, back.seniority_at) == ("active", SENT_AT)


def test_nobody_lapses_who_could_not_be_reached(settings, amina):
    settings.CAN_SEND_MAIL = False

    for days in range(0, 300, 5):
        actions.tend(actor=HOUSE, at=on(days))

    assert again(amina).status == "active"


def test_a_morning_that_was_missed_for_months_asks_and_takes_nothing(amina):
    tended(200)

    assert again(amina).status == "active"
    tended(229)
    assert again(amina).status == "active"
    tended(231)
    assert again(amina).status == "lapsed"


def test_nobody_lapses_whose_letter_never_left(amina):
    for days in range(0, 300, 5):
        actions.tend(actor=HOUSE, at=on(days))

    assert again(amina).status == "active"
    assert Confirmation.objects.get().reminded < 15


def test_the_days_begin_when_a_letter_leaves(amina):
    """The mail server was away for six weeks: the letters of all of them leave together."""
    for days in (0, 11, 14, 29):
        actions.tend(actor=HOUSE, at=on(days))
    letters(on(42))

    assert (tended(72), again(amina).status) == ([], "active")
    tended(73)
    assert again(amina).status == "lapsed"


def test_the_days_begin_when_a_text_message_leaves(amina, texter):
    allow_texts(amina)
    for days in (0, 11, 14, 29):
        actions.tend(actor=HOUSE, at=on(days))
    TextMessage.objects.update(state="sent", state_since=on(42), sealed="")

    actions.tend(actor=HOUSE, at=on(72))
    assert again(amina).status == "active"
    actions.tend(actor=HOUSE, at=on(73))
    assert again(amina).status == "lapsed"


def test_a_text_message_that_was_forgotten_had_left(amina, texter):
    allow_texts(amina)
    actions.tend(actor=HOUSE, at=on(200))
    TextMessage.objects.all().delete()

    actions.tend(actor=HOUSE, at=on(231))

    assert again(amina).status == "lapsed"


def test_a_message_that_never_left_counts_for_nothing(amina, texter):
    allow_texts(amina)
    for days in (0, 11, 14, 29):
        actions.tend(actor=HOUSE, at=on(days))
    TextMessage.objects.update(state="failed", sealed="")

    actions.tend(actor=HOUSE, at=on(45))

    assert again(amina).status == "active"
    assert Confirmation.objects.get().reminded == 5


def test_the_end_of_waiting_ends_a_registration_and_keeps_the_place(amina):
    Candidate.objects.filter(pk=amina.pk).update(valid_until=timezone.localdate(NOON) - timedelta(days=1))

    actions.tend(actor=HOUSE, at=NOON)

    (text,) = letters()
    assert again(amina).status == "lapsed"
    assert answer(token_in(text), Interest.YES).seniority_at == SENT_AT


@pytest.mark.django_db(transaction=True)
def test_a_morning_that_was_killed_goes_on_with_the_rest(monkeypatch):
    scheme = make_scheme()
    for number in range(3):
        make_candidate(scheme, email=f"p{number}@example.org", confirm_by=DUE)
    real, calls = tending.told, []

    def killed(*args, **more):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args, **more)

    monkeypatch.setattr(tending, "told", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.tend(actor=HOUSE, at=FIRST)
    assert Confirmation.objects.count() == 1

    assert actions.tend(actor=HOUSE, at=FIRST) == 2
    assert list(Confirmation.objects.values_list("reminded", flat=True)) == [1, 1, 1]


# -- answering


def test_yes_moves_the_term_on_and_changes_nothing_else(amina):
    person = answer(asked(amina), Interest.YES)

    assert (person.status, person.seniority_at) == ("active", SENT_AT)
    assert person.confirm_by == timezone.localdate(NOON) + timedelta(days=90)


def test_a_pause_and_a_withdrawal_need_no_sign_in(amina):
    assert answer(asked(amina), Interest.PAUSE).status == "paused"


def test_a_withdrawal_by_the_link_is_the_persons_own(amina):
    assert answer(asked(amina), Interest.WITHDRAW).status == "withdrawn"
    assert amina.status_changes.order_by("-number").first().actor == AMINA.code


def test_the_same_answer_twice_is_one(amina):
    token = asked(amina)
    first = answer(token, Interest.YES)

    assert answer(token, Interest.YES).confirm_by == first.confirm_by
    assert Entry.objects.filter(verb="candidate.confirmed").count() == 1


def test_another_answer_afterwards_is_refused(amina):
    token = asked(amina)
    answer(token, Interest.YES)

    assert codes(lambda: answer(token, Interest.WITHDRAW), Stale) == ["question-over"]
    assert again(amina).status == "active"


def test_the_link_is_closed_by_a_pause_made_elsewhere(amina):
    token = asked(amina)
    actions.move(candidate=amina, reason=ReasonUse.PAUSING, actor=AMINA, at=NOON)

    assert codes(lambda: answer(token, Interest.YES), Stale) == ["question-over"]


def test_a_link_that_is_none_of_ours_is_not_found(amina):
    asked(amina)

    with pytest.raises(NotFound):
        answer("a" * 26, Interest.YES)


def test_a_person_and_a_keeper_who_spoke_to_them_confirm_too(amina):
    asked(amina)
    actions.confirm(candidate=amina, actor=CARLA, at=NOON)

    assert again(amina).confirm_by == timezone.localdate(NOON) + timedelta(days=90)
    assert Confirmation.objects.get().answered_at == NOON


@pytest.mark.parametrize("actor", [STRANGER, ELIF, HOUSE])
def test_nobody_else_confirms(amina, actor):
    assert codes(lambda: actions.confirm(candidate=amina, actor=actor, at=NOON), NotAllowed) == ["not-yours"]


def test_there_is_nothing_to_confirm_for_who_does_not_wait(amina):
    actions.move(candidate=amina, reason=ReasonUse.PAUSING, actor=AMINA, at=NOON)

    assert codes(lambda: actions.confirm(candidate=amina, actor=AMINA, at=NOON)) == ["nothing-to-confirm"]
