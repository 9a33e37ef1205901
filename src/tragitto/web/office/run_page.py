"""A run of the engine in words: what it proposes, and what proves it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from tragitto.kernel.texts import Text, in_language
from tragitto.selection.models import Run
from tragitto.selection.queries.rounds import posts_of, rules_of
from tragitto.selection.queries.runs import instance_of
from tragitto.selection.rules.comparing import Change
from tragitto.selection.rules.proposals import proposals
from tragitto.selection.rules.reasons import ReasonLine, score_lines
from tragitto.selection.vocabulary import RunKind

KINDS: Mapping[RunKind, Promise] = {
    RunKind.SHORTLISTS: pgettext_lazy("run", "Shortlists"),
    RunKind.TIMETABLE: pgettext_lazy("run", "Plan of a meeting day"),
    RunKind.MATCH: pgettext_lazy("run", "Match"),
}
WHYS: Mapping[str, Promise] = {
    "eligible_now": pgettext_lazy("comparison", "Did not suit the position in the first run"),
    "not_eligible_now": pgettext_lazy("comparison", "Does not suit the position in the second run"),
    "new_person": pgettext_lazy("comparison", "Was not among the people of the first run"),
    "gone_person": pgettext_lazy("comparison", "Is not among the people of the second run"),
    "score": pgettext_lazy("comparison", "The score changed"),
    "evenness": pgettext_lazy("comparison", "Lists were filled otherwise, so that people are seen evenly"),
    "no_post": pgettext_lazy("comparison", "The position takes part in one of the runs alone"),
}


@dataclass(frozen=True)
class Proposed:
    """A person on a list of the run."""

    candidate: str
    score: int
    reasons: tuple[ReasonLine, ...]


@dataclass(frozen=True)
class ListOfPost:
    """The list of a post of the run; a post that was only tried out has no name."""

    post: str
    title: Text
    firm: str
    people: tuple[Proposed, ...]


@dataclass(frozen=True)
class Compared:
    """A difference between two runs, with the words for why."""

    change: Change
    title: Text
    why: str | Promise
    reasons: tuple[str, ...]


def post_choices(run: Run) -> list[tuple[str, str]]:
    """The positions that were in the run, to be chosen from; one query."""
    titles = {each.code: each.position.profile.title for each in posts_of(run.round)}
    language = (get_language() or "it").split("-")[0]
    codes = instance_of(run).posts.codes.tolist()
    return [(code, f"{in_language(titles.get(code, {}), language)} {code}".strip()) for code in codes]


def lists_of(run: Run) -> list[ListOfPost]:
    """The lists that a run of shortlists proposes, in the order of filing; one query."""
    if run.kind != RunKind.SHORTLISTS:
        return []
    posts = {each.code: each for each in posts_of(run.round)}
    by_post: dict[str, list[Proposed]] = {each["post"]: [] for each in run.result["posts"]}
    rules = rules_of(run.round)
    for each in proposals(run.result):
        post = posts.get(each.post)
        weights = rules.weights_of(post.position.expression.call.code) if post else rules.weights
        lines = score_lines(each.contributions, weights)
        by_post[each.post].append(Proposed(each.candidate, each.score, lines))
    found = []
    for code, people in by_post.items():
        post = posts.get(code)
        title = post.position.profile.title if post else {}
        firm = post.position.expression.employer.name if post else ""
        found.append(ListOfPost(code, title, firm, tuple(people)))
    return found


def proof_of(run: Run) -> list[str]:
    """What the proof says, in sentences; nothing where the kind of run has other words for it."""
    if run.kind != RunKind.SHORTLISTS:
        return []
    compared = run.proof["comparison"]
    found = [_("An independent check of the result found no fault.")]
    found.append(
        _("Nobody could be on one list more without somebody else, seen as rarely or less, losing one.")
    )
    most = compared["most"]
    said = ngettext("Nobody is on more than one list.", "Nobody is on more than {count} lists.", most)
    found.append(said.format(count=most))
    unseen = compared["unseen"]
    said = ngettext(
        "{count} person who suits a position is on no list.",
        "{count} people who suit a position are on no list.",
        unseen,
    )
    found.append(said.format(count=unseen))
    text = _(
        "By points alone the lists of one person would be {most} at most, and {unseen} people on none; "
        "seeing people evenly costs {cost} of {best} points."
    )
    cost = compared["best_score"] - compared["score"]
    best = compared["best_score"]
    found.append(
        text.format(most=compared["best_most"], unseen=compared["best_unseen"], cost=cost, best=best)
    )
    if kept := run.proof["reserved"]:
        said = ngettext(
            "{count} person is kept for positions still to come.",
            "{count} people are kept for positions still to come.",
            kept,
        )
        found.append(said.format(count=kept))
    return found
