"""Requests for information: taken, given, answered, never lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.accounts.signing_in import make_person
from tests.conftest import NOON
from tests.employers.making import rome
from tragitto.accounts.models import User
from tragitto.agenda.models import Task
from tragitto.employers import actions
from tragitto.employers.actions import enquiring_mail
from tragitto.employers.models import Assignment, Enquiry, Portfolio
from tragitto.employers.queries import enquiries as queries
from tragitto.employers.vocabulary import ContactChannel, ContactOutcome, EnquiryState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes.models import Call

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUSE = Actor.system("task")
#: A Friday: the next two working days are Monday and Tuesday.
FRIDAY = rome(2025, 7, 4, 10)
ASKING = actions.Asking(
    enterprise_name="Officine Bruno S.r.l.",
    province="BG",
    contact_name="Bruno Bianchi",
    contact_email="bruno@officine.example",
    contact_phone="+390351234567",
    question="How long is the training?",
    language="en",
)


@pytest.fixture
def person(lombardia: Call) -> Callable[..., User]:
    """Somebody of the office that publishes the call."""
    return lambda name, *roles: make_person(name, *roles, organisation=lombardia.publisher.code)


@pytest.fixture
def anna(person) -> User:
    """Anna, account manager."""
    return person("Anna", "officer")


@pytest.fixture
def ada(person) -> Actor:
    """Ada, administrator of the office."""
    ada = person("Ada", "administrator")
    return Actor(ada.code, "unioncamere-lombardia", frozenset({"administrator"}), "office")


@pytest.fixture
def look_after(lombardia: Call, ada: Actor) -> Callable[..., Portfolio]:
    def _look_after(manager: User, *provinces: str, starts_on: date = date(2025, 6, 1)) -> Portfolio:
        area = actions.Area(manager.code, starts_on, provinces)
        return actions.set_portfolio(
            scheme=lombardia.scheme, organisation=lombardia.publisher, area=area, actor=ada, at=NOON
        )

    return _look_after


@pytest.fixture
def ask(lombardia: Call, stranger: Actor) -> Callable[..., Enquiry]:
    """Bruno asks for information."""

    def _ask(at: datetime = FRIDAY, actor: Actor = stranger, key: str = "", **said: str) -> Enquiry:
        asking = replace(ASKING, **said)
        return actions.enquire(call=lombardia, asking=asking, key=key, actor=actor, at=at)

    return _ask


def spoke(outcome: ContactOutcome, at: datetime = FRIDAY, note: str = "Spoke.", **more) -> actions.Said:
    return actions.Said(ContactChannel.PHONE, outcome, at, note, **more)


def test_a_request_is_given_to_whoever_looks_after_the_province(ask, look_after, anna, person):
    look_after(person("Zeno", "officer"), "BS")
    portfolio = look_after(anna, "BG")

    enquiry = ask()

    given = Assignment.objects.get()
    assert (enquiry.manager, given.manager, given.why["portfolio"]) == (anna.code, anna.code, portfolio.code)


def test_requests_are_spread_over_those_who_look_after_the_same(ask, look_after, anna, person):
    zeno = person("Zeno", "officer")
    look_after(anna, "BG")
    look_after(zeno, "BG")

    managers = [ask(FRIDAY + timedelta(minutes=number)).manager for number in range(4)]

    assert sorted(managers) == sorted([anna.code, zeno.code] * 2)


def test_a_request_that_nobody_looks_after_is_kept_and_is_due_all_the_same(ask):
    enquiry = ask()

    assert (enquiry.manager, queries.task_of(enquiry).assignee) == ("", "")


@pytest.mark.parametrize("starts_on", [date(2025, 7, 5), date(2025, 6, 1)])
def test_a_portfolio_counts_from_its_first_day(ask, look_after, anna, starts_on):
    look_after(anna, starts_on=starts_on)

    assert ask().manager == (anna.code if starts_on < date(2025, 7, 5) else "")


def test_whoever_has_left_the_office_is_given_nothing(ask, look_after, anna):
    look_after(anna)
    anna.memberships.update(ends_on=date(2025, 7, 2))

    assert ask().manager == ""


@pytest.mark.parametrize(
    ("asked", "due_on"),
    [
        (FRIDAY, date(2025, 7, 8)),
        (rome(2025, 8, 13, 10), date(2025, 8, 18)),  # the Assumption is a holiday
        (rome(2025, 7, 6, 10), date(2025, 7, 8)),  # a Sunday
        (rome(2025, 7, 6, 23, 59, 59), date(2025, 7, 8)),
        (rome(2025, 7, 7, 0, 0, 0), date(2025, 7, 9)),
    ],
)
def test_the_call_back_is_promised_in_working_days(ask, asked, due_on):
    task = queries.task_of(ask(asked))

    assert timezone.localdate(task.due_at) == due_on
    assert task.reasons


def test_sent_twice_it_is_one_request(ask):
    first, again = ask(key="a" * 43), ask(FRIDAY + DAY, key="a" * 43, question="Again?")

    assert (first.pk, Enquiry.objects.count()) == (again.pk, 1)


def test_two_forms_are_two_requests(ask):
    ask(key="a" * 43)
    ask(key="b" * 43)

    assert Enquiry.objects.count() == 2


def test_a_call_that_takes_none_says_so(ask, lombardia):
    lombardia.enquiries = {}

    with pytest.raises(Blocked, match="no_enquiries"):
        ask()


def test_without_a_calendar_nothing_is_promised(ask):
    with pytest.raises(Blocked, match="no_calendar"):
        ask(rome(2040, 1, 2, 10))


def test_the_ledger_knows_codes_alone(ask):
    ask()

    told = str(list(Entry.objects.filter(verb__startswith="enquiry").values_list("facts", flat=True)))
    assert not any(word in told for word in ("Bruno", "officine", "training"))


def test_the_secret_address_leads_to_the_request_and_no_other_does(ask):
    enquiry = ask()

    assert queries.with_secret(queries.secret_of(enquiry.code)) == enquiry
    with pytest.raises(NotFound):
        queries.with_secret(enquiry.token_hash)


def test_reached_the_request_is_answered_and_nothing_is_due(ask, carla):
    enquiry = ask()

    actions.record_contact(enquiry=enquiry, said=spoke(ContactOutcome.REACHED), actor=carla, at=FRIDAY)

    enquiry.refresh_from_db()
    assert (enquiry.state, queries.task_of(enquiry)) == (EnquiryState.ANSWERED, None)


def test_not_reached_it_stays_open_and_is_due_again(ask, carla):
    enquiry = ask()
    monday = FRIDAY + DAY * 3

    actions.record_contact(
        enquiry=enquiry, said=spoke(ContactOutcome.NOT_REACHED, monday), actor=carla, at=monday
    )

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.OPEN
    assert timezone.localdate(queries.task_of(enquiry).due_at) == date(2025, 7, 9)


@pytest.mark.parametrize("outcome", [ContactOutcome.CALL_AGAIN, ContactOutcome.REACHED])
def test_a_day_to_call_again_is_kept(ask, carla, outcome):
    enquiry = ask()

    said = spoke(outcome, again_on=date(2025, 7, 20))
    actions.record_contact(enquiry=enquiry, said=said, actor=carla, at=FRIDAY)

    assert queries.task_of(enquiry).due_at == rome(2025, 7, 20, 23, 59, 59)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (spoke(ContactOutcome.REACHED, note="  "), "no_note"),
        (spoke(ContactOutcome.REACHED, FRIDAY + DAY), "contact_ahead"),
        (spoke(ContactOutcome.CALL_AGAIN, again_on=date(2025, 7, 3)), "again_past"),
    ],
)
def test_what_cannot_be_a_contact_is_not_written(ask, carla, said, code):
    with pytest.raises(Blocked, match=code):
        actions.record_contact(enquiry=ask(), said=said, actor=carla, at=FRIDAY)


def test_a_day_is_past_by_the_calendar_of_the_office(ask, carla):
    """Half past midnight in Rome is the day before by universal time."""
    midnight = rome(2025, 7, 5, 0, 30)
    said = spoke(ContactOutcome.CALL_AGAIN, again_on=date(2025, 7, 4))

    with pytest.raises(Blocked, match="again_past"):
        actions.record_contact(enquiry=ask(), said=said, actor=carla, at=midnight)


def test_who_is_told_at_night_is_who_works_there_that_day(ask, monkeypatch):
    asked = []
    monkeypatch.setattr(enquiring_mail, "digest_readers", lambda _office, on: asked.append(on) or [])

    enquiring_mail._overdue(ask(), rome(2025, 7, 5, 0, 30))

    assert asked == [date(2025, 7, 5)]


@pytest.mark.parametrize("change", [{"organisation": "veneto-lavoro"}, {"roles": frozenset({"observer"})}])
def test_nobody_else_answers(ask, carla, change):
    enquiry, wrong = ask(), replace(carla, **change)

    for act in (
        lambda: actions.record_contact(
            enquiry=enquiry, said=spoke(ContactOutcome.REACHED), actor=wrong, at=FRIDAY
        ),
        lambda: actions.answer(enquiry=enquiry, text="Yes.", actor=wrong, at=FRIDAY),
        lambda: actions.convert(enquiry=enquiry, text="Come.", actor=wrong, at=FRIDAY),
        lambda: actions.record_needs(enquiry=enquiry, needs=[], actor=wrong, at=FRIDAY),
        lambda: actions.close_enquiry(enquiry=enquiry, reason="No.", actor=wrong, at=FRIDAY),
        lambda: actions.assign(enquiry=enquiry, manager="U-X", actor=wrong, at=FRIDAY),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_given_to_somebody_else_the_promise_stays(ask, look_after, anna, person, carla):
    look_after(anna)
    zeno = person("Zeno", "officer")
    enquiry = ask()
    before = queries.task_of(enquiry)

    actions.assign(enquiry=enquiry, manager=zeno.code, why="Knows them.", actor=carla, at=FRIDAY + DAY)

    enquiry.refresh_from_db()
    task = queries.task_of(enquiry)
    assert (enquiry.manager, task.assignee, task.due_at) == (zeno.code, zeno.code, before.due_at)
    assert list(enquiry.assignments.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_it_is_given_to_case_officers_of_the_office_alone(ask, person, carla):
    reviewer = person("Remo", "reviewer")

    with pytest.raises(Blocked, match="no_manager"):
        actions.assign(enquiry=ask(), manager=reviewer.code, actor=carla, at=FRIDAY)


def test_it_is_not_given_twice_to_the_same(ask, look_after, anna, carla):
    look_after(anna)

    with pytest.raises(Blocked, match="has_it"):
        actions.assign(enquiry=ask(), manager=anna.code, actor=carla, at=FRIDAY)


def test_closed_it_stays_closed(ask, carla):
    enquiry = actions.close_enquiry(enquiry=ask(), reason="Asked elsewhere.", actor=carla, at=FRIDAY)

    assert queries.task_of(enquiry) is None
    with pytest.raises(Stale):
        actions.answer(enquiry=enquiry, text="Yes.", actor=carla, at=FRIDAY)


def test_it_is_closed_with_a_reason(ask, carla):
    with pytest.raises(Blocked, match="no_reason"):
        actions.close_enquiry(enquiry=ask(), reason=" ", actor=carla, at=FRIDAY)


def test_an_invitation_ends_the_calling_back(ask, carla):
    enquiry = ask()

    actions.convert(enquiry=enquiry, text="File here.", actor=carla, at=FRIDAY)

    enquiry.refresh_from_db()
    assert (enquiry.state, queries.task_of(enquiry)) == (EnquiryState.CONVERTED, None)


def need(**changed) -> actions.Need:
    return actions.Need(**{"profile": "welder", "workers": 2, "province": "BG", **changed})


def test_needs_are_summed_by_profile_and_province(ask, carla, lombardia):
    welder = lombardia.scheme.profiles.order_by("position").first().code
    for lines in ([need(profile=welder), need(profile=welder, workers=1)], [need(profile=welder, workers=3)]):
        actions.record_needs(enquiry=ask(), needs=lines, actor=carla, at=FRIDAY)

    assert queries.needs(actor=carla) == [queries.Needed(welder, "BG", 2, 6, "")]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"profile": "poet"}, "unknown_profile"),
        ({"province": "XX"}, "unknown_province"),
        ({"workers": 0}, "no_workers"),
    ],
)
def test_needs_speak_of_the_schemes_profiles_and_of_provinces(ask, carla, lombardia, changed, code):
    known = lombardia.scheme.profiles.order_by("position").first().code
    line = need(**{"profile": known, **changed})

    with pytest.raises(Blocked, match=code):
        actions.record_needs(enquiry=ask(), needs=[line], actor=carla, at=FRIDAY)


def test_what_nobody_answers_rises_after_the_working_days_of_the_call(ask):
    enquiry = ask()  # due on Tuesday the 8th; two working days later is Thursday the 10th

    assert actions.escalate_overdue(actor=HOUSE, at=rome(2025, 7, 10, 23, 59, 58)) == []
    assert actions.escalate_overdue(actor=HOUSE, at=rome(2025, 7, 11, 0, 0, 0)) == [enquiry.code]
    assert actions.escalate_overdue(actor=HOUSE, at=rome(2025, 7, 11, 0, 0, 1)) == []
    assert actions.escalate_overdue(actor=HOUSE, at=rome(2025, 7, 15, 0, 0, 0)) == [enquiry.code]
    assert Task.objects.get(subject=enquiry.code).level == 2


def test_only_the_house_raises_what_is_late(carla):
    with pytest.raises(NotAllowed):
        actions.escalate_overdue(actor=carla, at=NOON)


def test_what_was_answered_does_not_rise(ask, carla):
    actions.record_contact(enquiry=ask(), said=spoke(ContactOutcome.REACHED), actor=carla, at=FRIDAY)

    assert actions.escalate_overdue(actor=HOUSE, at=FRIDAY + DAY * 30) == []


def test_the_list_shows_first_what_was_passed_on_then_what_is_due_first(ask, carla):
    first, second = ask(FRIDAY - DAY), ask(FRIDAY)
    actions.record_contact(
        enquiry=first,
        said=spoke(ContactOutcome.CALL_AGAIN, again_on=date(2025, 8, 1)),
        actor=carla,
        at=FRIDAY,
    )
    third = ask(FRIDAY + DAY * 10)
    actions.escalate_overdue(actor=HOUSE, at=rome(2025, 7, 14, 9))

    rows = queries.waiting(actor=carla, at=rome(2025, 7, 14, 10))

    assert [row.code for row in rows] == [second.code, third.code, first.code]


@pytest.mark.parametrize(
    ("whose", "count"), [("", 2), ("mine", 1), ("nobody", 1), ("overdue", 2), ("over", 0)]
)
def test_the_list_is_narrowed(ask, look_after, anna, carla, whose, count):
    look_after(anna, "BG")
    ask()
    Enquiry.objects.filter(pk=ask().pk).update(manager="")

    actor = replace(carla, code=anna.code)
    assert len(queries.waiting(actor=actor, at=FRIDAY + DAY * 30, whose=whose)) == count


def test_another_office_and_a_stranger_see_none(ask, carla, stranger):
    enquiry = ask()

    for wrong in (stranger, replace(carla, organisation="veneto-lavoro")):
        assert list(queries.waiting(actor=wrong, at=FRIDAY)) == []
        with pytest.raises(NotFound):
            queries.get_for(wrong, enquiry.code)


def test_bruno_finds_what_he_asked_while_signed_in(ask):
    bruno = Actor("U-BRUNO", door="portal")
    mine = ask(actor=bruno)
    ask()

    assert list(queries.own(bruno)) == [mine]
    assert list(queries.own(Actor.stranger("portal"))) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_one_query(ask, carla, count, django_assert_num_queries):
    for _number in range(count):
        ask()

    with django_assert_num_queries(1):
        rows = list(queries.waiting(actor=carla, at=FRIDAY))
        assert [row.call.publisher.name for row in rows]


def test_administrators_say_who_looks_after_what(lombardia, anna, carla):
    area = actions.Area(anna.code, date(2025, 6, 1))

    with pytest.raises(NotAllowed):
        actions.set_portfolio(
            scheme=lombardia.scheme, organisation=lombardia.publisher, area=area, actor=carla, at=NOON
        )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"manager": "U-NOBODY"}, "no_manager"),
        ({"provinces": ("XX",)}, "unknown_area"),
        ({"divisions": ("04",)}, "unknown_area"),
        ({"share": 0}, "no_share"),
    ],
)
def test_a_portfolio_names_what_exists(lombardia, anna, ada, change, code):
    area = replace(actions.Area(anna.code, date(2025, 6, 1)), **change)

    with pytest.raises(Blocked, match=code):
        actions.set_portfolio(
            scheme=lombardia.scheme, organisation=lombardia.publisher, area=area, actor=ada, at=NOON
        )


def test_an_ended_portfolio_is_given_nothing_more(ask, look_after, anna, ada):
    portfolio = look_after(anna)

    actions.end_portfolio(portfolio=portfolio, ends_on=date(2025, 7, 4), actor=ada, at=NOON)

    assert ask().manager == ""
    with pytest.raises(Stale):
        actions.end_portfolio(portfolio=portfolio, ends_on=date(2025, 7, 9), actor=ada, at=NOON)


def test_a_portfolio_does_not_end_before_it_begins(look_after, anna, ada):
    with pytest.raises(Blocked, match="too_short"):
        actions.end_portfolio(portfolio=look_after(anna), ends_on=date(2025, 6, 1), actor=ada, at=NOON)


def write(enquiry: Enquiry, about: str, number: int = 0) -> list[str]:
    actions.write_about_enquiry(code=enquiry.code, about=about, number=number, actor=HOUSE, at=FRIDAY)
    return [f"{letter.to[0]} {letter.subject}\n{letter.body}" for letter in mail.outbox]


def test_the_enterprise_learns_who_calls_by_when_and_where_to_look(ask, look_after, anna):
    look_after(anna)
    enquiry = ask()

    (letter,) = write(enquiry, enquiring_mail.RECEIVED)

    assert letter.startswith("bruno@officine.example ")
    assert "Anna" in letter
    assert "8 July 2025" in letter
    assert f"/enquiries/{queries.secret_of(enquiry.code)}/" in letter


@pytest.mark.parametrize("about", [enquiring_mail.GIVEN, enquiring_mail.OVERDUE])
def test_letters_to_the_office_hold_codes_alone(ask, look_after, anna, about):
    look_after(anna)
    enquiry = ask()

    (letter,) = write(enquiry, about)

    assert enquiry.code in letter
    assert not any(word in letter for word in ("Bruno", "Officine", "training"))


def test_an_answer_leaves_in_the_words_of_the_manager(ask, carla):
    enquiry = ask()
    actions.answer(enquiry=enquiry, text="Six months.", actor=carla, at=FRIDAY)

    (letter,) = write(enquiry, enquiring_mail.ANSWERED, 1)

    assert "Six months." in letter


def test_a_job_that_is_tried_again_sends_no_letter_twice(ask, ada, person, monkeypatch):
    """Two are to be told; the mail server takes the first letter and refuses the second."""
    readers = [person("Ugo", "administrator"), person("Zoe", "administrator")]
    monkeypatch.setattr(enquiring_mail, "digest_readers", lambda _office, on: readers)
    enquiry, taken = ask(), []

    def send(letter: EmailMessage) -> None:
        if taken and not mail.outbox:
            mail.outbox.append(letter)
            raise ConnectionError
        taken.append(letter.to[0])

    monkeypatch.setattr(EmailMessage, "send", send)
    with pytest.raises(ConnectionError):
        write(enquiry, enquiring_mail.OVERDUE, 7)
    write(enquiry, enquiring_mail.OVERDUE, 7)
    write(enquiry, enquiring_mail.OVERDUE, 7)

    assert taken == [reader.email for reader in readers]


def test_each_answer_leaves_in_its_own_words_under_its_own_name(ask, carla):
    enquiry = ask()
    for text in ("Six months.", "In Bergamo."):
        actions.answer(enquiry=enquiry, text=text, actor=carla, at=FRIDAY)

    for number in (1, 2):
        write(enquiry, enquiring_mail.ANSWERED, number)

    first, second = mail.outbox
    assert ("Six months." in first.body, "In Bergamo." in second.body) == (True, True)
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]


def test_who_gave_no_address_is_not_written_to(ask):
    enquiry = ask(contact_email="")

    assert write(enquiry, enquiring_mail.RECEIVED) == []


def test_who_cannot_be_reached_is_not_taken(ask):
    with pytest.raises(Blocked, match="unreachable"):
        ask(contact_email="", contact_phone="")
    with pytest.raises(IntegrityError, match="enquiry_can_be_answered"), transaction.atomic():
        Enquiry.objects.filter(pk=ask().pk).update(contact_email="", contact_phone="")


@pytest.mark.parametrize(("can", "jobs"), [(True, 1), (False, 0)])
def test_mail_waits_only_where_the_house_can_send_it(ask, settings, can, jobs):
    from procrastinate.contrib.django.models import ProcrastinateJob

    settings.CAN_SEND_MAIL = can

    ask()

    assert ProcrastinateJob.objects.filter(task_name=enquiring_mail.WRITING).count() == jobs
