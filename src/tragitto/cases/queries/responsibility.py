"""Who is responsible for a case, who abstains, and whether somebody may now review it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.models import Membership
from tragitto.accounts.vocabulary import Role
from tragitto.cases.models import Case, ConflictStatement, Responsibility
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import ReviewOpening

#: Who may be made responsible for a case.
RESPONSIBLE_ROLES = (Role.OFFICER, Role.REVIEWER)
#: The findings of `unfit_to_review`, by which pages tell them apart.
NOT_OPEN, NOT_STATED, CONFLICT = "review_not_open", "conflict_not_stated", "conflict_of_interest"


@dataclass(frozen=True)
class Fellow:
    """Somebody of an office who may be responsible for cases, and how many open ones they have."""

    code: str
    name: str
    load: int


def review_opens_at(call: Call) -> datetime | None:
    """From when filings under `call` may be reviewed, where the call says that it is after the closing.

    Two queries where it does, none otherwise.
    """
    if schemes.review_of(call).opens != ReviewOpening.AFTER_CLOSING:
        return None
    return max((opening.closes_at for opening in schemes.openings(call)), default=None)


def statement_of(*, case: Case, officer: str) -> ConflictStatement | None:
    """What this person last said about a conflict of interest in the case. One query."""
    return case.conflict_statements.filter(officer=officer).order_by("-number").first()


def unfit_to_review(*, case: Case, actor: Actor, at: datetime) -> list[Finding]:
    """Why `actor` may not review the case now: the review has not opened, a conflict, none denied yet.

    Whoever has a conflict of interest abstains under every call (art. 6-bis L. 241/1990); where the call
    asks for it, nobody begins without a statement. The house itself has no interests, and what it does at
    a filing is no review. Three queries at most.
    """
    if actor.is_system:
        return []
    opens_at = review_opens_at(case.call)
    found = []
    if opens_at is not None and at < opens_at:
        text = _("The review of this call begins when its last window has closed.")
        found.append(Finding(NOT_OPEN, text, {"opens_at": opens_at.isoformat()}))
    stated = statement_of(case=case, officer=actor.code)
    if stated is not None and stated.has_conflict:
        text = _("You have stated a conflict of interest: somebody else must work on this case.")
        found.append(Finding(CONFLICT, text))
    elif stated is None and schemes.review_of(case.call).states_conflicts:
        text = _("Say first whether you have a conflict of interest in this case.")
        found.append(Finding(NOT_STATED, text))
    return found


def responsibilities(*, case: Case) -> list[Responsibility]:
    """Who was made responsible for the case, the latest first. One query."""
    return list(case.responsibilities.order_by("-number"))


def statements(*, case: Case) -> list[ConflictStatement]:
    """What was said about conflicts of interest in the case, the latest first. One query."""
    return list(case.conflict_statements.order_by("-stated_at", "-pk"))


def officers_of(cases: Iterable[int]) -> dict[int, str]:
    """Who is responsible for each of these cases, by their keys; cases of nobody are left out. One query."""
    named = Responsibility.objects.filter(case__in=list(cases)).order_by("number")
    holds = dict(named.values_list("case", "officer"))
    return {case: officer for case, officer in holds.items() if officer}


def latest() -> QuerySet[Responsibility]:
    """The responsibility that holds of each case; its officer is empty where somebody abstained."""
    later = Responsibility.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    return Responsibility.objects.filter(~Exists(later)).order_by("pk")


def held_by(officer: str) -> QuerySet[Case]:
    """The cases that this person is responsible for."""
    return Case.objects.filter(pk__in=latest().filter(officer=officer).values("case"))


def held_by_somebody() -> QuerySet[Case]:
    """The cases that somebody is responsible for."""
    return Case.objects.filter(pk__in=latest().exclude(officer="").values("case"))


def fellows(*, actor: Actor, on: date) -> list[Fellow]:
    """The people of the actor's office who may be responsible for cases, by name. Two queries."""
    in_force = Q(ends_on=None) | Q(ends_on__gt=on)
    held = Membership.objects.filter(
        in_force,
        organisation__code=actor.organisation,
        starts_on__lte=on,
        user__is_active=True,
        roles__overlap=list(RESPONSIBLE_ROLES),
    )
    people = held.order_by("user__full_name", "user__code").values_list("user__code", "user__full_name")
    loads = _loads(actor.organisation)
    return [Fellow(code, name or code, loads.get(code, 0)) for code, name in people]


def abstaining(cases: Iterable[int]) -> set[tuple[int, str]]:
    """Who has a conflict of interest in which of these cases: pairs of key and code. One query."""
    later = ConflictStatement.objects.filter(
        case=OuterRef("case"), officer=OuterRef("officer"), number__gt=OuterRef("number")
    )
    found = ConflictStatement.objects.filter(~Exists(later), case__in=list(cases), has_conflict=True)
    return set(found.values_list("case", "officer"))


def _loads(organisation: str) -> dict[str, int]:
    held = latest().filter(organisation=organisation, case__closed_at__isnull=True).exclude(officer="")
    return dict(
        held.order_by("officer").values("officer").annotate(load=Count("pk")).values_list("officer", "load")
    )
