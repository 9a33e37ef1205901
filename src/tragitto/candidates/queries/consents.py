"""What people consented to, and what their consents allow now."""

from django.db.models import Exists, OuterRef, Q

from tragitto.candidates.models import Candidate, Consent
from tragitto.schemes.pack import RosterSpec
from tragitto.schemes.vocabulary import ConsentEffect


def in_force(candidate: Candidate) -> dict[str, Consent]:
    """The consents of a person that are in force, by code. One query."""
    return {each.code: each for each in candidate.consents.filter(withdrawn_at=None).order_by("given_at")}


def allows(candidate: Candidate, spec: RosterSpec, effect: ConsentEffect) -> bool:
    """Whether the person allows `effect` now. One query."""
    return bool(candidate.consents.filter(withdrawn_at=None, code__in=codes_for(spec, effect)).exists())


def allowing(spec: RosterSpec, effect: ConsentEffect) -> Q:
    """The condition on candidates that they allow `effect` now, for lists of them."""
    given = Consent.objects.filter(
        candidate=OuterRef("pk"), withdrawn_at=None, code__in=codes_for(spec, effect)
    )
    return Q(Exists(given))


def codes_for(spec: RosterSpec, effect: ConsentEffect) -> tuple[str, ...]:
    """The consents of a roster that have this effect."""
    return tuple(each.code for each in spec.consents if each.effect is effect)
