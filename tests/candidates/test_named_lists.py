"""Lists of names: promised by the call, drawn up by one person, released by another, taken back."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from tests.candidates.calls import lombardia, pack, published, veneto  # noqa: F401
from tests.candidates.making import (
    CARLA,
    DARIO,
    KEEPER_ORGANISATION,
    NOON,
    STRANGER,
    make_candidate,
    make_scheme,
)
from tests.candidates.test_inviting import consent, kept_out
from tragitto.candidates.actions.named_lists import make_named_list, recall_named_list, release_named_list
from tragitto.candidates.models import Candidate, Consent, NamedList
from tragitto.candidates.queries import named_lists
from tragitto.kernel.actors import Actor
from tragitto.kernel.declarations import Basis
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound
from tragitto.ledger.models import Entry

FIRM = "E-BRUNO"
PAOLA = Actor("U-PAOLA", KEEPER_ORGANISATION, frozenset({"publisher"}), "office")
CITATION = "avviso §1"


@pytest.fixture
def people(lombardia):  # noqa: F811
    found = [make_candidate(make_scheme(), surnames=name) for name in ("ALAOUI", "BENNANI")]
    for each in found:
        consent(each)
    return found


def drawn_up(call, people, **changes) -> NamedList:
    said = {
        "call": call,
        "recipient": FIRM,
        "candidates": people,
        "columns": ["given_names", "surnames"],
        "basis": Basis.PUBLIC_TASK,
        "citation": CITATION,
        "actor": CARLA,
        "at": NOON,
    }
    return make_named_list(**said | changes)


@pytest.fixture
def made(lombardia, people) -> NamedList:  # noqa: F811
    return drawn_up(lombardia, people)


def codes(refusal) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def names(given) -> list[list[str]]:
    """What the firm reads of the list today."""
    return [said for _person, said in named_lists.lines_of(given)]


def test_a_list_drawn_up_gives_nothing_yet(made):
    assert list(named_lists.given_to([FIRM])) == []


def test_a_second_person_gives_the_names_in_order(made):
    release_named_list(named_list=made, actor=PAOLA, at=NOON)

    (given,) = named_lists.given_to([FIRM])
    assert names(given) == [["ALAOUI", "AMINA"], ["BENNANI", "AMINA"]]


def test_everybody_named_can_read_that_they_were(made, people):
    release_named_list(named_list=made, actor=PAOLA, at=NOON)

    told = Entry.objects.filter(verb="candidate.named").order_by("pk")
    assert [(each.subject, each.facts["recipient"]) for each in told] == [
        (each.code, FIRM) for each in people
    ]


def test_nobody_is_named_whom_a_list_keeps_out(lombardia, people):  # noqa: F811
    kept_out(people[1], about=FIRM)

    with pytest.raises(Blocked) as refusal:
        drawn_up(lombardia, people)

    assert codes(refusal) == ["kept_out"]
    assert f"{people[1].code} is on the list “Not again”" in str(refusal.value.findings[0].text)


def test_whoever_was_kept_out_meanwhile_is_left_out(made, people):
    kept_out(people[0])

    release_named_list(named_list=made, actor=PAOLA, at=NOON)

    (given,) = named_lists.given_to([FIRM])
    assert names(given) == [["BENNANI", "AMINA"]]


def test_whoever_drew_it_up_does_not_release_it(made):
    with pytest.raises(NotAllowed) as refusal:
        release_named_list(named_list=made, actor=CARLA, at=NOON)

    assert codes(refusal) == ["second_person"]


def test_the_database_knows_the_second_person_too(made):
    with pytest.raises(IntegrityError), transaction.atomic():
        NamedList.objects.filter(pk=made.pk).update(released_by=F("made_by"), released_at=NOON)


def test_a_consent_withdrawn_meanwhile_leaves_the_person_out(made, people):
    Consent.objects.filter(candidate=people[0]).update(withdrawn_at=NOON)

    given = release_named_list(named_list=made, actor=PAOLA, at=NOON)

    assert names(given) == [["BENNANI", "AMINA"]]


def test_a_consent_withdrawn_after_the_release_takes_the_name_away_at_once(made, people):
    given = release_named_list(named_list=made, actor=PAOLA, at=NOON)

    Consent.objects.filter(candidate=people[0]).update(withdrawn_at=NOON)

    assert names(given) == [["BENNANI", "AMINA"]]


def test_whoever_withdrew_from_the_roster_is_read_no_longer(made, people):
    given = release_named_list(named_list=made, actor=PAOLA, at=NOON)

    Candidate.objects.filter(pk=people[1].pk).update(status="withdrawn")

    assert names(given) == [["ALAOUI", "AMINA"]]


def test_nobody_left_is_no_list(made):
    Consent.objects.update(withdrawn_at=NOON)

    with pytest.raises(Blocked) as refusal:
        release_named_list(named_list=made, actor=PAOLA, at=NOON)

    assert codes(refusal) == ["nobody_left"]


def test_a_recall_takes_the_names_away_and_keeps_that_they_were_given(made):
    release_named_list(named_list=made, actor=PAOLA, at=NOON)

    again = recall_named_list(named_list=made, reason="the firm withdrew", actor=CARLA, at=NOON)

    assert (list(named_lists.given_to([FIRM])), again.lines, again.released_by) == ([], [], PAOLA.code)


def test_a_recalled_list_is_not_released(made):
    recall_named_list(named_list=made, reason="wrong firm", actor=CARLA, at=NOON)

    with pytest.raises(Blocked) as refusal:
        release_named_list(named_list=made, actor=PAOLA, at=NOON)

    assert codes(refusal) == ["list_recalled"]


def test_a_recall_has_its_reason(made):
    with pytest.raises(Blocked) as refusal:
        recall_named_list(named_list=made, reason=" ", actor=CARLA, at=NOON)

    assert codes(refusal) == ["reason_missing"]


def test_a_call_that_promises_no_names_gives_none(veneto, people):  # noqa: F811
    with pytest.raises(Blocked) as refusal:
        drawn_up(veneto, people)

    assert codes(refusal) == ["no_names_promised"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"candidates": []}, "list_size"),
        ({"columns": []}, "columns_wrong"),
        ({"columns": ["birth_on"]}, "columns_wrong"),
        ({"citation": " "}, "citation_missing"),
    ],
)
def test_what_a_list_must_say(lombardia, people, changes, code):  # noqa: F811
    with pytest.raises(Blocked) as refusal:
        drawn_up(lombardia, people, **changes)

    assert codes(refusal) == [code]


def test_nobody_is_on_a_list_twice(lombardia, people):  # noqa: F811
    with pytest.raises(Blocked) as refusal:
        drawn_up(lombardia, [people[0], people[0]])

    assert codes(refusal) == ["person_twice"]


def test_each_person_who_may_not_be_named_is_said_by_code(lombardia, people):  # noqa: F811
    gone, silent = make_candidate(make_scheme(), status="paused"), make_candidate(make_scheme())

    with pytest.raises(Blocked) as refusal:
        drawn_up(lombardia, [*people, gone, silent])

    assert codes(refusal) == ["not_on_roster", "no_consent"]


@pytest.mark.parametrize("actor", [DARIO, STRANGER], ids=str)
def test_only_officers_and_publishers_of_a_keeper_name_people(lombardia, people, actor):  # noqa: F811
    with pytest.raises(NotAllowed):
        drawn_up(lombardia, people, actor=actor)


def test_a_stranger_finds_no_list(made):
    with pytest.raises(NotFound):
        named_lists.named_list(STRANGER, made.code)
