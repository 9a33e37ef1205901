"""The keepers' desk: search, changes of many, exports, lists, figures; and the wrong people there."""

from contextlib import suppress
from itertools import product

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.accounts.signing_in import make_organisation, make_person
from tests.candidates.making import make_candidate
from tests.web.office.roster_words import part
from tests.web.office.world import enter, person
from tragitto.candidates.actions import indexing, listing, working
from tragitto.candidates.actions.exporting import make_export
from tragitto.candidates.models import Candidate, RosterList, SavedSearch, Work
from tragitto.candidates.queries import lists
from tragitto.candidates.vocabulary import ListKind
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.ledger.models import Entry
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ReasonUse, RosterStatus

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("task")


@pytest.fixture
def scheme(world):
    return world.call.scheme


@pytest.fixture
def amina(scheme) -> Candidate:
    return known(scheme, code="C-AMINA", surnames="EL IDRISSI", given_names="AMINA")


@pytest.fixture
def salma(scheme) -> Candidate:
    return known(
        scheme, code="C-SALMA", surnames="TAZI", given_names="SALMA", arabic_surnames="التازي",
        arabic_given_names="سلمى",
    )  # fmt: skip


@pytest.fixture
def carla(carla_herself, world) -> Actor:
    return Actor(carla_herself.code, world.call.publisher.code, frozenset({"officer"}), "office")


@pytest.fixture
def roster_list(scheme, carla) -> RosterList:
    return listing.make_list(
        scheme=scheme, kind=ListKind.WORKING, name="Welders of June", actor=carla, at=clock.now()
    )


def known(scheme, **changes) -> Candidate:
    made = make_candidate(scheme, **changes)
    indexing.refresh([made.pk])
    return made


def at(name: str, *args: str, query: str = "") -> str:
    return reverse(f"office:{name}", args=args) + query


def pausing(scheme) -> str:
    return roster_of(scheme).reason_for(ReasonUse.PAUSING).code


# --- search ---


def test_people_are_found_by_name_and_by_filters(carla_in, amina, salma):
    profile = amina.profiles.get().profile.code

    page = carla_in.get(at("roster", query=f"?name=tazi&profile={profile}&status=active"))

    assert page.context["found"].people == [salma]
    assert "1 person" in page.text
    assert "TAZI" in page.text


def test_a_criterion_that_is_none_is_refused_in_words(carla_in, amina):
    page = carla_in.get(at("roster", query="?sex=f"))

    assert page.status_code == 422
    assert "People are not searched by “sex”: take it out of the address." in page.text
    assert "C-AMINA" not in page.text


@pytest.mark.parametrize("wrong", ["status=asleep", "language_it=C9", "available_by=soon", "eqf=99"])
def test_an_answer_that_cannot_be_read_searches_nobody(carla_in, amina, wrong):
    page = carla_in.get(at("roster", query=f"?{wrong}"))

    assert (page.status_code, "found" in page.context) == (422, False)


def test_the_next_page_keeps_the_search(carla_in, scheme, amina):
    for _each in range(25):
        known(scheme)

    first = carla_in.get(at("roster", query="?status=active"))
    second = carla_in.get(at("roster", query=f"?status=active&after={first.context['found'].after}"))

    assert "?status=active&amp;after=" in first.text
    assert len(second.context["found"].people) == 1
    assert "?status=active&amp;before=" in second.text


def test_nobody_found_says_what_to_do(carla_in, scheme):
    assert "try another spelling" in carla_in.get(at("roster", query="?name=zzz")).text


def test_an_observer_searches_and_finds_nothing_to_press(olga_in, amina):
    page = olga_in.get(at("roster"))

    assert page.context["found"].people == [amina]
    assert at("roster_change") not in page.text
    assert at("roster_export") not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_search_costs_the_same_however_many(carla_in, scheme, count, django_assert_num_queries):
    for _each in range(count):
        known(scheme, registered_by="anapec")
    carla_in.get(at("roster"))

    with django_assert_num_queries(SEARCH_QUERIES):
        carla_in.get(at("roster"))


#: The session, the person and their standing are five of them.
SEARCH_QUERIES = 18


def test_the_rail_leads_to_the_roster(carla_in, scheme):
    assert f'href="{at("roster")}" aria-current="page"' in carla_in.get(at("roster")).text


# --- kept searches ---


def test_a_search_is_kept_run_again_and_forgotten(carla_in, scheme, amina, salma):
    carla_in.post(at("roster_save_search", query="?name=tazi"), {"name": "Tazi", "is_shared": "on"})
    kept = SavedSearch.objects.get()

    again = carla_in.get(at("roster_saved_search", kept.code), follow=True)
    assert again.context["found"].people == [salma]

    carla_in.post(at("roster_drop_search", kept.code))
    assert not SavedSearch.objects.exists()


def test_a_search_needs_a_name(carla_in, scheme):
    page = carla_in.post(at("roster_save_search", query="?name=tazi"), {"name": ""})

    assert (page.status_code, SavedSearch.objects.count()) == (422, 0)


def test_somebody_else_s_search_is_not_dropped(carla_in, dario_in, scheme):
    carla_in.post(at("roster_save_search"), {"name": "All", "is_shared": "on"})

    page = dario_in.post(at("roster_drop_search", SavedSearch.objects.get().code))

    assert page.status_code == 403
    assert "ask them to drop it" in page.text


# --- changes of many ---


def test_many_are_seen_before_they_are_changed(carla_in, scheme, amina, salma):
    Candidate.objects.filter(pk=salma.pk).update(status=RosterStatus.PAUSED)
    asked = {"who": "ticked", "person": ["C-AMINA", "C-SALMA"], "act": "move", "reason": pausing(scheme)}

    seen = carla_in.post(at("roster_change"), asked)

    assert "1 person would be touched" in seen.text
    assert "This does not follow where the registration stands now" in seen.text
    assert not Work.objects.exists()

    done = carla_in.post(at("roster_change"), asked | {"seen": seen.context["preview"].digest})
    assert (done.status_code, done.url) == (302, at("roster_work"))
    assert Work.objects.get().parameters["people"] == ["C-AMINA"]


def test_all_of_a_search_are_meant(carla_in, scheme, amina, salma):
    page = carla_in.post(at("roster_change", query="?name=tazi"), {"who": "all"})

    assert list(page.context["people"].codes) == ["C-SALMA"]
    assert "Change 1 person" in page.text


def test_others_than_were_seen_are_looked_at_again(carla_in, scheme, amina):
    asked = {"who": "all", "act": "move", "reason": pausing(scheme)}
    seen = carla_in.post(at("roster_change"), asked).context["preview"].digest
    known(scheme)

    page = carla_in.post(at("roster_change"), asked | {"seen": seen})

    assert page.status_code == 422
    assert "look again at who would be touched" in page.text
    assert "2 people would be touched" in page.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"act": ""}, "Choose what is to be done."),
        ({"act": "move"}, "Choose the reason for the change of status."),
        ({"act": "list"}, "Choose the list."),
        ({"act": "erase"}, "Select a valid choice"),
    ],
)
def test_a_change_that_is_not_whole_is_asked_for(carla_in, amina, asked, said):
    page = carla_in.post(at("roster_change"), {"who": "all", **asked})

    assert (page.status_code, said in page.text) == (422, True)


def test_nobody_ticked_is_said(carla_in, amina):
    assert "Nobody was ticked" in carla_in.post(at("roster_change"), {"who": "ticked"}).text


def test_too_many_are_not_shown(carla_in, amina, salma, monkeypatch):
    monkeypatch.setattr("tragitto.web.office.views.roster.bulk.MOST", 1)

    page = carla_in.post(at("roster_change"), {"who": "all"})

    assert "too many to look through" in page.text


# --- exports and work ---


def test_an_export_is_ordered_made_and_fetched(carla_in, carla, scheme, amina):
    asked = {"who": "all", "columns": ["code", "surnames"], "form": "csv"}
    assert "Export 1 person" in carla_in.post(at("roster_export"), {"who": "all"}).text
    assert carla_in.post(at("roster_export"), asked).url == at("roster_work")
    work = Work.objects.get()
    assert "Waiting" in carla_in.get(at("roster_work")).text

    begun = working.begin(code=work.code, actor=HOUSE, at=clock.now())
    make_export(work=begun, actor=HOUSE, at=clock.now())
    answer = carla_in.get(at("roster_work_file", work.code))

    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "C-AMINA,EL IDRISSI" in answer.content.decode("utf-8-sig")
    assert Entry.objects.filter(verb="roster.export_fetched", subject=work.code).exists()


def test_a_file_that_was_forgotten_is_not_there(carla_in, amina):
    carla_in.post(at("roster_export"), {"who": "all", "columns": ["code"], "form": "csv"})

    assert carla_in.get(at("roster_work_file", Work.objects.get().code)).status_code == 404


def test_an_export_without_columns_is_asked_for_some(carla_in, amina):
    page = carla_in.post(at("roster_export"), {"who": "all", "form": "csv"})

    assert (page.status_code, "Choose at least one column." in page.text) == (422, True)


def test_work_is_cancelled_once(carla_in, amina):
    carla_in.post(at("roster_export"), {"who": "all", "columns": ["code"], "form": "csv"})
    code = Work.objects.get().code

    assert "Stopped" in carla_in.post(at("roster_cancel_work", code), follow=True).text
    assert "has ended meanwhile" in carla_in.post(at("roster_cancel_work", code)).text


def test_the_list_of_work_refreshes_itself_while_something_moves(carla_in, amina):
    carla_in.post(at("roster_export"), {"who": "all", "columns": ["code"], "form": "csv"})
    moving = carla_in.get(at("roster_work"), headers={"HX-Request": "true"}).text
    carla_in.post(at("roster_cancel_work", Work.objects.get().code))
    still = carla_in.get(at("roster_work"), headers={"HX-Request": "true"}).text

    assert ("<html" in moving, "every 3s" in moving, "every 3s" in still) == (False, True, False)


def test_somebody_else_s_work_is_not_there(carla_in, dario_in, amina):
    carla_in.post(at("roster_export"), {"who": "all", "columns": ["code"], "form": "csv"})

    answers = [
        dario_in.get(at("roster_work_one", Work.objects.get().code)),
        dario_in.post(at("roster_cancel_work", Work.objects.get().code)),
    ]

    assert [each.status_code for each in answers] == [404, 404]


# --- lists ---


def test_a_list_is_made_filled_emptied_and_closed(carla_in, amina):
    made = carla_in.post(at("roster_lists"), {"name": "Not again", "kind": "exclusion"}, follow=True)
    code = RosterList.objects.get().code
    assert "Nobody is on this list" in made.text

    carla_in.post(at("roster_put", "C-AMINA"), {"list-roster_list": code, "list-note": "said no"})
    assert "said no" in carla_in.get(at("roster_list", code)).text

    carla_in.post(at("roster_take_off", code), {"person": "C-AMINA"})
    assert "Nobody is on this list" in carla_in.get(at("roster_list", code)).text

    carla_in.post(at("roster_close_list", code))
    assert "Not again" not in carla_in.get(at("roster_lists")).text


def test_the_file_of_a_person_says_on_which_lists_they_stand(carla_in, carla, amina, roster_list):
    listing.put_on_list(
        roster_list=roster_list, candidates=["C-AMINA"], note="calm", actor=carla, at=clock.now()
    )

    said = part(carla_in.get(at("roster_person", "C-AMINA")), "person_lists")

    assert "Welders of June (To work through) : calm" in said


def test_a_name_that_is_taken_is_said(carla_in, scheme, roster_list):
    page = carla_in.post(at("roster_lists"), {"name": "Welders of June", "kind": "working"})

    assert (page.status_code, "There is a list of this name already" in page.text) == (422, True)


def test_an_administrator_reads_lists_and_changes_none(scheme, world, amina, roster_list):
    adele = enter(Client(), person("Adele", "administrator", office=world.call.publisher))

    read = adele.get(at("roster_list", roster_list.code))
    put = adele.post(at("roster_put", "C-AMINA"), {"list-roster_list": roster_list.code})

    assert (read.status_code, put.status_code) == (200, 403)
    assert list(lists.entries(roster_list)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_however_long(
    carla_in, carla, scheme, roster_list, count, django_assert_num_queries
):
    people = [known(scheme).code for _each in range(count)]
    listing.put_on_list(roster_list=roster_list, candidates=people, actor=carla, at=clock.now())
    carla_in.get(at("roster_list", roster_list.code))

    with django_assert_num_queries(LIST_QUERIES):
        carla_in.get(at("roster_list", roster_list.code))


LIST_QUERIES = 9


# --- figures ---


def test_figures_hide_small_numbers_and_say_so(carla_in, scheme, amina):
    page = carla_in.get(at("roster_figures"))

    assert page.context["told"].total is None
    assert "it is under five" in page.text


def test_figures_are_saved_as_a_table(carla_in, scheme):
    for _each in range(5):
        known(scheme)

    answer = carla_in.get(at("roster_figures_file", query="?by=status&across=registrar"))

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Status / Registered by,Nobody else,All"
    assert lines[1:] == ["On the roster,5,5", "All,5,5"]


def test_one_thing_across_itself_is_refused(carla_in, scheme):
    page = carla_in.get(at("roster_figures", query="?by=status&across=status"))

    assert (page.status_code, "Choose another thing for the columns" in page.text) == (422, True)


# --- a person's file ---


def test_looking_at_a_file_is_written_down_once_a_while(carla_in, amina):
    carla_in.get(at("roster_person", "C-AMINA"))
    carla_in.get(at("roster_person", "C-AMINA"))

    told = Entry.objects.get(verb="candidate.seen", subject="C-AMINA")
    assert told.facts == {"what": "file", "organisation": told.facts["organisation"]}


def test_a_refused_form_that_shows_the_file_is_a_look_too(carla_in, amina, roster_list):
    page = carla_in.post(at("roster_put", "C-AMINA"), {})

    assert (page.status_code, "EL IDRISSI" in page.text) == (422, True)
    assert Entry.objects.get(verb="candidate.seen", subject="C-AMINA").facts["what"] == "file"


def test_a_draft_is_nobody_s_business(carla_in, scheme):
    draft = make_candidate(scheme, status=RosterStatus.REGISTERING)

    assert carla_in.get(at("roster_person", draft.code)).status_code == 404


def test_names_stand_apart_from_the_direction_of_the_page(carla_in, amina):
    page = carla_in.get(at("roster_person", "C-AMINA"))

    assert '<bdi lang="fr" dir="ltr">AMINA EL IDRISSI</bdi>' in page.text
    assert '<bdi lang="ar" dir="rtl">' in page.text


# --- the wrong people, on every page of the roster, whoever built it ---


def everywhere() -> dict[str, str]:
    """Every address of the roster in the office by its name, about things that may not be there."""
    _namespace, resolver = get_resolver().namespace_dict["office"]
    found = {}
    for name in resolver.reverse_dict:
        if isinstance(name, str) and name.startswith("roster"):
            ((_pattern, parameters),) = resolver.reverse_dict.getlist(name)[0][0]
            found[name] = at_last(name, parameters)
    return found


def at_last(name: str, parameters: list[str]) -> str:
    """The address with a code, or a word where no code fits."""
    for given in product(*(("C-AMINA", "x") for _each in parameters)):
        with suppress(NoReverseMatch):
            return at(name, *given)
    raise AssertionError(name)


def send(client: Client, address: str):
    """Looked at, or written to where that alone is offered."""
    answer = client.get(address)
    return client.post(address) if answer.status_code == 405 else answer


ADDRESSES = everywhere()


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_is_led_to_the_sign_in(client, amina, name):
    answer = send(client, ADDRESSES[name])

    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize("name", ADDRESSES)
def test_who_has_no_role_of_the_office_stays_outside(amina, name):
    elif_in = enter(Client(), make_person("Elif", "partner", organisation="anapec"))

    assert send(elif_in, ADDRESSES[name]).status_code == 403


#: Pages about everything of the actor's own organisation: empty, where it keeps nothing.
EMPTY = {
    "roster_documents",
    "roster_duplicates",
    "roster_like",
    "roster_names",
    "roster_papers",
    "roster_to_check",
    "roster_work",
}


@pytest.mark.parametrize("name", [each for each in ADDRESSES if each not in EMPTY])
def test_an_office_that_keeps_no_roster_finds_nothing(amina, name):
    elsa = person("Elsa", "officer", "publisher", office=make_organisation("keeps-nothing"))

    assert send(enter(Client(), elsa), ADDRESSES[name]).status_code == 404


@pytest.mark.parametrize("name", ["roster", "roster_lists", "roster_work", "roster_figures", "roster_person"])
def test_it_speaks_arabic_from_right_to_left(carla_in, amina, name):
    carla_in.cookies["django_language"] = "ar"

    page = carla_in.get(ADDRESSES[name])

    assert (page.status_code, '<html lang="ar" dir="rtl">' in page.text) == (200, True)


@pytest.mark.parametrize(
    "name",
    [
        "roster_change",
        "roster_export",
        "roster_close_list",
        "roster_take_off",
        "roster_cancel_work",
        "roster_put",
    ],
)
def test_an_observer_writes_nothing(olga_in, amina, name):
    assert olga_in.post(ADDRESSES[name]).status_code == 403


def test_a_refused_panel_keeps_its_place(amina, carla_in, roster_list):
    page = carla_in.post(at("roster_put", "C-AMINA"), {"list-roster_list": "RL-NOTHERE"})

    keys = [each.key for each in page.context["panels"]]
    assert (page.status_code, len(keys), keys.count("person_lists")) == (422, len(set(keys)), 1)
