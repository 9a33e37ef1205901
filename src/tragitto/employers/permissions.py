"""Who may do what with expressions; read each line aloud: a role, within an organisation with a duty."""

from tragitto.cases.permissions import holds
from tragitto.employers.models import Enquiry, Representation
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
    "expression.withdraw_consent": (frozenset({"officer", "reviewer"}), _REVIEWS, False),
    "letter.write": (frozenset({"officer", "reviewer"}), _REVIEWS, False),
    "letter.answer": (frozenset({"officer", "reviewer"}), _REVIEWS, True),
    "expression.propose_late": (frozenset({"officer", "reviewer"}), _REVIEWS, False),
    "expression.decide_late": (frozenset({"reviewer"}), _REVIEWS, False),
}


def may(actor: Actor, verb: str, call: Call) -> bool:
    """Whether `actor` may do `verb` to expressions under `call`. One query at most."""
    roles, duties, is_for_the_house = VERBS[verb]
    if actor.is_system:
        return is_for_the_house
    return actor.has(*roles) and holds(actor, call, *duties)


def may_confirm(actor: Actor, representation: Representation) -> bool:
    """Whether `actor` may confirm that somebody acts for an enterprise, or end it: who reviews, never about
    oneself. One query.
    """
    if actor.is_system or actor.door == "portal" or actor.code == representation.account:
        return False
    is_seen = Representation.objects.visible_to(actor).filter(pk=representation.pk)
    return actor.has("officer", "reviewer") and is_seen.exists()


def may_answer(actor: Actor, enquiry: Enquiry) -> bool:
    """Whether `actor` may answer a request for information, give it to somebody or close it: officers and
    administrators of the organisation that was asked. `enquiry` comes with its organisation.
    """
    is_theirs = actor.door != "portal" and actor.organisation == enquiry.organisation.code
    return actor.has("officer", "administrator") and is_theirs


def may_set_portfolio(actor: Actor, organisation: str) -> bool:
    """Whether `actor` may say who looks after which enterprises: administrators of the organisation."""
    return actor.is_system or (actor.has("administrator") and actor.organisation == organisation)
