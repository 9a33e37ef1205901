"""Letters that come late, come back or are overtaken: terms stand anew, another attempt, nothing untrue."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import NOON
from tests.employers.letters import MISSING, OBSTACLE, case_of, failed, receipt, sent
from tests.employers.making import HOUSE, Sent, company, rome
from tragitto.agenda.models import Deadline
from tragitto.cases.actions import resume_over_limit, standing
from tragitto.employers import actions
from tragitto.employers.actions import posting
from tragitto.employers.models import Letter, LetterAttempt
from tragitto.employers.queries import views
from tragitto.employers.vocabulary import State, Verdict
from tragitto.kernel.refusals import Stale

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# Bruno filed on 1 July 2025: the thirty days of the review would end on 31 July.


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> None:
    settings.DOCUMENTS = str(tmp_path / "documents")


@pytest.fixture
def notice(file, settle, carla):
    """The notice of refusal left on 4 July at noon; nothing is known of its arrival."""
    expression = file(unit_province_1="NA")
    settle(expression)
    at = NOON + 3 * DAY
    written = actions.announce_refusal(expression=expression, points=OBSTACLE, actor=carla, at=at)
    return sent(written, carla, at)


def codes(refusal) -> list[str]:
    return [each.code for each in refusal.value.findings]


def review(expression) -> Deadline:
    """The term of the review that is open."""
    kind = expression.call.review_term
    return Deadline.objects.open().get(subject=expression.case.code, kind=kind)


def stands(expression) -> bool:
    return review(expression).suspensions.filter(ends_on__isnull=True).exists()


# -- the clock


def test_a_notice_that_arrives_after_ten_days_lets_the_clock_stand_anew(notice):
    resume_over_limit(actor=HOUSE, at=rome(2025, 7, 16, 12))
    receipt(notice, rome(2025, 7, 20, 9))

    actions.follow_deliveries(actor=HOUSE, at=rome(2025, 7, 20, 10))
    stood = stands(notice.expression)
    resume_over_limit(actor=HOUSE, at=rome(2025, 8, 1, 12))

    # It stood from 5 to 14 July, and from 21 to 30 July while Bruno could answer: twenty days.
    assert (stood, review(notice.expression).due_on) == (True, date(2025, 8, 20))


def test_an_arrival_told_later_lets_no_day_count_twice(notice, carla):
    resume_over_limit(actor=HOUSE, at=rome(2025, 7, 16, 12))
    told = {"reached_at": rome(2025, 7, 10, 12), "how": "Raccomandata 1.", "actor": carla}

    actions.give_letter(letter=notice, **told, at=rome(2025, 7, 25, 12))
    resume_over_limit(actor=HOUSE, at=rome(2025, 7, 25, 13))

    # Ten days from 10 July end on Monday 21 July: it stood from 5 to 21 July without a break.
    assert review(notice.expression).due_on == date(2025, 8, 18)


# -- each on its own


def test_an_arrival_that_cannot_be_written_down_stops_no_other(notice, file, carla, monkeypatch, caplog):
    other = sent(actions.start_notice(expression=notice.expression, actor=carla, at=NOON), carla, NOON)
    for each in (notice, other):
        receipt(each, rome(2025, 7, 6, 9))
    whole = posting._run_from_arrival

    def poisoned(letter, *arguments):
        if letter.pk == notice.pk:
            raise ZeroDivisionError
        whole(letter, *arguments)

    monkeypatch.setattr(posting, "_run_from_arrival", poisoned)
    followed = actions.follow_deliveries(actor=HOUSE, at=rome(2025, 7, 6, 10))

    arrived = Letter.objects.filter(reached_at__isnull=False)
    assert (followed, [each.pk for each in arrived]) == (1, [other.pk])
    assert notice.code in caplog.text


def test_a_clock_that_cannot_run_again_stops_no_other(notice, file, carla, monkeypatch, caplog):
    other = file(enterprise_codice_fiscale=company(7))
    written = actions.ask_completion(expression=other, points=MISSING, actor=carla, at=NOON)
    sent(written, carla, NOON)
    first, second = sorted([notice.expression.case.code, other.case.code])
    whole = standing._resume_over_limit

    def poisoned(subject, *arguments):
        if subject == first:
            raise ZeroDivisionError
        return whole(subject, *arguments)

    monkeypatch.setattr(standing, "_resume_over_limit", poisoned)
    lifted = resume_over_limit(actor=HOUSE, at=rome(2025, 8, 25, 12))

    assert (lifted, first in caplog.text, second in caplog.text) == (1, True, False)


# -- overtaken


@pytest.fixture
def waiting(file, settle, carla):
    """The notice of refusal is written and has not left."""
    expression = file(unit_province_1="NA")
    settle(expression)
    return actions.announce_refusal(expression=expression, points=OBSTACLE, actor=carla, at=NOON + DAY)


def test_a_notice_about_an_earlier_version_does_not_leave(waiting, file, carla):
    file(sent=Sent(at=rome(2025, 7, 3, 12)), unit_province_1="BG")

    with pytest.raises(Stale) as refusal:
        actions.send_letter(letter=waiting, actor=carla, at=NOON + 3 * DAY)
    with pytest.raises(Stale) as by_hand:
        given = {"letter": waiting, "reached_at": NOON + 3 * DAY, "how": "A mano.", "actor": carla}
        actions.give_letter(**given, at=NOON + 3 * DAY)

    assert (codes(refusal), codes(by_hand)) == (["version_since"], ["version_since"])
    assert actions.drop_letter(letter=waiting, actor=carla, at=NOON + 3 * DAY).dropped_at


def test_a_notice_with_an_obstacle_that_is_none_any_more_does_not_leave(waiting, carla, dario):
    (view,) = [
        each for each in views([waiting.version_id])[waiting.version_id]
        if each.criterion.code == OBSTACLE[0].criterion
    ]  # fmt: skip
    told = {"verdict": Verdict.OVERRULED, "state": State.MET, "ground": "Seen on the map.", "actor": dario}
    actions.judge(finding=view.finding, **told, at=NOON + 2 * DAY)

    with pytest.raises(Stale) as refusal:
        actions.send_letter(letter=waiting, actor=carla, at=NOON + 3 * DAY)

    assert codes(refusal) == ["obstacle_met"]


# -- another attempt


def test_a_letter_that_came_back_is_sent_again_and_arrives(notice, carla):
    failed(notice, NOON + 4 * DAY)
    again = {"recipient": "altro@pec.example", "actor": carla}

    for _twice in range(2):
        actions.send_letter(letter=notice, **again, at=NOON + 5 * DAY)
    (attempt,) = notice.attempts.all()
    receipt(notice, rome(2025, 7, 7, 9), outgoing=attempt.outgoing)
    actions.follow_deliveries(actor=HOUSE, at=rome(2025, 7, 7, 10))

    notice.refresh_from_db()
    assert (attempt.number, attempt.recipient) == (2, "altro@pec.example")
    assert attempt.outgoing.key == f"letter {notice.code} 2"
    assert notice.reached_at == rome(2025, 7, 7, 9)
    assert Deadline.objects.get(code=notice.deadline).starts_on == date(2025, 7, 7)
    assert case_of(notice.expression).moves_made == notice.after_move + 1


def test_a_letter_that_came_back_after_the_case_went_on_stays_back(notice, file, carla):
    failed(notice, NOON + 4 * DAY)
    actions.take_observation(letter=notice, text="Abbiamo Brescia.", actor=HOUSE, at=NOON + 4 * DAY)

    with pytest.raises(Stale) as refusal:
        actions.send_letter(letter=notice, actor=carla, at=NOON + 5 * DAY)

    assert codes(refusal) == ["case_went_on"]


def test_an_attempt_is_never_changed(notice, carla):
    failed(notice, NOON + 4 * DAY)
    actions.send_letter(letter=notice, actor=carla, at=NOON + 5 * DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        LetterAttempt.objects.create(
            letter=notice, number=2, recipient="x@pec.example", outgoing=notice.outgoing, sent_at=NOON
        )
