"""Who may do what in a case; read each line aloud: a role, within an organisation that holds a duty."""

from dataclasses import replace

from django.db.models import Q

from tragitto.cases.models import Case, HandOver, Proposal
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Call, Duty, Step
from tragitto.schemes.vocabulary import DutyKind, StepRole

_REVIEWS = frozenset({DutyKind.REVIEWS})
#: Verb: the roles that may, the duties of which their organisation must hold one, and whether the house may.
VERBS: dict[str, tuple[frozenset[str], frozenset[DutyKind], bool]] = {
    "case.open": (frozenset({"officer"}), _REVIEWS | {DutyKind.PUBLISHES}, True),
    "case.assign": (frozenset({"officer", "reviewer", "administrator"}), _REVIEWS, False),
    "case.state_conflict": (frozenset({"officer", "reviewer"}), _REVIEWS, False),
    "case.propose": (frozenset({"officer", "reviewer"}), _REVIEWS, False),
    "case.decide": (frozenset({"reviewer"}), _REVIEWS, False),
    "case.file": (frozenset({"officer", "reviewer"}), _REVIEWS, True),
    "case.accept_document": (frozenset({"officer", "reviewer"}), _REVIEWS, False),
    "case.hand_over": (frozenset({"officer", "reviewer"}), _REVIEWS | {DutyKind.PUBLISHES}, False),
}
#: The duty behind the words a journey uses for the people of the office.
OFFICE_STEPS = frozenset({StepRole.OFFICER, StepRole.REVIEWER})


def holds(actor: Actor, call: Call, *duties: str) -> bool:
    """Whether the actor's organisation holds one of `duties` for the region of `call`. One query."""
    if not actor.organisation:
        return False
    return Duty.objects.filter(
        Q(region__isnull=True) | Q(region=call.region_id),
        scheme=call.scheme_id,
        duty__in=duties,
        organisation__code=actor.organisation,
    ).exists()


def may(actor: Actor, verb: str, call: Call) -> bool:
    """Whether `actor` may do `verb` in cases under `call`. One query at most."""
    roles, duties, is_for_the_house = VERBS[verb]
    if actor.is_system:
        return is_for_the_house
    return actor.has(*roles) and holds(actor, call, *duties)


def may_take(actor: Actor, step: Step, case: Case) -> bool:
    """Whether `actor` may take `step`: its role is among the step's, and its organisation reviews.

    Employers act in the case that `as_employer` names: the room that knows who acts for whom has said so.
    """
    if actor.is_system:
        return StepRole.SYSTEM in step.roles
    if actor.has(_employer_in(case)):
        return StepRole.EMPLOYER in step.roles
    roles = OFFICE_STEPS.intersection(step.roles)
    return actor.has(*roles) and holds(actor, case.call, DutyKind.REVIEWS)


def as_employer(actor: Actor, case: Case) -> Actor:
    """`actor` as the employer whose case this is, and in this case alone; only for who was asked before."""
    return replace(actor, roles=frozenset({_employer_in(case)}))


def _employer_in(case: Case) -> str:
    # No membership can hold this word: roles of people are a closed list.
    return f"{StepRole.EMPLOYER}:{case.code}"


def is_second_person(actor: Actor, proposal: Proposal) -> bool:
    """Whether `actor` is somebody else than the one who proposed."""
    return actor.code != proposal.proposed_by


def receives(actor: Actor, hand_over: HandOver) -> bool:
    """Whether `actor` acts as a partner for the organisation that received it."""
    return actor.has("partner") and actor.organisation == hand_over.recipient.code
