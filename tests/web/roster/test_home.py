"""The person's own page: where they stand, what is asked, figures that name nobody, turns."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.candidates.making import (
    BRUNO,
    CARLA,
    KEEPER_ORGANISATION,
    NOON,
    REGISTRAR_ORGANISATION,
    SENT_AT,
    make_candidate,
    make_passport,
    make_scheme,
)
from tragitto.accounts.models import Membership, Organisation, User
from tragitto.candidates import actions
from tragitto.candidates.actions.consenting import give
from tragitto.candidates.actions.looking import look
from tragitto.candidates.models import Candidate
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ConsentEffect, ReasonUse

pytestmark = pytest.mark.django_db

HOUSE = Actor.system("task")


@pytest.fixture(autouse=True)
def _noon(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def scheme():
    return make_scheme()


def signed_in(code: str) -> Client:
    user = User.objects.create(
        code=code, email=f"{code.lower()}@example.org", language="en", joined_at=SENT_AT, is_self_opened=True
    )
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def amina(scheme) -> Candidate:
    return make_candidate(
        scheme, account="U-AMINA", confirm_by=date(2026, 12, 1), valid_until=date(2028, 11, 1)
    )


@pytest.fixture
def hers(amina) -> Client:
    """Amina's telephone."""
    return signed_in("U-AMINA")


def address(person: Candidate, key: str = "") -> str:
    name = "portal:candidate_turn" if key else "portal:candidate"
    return reverse(name, args=[person.code, *([key] if key else [])])


def words(answer) -> str:
    """What the page says, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def part(answer, name: str) -> str:
    """What the section of this name says."""
    html = answer.content.decode()
    (inside,) = re.findall(rf'<section[^>]* aria-labelledby="{name}".*?</section>', html, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def again(person: Candidate) -> Candidate:
    return Candidate.objects.get(pk=person.pk)


# -- who


def test_a_stranger_signs_in_first(amina):
    answer = Client().get(address(amina))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("sign_in_code"))


@pytest.mark.parametrize("key", ["", "withdrawal", "pause"])
def test_somebody_else_finds_nothing(amina, key):
    assert signed_in(BRUNO.code).get(address(amina, key)).status_code == 404


def test_a_keeper_reads_the_file_in_the_office_and_not_here(amina):
    client = signed_in(CARLA.code)
    Membership.objects.create(
        user=User.objects.get(code=CARLA.code),
        organisation=Organisation.objects.get(code=KEEPER_ORGANISATION),
        roles=["officer"],
        starts_on=date(2026, 1, 1),
    )

    assert client.get(address(amina)).status_code == 404
    assert client.post(address(amina, "withdrawal")).status_code == 404
    assert again(amina).status == "active"


def test_who_has_not_sent_is_led_to_the_pages_to_do(scheme):
    person = make_candidate(scheme, account="U-AMINA", status="registering")

    answer = signed_in("U-AMINA").get(address(person))

    assert (answer.status_code, answer.url) == (302, reverse("portal:roster", args=[scheme.code]))


# -- what it says


def allow_firms(person: Candidate) -> None:
    asked = roster_of(person.scheme).consents
    (code,) = [each.code for each in asked if each.effect is ConsentEffect.EMPLOYERS_SEE_ANONYMOUS]
    give(candidate=person, code=code, language="en", actor=Actor("U-AMINA", door="portal"), at=NOON)


def test_who_did_not_say_yes_reads_that_no_firm_sees_them(hers, amina):
    answer = hers.get(address(amina))

    assert part(answer, "stand").startswith(
        "On the roster You have your place, but no firm sees your profile"
    )
    assert "You may be proposed" not in words(answer)


def test_the_page_says_where_one_stands_since_when_and_until_when(hers, amina):
    allow_firms(amina)
    answer = hers.get(address(amina))

    assert part(answer, "stand").startswith("On the roster You may be proposed to firms")
    assert part(answer, "stand").endswith("Since 3 September 2026")
    assert "Your place counts from 1 September 2026 Valid until 1 November 2028" in part(answer, "place")


def test_what_is_asked_next_stands_on_top(hers, amina):
    answer = hers.get(address(amina))

    assert part(answer, "asked") == (
        "What we ask of you Say whether you are still interested by 1 December 2026"
    )


def test_nothing_asked_is_said_too(scheme):
    person = make_candidate(scheme, account="U-AMINA", confirm_by=date(2027, 2, 1))

    assert "We ask nothing of you now." in words(signed_in("U-AMINA").get(address(person)))


def test_a_document_that_runs_out_is_asked_for(scheme):
    person = make_candidate(scheme, account="U-AMINA", passport={"expires_on": date(2027, 1, 10)})

    answer = signed_in("U-AMINA").get(address(person))

    assert "Renew your document in time Passport , 10 January 2027" in part(answer, "asked")
    assert part(answer, "papers").endswith("Runs out soon")


def test_few_are_not_counted_and_many_are(hers, amina, scheme):
    assert "Fewer than 5 people on the roster offer this trade." in part(hers.get(address(amina)), "figures")
    for _each in range(4):
        make_candidate(scheme)
    make_candidate(scheme, status="paused")

    assert "5 people on the roster offer this trade." in part(hers.get(address(amina)), "figures")


def test_no_open_position_is_said(hers, amina):
    assert "No firm has an open position for it now." in part(hers.get(address(amina)), "figures")


def reserved_after(scheme, *days: int) -> None:
    for count in days:
        person = make_candidate(scheme, status_at=NOON - timedelta(days=count))
        actions.move(candidate=person, reason=ReasonUse.RESERVING, actor=HOUSE, at=NOON)


def test_the_usual_time_is_that_of_half_of_them(hers, amina, scheme):
    reserved_after(scheme, 10, 20, 30, 40, 50)

    assert "in the last twelve months had waited 30 days or less." in part(
        hers.get(address(amina)), "figures"
    )


def test_too_few_say_nothing_of_a_time(hers, amina, scheme):
    reserved_after(scheme, 10, 20, 30, 40)

    assert "Too few people have taken this step in the last twelve months to say." in part(
        hers.get(address(amina)), "figures"
    )


def test_who_looked_is_told_by_organisation_and_part(hers, amina):
    look(candidate=amina, what="photo", actor=CARLA, at=NOON - timedelta(hours=1))

    said = part(hers.get(address(amina)), "looks")

    name = Organisation.objects.get(code=KEEPER_ORGANISATION).name
    assert said == (
        f"Who looked at your file {name} (keeps this roster) a photo of your document"
        " 23 November 2026, 11:00 Italian time"
    )


def test_her_own_look_is_none(hers, amina):
    hers.get(address(amina))

    assert part(hers.get(address(amina)), "looks").endswith("Nobody yet.")


def test_the_note_of_the_office_is_not_shown(hers, amina):
    reason = next(each for each in _reasons(amina) if each.leads_to == "paused" and each.use is None)
    actions.move(candidate=amina, reason=reason.code, actor=CARLA, at=NOON, note="An inner word.")

    answer = hers.get(address(amina))

    assert "An inner word." not in words(answer)
    assert f"Reason: {reason.title['en']}" in part(answer, "stand")


def _reasons(person: Candidate):
    return roster_of(person.scheme).reasons


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(scheme, django_assert_num_queries, count):
    profiles = [each.code for each in scheme.profiles.order_by("position")[:count]]
    person = make_candidate(scheme, account="U-AMINA", profiles=profiles)
    for number, kind in enumerate(("national_card", "residence_card")[: count - 1]):
        make_passport(person, kind=kind, number=f"X{number}")
    for hours in range(count):
        look(candidate=person, what="file", actor=CARLA, at=NOON - timedelta(hours=hours))
    client = signed_in("U-AMINA")
    client.get(address(person))

    with django_assert_num_queries(24):
        assert client.get(address(person)).status_code == 200


@pytest.mark.parametrize(
    "uses",
    [
        [],
        [ReasonUse.PAUSING],
        [ReasonUse.RESERVING],
        [ReasonUse.RESERVING, ReasonUse.PLACING],
        [ReasonUse.UNCONFIRMED],
        [ReasonUse.WITHDRAWING],
    ],
)
@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
def test_every_status_has_its_page_in_every_language(hers, amina, uses, language):
    for use in uses:
        giver = HOUSE if use in {ReasonUse.RESERVING, ReasonUse.PLACING, ReasonUse.UNCONFIRMED} else None
        actor = giver or Actor("U-AMINA", door="portal")
        actions.move(candidate=amina, reason=use, actor=actor, at=NOON)
    hers.cookies["django_language"] = language

    answer = hers.get(address(amina))

    assert answer.status_code == 200
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in answer.content.decode()


# -- turns


def test_a_pause_and_a_return_are_one_page_and_one_button_each(hers, amina):
    assert hers.get(address(amina, "pause")).status_code == 200
    assert hers.post(address(amina, "pause")).status_code == 302
    assert again(amina).status == "paused"

    hers.post(address(amina, "available"))

    assert (again(amina).status, again(amina).seniority_at) == ("active", SENT_AT)


def test_looking_at_the_page_of_a_turn_does_nothing(hers, amina):
    hers.get(address(amina, "withdrawal"))

    assert again(amina).status == "active"


def test_a_withdrawal_asks_no_reason_and_one_may_come_again(hers, amina):
    page = hers.get(address(amina, "withdrawal"))
    assert "textarea" not in page.content.decode()

    hers.post(address(amina, "withdrawal"))
    assert again(amina).status == "withdrawn"

    hers.post(address(amina, "again"))
    assert (again(amina).status, again(amina).seniority_at) == ("checking", NOON)


def test_interest_is_confirmed_on_the_page(hers, amina):
    hers.post(address(amina, "interested"))

    assert again(amina).confirm_by == timezone.localdate(NOON) + timedelta(days=90)


def test_who_lapsed_comes_back_to_the_place(hers, amina):
    actions.move(candidate=amina, reason=ReasonUse.UNCONFIRMED, actor=HOUSE, at=NOON)
    assert "Come back to your place by 23 November 2027" in part(hers.get(address(amina)), "asked")

    hers.post(address(amina, "back"))

    assert (again(amina).status, again(amina).seniority_at) == ("active", SENT_AT)


def test_a_turn_that_does_not_follow_is_refused_in_words(hers, amina):
    answer = hers.post(address(amina, "available"))

    assert answer.status_code == 422
    assert "This does not follow where the registration stands now" in words(answer)


def test_an_unknown_turn_is_not_there(hers, amina):
    assert hers.get(address(amina, "win-the-lottery")).status_code == 404


def registrar_address(person: Candidate, organisation: str = REGISTRAR_ORGANISATION) -> str:
    return reverse("portal:candidate_registrar", args=[person.code, organisation])


def test_the_person_leaves_who_registered_them(scheme):
    person = make_candidate(scheme, account="U-AMINA", registered_by=REGISTRAR_ORGANISATION)
    client = signed_in("U-AMINA")

    assert registrar_address(person) in client.get(address(person)).text
    assert "No longer through" in client.get(registrar_address(person)).text
    answer = client.post(registrar_address(person), follow=True)
    assert "Done. This organisation no longer reads" in answer.text
    assert registrar_address(person) not in answer.text


def test_whom_nobody_else_registered_reads_of_no_registrar(amina):
    client = signed_in("U-AMINA")

    assert "Who registered you" not in client.get(address(amina)).text
    assert client.post(registrar_address(amina)).status_code == 404


def test_nobody_else_leaves_for_them(scheme):
    person = make_candidate(scheme, account="U-AMINA", registered_by=REGISTRAR_ORGANISATION)

    assert signed_in("U-BRUNO").post(registrar_address(person)).status_code == 404
    assert Client().post(registrar_address(person)).status_code == 302
    assert person.registrations.get().ended_at is None
