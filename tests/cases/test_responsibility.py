"""Who is responsible, who abstains, and who may therefore review."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.accounts.signing_in import make_person
from tests.cases.conftest import FILED
from tests.conftest import NOON
from tragitto.accounts.models import Membership
from tragitto.cases import actions, queries, rules
from tragitto.cases.actions import Grounds
from tragitto.cases.models import Decision, Move, Proposal, Responsibility
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.schemes.models import Call, Duty, Step, Window

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(office) -> dict[str, str]:
    """Carla and Dario of the office as accounts; their codes by their names."""
    made = {}
    for name, roles in (("Carla", ["officer"]), ("Dario", ["reviewer"]), ("Olga", ["observer"])):
        user = make_person(name)
        Membership.objects.create(user=user, organisation=office, roles=roles, starts_on=date(2020, 1, 1))
        made[name] = user.code
    return made


@pytest.fixture
def asks(call) -> Call:
    """The call asks everybody for a statement."""
    call.review = {"states_conflicts": True}
    call.save(update_fields=["review"])
    return call


def give(case, officer, actor):
    return actions.assign_officer(case=case, officer=officer, actor=actor, at=NOON)


def state(case, actor, ground=""):
    return actions.state_conflict(case=case, has_conflict=bool(ground), ground=ground, actor=actor, at=NOON)


def codes(refused) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def make_cases(call, number):
    house = Actor.system("mail")
    return [actions.open_case(call=call, filed_at=FILED, actor=house, at=FILED) for _each in range(number)]


def test_an_officer_is_made_responsible_and_the_ledger_says_by_whom(case, people, carla):
    given = give(case, people["Dario"], carla)

    assert (given.officer, given.given_by, given.number) == (people["Dario"], carla.code, 1)
    assert queries.officers_of([case.pk]) == {case.pk: people["Dario"]}
    told = Entry.objects.get(verb="case.assigned", subject=case.code)
    assert told.facts == {"officer": people["Dario"], "number": 1}


def test_naming_the_same_person_again_changes_nothing(case, people, carla):
    assert give(case, people["Dario"], carla) == give(case, people["Dario"], carla)
    assert case.responsibilities.count() == 1


def test_the_latest_holds(case, people, carla):
    give(case, people["Dario"], carla)
    give(case, people["Carla"], carla)

    assert queries.officers_of([case.pk]) == {case.pk: people["Carla"]}
    assert list(queries.held_by(people["Dario"])) == []
    assert list(queries.held_by(people["Carla"])) == [case]


@pytest.mark.parametrize("who", ["Olga", "nobody"])
def test_only_officers_and_reviewers_of_the_office_become_responsible(case, people, carla, who):
    with pytest.raises(Blocked) as refused:
        give(case, people.get(who, "U-NOBODY"), carla)

    assert codes(refused) == ["not_of_this_office"]


def test_somebody_who_has_left_does_not_become_responsible(case, people, carla):
    Membership.objects.filter(user__code=people["Dario"]).update(ends_on=NOON.date())

    with pytest.raises(Blocked):
        give(case, people["Dario"], carla)


def test_another_office_assigns_nobody(case, people, carla):
    with pytest.raises(NotAllowed):
        give(case, people["Dario"], replace(carla, organisation="elsewhere"))


def test_a_stranger_and_an_observer_assign_nobody(case, people, stranger, carla):
    for actor in (stranger, replace(carla, roles=frozenset({"observer"}))):
        with pytest.raises(NotAllowed):
            give(case, people["Dario"], actor)


def test_who_has_a_conflict_does_not_become_responsible(case, people, carla, dario):
    state(case, replace(dario, code=people["Dario"]), ground="Her brother files.")

    with pytest.raises(Blocked) as refused:
        give(case, people["Dario"], carla)

    assert codes(refused) == [queries.CONFLICT]


def test_whoever_was_responsible_is_not_any_more_once_they_abstain(case, people, carla, dario):
    give(case, people["Dario"], carla)

    state(case, replace(dario, code=people["Dario"]), ground="Her brother files.")

    assert queries.officers_of([case.pk]) == {}
    assert [(held.number, held.officer) for held in queries.responsibilities(case=case)] == [
        (2, ""),
        (1, people["Dario"]),
    ]
    assert list(queries.held_by_somebody()) == []


def test_the_ledger_knows_that_somebody_abstains_but_not_why(case, dario):
    state(case, dario, ground="Her brother files.")

    told = Entry.objects.get(verb="case.conflict_stated")
    assert told.facts == {"has_conflict": True, "number": 1}


def test_a_conflict_needs_its_ground(case, dario):
    with pytest.raises(Blocked) as refused:
        actions.state_conflict(case=case, has_conflict=True, ground=" ", actor=dario, at=NOON)

    assert codes(refused) == ["ground_needed"]


def test_a_stranger_states_nothing(case, stranger):
    with pytest.raises(NotAllowed):
        state(case, stranger)


def test_the_latest_statement_of_each_person_holds(case, dario, carla):
    state(case, dario, ground="Her brother files.")
    state(case, carla)
    state(case, dario)

    assert queries.unfit_to_review(case=case, actor=dario, at=NOON) == []
    assert [said.number for said in case.conflict_statements.filter(officer=dario.code)] == [1, 2]


# --- who reviews ---


def test_nobody_begins_without_a_statement_where_the_call_asks_for_it(asks, case, carla):
    with pytest.raises(Blocked) as refused:
        actions.advance(case=case, step="begin", actor=carla, at=NOON)

    assert codes(refused) == [queries.NOT_STATED]


def test_a_statement_opens_the_way(asks, case, carla):
    state(case, carla)

    assert actions.advance(case=case, step="begin", actor=carla, at=NOON).number == 2


def test_where_the_call_does_not_ask_nobody_needs_a_statement(case, carla):
    assert queries.unfit_to_review(case=case, actor=carla, at=NOON) == []


VERBS = {
    "advance": lambda case, actor: actions.advance(
        case=case, step="ask", actor=actor, at=NOON, reason="Papers."
    ),
    "propose": lambda case, actor: actions.propose_step(case=case, step="accept", actor=actor, at=NOON),
    "decide": lambda case, actor: actions.decide(
        case=case, outcome="admitted", grounds=Grounds(["Complete."]), actor=actor, at=NOON
    ),
}


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_who_has_a_conflict_abstains_under_every_call(reviewed, carla, verb):
    both = replace(carla, roles=frozenset({"officer", "reviewer"}))
    state(reviewed, both, ground="Her brother files.")

    with pytest.raises(NotAllowed) as refused:
        VERBS[verb](reviewed, both)

    assert codes(refused) == [queries.CONFLICT]


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_each_act_of_the_review_wants_the_statement(call, reviewed, carla, verb):
    call.review = {"states_conflicts": True}
    call.save(update_fields=["review"])
    both = replace(carla, roles=frozenset({"officer", "reviewer"}))

    with pytest.raises(Blocked) as refused:
        VERBS[verb](reviewed, both)

    assert codes(refused) == [queries.NOT_STATED]


def test_the_database_lets_nobody_propose_who_abstains(reviewed, dario):
    state(reviewed, dario, ground="Her brother files.")
    step = Step.objects.get(code="accept")

    with pytest.raises(IntegrityError, match="abstains"), transaction.atomic():
        Proposal.objects.create(
            code="P-1", case=reviewed, step=step, after_move=2, proposed_by=dario.code, proposed_at=NOON
        )


def test_the_database_knows_no_second_person_who_abstains(reviewed, dario, eva):
    state(reviewed, dario, ground="Her brother files.")
    decided = {"code": "D-1", "case": reviewed, "year": 2025, "number": 1, "outcome": "admitted"}
    told = {
        "call_hash": "0",
        "after_move": 2,
        "decided_by": eva.code,
        "decided_at": NOON,
        "reasons": ["Yes."],
    }

    with pytest.raises(IntegrityError, match="abstains"), transaction.atomic():
        Decision.objects.create(**decided, **told, proposed_by=dario.code)

    assert Decision.objects.create(**decided, **told, proposed_by="U-CARLA").pk


def test_the_database_knows_no_correction_seconded_by_who_abstains(reviewed, dario, eva):
    state(reviewed, dario, ground="Her brother files.")
    last = reviewed.moves.last()
    told = {"step": last.step, "source": last.source, "target": last.target, "happened_at": NOON}

    with pytest.raises(IntegrityError, match="abstains"), transaction.atomic():
        Move.objects.create(case=reviewed, number=9, actor=eva.code, seconded_by=dario.code, **told)


def test_the_database_makes_nobody_responsible_who_abstains(case, dario):
    state(case, dario, ground="Her brother files.")

    with pytest.raises(IntegrityError, match="abstains"), transaction.atomic():
        Responsibility.objects.create(
            case=case, number=1, officer=dario.code, organisation="office", given_at=NOON, given_by="x"
        )


@pytest.fixture
def closes(call):
    """The review begins after the closing, a day after NOON."""
    call.review = {"opens": "after_closing"}
    call.save(update_fields=["review"])
    end = NOON + timedelta(days=1)
    Window.objects.create(call=call, number=1, opens_at=FILED, closes_at=end)
    return end


def test_the_review_opens_with_the_end_of_the_last_window(closes, case, carla):
    before = queries.unfit_to_review(case=case, actor=carla, at=closes - timedelta(seconds=1))

    assert [finding.code for finding in before] == [queries.NOT_OPEN]
    assert queries.unfit_to_review(case=case, actor=carla, at=closes) == []


def test_the_house_opens_the_file_at_once_all_the_same(closes, case):
    assert queries.unfit_to_review(case=case, actor=Actor.system("mail"), at=NOON) == []


# --- sharing ---


def test_cases_are_shared_evenly_and_loads_count(call, people, carla):
    cases = make_cases(call, 4)
    give(cases[3], people["Carla"], carla)

    given = actions.spread_cases(
        cases=cases[:3], officers=[people["Carla"], people["Dario"]], actor=carla, at=NOON
    )

    assert given == {people["Carla"]: 1, people["Dario"]: 2}


def test_sharing_passes_over_whoever_abstains(call, people, carla, dario):
    (case,) = make_cases(call, 1)
    state(case, replace(dario, code=people["Dario"]), ground="Her brother files.")

    given = actions.spread_cases(cases=[case], officers=[people["Dario"]], actor=carla, at=NOON)

    assert given == {people["Dario"]: 0}
    assert queries.officers_of([case.pk]) == {}


def test_sharing_wants_cases_and_people(call, people, carla):
    cases = make_cases(call, 1)
    for chosen, officers, why in (
        ([], [people["Carla"]], "nothing_chosen"),
        (cases, [], "not_of_this_office"),
        (cases, [people["Olga"]], "not_of_this_office"),
    ):
        with pytest.raises(Blocked) as refused:
            actions.spread_cases(cases=chosen, officers=officers, actor=carla, at=NOON)
        assert codes(refused) == [why]


def test_another_office_shares_nothing(call, people, carla):
    outsider = replace(carla, organisation="elsewhere")

    with pytest.raises(NotAllowed):
        actions.spread_cases(cases=make_cases(call, 1), officers=[people["Carla"]], actor=outsider, at=NOON)


def test_fellows_carry_their_open_cases(call, people, carla):
    (case,) = make_cases(call, 1)
    give(case, people["Dario"], carla)

    found = queries.fellows(actor=carla, on=NOON.date())

    assert [(fellow.name, fellow.load) for fellow in found] == [("Carla", 0), ("Dario", 1)]


def test_another_duty_gives_no_right(case, people, carla):
    Duty.objects.update(duty="trains")

    with pytest.raises(NotAllowed):
        give(case, people["Dario"], carla)


LOADS = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 9), min_size=1)


@given(cases=st.integers(0, 40), loads=LOADS)
def test_nobody_gets_one_more_while_another_has_fewer(cases, loads):
    carried = dict(loads)
    for _case, officer in rules.spread(range(cases), loads, lambda case, code: False):
        assert carried[officer] == min(carried.values())
        carried[officer] += 1

    assert sum(carried.values()) == sum(loads.values()) + cases


@given(cases=st.integers(1, 20), loads=LOADS, barred=st.sampled_from("abcde"))
def test_whoever_is_barred_gets_nothing(cases, loads, barred):
    given = [who for _case, who in rules.spread(range(cases), loads, lambda case, code: code == barred)]

    assert barred not in given
    assert len(given) == (cases if set(loads) != {barred} else 0)
