"""Which roster a keeper has before them, and what of it fills the choices of forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from tragitto.candidates import words
from tragitto.candidates.models import RosterList
from tragitto.candidates.queries import lists
from tragitto.candidates.queries.search import registrars
from tragitto.candidates.rules.criteria import BY_THEMSELVES
from tragitto.candidates.rules.standing import TURNS
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Scheme
from tragitto.schemes.pack import ReasonSpec, RosterSpec
from tragitto.schemes.queries import roster_of, roster_schemes
from tragitto.schemes.vocabulary import ReasonGiver, RosterDutyKind, RosterStatus
from tragitto.web.office.access import OfficeRequest

type Choices = Sequence[tuple[str, str | Promise]]


@dataclass(frozen=True)
class Desk:
    """A roster as its keeper has it before them: `rosters` = all that the organisation keeps."""

    scheme: Scheme
    rosters: Sequence[Scheme]
    roster: RosterSpec
    lists: Sequence[RosterList]
    profiles: Choices
    regions: Choices
    registrars: Choices

    @property
    def statuses(self) -> Choices:
        """Where people may stand who sent their registration."""
        return [(code, word) for code, word in words.STATUS.items() if code != "registering"]

    @property
    def reasons(self) -> Choices:
        """The typed reasons that a keeper may give to people who sent their registration."""
        return [(each.code, titled(each.title)) for each in self.roster.reasons if _is_for_the_desk(each)]

    @property
    def skills(self) -> Sequence[tuple[str | Promise, Choices]]:
        """The skills of the roster, group by group."""
        groups: dict[str, list[tuple[str, str | Promise]]] = {}
        for each in self.roster.skills:
            groups.setdefault(each.group, []).append((each.code, titled(each.title)))
        return [(words.SKILL_GROUP[group], groups[group]) for group in words.SKILL_GROUP if group in groups]

    @property
    def tongues(self) -> Choices:
        """The languages that the roster asks for."""
        return [(code, words.TONGUE.get(code, code)) for code in self.roster.languages]


def _is_for_the_desk(reason: ReasonSpec) -> bool:
    follows = TURNS[reason.use] - {RosterStatus.REGISTERING} if reason.use else True
    return ReasonGiver.KEEPER in reason.givers and bool(follows)


def titled(title: Mapping[str, str]) -> str:
    """A published text in the language of the page."""
    return in_language(title, get_language() or "it")


def desk_of(request: OfficeRequest, scheme: str = "") -> Desk:
    """The roster that the address names, or the first that the actor's organisation keeps; 404 for none. Six
    queries.
    """
    rosters = list(roster_schemes(request.actor, RosterDutyKind.KEEPS))
    wanted = scheme or request.GET.get("scheme", "")
    chosen = [each for each in rosters if each.code == wanted] if wanted else rosters[:1]
    if not chosen:
        raise Http404
    return _desk(request, chosen[0], rosters)


def _desk(request: OfficeRequest, scheme: Scheme, rosters: Sequence[Scheme]) -> Desk:
    themselves = (BY_THEMSELVES, pgettext_lazy("registered by", "Nobody else"))
    return Desk(
        scheme=scheme,
        rosters=rosters,
        roster=roster_of(scheme),
        lists=list(lists.open_lists(request.actor, scheme)),
        profiles=[(each.code, titled(each.title)) for each in schemes.profiles(scheme)],
        regions=[(each.code, titled(each.title)) for each in scheme.regions.order_by("code")],
        registrars=[themselves, *registrars(scheme)],
    )
