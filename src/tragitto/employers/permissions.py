"""Who may do what with expressions; read each line aloud: a role, within an organisation with a duty."""

from tragitto.cases.permissions import holds
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import DutyKind

_REVIEWS = frozenset({DutyKind.REVIEWS})
#: Verb: the roles that may, the duties of which their organisation must hold one, and whether the house may.
VERBS: dict[str, tuple[frozenset[str], frozenset[DutyKind], bool]] = {
    "expression.receive": (frozenset({"officer"}), _REVIEWS | {DutyKind.PUBLISHES}, True),
    "expression.evaluate": (frozenset({"officer", "reviewer"}), _REVIEWS, True),
    "expression.judge": (frozenset({"reviewer"}), _REVIEWS, False),
    "expression.propose": (frozenset({"officer", "reviewer"}), _REVIEWS, False),
    "expression.admit": (frozenset({"reviewer"}), _REVIEWS, False),
    "expression.refuse": (frozenset({"reviewer"}), _REVIEWS, False),
    "expression.withdraw": (frozenset({"officer", "reviewer"}), _REVIEWS, False),
}


def may(actor: Actor, verb: str, call: Call) -> bool:
    """Whether `actor` may do `verb` to expressions under `call`. One query at most."""
    roles, duties, is_for_the_house = VERBS[verb]
    if actor.is_system:
        return is_for_the_house
    return actor.has(*roles) and holds(actor, call, *duties)
