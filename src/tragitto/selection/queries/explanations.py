"""Why somebody is proposed for a post of a run or not, in words: for the desk, a firm and the person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.disclosure import may_be_shown
from tragitto.candidates.rules.odds import said
from tragitto.candidates.vocabulary import ON_ROSTER
from tragitto.kernel.refusals import NotFound
from tragitto.selection.models import Adoption, Round, RoundPost, Run
from tragitto.selection.queries.runs import instance_of
from tragitto.selection.queries.wording import names_in
from tragitto.selection.rules.proposals import proposals
from tragitto.selection.vocabulary import RunKind
from tragitto_matching.explaining import Change, contributions, what_would_change, why_not
from tragitto_matching.instance import Instance
from tragitto_matching.wording import Audience, Language, say

_OF_THE_OFFICE = frozenset({"excluded", "placed"})


@dataclass(frozen=True)
class PairSaid:
    """One person and one post of a run: the reasons why not, or what the score is made of.

    `listed` = the place on the list of the post, 0 for none and in a run that makes no lists.
    """

    candidate: str
    post: str
    reasons: tuple[str, ...]
    parts: tuple[str, ...]
    score: int
    listed: int

    @property
    def is_eligible(self) -> bool:
        """Whether the person has everything that the post asks for."""
        return not self.reasons


@dataclass(frozen=True)
class Opening:
    """Something that the person could change, and how many positions would be open to them by it alone."""

    text: str
    posts: int


@dataclass(frozen=True)
class OwnRound:
    """What a person reads about themselves in a round; nothing of it is about anybody else.

    `run` = the proposal that the desk took up, None before that. `hindrance` = why they were in no run:
    "not_on_roster", "no_consent", "came_later" or nothing.
    """

    round: Round
    run: Run | None
    hindrance: str
    suited: int
    proposed: int
    posts: int
    openings: tuple[Opening, ...]


@dataclass(frozen=True)
class PostRead:
    """What a firm reads about the search for its position; small counts are not said (None).

    `is_nearly_all`: few lack something, so that `eligible` is not said either. `lacking` = how many people of
    the profile lack each kind of what it asks for (codes of the engine).
    """

    post: RoundPost
    run: Run
    people: int | None
    eligible: int | None
    is_nearly_all: bool
    listed: int
    lacking: tuple[tuple[str, int | None], ...]


def pair_said(run: Run, candidate: str, post: str, *, audience: Audience) -> PairSaid:
    """One pair of a run in the words of `audience`; raises `NotFound` for who or what was not in the run.

    Three queries.
    """
    instance = instance_of(run)
    who = _place(instance.candidates.codes.tolist(), candidate)
    where = _place(instance.posts.codes.tolist(), post)
    language, names = _language(), names_in(run.round.scheme, _language())
    reasons = why_not(instance, who, where)
    parts = () if reasons else contributions(instance, who, where)
    return PairSaid(
        candidate=candidate,
        post=post,
        reasons=tuple(say(each, audience, language, names) for each in reasons),
        parts=tuple(say(each, audience, language, names) for each in parts if each.score),
        score=sum(each.score for each in parts),
        listed=_listed(run).get((post, candidate), 0),
    )


def own_rounds(candidate: Candidate) -> list[OwnRound]:
    """What the person may read about themselves in the rounds that are under way. Five queries a round."""
    going_on = Round.objects.published().filter(scheme=candidate.scheme_id, closed_at=None)
    rounds = going_on.select_related("scheme", "rules").order_by("-published_at")
    return [_own(each, candidate) for each in rounds]


def post_read(post: RoundPost) -> PostRead | None:
    """What the firm of `post` may read about the search for it; None before a proposal was taken up.

    The post comes with its round and scheme. Four queries.
    """
    run = taken_up(post.round)
    if run is None:
        return None
    instance = instance_of(run)
    codes = instance.posts.codes.tolist()
    if post.code not in codes:
        return None
    where, lacking, people, eligible = codes.index(post.code), Counter[str](), 0, 0
    profile = int(instance.posts.profile[where])
    for who in range(len(instance.candidates.codes)):
        if not int(instance.candidates.profiles[who]) >> profile & 1:
            continue
        people += 1
        reasons = why_not(instance, who, where)
        eligible += not reasons
        # Why the office keeps somebody apart is no business of the firm's.
        lacking.update({each.code for each in reasons} - _OF_THE_OFFICE)
    return PostRead(
        post=post,
        run=run,
        people=said(people),
        eligible=said(eligible),
        # The few who lack something are not to be had by subtraction.
        is_nearly_all=said(eligible) is not None and said(people - eligible) is None,
        listed=sum(1 for code, _who in _listed(run) if code == post.code),
        lacking=tuple((code, said(count)) for code, count in lacking.most_common()),
    )


def taken_up(round: Round) -> Run | None:
    """The newest run of shortlists that the desk took up. One query."""
    taken = Adoption.objects.filter(run__round=round, run__kind=RunKind.SHORTLISTS).order_by("-run__number")
    newest = taken.select_related("run__round__scheme").first()
    return newest.run if newest else None


def _own(round: Round, candidate: Candidate) -> OwnRound:
    run = taken_up(round)
    if run is None:
        return OwnRound(round, None, _hindrance(candidate), 0, 0, 0, ())
    instance = instance_of(run)
    codes = instance.candidates.codes.tolist()
    if candidate.code not in codes:
        return OwnRound(round, run, _hindrance(candidate) or "came_later", 0, 0, 0, ())
    who, suited, alone = codes.index(candidate.code), 0, Counter[Change]()
    offered = _in_own_profiles(instance, who)
    for where in offered:
        changes = what_would_change(instance, who, where).changes
        suited += not changes
        if len(changes) == 1 and changes[0].means != "office":
            alone.update(changes)
    names = names_in(round.scheme, _language())
    texts = Counter[str]()
    for change, count in alone.items():
        texts[say(change, "candidate", _language(), names)] += count
    proposed = sum(1 for _post, person in _listed(run) if person == candidate.code)
    openings = tuple(Opening(text, count) for text, count in texts.most_common())
    return OwnRound(round, run, "", suited, proposed, len(offered), openings)


def _in_own_profiles(instance: Instance, who: int) -> list[int]:
    mine = int(instance.candidates.profiles[who])
    return [at for at, profile in enumerate(instance.posts.profile.tolist()) if mine >> profile & 1]


def _hindrance(candidate: Candidate) -> str:
    if candidate.status not in ON_ROSTER:
        return "not_on_roster"
    return "" if may_be_shown(candidate) else "no_consent"


def _place(codes: list[str], code: str) -> int:
    if code not in codes:
        raise NotFound(code)
    return codes.index(code)


def _listed(run: Run) -> Mapping[tuple[str, str], int]:
    if run.kind != RunKind.SHORTLISTS:
        return {}
    return {(each.post, each.candidate): each.place for each in proposals(run.result)}


def _language() -> Language:
    found = (get_language() or "it").split("-")[0]
    return found if found in ("it", "fr", "ar", "en") else "it"  # type: ignore[return-value]
