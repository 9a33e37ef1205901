"""Inviting somebody to meet a firm: no name without a yes, no harm from a no."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.candidates.calls import lombardia, pack, published, veneto  # noqa: F401
from tests.candidates.making import AMINA, CARLA, DARIO, ELIF, NOON, STRANGER, make_candidate, make_scheme
from tragitto.candidates.actions import listing
from tragitto.candidates.actions.inviting import answer_invitation, invite, recall_invitation
from tragitto.candidates.models import Candidate, Consent, Invitation, RosterList
from tragitto.candidates.queries import disclosure
from tragitto.candidates.vocabulary import Answer, ListKind
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound
from tragitto.ledger.models import Entry
from tragitto.schemes.models import Call

FIRM, OTHER_FIRM = "E-BRUNO", "E-OTHER"
ON = NOON.date()


def consent(person: Candidate) -> Consent:
    """The person lets firms see the profile without the name."""
    return Consent.objects.create(
        candidate=person,
        code="show-anonymous-profile",
        roster_version=1,
        language="fr",
        given_at=NOON,
    )


def kept_out(
    person: Candidate, *, about: str = "", kind: ListKind = ListKind.EXCLUSION, name: str = "Not again"
) -> RosterList:
    """A list of Carla's organisation on which `person` stands."""
    made = listing.make_list(scheme=person.scheme, kind=kind, name=name, about=about, actor=CARLA, at=NOON)
    listing.put_on_list(roster_list=made, candidates=[person.code], actor=CARLA, at=NOON)
    return made


@pytest.fixture
def amina(veneto) -> Candidate:  # noqa: F811
    person = make_candidate(make_scheme(), account=AMINA.code)
    consent(person)
    return person


@pytest.fixture
def invited(amina, veneto) -> Invitation:  # noqa: F811
    return invite(candidate=amina, call=veneto, recipient=FIRM, due_on=None, actor=CARLA, at=NOON)


def codes(refusal) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def names_seen(firm: str) -> list[str]:
    return [each.sheet.full_name for each in disclosure.shown_to([firm], on=ON)]


def test_an_invited_person_is_shown_without_a_name(invited):
    assert names_seen(FIRM) == [""]


@pytest.mark.parametrize("about", ["", "the call", "the firm"])
def test_nobody_is_invited_whom_a_list_keeps_out(amina, veneto, about):  # noqa: F811
    kept_out(amina, about={"the call": veneto.code.upper(), "the firm": f" {FIRM}"}.get(about, ""))

    with pytest.raises(Blocked) as refusal:
        invite(candidate=amina, call=veneto, recipient=FIRM, actor=CARLA, at=NOON)

    assert codes(refusal) == ["kept_out"]
    assert "“Not again”" in str(refusal.value.findings[0].text)


def test_a_list_about_another_firm_or_closed_or_to_work_through_keeps_nobody_out(amina, veneto):  # noqa: F811
    kept_out(amina, about=OTHER_FIRM)
    closed = kept_out(make_candidate(amina.scheme), name="Closed")
    listing.put_on_list(roster_list=closed, candidates=[amina.code], actor=CARLA, at=NOON)
    listing.close_list(roster_list=closed, actor=CARLA, at=NOON)
    kept_out(amina, kind=ListKind.WORKING, name="To call")

    assert invite(candidate=amina, call=veneto, recipient=FIRM, actor=CARLA, at=NOON).code


def test_another_firm_sees_nothing(invited):
    assert disclosure.shown_to([OTHER_FIRM], on=ON) == []
    with pytest.raises(NotFound):
        disclosure.shown([OTHER_FIRM], invited.code, on=ON)


def test_a_yes_shows_the_name_to_that_firm_alone(invited, amina, veneto):  # noqa: F811
    invite(candidate=amina, call=veneto, recipient=OTHER_FIRM, actor=CARLA, at=NOON)

    answer_invitation(invitation=invited, answer=Answer.ACCEPTED, actor=AMINA, at=NOON)

    assert (names_seen(FIRM), names_seen(OTHER_FIRM)) == (["AMINA EL IDRISSI"], [""])


def test_a_no_hides_the_person_and_leaves_the_place(invited, amina):
    answer_invitation(invitation=invited, answer=Answer.DECLINED, actor=AMINA, at=NOON)

    again = Candidate.objects.get(pk=amina.pk)
    assert names_seen(FIRM) == []
    assert (again.status, again.seniority_at) == (amina.status, amina.seniority_at)


def test_a_yes_may_become_a_no(invited):
    answer_invitation(invitation=invited, answer=Answer.ACCEPTED, actor=AMINA, at=NOON)

    answer_invitation(invitation=invited, answer=Answer.DECLINED, actor=AMINA, at=NOON)

    assert names_seen(FIRM) == []


def test_the_same_invitation_twice_is_one(invited, amina, veneto):  # noqa: F811
    again = invite(candidate=amina, call=veneto, recipient=FIRM, actor=CARLA, at=NOON)

    assert again == invited
    assert Entry.objects.filter(verb="candidate.invited").count() == 1


def test_the_same_answer_twice_is_written_down_once(invited):
    for _each in range(2):
        answer_invitation(invitation=invited, answer=Answer.ACCEPTED, actor=AMINA, at=NOON)

    assert Entry.objects.filter(verb="candidate.invitation_answered").count() == 1


def test_a_withdrawn_consent_hides_the_person_at_once(invited, amina):
    Consent.objects.filter(candidate=amina).update(withdrawn_at=NOON)

    assert names_seen(FIRM) == []


def test_a_recalled_invitation_shows_nobody(invited):
    recall_invitation(invitation=invited, actor=CARLA, at=NOON)

    assert names_seen(FIRM) == []


def test_a_recalled_invitation_cannot_be_answered(invited):
    recall_invitation(invitation=invited, actor=CARLA, at=NOON)

    with pytest.raises(Blocked) as refusal:
        answer_invitation(invitation=invited, answer=Answer.ACCEPTED, actor=AMINA, at=NOON)

    assert codes(refusal) == ["invitation_recalled"]


def test_after_the_term_there_is_no_yes(amina, veneto):  # noqa: F811
    asked = invite(candidate=amina, call=veneto, recipient=FIRM, due_on=ON, actor=CARLA, at=NOON)

    with pytest.raises(Blocked) as refusal:
        answer_invitation(invitation=asked, answer=Answer.ACCEPTED, actor=AMINA, at=NOON + timedelta(days=1))

    assert codes(refusal) == ["invitation_over"]


def test_after_the_term_a_no_is_heard(amina, veneto):  # noqa: F811
    asked = invite(candidate=amina, call=veneto, recipient=FIRM, due_on=ON, actor=CARLA, at=NOON)

    answer_invitation(invitation=asked, answer=Answer.DECLINED, actor=AMINA, at=NOON + timedelta(days=1))

    assert names_seen(FIRM) == []


@pytest.mark.parametrize("actor", [ELIF, STRANGER, AMINA, DARIO], ids=str)
def test_only_an_officer_of_a_keeper_invites(amina, veneto, actor):  # noqa: F811
    with pytest.raises(NotAllowed):
        invite(candidate=amina, call=veneto, recipient=FIRM, actor=actor, at=NOON)


@pytest.mark.parametrize("actor", [CARLA, ELIF, STRANGER], ids=str)
def test_nobody_answers_for_the_person(invited, actor):
    with pytest.raises(NotAllowed):
        answer_invitation(invitation=invited, answer=Answer.ACCEPTED, actor=actor, at=NOON)


def test_who_did_not_consent_is_shown_to_nobody(veneto):  # noqa: F811
    silent = make_candidate(make_scheme())

    with pytest.raises(Blocked) as refusal:
        invite(candidate=silent, call=veneto, recipient=FIRM, actor=CARLA, at=NOON)

    assert codes(refusal) == ["no_consent"]


def test_who_is_not_on_the_roster_now_is_not_invited(veneto):  # noqa: F811
    paused = make_candidate(make_scheme(), status="paused")
    consent(paused)

    with pytest.raises(Blocked) as refusal:
        invite(candidate=paused, call=veneto, recipient=FIRM, actor=CARLA, at=NOON)

    assert codes(refusal) == ["not_on_roster"]


def test_a_call_in_draft_shows_nobody(amina, veneto):  # noqa: F811
    draft = Call(**{f.attname: getattr(veneto, f.attname) for f in Call._meta.fields})
    draft.status = "draft"

    with pytest.raises(Blocked) as refusal:
        invite(candidate=amina, call=draft, recipient=FIRM, actor=CARLA, at=NOON)

    assert codes(refusal) == ["call_not_published"]


def test_a_term_in_the_past_is_refused(amina, veneto):  # noqa: F811
    yesterday = ON - timedelta(days=1)

    with pytest.raises(Blocked) as refusal:
        invite(candidate=amina, call=veneto, recipient=FIRM, due_on=yesterday, actor=CARLA, at=NOON)

    assert codes(refusal) == ["term_over"]


def test_an_answer_before_the_question_cannot_be_written(invited):
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=invited.pk).update(
            answer=Answer.ACCEPTED, answered_at=NOON - timedelta(seconds=1)
        )


@pytest.mark.parametrize("count", [1, 3])
def test_profiles_cost_the_same_however_many(veneto, count, django_assert_num_queries):  # noqa: F811
    for _each in range(count):
        person = make_candidate(make_scheme())
        consent(person)
        invite(candidate=person, call=veneto, recipient=FIRM, actor=CARLA, at=NOON)

    with django_assert_num_queries(9):
        assert len(disclosure.shown_to([FIRM], on=ON)) == count
