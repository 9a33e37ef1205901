"""The button "Send", the page that can be kept, the receipts; and what the office sees of it."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.middleware import SessionMiddleware
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.signing_in import make_person
from tests.employers.sending import draft as make_draft
from tests.web.office.world import enter
from tests.web.portal.identities import NUMBER, by_identity
from tragitto.accounts.models import User
from tragitto.employers import actions
from tragitto.employers.models import FilingDraft, Submission
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.records import receipts
from tragitto.schemes.models import Call
from tragitto.schemes.queries import takes_online

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("task")


@pytest.fixture
def call(world) -> Call:
    """The call of Emilia-Romagna, which takes filings on line."""
    return next(each for each in world.calls.values() if takes_online(each) and "BO" in each.region.provinces)


@pytest.fixture
def bruno(world) -> User:
    return make_person("Bruno")


@pytest.fixture
def bruno_in(bruno) -> Client:
    return enter(Client(), bruno)


@pytest.fixture
def draft(call, bruno) -> FilingDraft:
    """Bruno's draft, complete."""
    return make_draft(call, account=bruno.code, at=clock.now() - timedelta(minutes=1))


@pytest.fixture
def mallory_in(world) -> Client:
    """Somebody who has nothing to do with it."""
    return enter(Client(), make_person("Mallory"))


def address(name, code):
    return reverse(f"portal:{name}", args=[code])


def send(client, draft, language="en"):
    return client.post(address("send", draft.code), {"language": language})


def sent(client, draft) -> Submission:
    send(client, draft)
    return Submission.objects.get(draft=draft)


def send_and_read(client, draft, language) -> str:
    send(client, draft, language)
    return Submission.objects.get(draft=draft).content


def taken(submission) -> Submission:
    return actions.take_in_at_once(submission=submission, actor=HOUSE, at=clock.now())


def test_the_button_sends_and_leads_to_the_page_that_can_be_kept(bruno_in, draft):
    answer = send(bruno_in, draft)

    submission = Submission.objects.get(draft=draft)
    assert (answer.status_code, answer["Location"]) == (302, address("submission", submission.code))


def test_pressed_twice_it_leads_to_the_same_page(bruno_in, draft):
    assert send(bruno_in, draft)["Location"] == send(bruno_in, draft)["Location"]


def test_the_moment_is_that_of_the_press_however_slow_the_house(bruno_in, draft, monkeypatch):
    """The session, the token and the queries take their time; the person pressed before the closing."""
    with time_machine.travel(timezone.now(), tick=False) as time:
        pressed, begin = clock.now(), SessionMiddleware.process_request

        def slowly(*asked):
            time.shift(7)
            return begin(*asked)

        monkeypatch.setattr(SessionMiddleware, "process_request", slowly)

        assert sent(bruno_in, draft).received_at == pressed
        assert clock.now() - pressed == timedelta(seconds=7)


def test_the_button_needs_the_token_of_the_page(bruno_in, draft):
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = bruno_in.cookies

    assert send(careful, draft).status_code == 403
    assert not Submission.objects.exists()


def test_by_a_link_nothing_is_sent(bruno_in, draft):
    answer = bruno_in.get(address("send", draft.code))

    assert (answer.status_code, answer["Location"]) == (302, address("draft_check", draft.code))
    assert not Submission.objects.exists()


def test_what_is_missing_is_named_and_nothing_is_sent(bruno_in, call, bruno):
    lacking = make_draft(
        call, account=bruno.code, at=clock.now() - timedelta(minutes=1), enterprise_name=None
    )

    answer = send(bruno_in, lacking)

    page = reverse("portal:draft_page", args=[lacking.code, "domanda-on-line", "enterprise", 0])
    assert answer.status_code == 422
    assert f'href="{page}"' in answer.content.decode()
    assert not Submission.objects.exists()


def test_who_signed_in_with_a_password_is_nobody_in_particular(bruno_in, draft):
    assert json.loads(sent(bruno_in, draft).content)["identified"] == []


def test_who_was_vouched_for_by_a_provider_is_named(bruno_in, bruno, draft):
    by_identity(bruno_in, bruno)

    (known,) = json.loads(sent(bruno_in, draft).content)["identified"]

    assert (known["account"], known["codice_fiscale"]) == (bruno.code, NUMBER)
    assert known["means"] == "SPID (SpidL2)"


@pytest.mark.parametrize("changes", [{"method": "mfa"}, {"by": "email"}], ids=str)
def test_a_provider_that_did_not_prove_the_number_proves_nobody(bruno_in, bruno, draft, changes):
    """Of a lower level than asked for, or one that knew the person by an address alone."""
    by_identity(bruno_in, bruno, **changes)

    assert json.loads(sent(bruno_in, draft).content)["identified"] == []


def test_what_is_kept_as_declared_is_what_was_shown(bruno_in, draft):
    """The draft was begun in Italian; its last look was read in French."""
    kept = json.loads(send_and_read(bruno_in, draft, "fr"))

    assert kept["language"] == "fr"
    assert {tuple(form["terms"]) for form in kept["declarations"]} == {("fr", "it")}


@pytest.mark.parametrize("language", ["", "xx"])
def test_a_form_that_does_not_say_what_was_read_leads_back(bruno_in, draft, language):
    assert send(bruno_in, draft, language)["Location"] == address("draft_check", draft.code)
    assert not Submission.objects.exists()


def test_the_last_look_says_in_which_language_it_was_read(bruno_in, draft):
    bruno_in.cookies["django_language"] = "fr"

    page = bruno_in.get(address("draft_check", draft.code)).text

    assert '<input type="hidden" name="language" value="fr">' in page


def test_a_number_without_a_provider_in_this_session_proves_nobody(bruno_in, bruno, draft):
    """The number stands in the account; but this time the person signed in with a password."""
    bruno.fiscal_number = NUMBER
    bruno.save(update_fields=["fiscal_number"])

    assert json.loads(sent(bruno_in, draft).content)["identified"] == []


def test_the_page_says_the_moment_and_that_the_number_comes(bruno_in, draft):
    submission = sent(bruno_in, draft)

    page = bruno_in.get(address("submission", submission.code)).content.decode()

    assert submission.code in page
    assert "It is being given" in page
    assert address("receipt_pdf", submission.code) not in page


def test_the_page_shows_the_number_and_both_receipts_once_they_are_there(bruno_in, draft):
    submission = taken(sent(bruno_in, draft))

    page = bruno_in.get(address("submission", submission.code)).content.decode()

    assert submission.message.entry.reference in page
    assert address("receipt_pdf", submission.code) in page
    assert address("receipt_json", submission.code) in page
    assert "hx-get" not in page


@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
def test_the_page_speaks_every_language(bruno_in, draft, language):
    submission = taken(sent(bruno_in, draft))

    bruno_in.cookies["django_language"] = language
    answer = bruno_in.get(address("submission", submission.code))

    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in answer.content.decode()


def test_the_receipt_that_is_handed_out_is_genuine(bruno_in, draft):
    submission = taken(sent(bruno_in, draft))

    raw = bruno_in.get(address("receipt_json", submission.code)).content

    assert receipts.checked(raw, receipts.public_keys())["filing"] == submission.code


def test_what_was_sent_is_handed_out_as_the_receipt_names_it(bruno_in, draft):
    submission = taken(sent(bruno_in, draft))

    answer = bruno_in.get(address("submission_content", submission.code))

    assert answer.content == submission.content.encode()
    assert "attachment" in answer["Content-Disposition"]


def test_before_there_is_a_receipt_none_is_handed_out(bruno_in, draft):
    submission = sent(bruno_in, draft)

    assert bruno_in.get(address("receipt_pdf", submission.code)).status_code == 404


@pytest.mark.parametrize("name", ["submission", "receipt_json", "receipt_pdf", "submission_content"])
def test_nobody_else_sees_any_of_it(bruno_in, mallory_in, carla_in, draft, name):
    submission = taken(sent(bruno_in, draft))
    page = address(name, submission.code)

    assert bruno_in.get(page).status_code == 200
    assert mallory_in.get(page).status_code == 404
    assert carla_in.get(page).status_code == 404
    assert Client().get(page).status_code == 302


def test_nobody_else_presses_the_button(mallory_in, draft):
    assert send(mallory_in, draft).status_code == 404
    assert send(Client(), draft).status_code == 302
    assert not Submission.objects.exists()


def test_the_page_costs_the_same_with_every_paper(bruno_in, draft, django_assert_num_queries):
    submission = taken(sent(bruno_in, draft))

    with django_assert_num_queries(7):
        bruno_in.get(address("submission", submission.code))


def test_the_keys_of_the_receipts_are_public(settings, tmp_path):
    settings.VAR = tmp_path
    assert Client().get("/receipts/key").json() == {"keys": []}
    first, second = receipts.make_key(), receipts.make_key(anew=True)

    published = receipts.public_keys_in(Client().get("/receipts/key").content)

    assert [key.number for key in published] == [second.number, first.number]


def test_the_office_reads_what_was_sent_in_words(bruno_in, bruno, draft, call, world):
    by_identity(bruno_in, bruno)
    submission = taken(sent(bruno_in, draft))
    officer = enter(Client(), make_person("Gina", "officer", organisation=call.publisher.code))

    page = officer.get(reverse("office:message", args=[submission.message.code])).content.decode()

    assert "Officine Bruno srl" in page
    assert submission.code in page
    assert NUMBER in page
    assert "SPID (SpidL2)" in page


def test_another_office_does_not_read_it(bruno_in, draft, carla_in, call):
    submission = taken(sent(bruno_in, draft))

    assert carla_in.get(reverse("office:message", args=[submission.message.code])).status_code == 404
