"""Who may do what with the roster; read aloud: who the actor is to the person, and in which role."""

from django.db.models import Q

from tragitto.candidates.models import Candidate
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Call, Duty, RosterDuty, Scheme
from tragitto.schemes.vocabulary import DutyKind, ReasonGiver, RosterDutyKind

_DESK = frozenset({"officer", "reviewer", "administrator"})
#: Verb: whether the person themselves may, the roles that may at a keeper, those that may at a registrar
#: (about people it registered), and whether the house may.
VERBS: dict[str, tuple[bool, frozenset[str], frozenset[str], bool]] = {
    "candidate.describe": (True, frozenset({"officer"}), frozenset(), False),
    "candidate.tidy": (False, frozenset({"officer", "reviewer"}), frozenset(), False),
    "candidate.identify": (True, frozenset({"officer"}), frozenset(), False),
    "candidate.confirm_identity": (False, frozenset({"officer", "reviewer"}), frozenset(), False),
    "candidate.confirm_skill": (False, frozenset({"officer", "reviewer"}), frozenset(), False),
    "candidate.consent": (True, frozenset(), frozenset(), False),
    "candidate.leave_registrar": (True, frozenset(), frozenset(), False),
    "candidate.send": (True, frozenset(), frozenset({"partner", "officer"}), True),
    "candidate.move": (True, frozenset({"officer", "reviewer"}), frozenset(), True),
    "candidate.merge": (False, frozenset({"officer", "reviewer"}), frozenset(), False),
    "candidate.invite": (False, frozenset({"officer"}), frozenset(), True),
    "candidate.answer_invitation": (True, frozenset(), frozenset(), False),
    "candidate.see_file": (True, _DESK, frozenset(), False),
}
#: Verbs about a roster as a whole: the duty of the organisation, and the roles that may.
ROSTER_VERBS: dict[str, tuple[RosterDutyKind, frozenset[str]]] = {
    "roster.search": (RosterDutyKind.KEEPS, _DESK | {"observer"}),
    "roster.list": (RosterDutyKind.KEEPS, frozenset({"officer", "reviewer"})),
    "roster.compare": (RosterDutyKind.KEEPS, frozenset({"officer", "reviewer"})),
    "roster.change_many": (RosterDutyKind.KEEPS, frozenset({"officer"})),
    "roster.export": (RosterDutyKind.KEEPS, frozenset({"officer", "administrator"})),
    "roster.figures": (RosterDutyKind.KEEPS, _DESK | {"observer"}),
    "roster.name": (RosterDutyKind.KEEPS, frozenset({"officer", "publisher"})),
    "roster.register": (RosterDutyKind.REGISTERS, frozenset({"partner", "officer"})),
}


def may(actor: Actor, verb: str, candidate: Candidate) -> bool:
    """Whether `actor` may do `verb` to `candidate`. Two queries at most."""
    is_for_person, keepers, registrars, is_for_the_house = VERBS[verb]
    if actor.is_system:
        return is_for_the_house
    if candidate.account and candidate.account == actor.code:
        return is_for_person  # nobody keeps or checks their own file
    if actor.has(*keepers) and holds(actor, candidate.scheme, RosterDutyKind.KEEPS):
        return candidate.is_sent
    if not actor.has(*registrars):
        return False
    theirs = candidate.registrations.filter(organisation__code=actor.organisation, ended_at=None)
    return theirs.exists()


def may_invite(actor: Actor, candidate: Candidate, call: Call) -> bool:
    """Whether `actor` may ask `candidate` to meet a firm under `call`: who keeps the roster, and officers of
    who proposes candidates or coordinates where the call is. Three queries at most.
    """
    if may(actor, "candidate.invite", candidate):
        return True
    if candidate.account and candidate.account == actor.code:
        return False
    held = Duty.objects.filter(
        Q(region=None) | Q(region=call.region_id),
        scheme=call.scheme_id,
        duty__in=(DutyKind.PROPOSES_CANDIDATES, DutyKind.COORDINATES),
        organisation__code=actor.organisation,
    )
    return bool(actor.organisation) and actor.has("officer") and held.exists()


def giver(actor: Actor, candidate: Candidate) -> ReasonGiver | None:
    """As whom `actor` gives typed reasons about `candidate`, if at all. Four queries at most."""
    if actor.is_system:
        return ReasonGiver.SYSTEM
    if candidate.account and candidate.account == actor.code:
        return ReasonGiver.PERSON
    if may(actor, "candidate.move", candidate):
        return ReasonGiver.KEEPER
    return ReasonGiver.REGISTRAR if may(actor, "candidate.send", candidate) else None


def may_with_roster(actor: Actor, verb: str, scheme: Scheme) -> bool:
    """Whether `actor` may do `verb` with the roster of `scheme`. One query."""
    duty, roles = ROSTER_VERBS[verb]
    return actor.has(*roles) and holds(actor, scheme, duty)


def holds(actor: Actor, scheme: Scheme, duty: RosterDutyKind) -> bool:
    """Whether the organisation that `actor` acts for holds `duty` on the roster of `scheme`. One query."""
    held = RosterDuty.objects.filter(scheme=scheme, duty=duty, organisation__code=actor.organisation)
    return bool(actor.organisation) and held.exists()
