"""What the engine reads of people and posts: what they can do and wish, and nothing else."""

from datetime import date

import pytest

from tests.candidates.making import AMINA, CARLA, NOON, make_candidate
from tests.selection.making import TINA, make_person_on_roster, make_position, make_post, make_round
from tests.selection.matched import LATER, offered
from tragitto.candidates.actions import listing
from tragitto.candidates.models import CandidateSkill, Diploma, Experience, Invitation, LanguageLevel
from tragitto.candidates.vocabulary import Answer, ListKind, Mastery, Proof
from tragitto.kernel.codes import new_code
from tragitto.selection.actions import offering, rounds, running, shortlisting
from tragitto.selection.models import Match, Shortlisted
from tragitto.selection.queries.snapshots import snapshot
from tragitto.selection.vocabulary import MatchEnd
from tragitto_matching import files
from tragitto_matching.explaining import why_not
from tragitto_matching.instance import Instance

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def taken(made) -> Instance:
    return snapshot(made.round, on=TODAY).instance


def codes(instance: Instance) -> list[str]:
    return instance.candidates.codes.tolist()


def held(mask: int, names: tuple[str, ...]) -> list[str]:
    return [name for bit, name in enumerate(names) if int(mask) >> bit & 1]


def test_people_stand_in_the_order_of_the_roster():
    made = make_round(posts=1, candidates=3)

    assert codes(taken(made)) == [each.code for each in made.candidates]


def test_posts_stand_in_the_order_of_filing():
    made = make_round(posts=3, candidates=0)

    assert taken(made).posts.codes.tolist() == [each.code for each in made.posts]


def test_who_did_not_consent_is_not_read():
    made = make_round(posts=1, candidates=2)
    made.amina.consents.update(withdrawn_at=NOON)

    assert codes(taken(made)) == [made.candidates[1].code]


@pytest.mark.parametrize("status", ["paused", "reserved", "withdrawn", "lapsed"])
def test_who_is_not_on_the_roster_now_is_not_read(status):
    made = make_round(posts=1, candidates=2)
    made.amina.status = status
    made.amina.save(update_fields=["status"])

    assert codes(taken(made)) == [made.candidates[1].code]


def test_levels_schooling_and_years():
    made = make_round(posts=1, candidates=1)
    LanguageLevel.objects.create(candidate=made.amina, tongue="fr", level="C1", proof=Proof.SAID)
    for eqf in (3, 5):
        Diploma.objects.create(
            candidate=made.amina, code=new_code("DP"), title="x", eqf=eqf, proof=Proof.SAID
        )

    found = taken(made)

    assert found.candidates.schooling.tolist() == [5]
    assert [found.candidates.levels[0][found.languages.index(each)] for each in ("it", "fr", "en")] == [
        3,
        5,
        0,
    ]


def test_years_are_those_told_or_those_worked():
    made = make_round(posts=1, candidates=1)
    (offered,) = made.amina.profiles.all()
    made.amina.profiles.update(years=1)
    Experience.objects.create(
        candidate=made.amina,
        code=new_code("X"),
        profile=offered.profile,
        role="welder",
        begins_on=date(2020, 1, 1),
        ends_on=date(2022, 12, 1),
    )

    found = taken(made)

    assert found.candidates.years[0][found.profiles.index(offered.profile.code)] == 3


@pytest.mark.parametrize(
    ("mastery", "proof", "counts"),
    [
        (Mastery.BEGUN, Proof.SAID, False),
        (Mastery.GUIDED, Proof.PAPER, False),
        (Mastery.ALONE, Proof.SAID, True),
        (Mastery.TEACHES, Proof.SAID, True),
        (Mastery.GUIDED, Proof.TESTED, True),
    ],
)
def test_a_skill_counts_when_somebody_does_it_alone_or_was_tested(mastery, proof, counts):
    made = make_round(posts=1, candidates=1)
    made.amina.skills.all().delete()
    CandidateSkill.objects.create(
        candidate=made.amina, skill="weld-121", mastery=mastery, proof=proof, confirmed_by="U-CARLA"
    )

    found = taken(made)

    at = found.skills.index("weld-121")
    assert bool(int(found.candidates.skills[0][at // 64]) >> at % 64 & 1) is counts


@pytest.mark.parametrize(
    ("proof", "until", "is_valid"),
    [
        (Proof.PAPER, TODAY, True),
        (Proof.PAPER, None, True),
        (Proof.PAPER, date(2026, 11, 22), False),
        (Proof.SAID, TODAY, False),
    ],
)
def test_a_licence_is_valid_on_the_day(proof, until, is_valid):
    made = make_round(posts=1, candidates=1)
    licence = taken(made).licences[0]
    CandidateSkill.objects.create(candidate=made.amina, skill=licence, proof=proof, valid_until=until)

    assert held(taken(made).candidates.licences[0], taken(made).licences) == ([licence] if is_valid else [])


def test_who_names_no_region_and_no_shift_accepts_all():
    made = make_round(posts=1, candidates=1)
    made.amina.regions, made.amina.shifts = [], []
    made.amina.save(update_fields=["regions", "shifts"])

    found = taken(made)

    assert held(found.candidates.regions[0], found.regions) == list(found.regions)
    assert held(found.candidates.shifts[0], found.shifts) == list(found.shifts)


def test_only_a_region_named_alone_is_the_one_wished_most():
    made = make_round(posts=1, candidates=2)
    made.amina.regions = ["veneto"]
    made.amina.save(update_fields=["regions"])

    found = taken(made)

    assert found.candidates.first_region.tolist() == [found.regions.index("veneto"), -1]


def apart(made) -> list[tuple[str, str]]:
    found = taken(made)
    return [(codes(found)[who], found.posts.codes.tolist()[post]) for who, post in found.excluded]


@pytest.mark.parametrize("about", ["", "call", "firm"])
def test_a_list_keeps_people_out_of_what_it_is_about(about):
    made = make_round(posts=2, candidates=1)
    words = {"": "", "call": made.call.code, "firm": made.firms[0].code}
    kept = listing.make_list(
        scheme=made.scheme,
        kind=ListKind.EXCLUSION,
        name="Not again",
        about=words[about],
        actor=CARLA,
        at=NOON,
    )
    kept.entries.create(candidate=made.amina, added_at=NOON, added_by=CARLA.code)

    wanted = made.posts[:1] if about == "firm" else made.posts
    assert apart(made) == [(made.amina.code, each.code) for each in wanted]


def test_a_list_to_work_through_keeps_nobody_out():
    made = make_round(posts=1, candidates=1)
    kept = listing.make_list(
        scheme=made.scheme, kind=ListKind.WORKING, name="To call", about="", actor=CARLA, at=NOON
    )
    kept.entries.create(candidate=made.amina, added_at=NOON, added_by=CARLA.code)

    assert apart(made) == []


def test_a_no_to_a_firm_is_not_asked_again():
    made = make_round(posts=2, candidates=1)
    Invitation.objects.create(
        code="I-NO",
        candidate=made.amina,
        call=made.call,
        recipient=made.firms[0].code,
        invited_at=NOON,
        invited_by="U-TINA",
        answer=Answer.DECLINED,
        answered_at=NOON,
    )

    assert apart(made) == [(made.amina.code, made.posts[0].code)]


def test_who_was_taken_off_a_list_is_not_proposed_for_it_again():
    made = make_round(posts=2, candidates=1)
    Shortlisted.objects.create(
        code="SL-1",
        post=made.posts[1],
        candidate=made.amina,
        place=1,
        added_at=NOON,
        added_by="U-TINA",
        added_ground="knows the firm",
        removed_at=NOON,
        removed_by="U-TINA",
        removed_ground="by mistake",
    )

    assert apart(made) == [(made.amina.code, made.posts[1].code)]


def test_what_a_post_asks_for_keeps_people_out_with_every_reason():
    made = make_round(posts=0, candidates=1)
    position = make_position(made.call)
    make_post(
        made.round,
        position,
        least_levels={"it": "C1"},
        least_years=50,
        must_skills=["weld-135"],
        shifts=["night"],
        starts_on=date(2026, 11, 25),
    )

    reasons = {each.code for each in why_not(taken(made), 0, 0)}

    assert reasons == {"level", "years", "skills", "shifts", "availability"}


def test_nothing_that_tells_who_somebody_is_goes_in():
    made = make_round(posts=1, candidates=1)
    other = make_candidate(made.scheme)
    content = files.write(taken(made)).decode()

    identity = made.amina.identity
    for word in (
        identity.surnames,
        identity.given_names,
        identity.phone,
        identity.town,
        str(identity.birth_on),
    ):
        assert word not in content
    assert other.code not in content


@pytest.mark.parametrize("people", [1, 3])
def test_the_queries_are_as_many_for_one_person_as_for_three(people, django_assert_num_queries):
    made = make_round(posts=people, candidates=people)

    with django_assert_num_queries(17):
        snapshot(made.round, on=TODAY)


def test_one_person_alone_may_be_read():
    made = make_round(posts=1, candidates=3)

    found = snapshot(made.round, on=TODAY, people=[made.candidates[2].pk])

    assert codes(found.instance) == [made.candidates[2].code]


def test_of_equal_seniority_the_first_registered_comes_first():
    made = make_round(posts=1, candidates=1)
    later = make_person_on_roster(made.scheme, 0)
    later.seniority_at = made.amina.seniority_at
    later.save(update_fields=["seniority_at"])

    assert codes(taken(made)) == [made.amina.code, later.code]


def matched(made, post: int = 0) -> Match:
    """Amina holds a seat of this post."""
    run = running.propose(round=made.round, actor=TINA, at=NOON)
    shortlisting.take_up(run=run, actor=TINA, at=NOON)
    row = made.amina.shortlisted.filter(post=made.posts[post]).first() or made.amina.shortlisted.first()
    made.amina.status = "reserved"
    made.amina.save(update_fields=["status"])
    return Match.objects.create(
        code="MT-1",
        post=row.post,
        candidate=made.amina,
        shortlisted=row,
        run=run,
        matched_at=NOON,
        matched_by=TINA.code,
    )


def test_who_holds_a_seat_is_placed_though_no_longer_free():
    made = make_round(posts=1, candidates=2)
    matched(made)

    found = taken(made)

    assert codes(found) == [each.code for each in made.candidates]
    assert (found.placed.tolist(), found.seats_left().tolist()) == ([[0, 0]], [0])


def test_who_gave_the_seat_back_holds_none():
    made = make_round(posts=1, candidates=2)
    match = matched(made)
    match.ended_at, match.end = NOON, MatchEnd.OFFER_DECLINED
    match.save()

    found = taken(made)

    assert (codes(found), found.seats_left().tolist()) == ([made.candidates[1].code], [1])


def test_the_next_round_offers_the_free_seats_alone():
    made = make_round(posts=1, candidates=2, seats=2)
    offer = offered(matched(made))
    offering.answer_offer(offer=offer, accepts=True, actor=AMINA, at=LATER)
    rounds.close_round(round=made.round, actor=TINA, at=NOON)

    second = rounds.draft_round(scheme=made.scheme, actor=TINA, at=NOON)

    assert [each.seats for each in second.posts.all()] == [1]
