"""The desk of duplicates: the queue, two side by side, deciding, undoing, looking while somebody writes."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.candidates.making import NOON, make_candidate, make_passport
from tests.web.office.roster_words import part
from tests.web.office.world import enter, person
from tragitto.candidates.actions import likeness
from tragitto.candidates.models import Candidate, LikePair, Merge, Work
from tragitto.candidates.queries import like_pairs
from tragitto.candidates.vocabulary import Likeness
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.ledger.models import Entry
from tragitto.schemes.vocabulary import RosterStatus

pytestmark = pytest.mark.django_db

BORN = date(1998, 3, 14)


@pytest.fixture(autouse=True)
def _noon(world, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def two(world) -> LikePair:
    return twice(world.call.scheme)


def twice(scheme, **more) -> LikePair:
    """Somebody registered twice, the second time by ear."""
    first = make_candidate(scheme, birth_on=BORN, **more)
    named = {"surnames": "IDRISSI", "given_names": "AMEENA", "arabic_surnames": "", "arabic_given_names": ""}
    second = make_candidate(scheme, birth_on=BORN, passport=None, **named | more)
    likeness.note(candidates=[second.pk], scheme=scheme.pk, actor=Actor.system("task"), at=NOON)
    return LikePair.objects.get(first=first, second=second)


def url(name: str, *codes: str) -> str:
    return reverse(f"office:roster_{name}", args=codes)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def standing(pair: LikePair) -> list[str]:
    return [Candidate.objects.get(pk=key).status for key in (pair.first_id, pair.second_id)]


def test_the_queue_says_who_and_why(carla_in, two):
    said = text(carla_in.get(url("duplicates")))

    assert "AMINA EL IDRISSI" in said
    assert "Same names, Same birth, Same town" in said
    assert "To be decided" in said


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_however_long(carla_in, world, count, django_assert_num_queries):
    for number in range(count):
        pair_of_strangers(world.call.scheme, number)
    carla_in.get(url("duplicates"))

    with django_assert_num_queries(6):
        said = text(carla_in.get(url("duplicates")))

    assert said.count("data-row") == count


def test_side_by_side_the_letters_that_differ_are_marked_and_the_look_is_written_down(carla_in, two):
    said = text(carla_in.get(url("pair", two.code)))

    assert "<mark>EL </mark>IDRISSI" in said
    assert "Merge the two" in said
    looks = Entry.objects.filter(verb="candidate.seen").order_by("pk")
    assert [each.subject for each in looks] == [two.first.code, two.second.code]


def test_carla_merges_the_two_and_dario_undoes_it(carla_in, dario_in, two):
    data = {"same-kept": two.first.code, "same-ground": "The same card, seen twice"}
    answer = carla_in.post(url("same", two.code), data)

    assert (answer.status_code, answer["Location"]) == (302, url("duplicates"))
    assert standing(two) == [RosterStatus.ACTIVE, RosterStatus.MERGED]
    assert "Undo the merge" in text(dario_in.get(url("pair", two.code)))

    answer = dario_in.post(url("pair_again", two.code))

    assert (answer.status_code, standing(two)) == (302, [RosterStatus.ACTIVE, RosterStatus.ACTIVE])
    assert Merge.objects.get().undone_at == NOON


def test_carla_tells_the_two_apart_and_takes_it_back(carla_in, two):
    carla_in.post(url("apart", two.code), {"apart-ground": "Two cards on my desk"})
    two.refresh_from_db()
    assert two.state == Likeness.DIFFERENT
    assert "Two cards on my desk" in text(carla_in.get(url("pair", two.code)))

    carla_in.post(url("pair_again", two.code))

    two.refresh_from_db()
    assert two.state == Likeness.OPEN


def test_after_a_decision_comes_the_next_pair(carla_in, world, two):
    following = pair_of_strangers(world.call.scheme, 1)

    answer = carla_in.post(url("apart", two.code), {"apart-ground": "Two cards"})

    assert answer["Location"] == url("pair", following.code)


@pytest.mark.parametrize(
    ("verb", "data"),
    [("same", {"same-kept": "C-NOBODY", "same-ground": "x"}), ("apart", {"apart-ground": ""})],
)
def test_a_decision_that_is_not_whole_is_asked_for_again(carla_in, two, verb, data):
    answer = carla_in.post(url(verb, two.code), data)

    two.refresh_from_db()
    assert (answer.status_code, two.state) == (422, Likeness.OPEN)
    assert 'aria-invalid="true"' in text(answer)


def test_a_decision_that_another_took_is_not_taken_again(carla_in, dario_in, two):
    dario_in.post(url("apart", two.code), {"apart-ground": "Two cards"})

    answer = carla_in.post(url("same", two.code), {"same-kept": two.first.code, "same-ground": "One"})

    assert answer.status_code == 422
    assert "Somebody has decided about these two meanwhile" in text(answer)
    assert standing(two) == [RosterStatus.ACTIVE, RosterStatus.ACTIVE]


def test_a_pair_that_is_gone_leads_back_to_the_list(carla_in, two, monkeypatch):
    """Somebody merged one of the two into a third, between the look at the pair and the decision."""
    seen = like_pairs.pair_for

    def looks_first(actor, code):
        pair = seen(actor, code)
        LikePair.objects.all().delete()
        return pair

    monkeypatch.setattr(like_pairs, "pair_for", looks_first)

    answer = carla_in.post(url("apart", two.code), {"apart-ground": "Two cards"}, follow=True)

    assert answer.redirect_chain == [(url("duplicates"), 302)]
    assert "These two are no longer alike, or one of them was merged" in text(answer)


def test_an_observer_and_another_office_and_a_stranger_see_no_pair(olga_in, sara_herself, two):
    assert olga_in.get(url("pair", two.code)).status_code == 403
    sara_in = enter(Client(), sara_herself)
    assert sara_in.get(url("pair", two.code)).status_code == 404
    assert two.first.code not in text(sara_in.get(url("duplicates")))
    assert sara_in.post(url("apart", two.code), {"apart-ground": "x"}).status_code == 404
    for name in ("duplicates", "like"):
        assert Client().get(url(name)).status_code == 302


def test_nobody_sees_a_pair_of_their_own(carla_in, carla_herself, two):
    Candidate.objects.filter(pk=two.second_id).update(account=carla_herself.code)

    assert carla_in.get(url("pair", two.code)).status_code == 404


def test_who_looks_like_somebody_appears_while_it_is_written(carla_in, two):
    written = {"surnames": "idrissi", "given_names": "amina", "birth_on": "1998-03-14", "phone": "+2126"}

    part_alone = carla_in.post(url("like"), written, headers={"HX-Request": "true"})

    assert "<html" not in text(part_alone)
    assert "2 people on the roster look like this:" in text(part_alone)
    assert two.first.code in text(part_alone)


def test_half_of_a_birth_and_no_number_bring_nobody(carla_in, two):
    answer = carla_in.post(url("like"), {"surnames": "IDRISSI", "birth_on": "1998-03"})

    assert "Nobody on the roster looks like this" in text(answer)


def test_a_number_alone_is_enough_in_any_writing(carla_in, two):
    make_passport(two.second, number="QX7654321")

    answer = carla_in.post(url("like"), {"number": "qx 765-4321"})

    assert "1 person on the roster looks like this:" in text(answer)


def test_the_registration_being_written_on_is_left_out(carla_in, two):
    written = {"surnames": "IDRISSI", "given_names": "AMINA", "birth_on": "1998-03-14"}

    answer = carla_in.post(f"{url('like')}?but={two.first.code}", written, headers={"HX-Request": "true"})

    assert two.first.code not in text(answer)
    assert two.second.code in text(answer)


def test_another_office_looks_for_nobody(sara_herself, two):
    sara_in = enter(Client(), sara_herself)

    answer = sara_in.post(
        url("like"), {"birth_on": "1998-03-14", "surnames": "IDRISSI", "given_names": "AMINA"}
    )

    assert "Nobody on the roster looks like this" in text(answer)


def test_the_file_says_who_looks_like_the_person(carla_in, two):
    said = part(carla_in.get(reverse("office:roster_person", args=[two.first.code])), "duplicates_panel")

    assert two.second.code in said
    assert "Same names, Same birth, Same town" in said


def test_two_are_put_side_by_side_from_the_file(carla_in, world):
    first = make_candidate(world.call.scheme, birth_on=BORN)
    second = make_candidate(
        world.call.scheme, birth_on=date(1970, 7, 7), surnames="TAZI", given_names="KENZA"
    )

    answer = carla_in.post(url("beside", first.code), {"beside-other": f" {second.code.lower()} "})

    assert answer["Location"] == url("pair", LikePair.objects.get().code)
    refused = carla_in.post(url("beside", first.code), {"beside-other": "C-NOBODY"})
    assert refused.status_code == 422
    assert "No registration has this code" in part(refused, "duplicates_panel")


def test_everybody_is_compared_when_carla_says_so(carla_in, two):
    scheme = two.first.scheme.code

    answer = carla_in.post(url("compare", scheme))
    again = carla_in.post(url("compare", scheme))

    assert (answer["Location"], again.status_code) == (url("work"), 422)
    assert "The roster is being compared already" in text(again)
    assert Work.objects.get().total == 2


def test_only_deciders_order_a_comparison(olga_in, sara_herself, two):
    assert olga_in.post(url("compare", two.first.scheme.code)).status_code == 403
    assert enter(Client(), sara_herself).post(url("compare", two.first.scheme.code)).status_code == 404


def test_an_administrator_looks_and_does_not_decide(carla_in, world, two):
    ada_in = enter(Client(), person("Ada", "administrator", office=world.call.publisher))

    assert "decide, never about themselves" in text(ada_in.get(url("pair", two.code)))
    assert ada_in.post(url("apart", two.code), {"apart-ground": "x"}).status_code == 403


def pair_of_strangers(scheme, number: int) -> LikePair:
    """Two people somewhat alike, of a birth of their own."""
    born = date(1980, 1, 1 + number)
    first = make_candidate(scheme, birth_on=born, surnames="TAZI", given_names="KENZA")
    second = make_candidate(scheme, birth_on=born, surnames="TAZI", given_names="KENZA", passport=None)
    likeness.note(candidates=[second.pk], scheme=scheme.pk, actor=Actor.system("task"), at=NOON)
    return LikePair.objects.get(first=first, second=second)
