"""People open accounts for themselves: an address that is proved, a name, a password; it opens nothing."""

import base64
import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.accounts.signing_in import PASSWORD, enter_password, give_password, make_person
from tests.conftest import NOON
from tragitto.accounts import actions, queries, tasks
from tragitto.accounts.actions.signing_up import WRITING, _key_for
from tragitto.accounts.models import User
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_counts")]
START = "/account/signup/"
ADDRESS = "nina@example.test"
STRANGER = Actor.stranger("sign-in")
ANSWER = {"full_name": "Nina Neri", "password": PASSWORD}


@pytest.fixture(autouse=True)
def mails(settings):
    settings.CAN_SEND_MAIL = True


def write_letters() -> None:
    """What a worker does soon after."""
    waiting = ProcrastinateJob.objects.filter(task_name=WRITING).order_by("pk")
    for job in waiting:
        tasks.write_to_address(**job.args)
    waiting.delete()


@pytest.fixture
def ask(client):
    def ask(address: str = ADDRESS, **more: str):
        answer = client.post(START, {"email": address, **more})
        write_letters()
        return answer

    return ask


def link() -> str:
    """The address in the last letter."""
    (found,) = re.findall(r"https?://\S+", mail.outbox[-1].body)
    parts = urlsplit(found)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_letter_a_name_and_a_password_open_an_account(client, ask):
    ask()

    client.post(link(), ANSWER)

    nina = User.objects.get(email=ADDRESS)
    assert (nina.full_name, nina.is_self_opened, nina.memberships.count()) == ("Nina Neri", True, 0)
    assert client.session["_auth_user_id"] == str(nina.pk)


def test_nothing_is_opened_before_the_letter_is_read(client, ask):
    ask()

    assert not User.objects.filter(email=ADDRESS).exists()


def test_reading_the_letter_opens_nothing_yet(client, ask):
    ask()

    assert client.get(link()).status_code == 200
    assert not User.objects.filter(email=ADDRESS).exists()


def test_the_account_opens_no_page_of_the_office(client, ask):
    ask()
    client.post(link(), ANSWER)

    assert client.get("/office/").status_code == 403
    assert client.get(reverse("portal:home")).status_code == 200


def test_who_has_an_account_stays_unknown_on_the_page_and_is_told_by_letter(client, ask):
    make_person("Nina")
    taken, free = ask(), ask("free@example.test")

    assert (taken["Location"], taken.status_code) == (free["Location"], free.status_code)
    assert [letter.to for letter in mail.outbox] == [[ADDRESS], ["free@example.test"]]
    assert "already" in mail.outbox[0].subject + mail.outbox[0].body or "già" in mail.outbox[0].body
    assert "/signup/" not in mail.outbox[0].body


def test_the_letter_is_good_once(client, ask):
    ask()
    there = link()
    client.post(there, ANSWER)
    client.logout()

    answer = client.post(there, {**ANSWER, "password": "another walk from Tangier"})

    assert answer.status_code == 422
    assert not is_signed_in(client)


@pytest.mark.parametrize("password", ["short", "nina@example.test", "password1234"])
def test_a_bad_password_is_refused(client, ask, password):
    ask()

    answer = client.post(link(), {**ANSWER, "password": password})

    assert answer.status_code == 422
    assert not User.objects.filter(email=ADDRESS).exists()


def test_without_a_name_no_account(client, ask):
    ask()

    assert client.post(link(), {**ANSWER, "full_name": " "}).status_code == 422


def test_the_link_does_not_say_whose_address_it_is(client, ask):
    """Links are written down by browsers, proxies and whoever checks mail."""
    ask()

    key = urlsplit(link()).path.split("/")[-2]
    assert b"nina" not in base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    assert "nina" not in link()


def test_a_key_somebody_made_up_leads_nowhere(client):
    assert client.get(f"{START}made-up/").status_code == 410


def test_a_key_too_old_leads_nowhere(client, ask, monkeypatch):
    ask()
    monkeypatch.setattr("tragitto.accounts.actions.signing_up.ANSWERED_WITHIN", -1)

    assert client.get(link()).status_code == 410


def test_one_goes_on_where_one_was_going(client, ask):
    ask(next="/portal/representations/")

    answer = client.post(link(), ANSWER)

    assert answer["Location"] == "/portal/representations/"


def test_nobody_is_led_to_a_foreign_page(client, ask):
    ask(next="https://evil.example/")

    assert client.post(link(), ANSWER)["Location"] == "/work/"


def test_one_address_is_written_to_three_times_in_ten_minutes(client, ask):
    assert [ask().status_code for _time in range(4)] == [302, 302, 302, 429]


def test_what_is_no_address_is_said(client, ask):
    assert ask("nina").status_code == 422
    assert mail.outbox == []


def test_where_no_mail_is_sent_the_page_says_whom_to_ask(client, ask, settings):
    settings.CAN_SEND_MAIL = False

    answer = ask()

    assert answer.status_code == 200
    assert mail.outbox == []
    with pytest.raises(Blocked):
        actions.write_to_address(email=ADDRESS, page="http://x/", language="en", actor=STRANGER, at=NOON)


def test_the_sign_in_page_leads_there(client):
    assert f'href="{START}?next=%2Foffice%2F"' in client.get("/account/login/?next=/office/").text


def test_the_ledger_knows_no_address(client, ask):
    ask()
    client.post(link(), ANSWER)

    told = " ".join(str(entry.facts) + entry.subject for entry in Entry.objects.all())
    assert "nina" not in told.lower()
    assert Entry.objects.filter(verb="person.signed_up").count() == 1


def test_an_administrator_does_not_see_who_opened_an_account_alone(client, ask, office):
    ask()
    client.post(link(), ANSWER)
    administrator = Actor("U-X", "office", frozenset({"administrator"}), "office")

    assert not queries.visible_to(administrator).filter(email=ADDRESS).exists()


def test_the_page_does_not_wait_for_the_mail_server(client, monkeypatch):
    def silent(letter):
        raise OSError

    monkeypatch.setattr(mail.EmailMessage, "send", silent)

    assert client.post(START, {"email": ADDRESS}).status_code == 302
    (job,) = ProcrastinateJob.objects.filter(task_name=WRITING)
    with pytest.raises(OSError):
        tasks.write_to_address(**job.args)
    assert not Entry.objects.filter(verb="address.written_to").exists()


def test_a_letter_that_waits_names_nobody(client):
    client.post(START, {"email": ADDRESS})

    (job,) = ProcrastinateJob.objects.filter(task_name=WRITING)
    assert "nina" not in str(job.args).lower()


def test_a_letter_nobody_could_answer_any_more_is_not_sent(client, monkeypatch):
    client.post(START, {"email": ADDRESS})
    monkeypatch.setattr("tragitto.accounts.actions.signing_up.ANSWERED_WITHIN", -1)

    write_letters()

    assert mail.outbox == []


# --- an address later --------------------------------------------------------------------------------------

NUMBER = "RSSMRA85T10A562S"


@pytest.fixture
def zeno(db) -> User:
    """Zeno, who came by digital identity and has no address."""
    return actions.open_identified_account(
        fiscal_number=NUMBER, full_name="Zeno Zeni", language="it", actor=STRANGER, at=NOON
    )


def test_who_came_by_identity_has_neither_address_nor_password(zeno):
    assert (zeno.email, zeno.has_usable_password(), zeno.is_self_opened) == (None, False, True)


def test_the_same_identity_gets_no_second_account(zeno):
    with pytest.raises(Blocked):
        actions.open_identified_account(
            fiscal_number=NUMBER, full_name="Zeno", language="it", actor=STRANGER, at=NOON
        )


def write(client, address: str):
    answer = client.post("/account/address/", {"email": address})
    write_letters()
    return answer


def test_an_address_is_added_by_letter(client, zeno):
    client.force_login(zeno)
    write(client, "zeno@example.test")

    client.get(link())
    zeno.refresh_from_db()
    assert zeno.email is None
    client.post(link())

    zeno.refresh_from_db()
    assert zeno.email == "zeno@example.test"


def test_the_letter_of_another_adds_nothing(client, zeno):
    client.force_login(zeno)
    write(client, "zeno@example.test")
    mallory = actions.open_identified_account(
        fiscal_number="VRDGPP13R10B293P", full_name="Mallory", language="it", actor=STRANGER, at=NOON
    )
    client.force_login(mallory)

    assert client.post(link()).status_code == 422
    mallory.refresh_from_db()
    assert mallory.email is None


def test_a_letter_for_an_address_opens_no_account(client, zeno):
    client.force_login(zeno)
    write(client, "zeno@example.test")

    assert client.get(link().replace("/address/", "/signup/")).status_code == 410


def test_an_address_of_somebody_else_is_not_added(client, zeno):
    client.force_login(zeno)
    write(client, ADDRESS)
    there = link()
    make_person("Nina")

    assert client.post(there).status_code == 422


def test_who_has_an_address_keeps_it(zeno):
    nina = make_person("Nina")
    key = _key_for("new@example.test", nina)

    with pytest.raises(Blocked):
        actions.confirm_address(key=key, user=nina, actor=Actor(nina.code), at=NOON)
    with pytest.raises(NotAllowed):
        actions.confirm_address(key=key, user=zeno, actor=Actor(zeno.code), at=NOON)


def test_a_stranger_is_led_to_the_sign_in(client):
    assert client.get("/account/address/")["Location"].startswith("/account/login/")


def test_who_signed_up_signs_in_again_by_password(client, ask):
    ask()
    client.post(link(), ANSWER)
    client.logout()
    nina = User.objects.get(email=ADDRESS)
    give_password(nina)

    enter_password(client, nina)

    assert is_signed_in(client)
