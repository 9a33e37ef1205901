"""What a person's home is made of: where they stand, what is asked, figures, papers, looks, consents."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise

from tragitto.candidates.actions.looking import NAMED, SEEN
from tragitto.candidates.models import Candidate, Consent, Invitation, StatusChange
from tragitto.candidates.queries import consents, disclosure, looks, odds, standing
from tragitto.candidates.queries.identity import current_documents
from tragitto.candidates.rules.documents import is_over, warned_at
from tragitto.candidates.rules.odds import said
from tragitto.employers.queries.names import names_of_employers
from tragitto.employers.queries.positions import open_seats
from tragitto.kernel.actors import Actor
from tragitto.ledger.models import Entry
from tragitto.ledger.queries import told_of
from tragitto.schemes.models import Profile
from tragitto.schemes.pack import ConsentSpec, ReasonSpec, RosterSpec
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ConsentEffect, ReasonUse
from tragitto.schemes.vocabulary import RosterStatus as Status
from tragitto.selection.queries.shortlists import asked_under
from tragitto.web.parts.standing_words import STATUSES, Word
from tragitto.web.portal.standing_words import DUTIES, MEANS, PARTS, TURNS, Turn

#: How many looks the page shows.
LATEST_LOOKS = 20
#: The step that usually follows, for which a time can be told.
_NEXT = {
    Status.CHECKING: Status.ACTIVE,
    Status.ACTIVE: Status.RESERVED,
    Status.RESERVED: Status.PLACED,
}


@dataclass(frozen=True)
class Figure:
    """A profile: how many on the roster offer it (None: fewer than five), how many seats are open."""

    profile: Profile
    people: int | None
    seats: int


@dataclass(frozen=True)
class Paper:
    """An identity document with its last day, and whether that is near or over."""

    title: dict[str, str]
    expires_on: date | None
    is_over: bool
    is_near: bool


@dataclass(frozen=True)
class Past:
    """A line of the history: the day, where it led, and the reason in the words of the roster."""

    on: date
    word: str | Promise
    reason: dict[str, str] | None


@dataclass(frozen=True)
class Look:
    """Somebody looked at a part of the file."""

    at: datetime
    who: str
    does: str | Promise
    what: str | Promise


@dataclass(frozen=True)
class Home:
    """All that the page shows."""

    candidate: Candidate
    roster: RosterSpec
    status: Word
    means: str | Promise
    reason: ReasonSpec | None
    turns: tuple[Turn, ...]
    papers: Sequence[Paper]
    invitations: Sequence[Invitation]
    asked_under: Set[int]
    is_asked: bool
    returns_until: date | None
    since_on: date
    place_on: date | None
    history: Sequence[Past]
    figures: Sequence[Figure]
    usual: odds.Usual | None
    looks: Sequence[Look]
    consents: Sequence[tuple[ConsentSpec, Consent | None]]

    @property
    def open_invitations(self) -> list[Invitation]:
        """Those that wait for an answer: to the firm, or to one of its positions."""
        standing = [each for each in self.invitations if each.recalled_at is None]
        return [each for each in standing if not each.answer or each.pk in self.asked_under]

    @property
    def to_allow(self) -> ConsentSpec | None:
        """The consent without which no firm sees a person who could be proposed."""
        if self.candidate.status != Status.ACTIVE:
            return None
        shown = [each for each in self.consents if each[0].effect is ConsentEffect.EMPLOYERS_SEE_ANONYMOUS]
        return None if any(given for _spec, given in shown) else next((spec for spec, _given in shown), None)

    @property
    def urgent(self) -> list[Paper]:
        """Documents to renew."""
        return [each for each in self.papers if each.is_over or each.is_near]


def turns(actor: Actor, candidate: Candidate, roster: RosterSpec, on: date) -> tuple[Turn, ...]:
    """What the person may do now, in the order of the page. Five queries at most."""
    since_on = timezone.localdate(candidate.status_at)
    may = standing.uses(standing.offered(actor, candidate, roster, since_on=since_on, on=on))
    is_waiting = candidate.status == Status.ACTIVE
    return tuple(each for each in TURNS if each.use in may or (each.use is None and is_waiting))


def home(actor: Actor, candidate: Candidate, at: datetime) -> Home:
    """The home of `candidate`, whose own account `actor` is. Sixteen queries, whatever there is to show."""
    roster, on = roster_of(candidate.scheme_id), timezone.localdate(at)
    may = turns(actor, candidate, roster, on)
    status, days = Status(candidate.status), roster.validity
    returns_until = None
    if any(each.use == ReasonUse.CONFIRMING_LATE for each in may):
        stand = standing.stand_of(candidate, roster, since_on=timezone.localdate(candidate.status_at))
        returns_until = stand.returns_until(days.return_days)
    first_question = timedelta(days=max(days.remind_before, default=0))
    return Home(
        candidate=candidate,
        roster=roster,
        status=STATUSES[status],
        means=MEANS[status],
        reason=roster.reason(candidate.reason),
        turns=may,
        papers=_papers(candidate, roster, on),
        invitations=list(disclosure.invitations_of(candidate)),
        asked_under=asked_under(candidate),
        is_asked=candidate.confirm_by is not None and candidate.confirm_by - first_question <= on,
        returns_until=returns_until,
        since_on=timezone.localdate(candidate.status_at),
        place_on=timezone.localdate(candidate.seniority_at) if candidate.seniority_at else None,
        history=[_past(each, roster) for each in standing.history(candidate)],
        figures=_figures(candidate),
        usual=_usual(candidate, status, at),
        looks=_looks(candidate),
        consents=_consents(candidate, roster),
    )


def _past(change: StatusChange, roster: RosterSpec) -> Past:
    reason = roster.reason(change.reason)
    word = STATUSES[Status(change.after)].word
    return Past(timezone.localdate(change.happened_at), word, reason.title if reason else None)


def _papers(candidate: Candidate, roster: RosterSpec, on: date) -> list[Paper]:
    shown = []
    for document in current_documents(candidate):
        rule, last = roster.identity(document.kind), document.expires_on
        is_near = bool(rule and last and warned_at(last, rule.warn_days, on) is not None)
        shown.append(Paper(rule.title if rule else {}, last, is_over(last, on), is_near))
    return shown


def _figures(candidate: Candidate) -> list[Figure]:
    seats = open_seats(candidate.scheme)
    return [
        Figure(each.profile, said(each.people), seats.get(each.profile.pk, 0))
        for each in odds.shares(candidate)
    ]


def _usual(candidate: Candidate, status: Status, at: datetime) -> odds.Usual | None:
    after = _NEXT.get(status)
    return odds.usual(candidate.scheme, before=status, after=after, at=at) if after else None


def _looks(candidate: Candidate) -> list[Look]:
    entries = list(told_of(candidate.code, SEEN, NAMED)[:LATEST_LOOKS])
    codes = {_where(each) for each in entries}
    known, firms = looks.lookers(candidate.scheme, codes), names_of_employers(codes)
    shown = []
    for each in entries:
        code = _where(each)
        looker = known.get(code)
        does = DUTIES[looker.duty] if looker and looker.duty else ""
        name = looker.name if looker else firms.get(code, code)
        shown.append(Look(each.at, name, does, PARTS[each.facts.get("what", "named")]))
    return shown


def _where(entry: Entry) -> str:
    """The organisation or firm that looked, or to which the name was given."""
    return str(entry.facts.get("organisation") or entry.facts.get("recipient", ""))


def _consents(candidate: Candidate, roster: RosterSpec) -> list[tuple[ConsentSpec, Consent | None]]:
    given = consents.in_force(candidate)
    return [(each, given.get(each.code)) for each in roster.consents]
