"""Who looks like whom: the points of the rules, what the database finds, what a person decides."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates.making import (
    AMINA,
    CARLA,
    DARIO,
    ELIF,
    NOON,
    OTHER_PARTNER,
    STRANGER,
    make_candidate,
    make_passport,
    make_scheme,
)
from tragitto.candidates.actions import comparing, likeness
from tragitto.candidates.models import Identity, LikePair, NameVariant, Work
from tragitto.candidates.queries import likeness as queries
from tragitto.candidates.rules.likely_names import names_of
from tragitto.candidates.rules.likeness import (
    POINTS,
    SHARED_BY_MANY,
    SHOWN,
    Facts,
    Paper,
    Roster,
    compare,
    reason_of_births,
    turned,
)
from tragitto.candidates.vocabulary import Likeness, LikeReason, WorkState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.models import Entry

BORN = date(1998, 3, 14)
HOUSE = Actor.system("task")


def facts(key=1, surnames="EL IDRISSI", given="AMINA", arabic=("", ""), **more) -> Facts:
    told = {"birth_on": BORN} | more
    return Facts(key=key, names=(names_of(surnames, given, *arabic),), **told)


def reasons(one: Facts, other: Facts) -> list[str]:
    like = compare(one, other)
    return [each.value for each in like.reasons] if like else []


@pytest.mark.parametrize(
    ("surnames", "given", "says"),
    [
        ("EL IDRISSI", "AMINA", "same_names"),
        ("ELIDRISSI", "AMINA", "sound_alike"),
        ("AL IDRISSI", "AMEENA", "same_names"),
        ("IDRISSI", "AMINA", "same_names"),
        ("IDRISSI AMINA", "AMINA", "part_of_names"),
        ("EL IDRISSI BENNANI", "AMINA", "part_of_names"),
        ("EL IDRISSI", "FATIMA AMINA", "part_of_names"),
        ("EL IDRISI", "AMNIA", "sound_alike"),
        ("EL IDRISSO", "AMIPA", "names_alike"),
    ],
)
def test_spellings_of_one_name_are_seen(surnames, given, says):
    assert reasons(facts(), facts(2, surnames, given)) == [says, "same_birth"]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("AMINE", ("الإدريسي", "أمين")), ("AMINA", ("الإدريسي", "أمينة"))),
        (("RACHID", ("", "")), ("RACHIDA", ("", ""))),
        (("HASSAN", ("الإدريسي", "حسن")), ("HOUSSINE", ("الإدريسي", "حسين"))),
        (("AMINA", ("", "")), ("KHADIJA", ("", ""))),
    ],
)
def test_brothers_and_sisters_of_one_day_are_not_one_person(mine, theirs):
    twin = {"phone": "+212600000001", "town": "FES"}
    one = facts(1, "EL IDRISSI", mine[0], mine[1], **twin)
    other = facts(2, "EL IDRISSI", theirs[0], theirs[1], **twin)

    assert compare(one, other) is None


def test_arabic_letters_alone_meet_latin_ones():
    latin = facts(1, "EL IDRISSI", "MOHAMMED")
    arabic = facts(2, "", "", ("الإدريسي", "محمد"))

    assert reasons(latin, arabic) == ["sound_alike", "same_birth"]


def test_names_written_in_each_others_place_are_seen():
    assert reasons(facts(), facts(2, "AMINA", "EL IDRISSI")) == ["same_names", "names_turned", "same_birth"]


def test_another_day_of_birth_keeps_namesakes_apart():
    assert compare(facts(), facts(2, birth_on=date(1998, 11, 2))) is None


@pytest.mark.parametrize(
    ("born", "says"),
    [
        (date(1998, 3, 14), "same_birth"),
        (date(1998, 1, 1), "birth_year"),
        (date(1998, 3, 15), "birth_slip"),
        (date(1988, 3, 14), "birth_slip"),
        (date(1998, 4, 25), "other_birth"),
    ],
)
def test_what_two_births_say(born, says):
    assert reason_of_births(BORN, born) == says


def test_day_and_month_turned_are_seen():
    assert reason_of_births(date(1998, 3, 4), date(1998, 4, 3)) == LikeReason.BIRTH_TURNED
    assert turned(date(1998, 3, 4)) == date(1998, 4, 3)
    assert turned(BORN) is None
    assert reason_of_births(BORN, None) is None


def test_two_numbers_of_a_national_card_are_two_people():
    one, other = facts(person_number="BE123456"), facts(2, person_number="K45678")

    assert compare(one, other) is None


def test_one_slip_in_a_number_speaks_for_one_person():
    one, other = facts(person_number="BE123456"), facts(2, person_number="BE123465")

    assert reasons(one, other) == ["person_number_slip", "same_names", "same_birth"]


def test_the_same_number_is_shown_whatever_else_differs():
    one = facts(person_number="BE123456")
    other = facts(2, "TAZI", "YOUSSEF", birth_on=date(1970, 7, 7), person_number="BE123456")

    like = compare(one, other)

    assert like is not None
    assert (like.score, like.reasons) == (
        SHOWN,
        (LikeReason.SAME_PERSON_NUMBER, LikeReason.OTHER_NAMES, LikeReason.OTHER_BIRTH),
    )


def test_a_renewed_passport_says_nothing_and_two_at_once_speak_against():
    old = Paper("passport", "MAR", "AB1111111", date(2019, 5, 2), date(2024, 5, 2))
    new = Paper("passport", "MAR", "CD2222222", date(2024, 3, 1), date(2029, 3, 1))
    beside = Paper("passport", "MAR", "EF3333333", date(2020, 1, 1), date(2025, 1, 1))

    assert reasons(facts(papers=(old,)), facts(2, papers=(new,))) == ["same_names", "same_birth"]
    assert compare(facts(papers=(old,)), facts(2, papers=(beside,))) is None


def test_every_reason_has_its_points():
    assert sorted(POINTS) == sorted(LikeReason)


@given(st.permutations([facts(), facts(2, "IDRISSI", "AMEENA"), facts(3, birth_on=date(1998, 1, 1))]))
def test_likeness_has_no_direction(people):
    one, other, _third = people
    there, back = compare(one, other), compare(other, one)

    assert (there and (there.score, there.reasons)) == (back and (back.score, back.reasons))


def test_a_batch_is_compared_with_itself():
    rows = [facts(-1), facts(-2, "TAZI", "YOUSSEF"), facts(-3, "ELIDRISSI", "AMINA")]

    assert [like.second for like in Roster(rows).like(rows[0])] == [-3]


def test_a_telephone_of_many_brings_nobody_together():
    shop = [facts(key, birth_on=None, phone="+212600000001") for key in range(SHARED_BY_MANY + 1)]

    assert Roster(shop).near(shop[0]) == {}
    assert len(Roster(shop[:2]).near(shop[0])) == 1


# In the database.


@pytest.fixture
def scheme(db):
    return make_scheme()


@pytest.fixture
def two(scheme):
    """Amina, registered a second time by somebody who wrote her name by ear."""
    first = make_candidate(scheme, birth_on=BORN)
    second = make_candidate(scheme, birth_on=BORN, surnames="IDRISSI", given_names="AMEENA", passport=None)
    return first, second


def note(*people, at=NOON) -> int:
    keys = [each.pk for each in people]
    return likeness.note(candidates=keys, scheme=people[0].scheme_id, actor=HOUSE, at=at)


def the_pair(*people) -> LikePair:
    note(*people)
    return LikePair.objects.select_related("first__scheme", "second__scheme").get()


def test_who_looks_alike_is_written_down_once(two):
    assert (note(*two), note(*two)) == (1, 0)

    pair = LikePair.objects.get()
    assert (pair.first, pair.second, pair.state) == (*two, Likeness.OPEN)
    assert pair.reasons == ["same_names", "same_birth", "same_town"]


def test_a_slip_in_both_names_is_found_by_how_they_begin(scheme):
    first = make_candidate(scheme, birth_on=BORN, surnames="BENSALEM", given_names="KHADIJA")
    second = make_candidate(scheme, birth_on=BORN, surnames="BENSALEB", given_names="KHADIJJA", passport=None)

    assert note(first, second) == 1


def test_a_turned_birth_is_found(scheme):
    first = make_candidate(scheme, birth_on=date(1998, 3, 4))
    second = make_candidate(scheme, birth_on=date(1998, 4, 3), passport=None)

    assert note(second) == 1
    assert LikePair.objects.get().first == first


@pytest.mark.parametrize("status", ["registering", "withdrawn"])
def test_drafts_and_the_withdrawn_are_not_compared(scheme, status):
    first = make_candidate(scheme, birth_on=BORN)
    make_candidate(scheme, birth_on=BORN, status=status)

    assert note(first) == 0


def test_another_spelling_that_was_met_counts(two):
    _first, second = two
    Identity.objects.filter(candidate=second).update(
        surnames="BERRADA", given_names="KENZA", arabic_surnames="", arabic_given_names=""
    )
    assert note(*two) == 0

    NameVariant.objects.create(
        candidate=second, script="latin", surnames="EL IDRISSI", given_names="AMINA", found_in="diploma"
    )
    Identity.objects.filter(candidate=second).update(name_keys=["DRS"])

    assert note(*two) == 1


def test_a_pair_that_no_longer_looks_alike_goes(two):
    note(*two)
    Identity.objects.filter(candidate=two[1]).update(birth_on=date(1970, 7, 7))

    note(two[1])

    assert list(LikePair.objects.all()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_for_many(scheme, count, django_assert_num_queries):
    for _each in range(count):
        make_candidate(scheme, birth_on=BORN)
    draft = facts(0, arabic=("الإدريسي", "أمينة"))

    with django_assert_num_queries(4):
        found = queries.like(draft, scheme=scheme.pk)

    assert len(found) == count


@pytest.mark.parametrize(
    ("born", "is_told"), [(BORN, True), (date(1990, 1, 2), False), (None, False)], ids=str
)
def test_who_registers_is_told_of_a_known_document_only_with_the_birth(scheme, born, is_told):
    known = make_candidate(scheme, birth_on=BORN, passport={"number": "AB1234567"})
    draft = make_candidate(scheme, birth_on=born, status="registering", passport={"number": "AB1234567"})

    assert queries.is_here_already(draft) == is_told
    assert not queries.is_here_already(known)


def test_carla_tells_two_apart_and_says_how_she_knows(two):
    pair = the_pair(*two)

    likeness.tell_apart(pair=pair, ground="Two cards seen side by side", actor=CARLA, at=NOON)

    pair.refresh_from_db()
    assert (pair.state, pair.decided_by, pair.ground) == (
        Likeness.DIFFERENT,
        CARLA.code,
        "Two cards seen side by side",
    )
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.subject, entry.facts) == (
        "likeness.told_apart",
        pair.code,
        {"first": two[0].code, "second": two[1].code},
    )


def test_what_was_decided_is_not_found_again(two):
    pair = the_pair(*two)
    likeness.tell_apart(pair=pair, ground="Two cards", actor=CARLA, at=NOON)

    assert note(*two) == 0
    assert LikePair.objects.get().state == Likeness.DIFFERENT


def test_telling_apart_needs_a_ground(two):
    with pytest.raises(Blocked) as refusal, transaction.atomic():
        likeness.tell_apart(pair=the_pair(*two), ground=" ", actor=CARLA, at=NOON)

    assert [each.code for each in refusal.value.findings] == ["ground_missing"]


@pytest.mark.parametrize("actor", [AMINA, ELIF, OTHER_PARTNER, STRANGER], ids=lambda each: each.code)
def test_only_the_desk_of_a_keeper_decides(two, actor):
    with pytest.raises(NotAllowed), transaction.atomic():
        likeness.tell_apart(pair=the_pair(*two), ground="Seen", actor=actor, at=NOON)


def test_nobody_decides_about_their_own_registration(scheme):
    own = make_candidate(scheme, birth_on=BORN, account=CARLA.code)
    other = make_candidate(scheme, birth_on=BORN)

    with pytest.raises(NotAllowed), transaction.atomic():
        likeness.tell_apart(pair=the_pair(own, other), ground="It is not me", actor=CARLA, at=NOON)


def test_a_decision_is_taken_once_and_can_be_taken_up_again(two):
    pair = the_pair(*two)
    likeness.tell_apart(pair=pair, ground="Two cards", actor=CARLA, at=NOON)
    with pytest.raises(Stale), transaction.atomic():
        likeness.tell_apart(pair=pair, ground="Two cards", actor=DARIO, at=NOON)

    likeness.take_up_again(pair=pair, actor=DARIO, at=NOON)

    pair.refresh_from_db()
    assert (pair.state, pair.decided_by, pair.decided_at) == (Likeness.OPEN, "", None)
    with pytest.raises(Stale), transaction.atomic():
        likeness.take_up_again(pair=pair, actor=DARIO, at=NOON)


def test_two_can_be_put_side_by_side_by_hand_and_stay_there(scheme):
    first = make_candidate(scheme, birth_on=BORN)
    second = make_candidate(scheme, surnames="TAZI", given_names="KENZA", birth_on=date(1970, 7, 7))

    pair = likeness.put_side_by_side(one=second, other=first, actor=CARLA, at=NOON)
    again = likeness.put_side_by_side(one=first, other=second, actor=DARIO, at=NOON)
    note(first, second)

    assert (pair.first, pair.second, again) == (first, second, pair)
    assert LikePair.objects.get().reasons[-1] == LikeReason.BY_HAND


def test_a_person_is_not_put_beside_themselves_nor_beside_a_draft(two, scheme):
    first, _second = two
    draft = make_candidate(scheme, status="withdrawn")

    for other in (first, draft):
        with pytest.raises(Blocked) as refusal, transaction.atomic():
            likeness.put_side_by_side(one=first, other=other, actor=CARLA, at=NOON)
        assert [each.code for each in refusal.value.findings] == ["not_comparable"]


# The whole roster.


@pytest.fixture
def dario_holds_a_role(monkeypatch):
    """Work is done as who ordered it may today: without people who sign in, as Dario."""
    monkeypatch.setattr("tragitto.candidates.queries.works.orderer", lambda work, *, on: DARIO)


def begun(work: Work) -> Work:
    work.state = WorkState.RUNNING
    work.save(update_fields=["state"])
    return work


@pytest.mark.usefixtures("dario_holds_a_role")
def test_the_whole_roster_is_compared_in_slices(two, monkeypatch):
    monkeypatch.setattr(comparing, "AT_A_TIME", 1)
    work = begun(comparing.order_comparison(scheme=two[0].scheme, actor=DARIO, at=NOON))

    comparing.carry_out(work=work, actor=HOUSE, at=NOON)

    work.refresh_from_db()
    assert (work.state, work.total, work.done, work.cursor) == (WorkState.DONE, 2, 2, two[1].pk)
    assert work.outcome == {"open_pairs": 1}


@pytest.mark.usefixtures("dario_holds_a_role")
def test_a_killed_comparison_goes_on_where_it_stood(two, monkeypatch):
    monkeypatch.setattr(comparing, "AT_A_TIME", 1)
    work = begun(comparing.order_comparison(scheme=two[0].scheme, actor=DARIO, at=NOON))
    seen, real = [], likeness.note

    def dies(*, candidates, **more):
        seen.extend(candidates)
        if len(seen) == 2:
            raise ConnectionError
        return real(candidates=candidates, **more)

    monkeypatch.setattr(likeness, "note", dies)
    with pytest.raises(ConnectionError):
        comparing.carry_out(work=work, actor=HOUSE, at=NOON)
    work.refresh_from_db()
    assert work.cursor == two[0].pk

    comparing.carry_out(work=work, actor=HOUSE, at=NOON)

    work.refresh_from_db()
    assert (seen, work.state) == ([two[0].pk, two[1].pk, two[1].pk], WorkState.DONE)


@pytest.mark.usefixtures("dario_holds_a_role")
def test_a_cancelled_comparison_stops(two):
    work = begun(comparing.order_comparison(scheme=two[0].scheme, actor=DARIO, at=NOON))
    Work.objects.filter(pk=work.pk).update(state=WorkState.CANCELLED, ended_at=NOON)

    comparing.carry_out(work=work, actor=HOUSE, at=NOON)

    work.refresh_from_db()
    assert (work.state, work.outcome) == (WorkState.CANCELLED, {})


def test_one_comparison_at_a_time_and_by_the_desk_alone(two):
    scheme = two[0].scheme
    with pytest.raises(NotAllowed), transaction.atomic():
        comparing.order_comparison(scheme=scheme, actor=ELIF, at=NOON)
    comparing.order_comparison(scheme=scheme, actor=CARLA, at=NOON)

    with pytest.raises(Blocked) as refusal, transaction.atomic():
        comparing.order_comparison(scheme=scheme, actor=DARIO, at=NOON)

    assert [each.code for each in refusal.value.findings] == ["being_compared"]


def test_every_night_everybody_is_compared(two):
    assert comparing.compare_every_roster(actor=HOUSE, at=NOON) == 1
    assert comparing.compare_every_roster(actor=HOUSE, at=NOON) == 0


def test_the_same_passport_is_seen_at_once(scheme):
    first = make_candidate(scheme, birth_on=BORN, passport={"number": "AB1234567"})
    second = make_candidate(
        scheme, birth_on=date(1970, 7, 7), surnames="TAZI", given_names="KENZA", passport=None
    )
    make_passport(second, number="AB1234567")

    assert note(second) == 1
    assert LikePair.objects.get().first == first


def test_the_documentation_prints_the_points():
    page = (Path(__file__).parents[2] / "docs" / "duplicates.md").read_text()

    printed = {name: int(points) for name, points in re.findall(r"^\| `(\w+)` \| (-?\d+) \|$", page, re.M)}

    assert printed == {str(reason): points for reason, points in POINTS.items()}
    assert f"From {SHOWN} points on a pair is shown." in page
