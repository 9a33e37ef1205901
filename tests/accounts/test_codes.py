"""One-time codes: who reads at an address or a number is let in, once, soon, and after few tries."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.accounts.signing_in import (
    LONG_AGO,
    give_second_factor,
    grant_long_ago,
    make_organisation,
    make_person,
)
from tests.accounts.texting import code_in, texter, work  # noqa: F401
from tests.conftest import NOON
from tragitto.accounts import actions, queries, tasks
from tragitto.accounts.actions.codes import WRITING_CODE
from tragitto.accounts.models import OneTimeCode, TextMessage, User
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked
from tragitto.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texter")]
STRANGER = Actor.stranger("sign-in")
PHONE, EMAIL = "+212612345678", "amina@example.test"
SOON, LATER = NOON + timedelta(minutes=9), NOON + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def mails(settings, monkeypatch):
    settings.CAN_SEND_MAIL = True
    monkeypatch.setattr(clock, "now", lambda: NOON)


def send(address: str = PHONE, language: str = "en", at=NOON) -> str:
    return actions.send_code(address=address, language=language, actor=STRANGER, at=at)


def redeem(code: str, address: str = PHONE, at=SOON) -> User:
    return actions.redeem_code(address=address, code=code, actor=STRANGER, at=at)


def refusal(code: str, address: str = PHONE, at=SOON) -> str:
    with pytest.raises(Blocked) as refused:
        redeem(code, address, at)
    (finding,) = refused.value.findings
    return finding.code


@pytest.fixture
def sent(texter):  # noqa: F811
    """A code on Amina's phone."""
    send()
    work()
    return code_in(texter.arrived[-1][1])


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_first_code_opens_an_account_without_password_or_rights(sent):
    amina = redeem(sent)

    assert (amina.phone, amina.email, amina.is_self_opened, amina.language) == (PHONE, None, True, "en")
    assert (amina.has_usable_password(), amina.memberships.count()) == (False, 0)


def test_the_next_code_finds_the_same_account(sent, texter):  # noqa: F811
    first = redeem(sent)
    send("06 12 34 56 78")
    work()

    assert redeem(code_in(texter.arrived[-1][1])) == first


def test_a_code_by_mail_opens_an_account_with_a_proved_address():
    send(" Amina@Example.TEST ")
    work()

    (letter,) = mail.outbox
    amina = redeem(code_in(letter.body), EMAIL)
    assert (letter.to, amina.email, amina.phone) == ([EMAIL], EMAIL, None)
    assert list(amina.emailaddress_set.values_list("email", "verified", "primary")) == [(EMAIL, True, True)]


def test_a_code_is_good_once(sent):
    redeem(sent)

    assert refusal(sent) == "code-void"


def test_a_code_is_good_for_ten_minutes(sent):
    assert refusal(sent, at=LATER) == "code-void"


def test_a_code_is_void_after_five_wrong_tries(sent):
    tried = [refusal(wrong(sent)) for _time in range(5)]

    assert tried == ["code-wrong"] * 4 + ["code-void"]
    assert refusal(sent) == "code-void"


def test_a_newer_code_makes_the_older_void(sent):
    send()

    assert refusal(sent) == "code-wrong"


def test_a_code_is_good_for_its_own_address_alone(sent):
    send("+212699999999")

    assert refusal(sent, "+212699999999") == "code-wrong"


def test_without_a_code_nobody_comes_in():
    assert refusal("123456") == "code-void"


def test_digits_may_be_typed_in_arabic_and_with_spaces(sent):
    arabic = sent.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    assert redeem(f"{arabic[:3]} {arabic[3:]}").phone == PHONE


@pytest.mark.parametrize(
    ("address", "code"), [("nina@", "email-wrong"), ("0522 12 34 56", "phone-wrong"), ("", "phone-wrong")]
)
def test_what_is_neither_address_nor_number_is_refused(address, code):
    with pytest.raises(Blocked) as refused:
        send(address)

    assert [finding.code for finding in refused.value.findings] == [code]


# --- who may not come in so ----------------------------------------------------------------------------


@pytest.fixture
def carla():
    """Carla, who signs in for the office, and has a phone."""
    user = make_person("Carla", "officer")
    User.objects.filter(pk=user.pk).update(phone=PHONE)
    return user


def test_who_works_for_an_office_gets_no_code_and_is_told_so_on_the_phone(carla, texter):  # noqa: F811
    send()
    work()

    ((number, words, _key),) = texter.arrived
    assert number == PHONE
    assert "second factor" in words
    assert not any(word.strip(".").isdigit() for word in words.split())


def test_who_works_for_an_office_gets_no_code_by_mail(carla):
    send(carla.email)
    work()

    assert [letter.subject for letter in mail.outbox] == ["[Tragitto] Sign in with your second factor"]


def test_on_the_page_an_office_looks_like_everybody(carla):
    assert send() == send("+212699999999")
    assert refusal("123456") == refusal("123456", "+212699999999")


def test_who_joins_an_office_after_the_code_was_sent_is_not_let_in(sent):
    amina = redeem(sent)
    send()
    code = _code_of_the_house()
    grant_long_ago(amina, ["officer"], make_organisation("office"))

    assert refusal(code) == "code-not-enough"


def test_a_second_factor_is_never_left_out(sent):
    amina = redeem(sent)
    send()
    code = _code_of_the_house()
    give_second_factor(amina)

    assert refusal(code) == "code-not-enough"
    assert queries.needs_more_than_a_code(amina, LONG_AGO)


def test_a_closed_account_stays_closed(sent):
    amina = redeem(sent)
    User.objects.filter(pk=amina.pk).update(is_active=False)
    send()

    assert refusal(_code_of_the_house()) == "account-closed"


def _code_of_the_house() -> str:
    """The code that waits to be sent: it can be read where the key of the house is."""
    from tragitto.accounts import ports

    work()
    return code_in(ports.texter().arrived[-1][1])


# --- where nothing can be sent -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "can_mail", "code", "says"),
    [
        (PHONE, True, "no-texts", "e-mail"),
        (PHONE, False, "no-texts", "office"),
        (EMAIL, False, "no-mail", "office"),
    ],
)
def test_without_a_way_the_refusal_names_another(settings, address, can_mail, code, says):
    from tragitto.accounts import ports

    ports.use(None)
    settings.CAN_SEND_MAIL = can_mail
    with pytest.raises(Blocked) as refused:
        send(address)

    (finding,) = refused.value.findings
    assert finding.code == code
    assert says in str(finding.text) or "ufficio" in str(finding.text)


def test_a_house_that_sends_texts_alone_says_so(settings):
    settings.CAN_SEND_MAIL = False
    with pytest.raises(Blocked) as refused:
        send(EMAIL)

    assert [finding.code for finding in refused.value.findings] == ["no-mail"]


def test_a_demonstration_shows_the_code_and_sends_nothing(settings, texter):  # noqa: F811
    settings.IS_DEMONSTRATION = True

    code = send(EMAIL)
    work()

    assert (texter.arrived, mail.outbox) == ([], [])
    assert redeem(code, EMAIL).email == EMAIL


# --- what is kept --------------------------------------------------------------------------------------


def test_the_ledger_knows_neither_address_nor_code(sent):
    redeem(sent)

    told = " ".join(f"{entry.subject} {entry.actor} {entry.facts}" for entry in Entry.objects.all())
    assert PHONE.strip("+") not in told
    assert sent not in told
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["code.asked_for", "text.asked_for", "text.sent", "person.signed_up", "code.used"]


def test_no_row_and_no_job_shows_address_or_code():
    send(EMAIL)
    send()

    rows = [*OneTimeCode.objects.values(), *TextMessage.objects.values("sealed", "key")]
    told = f"{rows} {list(ProcrastinateJob.objects.values_list('args', flat=True))}"
    assert "amina" not in told.lower()
    assert PHONE not in told


def test_a_letter_that_came_too_late_is_not_sent(monkeypatch):
    send(EMAIL)
    monkeypatch.setattr(clock, "now", lambda: LATER)
    work()

    assert mail.outbox == []


def test_a_letter_of_another_house_is_not_sent():
    tasks.write_code("made-up", "en")

    assert mail.outbox == []
    assert ProcrastinateJob.objects.filter(task_name=WRITING_CODE).count() == 0


def test_codes_are_forgotten_after_a_day_and_texts_after_a_month(sent):
    house = Actor.system("task")
    week, month = NOON + timedelta(days=7), NOON + timedelta(days=31)

    assert actions.forget_old(actor=house, at=NOON) == (0, 0)
    assert actions.forget_old(actor=house, at=week) == (1, 0)
    assert actions.forget_old(actor=house, at=month) == (0, 1)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"tries": 5}, "one_time_code_void_after_too_many_tries"),
        ({"used_at": LATER}, "one_time_code_used_while_good"),
        ({"used_at": NOON, "voided_at": NOON}, "one_time_code_used_while_good"),
        ({"ends_at": NOON}, "one_time_code_ends_after_asked"),
        ({"language": "de"}, "one_time_code_language_known"),
    ],
)
def test_the_database_keeps_codes_in_form(sent, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        OneTimeCode.objects.update(**values)


def test_the_database_knows_one_live_code_for_an_address(sent):
    (row,) = OneTimeCode.objects.all()
    row.pk, row.code = None, "K-OTHER"

    with pytest.raises(IntegrityError, match="one_time_code_one_live_per_address"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [({"phone": "0612345678"}, "account_phone_in_form"), ({"phone": None}, "account_known_by_something")],
)
def test_the_database_keeps_numbers_in_form(sent, values, constraint):
    amina = redeem(sent)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        User.objects.filter(pk=amina.pk).update(**values)


def test_contacts_are_asked_for_many_at_once(sent, django_assert_num_queries):
    amina, carla = redeem(sent), make_person("Carla", "officer")

    with django_assert_num_queries(1):
        found = queries.contacts_of([amina.code, carla.code, "U-NOBODY", ""])

    assert found == {
        amina.code: queries.Contact("", PHONE, "en"),
        carla.code: queries.Contact("carla@example.test", "", "it"),
    }
