"""The office hands admitted filings over: looks first, hands over once, takes back with a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.office import handing
from tests.web.office.world import OFFICE_DAY
from tragitto.cases import actions as cases
from tragitto.cases.models import ConsentWithdrawal, HandOver
from tragitto.employers import queries
from tragitto.employers.models import Expression
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.schemes.vocabulary import DutyKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def recipient(world) -> str:
    return handing.recipient(world)


@pytest.fixture
def admitted(world) -> Expression:
    return handing.admitted(world)


@pytest.fixture
def addresses(world, recipient) -> dict[str, str]:
    told = [world.call.code, handing.DUTY, recipient]
    return {
        "list": reverse("office:hand_overs", args=[world.call.code]),
        "prepare": reverse("office:prepare_hand_over", args=told),
        "make": reverse("office:make_hand_over", args=told),
    }


@pytest.fixture
def handed(world) -> HandOver:
    return handing.made(world)


@pytest.fixture
def seal(world, recipient, admitted) -> str:
    shown = queries.preview(
        actor=handing.by_officer(world), call=world.call, duty=handing.DUTY, recipient=recipient
    )
    return shown.seal


def test_the_list_says_to_whom_the_call_hands_over(carla_in, addresses):
    page = carla_in.get(addresses["list"]).text

    assert addresses["prepare"] in page
    assert "No source names who this is" in page


def test_before_handing_over_one_sees_who_goes_and_what(carla_in, addresses, admitted):
    page = carla_in.get(addresses["prepare"]).text

    assert admitted.employer.name in page
    assert "1 filing goes" in page
    assert "Consents to the sending" in page
    assert "Housing and benefits" in page


def test_who_is_not_admitted_does_not_go(carla_in, addresses, expression):
    page = carla_in.get(addresses["prepare"]).text

    assert expression.employer.name not in page
    assert "There is nothing to hand over now." in page


def test_what_was_handed_over_already_stays_here_with_its_package(carla_in, addresses, handed):
    page = carla_in.get(addresses["prepare"]).text

    assert "1 admitted filing stays here" in page
    assert reverse("office:hand_over", args=[handed.code]) in page


def test_carla_hands_over_what_she_looked_at(carla_in, addresses, seal):
    answer = carla_in.post(addresses["make"], {"seal": seal})

    handed = HandOver.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("office:hand_over", args=[handed.code]))


def test_what_changed_meanwhile_is_looked_at_again(carla_in, addresses, admitted):
    answer = carla_in.post(addresses["make"], {"seal": "0" * 64})

    assert answer.status_code == 422
    assert "has changed since you looked" in answer.text
    assert list(HandOver.objects.all()) == []


def test_another_office_hands_nothing_over(sara_in, addresses, seal):
    assert sara_in.post(addresses["make"], {"seal": seal}).status_code == 403
    assert list(HandOver.objects.all()) == []


def test_nobody_is_handed_what_the_call_does_not_promise(carla_in, world, recipient):
    told = [world.call.code, DutyKind.TRAINS.value, recipient]

    assert carla_in.get(reverse("office:prepare_hand_over", args=told)).status_code == 404
    assert carla_in.post(reverse("office:make_hand_over", args=told), {"seal": "0"}).status_code == 404


def test_the_package_says_who_looked_at_what(carla_in, handed, recipient):
    elif_ = Actor("U-ELIF", recipient, frozenset({"partner"}), "portal")
    case = handed.items.get().case.code
    cases.look_into(hand_over=handed, case=case, actor=elif_, at=OFFICE_DAY)

    page = carla_in.get(reverse("office:hand_over", args=[handed.code])).text

    assert "Looked at a filing" in page
    assert "U-ELIF" in page


def test_a_recall_without_a_reason_is_refused_in_words(carla_in, handed):
    answer = carla_in.post(reverse("office:recall_hand_over", args=[handed.code]), {"reason": ""})

    assert answer.status_code == 422
    handed.refresh_from_db()
    assert handed.recalled_at is None


def test_a_recall_is_shown_with_its_reason(carla_in, handed):
    address = reverse("office:recall_hand_over", args=[handed.code])

    page = carla_in.post(address, {"reason": "Sent by mistake."}, follow=True).text

    assert "Sent by mistake." in page
    assert "Recall this package" not in page


@pytest.mark.parametrize("name", ["recall_hand_over", "hand_over_file"])
def test_another_office_finds_no_package(sara_in, handed, name):
    address = reverse(f"office:{name}", args=[handed.code])
    answer = sara_in.post(address) if name == "recall_hand_over" else sara_in.get(address)

    assert answer.status_code == 404


def test_a_call_that_hands_nothing_over_says_so(carla_in, addresses, monkeypatch):
    monkeypatch.setattr("tragitto.schemes.queries.hand_overs_of", lambda call: ())

    assert "This call hands nothing over." in carla_in.get(addresses["list"]).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many(count, carla_in, world, addresses, django_assert_num_queries):
    officer = handing.by_officer(world)
    for number in range(count):
        handed = handing.hand_over(world, officer)
        if number < count - 1:
            cases.recall_hand_over(hand_over=handed, reason="Again.", actor=officer, at=OFFICE_DAY)
    carla_in.get(addresses["list"])

    # Session, person, standing, the call, duties (thrice), rights, how many there are, and the list.
    with django_assert_num_queries(10):
        page = carla_in.get(addresses["list"])

    assert len(page.context["page"].object_list) == count


# --- a consent that is taken back --------------------------------------------------------------------------


def take_back(client, expression: Expression, at: str = "2025-08-20T10:00", message: str = ""):
    address = reverse("office:withdraw_consent", args=[expression.code])
    return client.post(address, {"withdrawn_at": at, "message": message}, follow=True)


@pytest.fixture
def withdrawn(carla_in, handed, admitted) -> HandOver:
    """The package, and Carla has recorded since that the consent of its filing was withdrawn."""
    said = clock.now() - timedelta(minutes=5)
    take_back(carla_in, admitted, f"{timezone.localtime(said):%Y-%m-%dT%H:%M}")
    return handed


def test_a_package_that_rests_on_a_withdrawn_consent_says_so_everywhere(carla_in, addresses, withdrawn):
    page = carla_in.get(reverse("office:hand_over", args=[withdrawn.code])).text

    assert "went on a consent that was withdrawn since" in page
    assert "Consent withdrawn" in carla_in.get(addresses["list"]).text
    agenda = carla_in.get(reverse("office:agenda")).text
    assert reverse("office:hand_over", args=[withdrawn.code]) in agenda
    assert "Recall a package" in agenda


def test_the_filing_says_that_its_consent_is_withdrawn_and_offers_no_form(carla_in, withdrawn, admitted):
    page = carla_in.get(reverse("office:expression", args=[admitted.code])).text

    assert "It goes into no package any more." in page
    assert reverse("office:withdraw_consent", args=[admitted.code]) not in page


def test_a_withdrawal_rests_on_a_message_of_the_office_if_on_any(carla_in, admitted):
    answer = take_back(carla_in, admitted, message="M-NOBODY")

    assert answer.status_code == 422
    assert "There is no message with this code among your mail." in answer.text


def test_the_message_is_kept_with_the_withdrawal(carla_in, admitted):
    message = admitted.current.message.code
    said = timezone.localtime(clock.now() - timedelta(minutes=5))

    assert take_back(carla_in, admitted, f"{said:%Y-%m-%dT%H:%M}", message).status_code == 200
    assert ConsentWithdrawal.objects.get().message.code == message


@pytest.mark.parametrize("at", ["", "2001-01-01T10:00"])
def test_a_withdrawal_of_no_moment_or_before_the_consent_is_sent_back(carla_in, admitted, at):
    assert take_back(carla_in, admitted, at).status_code == 422
    assert not ConsentWithdrawal.objects.exists()
