"""What firms see of people: pages of the office, the firm and the person, and the wrong people at them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_organisation, make_person
from tests.candidates.making import make_candidate
from tests.candidates.test_inviting import consent
from tests.web.office.handing import admitted as admitted_by_two
from tests.web.office.world import OFFICE_DAY, enter, person
from tests.web.portal.test_homes import act_for
from tragitto.candidates.models import Candidate, Invitation, ListEntry, NamedList, RosterList
from tragitto.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina_herself(world):
    return make_person("Amina")


@pytest.fixture
def amina(world, amina_herself) -> Candidate:
    """Amina on the roster, with her own sign-in and her consent to be shown."""
    found = make_candidate(world.call.scheme, account=amina_herself.code)
    consent(found)
    return found


@pytest.fixture
def amina_in(amina_herself) -> Client:
    return enter(Client(), amina_herself)


@pytest.fixture
def admitted(world, expression) -> str:
    """The firm of the first filing, admitted."""
    return admitted_by_two(world).employer.code


@pytest.fixture
def bruno_himself(expression):
    bruno = make_person("Bruno Firm")
    act_for(bruno, expression)
    return bruno


@pytest.fixture
def firm_in(bruno_himself) -> Client:
    return enter(Client(), bruno_himself)


@pytest.fixture
def invitation(amina, world, expression) -> Invitation:
    return Invitation.objects.create(
        code="I-TEST",
        candidate=amina,
        call=world.call,
        recipient=expression.employer.code,
        invited_at=OFFICE_DAY,
        invited_by="U-CARLA",
    )


@pytest.fixture
def pia_in(world) -> Client:
    """Pia, publisher of the same office."""
    return enter(Client(), person("Pia", "publisher", office=world.call.publisher))


def body(answer) -> str:
    return answer.content.decode()


# --- the office ---


def test_an_officer_invites_from_the_file(carla_in, amina, admitted, world):
    answer = carla_in.post(
        reverse("office:roster_invite", args=[amina.code]), {"invite-firm": f"{world.call.code} {admitted}"}
    )

    assert answer["Location"] == reverse("office:roster_person", args=[amina.code])
    assert [each.recipient for each in Invitation.objects.all()] == [admitted]


def test_a_refused_invitation_says_why_on_the_same_page(carla_in, amina, admitted, world):
    answer = carla_in.post(
        reverse("office:roster_invite", args=[amina.code]),
        {"invite-firm": f"{world.call.code} {admitted}", "invite-due_on": "2001-01-01"},
    )

    assert answer.status_code == 422
    assert "The last day to answer must not lie in the past." in body(answer)


def test_the_file_shows_who_was_invited_and_takes_it_back(carla_in, amina, invitation, expression):
    page = body(carla_in.get(reverse("office:roster_person", args=[amina.code])))
    assert expression.employer.name in page

    carla_in.post(reverse("office:roster_recall_invitation", args=[amina.code, invitation.code]))

    invitation.refresh_from_db()
    assert invitation.recalled_at is not None


@pytest.mark.parametrize("kind", ["anonymous", "full"])
def test_a_curriculum_is_a_pdf_and_the_look_is_written_down(carla_in, amina, kind):
    answer = carla_in.get(reverse("office:roster_curriculum", args=[amina.code, kind, "it"]))

    assert answer.content.startswith(b"%PDF")
    assert Entry.objects.filter(verb="candidate.seen", facts__what="curriculum").count() == 1


@pytest.mark.parametrize(("kind", "language"), [("secret", "it"), ("full", "xx")])
def test_there_is_no_other_curriculum(carla_in, amina, kind, language):
    address = reverse("office:roster_curriculum", args=[amina.code, kind, language])

    assert carla_in.get(address).status_code == 404


def test_an_officer_of_another_office_finds_nobody(amina, world):
    other = make_person("Olaf", "officer", organisation=make_organisation("far-office").code)

    answer = enter(Client(), other).get(reverse("office:roster_curriculum", args=[amina.code, "full", "it"]))

    assert answer.status_code == 404


# --- the list of names ---


@pytest.fixture
def desk_list(world, amina) -> RosterList:
    made = RosterList.objects.create(
        code="RL-TEST",
        scheme=world.call.scheme,
        organisation=world.call.publisher,
        kind="working",
        name="For the firm",
        made_at=OFFICE_DAY,
        made_by="U-CARLA",
    )
    ListEntry.objects.create(roster_list=made, candidate=amina, added_at=OFFICE_DAY, added_by="U-CARLA")
    return made


def draw_up(client, world, admitted, desk_list):
    return client.post(
        reverse("office:roster_names"),
        {
            "firm": f"{world.call.code} {admitted}",
            "people": desk_list.code,
            "columns": ["surnames", "given_names", "profiles"],
            "basis": "6(1)(e)",
            "citation": "avviso §1",
        },
    )


def test_a_list_of_names_goes_from_one_person_to_the_other_and_to_the_firm(
    carla_in, pia_in, firm_in, world, admitted, desk_list
):
    drawn = draw_up(carla_in, world, admitted, desk_list)
    made = NamedList.objects.get()
    assert drawn["Location"] == reverse("office:roster_names_of", args=[made.code])

    assert carla_in.post(reverse("office:roster_names_release", args=[made.code])).status_code == 403
    pia_in.post(reverse("office:roster_names_release", args=[made.code]))

    assert "EL IDRISSI" in body(firm_in.get(reverse("portal:named_list", args=[made.code])))
    assert b"EL IDRISSI" in firm_in.get(reverse("portal:named_list_file", args=[made.code])).content


def test_amina_reads_that_she_was_named_and_that_the_firm_looked(
    carla_in, pia_in, firm_in, amina_in, amina, world, admitted, desk_list, expression
):
    draw_up(carla_in, world, admitted, desk_list)
    made = NamedList.objects.get()
    pia_in.post(reverse("office:roster_names_release", args=[made.code]))
    firm_in.get(reverse("portal:named_list", args=[made.code]))

    page = body(amina_in.get(reverse("portal:candidate", args=[amina.code])))

    told = ("was given your name on a list", "your name on a list")
    assert [words in page for words in told] == [True, True]
    assert expression.employer.name in page


def test_a_recalled_list_is_gone_from_the_firm(carla_in, pia_in, firm_in, world, admitted, desk_list):
    draw_up(carla_in, world, admitted, desk_list)
    made = NamedList.objects.get()
    pia_in.post(reverse("office:roster_names_release", args=[made.code]))
    assert firm_in.get(reverse("portal:named_list", args=[made.code])).status_code == 200

    pia_in.post(reverse("office:roster_names_recall", args=[made.code]), {"reason": "not admitted"})

    assert firm_in.get(reverse("portal:named_list", args=[made.code])).status_code == 404


def test_a_recall_without_a_reason_says_so(carla_in, world, admitted, desk_list):
    draw_up(carla_in, world, admitted, desk_list)
    made = NamedList.objects.get()

    answer = carla_in.post(reverse("office:roster_names_recall", args=[made.code]), {"reason": ""})

    assert answer.status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_however_many(
    carla_in, world, admitted, desk_list, count, django_assert_max_num_queries
):
    for _each in range(count):
        draw_up(carla_in, world, admitted, desk_list)

    with django_assert_max_num_queries(26):
        assert carla_in.get(reverse("office:roster_names")).status_code == 200


@pytest.mark.parametrize("name", ["office:roster_names"])
def test_a_stranger_is_led_to_the_sign_in(client, name):
    assert reverse("account_login") in client.get(reverse(name))["Location"]


def test_a_reviewer_draws_up_no_names(dario_in):
    assert dario_in.get(reverse("office:roster_names")).status_code == 403


# --- the firm ---


def test_a_firm_sees_the_person_under_a_code(firm_in, invitation):
    page = body(firm_in.get(reverse("portal:profiles")))

    assert (invitation.code in page, "EL IDRISSI" in page) == (True, False)


def test_the_profile_says_nothing_of_the_name_before_a_yes(firm_in, invitation):
    page = body(firm_in.get(reverse("portal:profile", args=[invitation.code])))

    assert [word for word in ("EL IDRISSI", "AMINA", "الإدريسي", "+212") if word in page] == []


def test_the_look_of_a_firm_is_written_down_for_the_person(firm_in, invitation, amina, expression):
    firm_in.get(reverse("portal:profile", args=[invitation.code]))

    (look,) = Entry.objects.filter(subject=amina.code, verb="candidate.seen")
    assert look.facts == {"what": "profile", "organisation": expression.employer.code}


def test_a_firm_takes_the_curriculum_along(firm_in, invitation):
    answer = firm_in.get(reverse("portal:profile_curriculum", args=[invitation.code, "fr"]))

    assert answer.content.startswith(b"%PDF")


def test_another_firm_finds_nothing(invitation, world):
    nobody = enter(Client(), make_person("Nadia"))

    found = [
        nobody.get(reverse("portal:profile", args=[invitation.code])).status_code,
        nobody.get(reverse("portal:profile_curriculum", args=[invitation.code, "it"])).status_code,
    ]
    assert found == [404, 404]
    assert invitation.code not in body(nobody.get(reverse("portal:profiles")))


def test_strangers_are_led_to_the_sign_in(client, invitation):
    for name, args in (("profiles", []), ("profile", [invitation.code])):
        assert reverse("account_login") in client.get(reverse(f"portal:{name}", args=args))["Location"]


# --- the person ---


def test_amina_says_yes_and_the_firm_reads_her_name(amina_in, firm_in, amina, invitation):
    address = reverse("portal:invitation", args=[amina.code, invitation.code])
    assert "A firm would like to meet you" in body(amina_in.get(address))

    amina_in.post(address, {"answer": "accepted"})

    assert "AMINA EL IDRISSI" in body(firm_in.get(reverse("portal:profile", args=[invitation.code])))


def test_amina_says_no_and_nobody_asks_why(amina_in, firm_in, amina, invitation):
    amina_in.post(reverse("portal:invitation", args=[amina.code, invitation.code]), {"answer": "declined"})

    assert firm_in.get(reverse("portal:profile", args=[invitation.code])).status_code == 404


def test_nobody_opens_the_invitation_of_another_person(firm_in, carla_in, amina, invitation):
    address = reverse("portal:invitation", args=[amina.code, invitation.code])

    assert [client.get(address).status_code for client in (firm_in, carla_in)] == [404, 404]


@pytest.mark.parametrize("kind", ["anonymous", "full"])
def test_amina_reads_what_firms_read(amina_in, amina, kind):
    answer = amina_in.get(reverse("portal:own_curriculum", args=[amina.code, kind, "fr"]))

    assert answer.content.startswith(b"%PDF")


def test_the_curriculum_of_another_person_is_not_there(firm_in, amina):
    answer = firm_in.get(reverse("portal:own_curriculum", args=[amina.code, "full", "fr"]))

    assert answer.status_code == 404
