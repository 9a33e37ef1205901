"""Who may do what with published things: a readable table of predicates."""

from django.db.models import Q

from tragitto.accounts.vocabulary import OFFICE_ROLES, Role
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Call, Duty, Region
from tragitto.schemes.vocabulary import DutyKind

#: Who writes and verifies the acts of a body: its case officers and its publishers, reviewers verify too.
DRAFTING = (Role.OFFICER, Role.PUBLISHER)
VERIFYING = (Role.OFFICER, Role.REVIEWER, Role.PUBLISHER)


def may_read_drafts(actor: Actor) -> bool:
    """Offices and the house itself see calls that are not published yet; everybody sees the others."""
    return actor.is_system or actor.has(*OFFICE_ROLES)


def may_load(actor: Actor) -> bool:
    """The house itself, from the command line, and administrators load packs; this drafts their calls."""
    return actor.is_system or actor.has(Role.ADMINISTRATOR)


def drafts(actor: Actor) -> bool:
    """Case officers and publishers write acts, for the body they act for."""
    return actor.has(*DRAFTING) and bool(actor.organisation)


def may_begin(actor: Actor, region: Region) -> bool:
    """Begin a call: for a region in which the actor's body holds the duty to publish. One query."""
    duties = Duty.objects.filter(duty=DutyKind.PUBLISHES, organisation__code=actor.organisation)
    return (
        drafts(actor) and duties.filter(Q(region=region) | Q(region=None), scheme=region.scheme_id).exists()
    )


def may_draft(actor: Actor, call: Call) -> bool:
    """Change a draft, and the links of a call: those of the body in whose name it goes out."""
    return drafts(actor) and actor.organisation == call.publisher.code


def may_verify(actor: Actor, call: Call) -> bool:
    """Verify a draft of the own body; that none of those who wrote it does, the action sees to."""
    return actor.has(*VERIFYING) and actor.organisation == call.publisher.code


def may_publish(actor: Actor, call: Call) -> bool:
    """A publisher of the organisation in whose name the call goes out; never the house by itself."""
    return actor.has(Role.PUBLISHER) and actor.organisation == call.publisher.code


def may_amend(actor: Actor, call: Call) -> bool:
    """Whoever may publish the call may amend it and close it."""
    return may_publish(actor, call)
