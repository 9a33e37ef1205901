"""Who may do what in a round of selection; read each line aloud: roles, in an organisation with a duty.

The desk belongs to the duty: in THAMM Plus the training body proposes and arranges, IOM coordinates, and the
offices that publish and review watch.
"""

from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Duty, Scheme
from tragitto.schemes.vocabulary import DutyKind

_PROPOSES = frozenset({DutyKind.PROPOSES_CANDIDATES, DutyKind.COORDINATES})
_ARRANGES = frozenset({DutyKind.ORGANISES_MEETINGS, DutyKind.COORDINATES})
_WATCHES = _PROPOSES | _ARRANGES | {DutyKind.PUBLISHES, DutyKind.REVIEWS}
_DESK = frozenset({"officer", "reviewer"})
#: Verb: the roles that may, the duties of which their organisation must hold one, and whether the house may.
VERBS: dict[str, tuple[frozenset[str], frozenset[DutyKind], bool]] = {
    "round.see": (_DESK | {"administrator", "publisher", "observer"}, _WATCHES, True),
    "round.draft": (frozenset({"officer"}), _PROPOSES, False),
    "round.publish": (frozenset({"officer", "publisher"}), _PROPOSES, False),
    "round.close": (frozenset({"officer"}), _PROPOSES, False),
    # A run is a proposal; the house makes one on the command line, and only people take it up.
    "round.run": (_DESK, _PROPOSES, True),
    "round.shortlist": (frozenset({"officer"}), _PROPOSES, False),
    "round.explain": (_DESK | {"administrator"}, _WATCHES, False),
    "round.audit": (_DESK | {"administrator"}, _WATCHES, False),
    "meeting.arrange": (frozenset({"officer"}), _ARRANGES, True),
    "round.match": (_DESK, _PROPOSES, False),
    "round.confirm_match": (frozenset({"reviewer", "officer"}), _PROPOSES, False),
}


def may(actor: Actor, verb: str, scheme: Scheme) -> bool:
    """Whether `actor` may do `verb` in a round of `scheme`. One query."""
    roles, duties, is_for_the_house = VERBS[verb]
    if actor.is_system:
        return is_for_the_house
    return bool(actor.organisation) and actor.has(*roles) and _holds(actor, scheme, duties)


def _holds(actor: Actor, scheme: Scheme, duties: frozenset[DutyKind]) -> bool:
    held = Duty.objects.filter(scheme=scheme, duty__in=duties, organisation__code=actor.organisation)
    return held.exists()
