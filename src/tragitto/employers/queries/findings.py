"""Findings together with what people said to them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.functional import Promise

from tragitto.employers import explanations, rules
from tragitto.employers.models import Expression, Finding, Judgement, Observation, Version
from tragitto.employers.vocabulary import State
from tragitto.kernel.canonical import canonical_json, sha256_hex
from tragitto.schemes.models import Criterion
from tragitto.schemes.vocabulary import Failing


@dataclass(frozen=True)
class FindingView:
    """A finding of the run that holds, with the judgement that holds of it, if there is one."""

    finding: Finding
    judgement: Judgement | None

    @property
    def code(self) -> str:
        """The finding's code."""
        return self.finding.code

    @property
    def criterion(self) -> Criterion:
        """The criterion of the call, with its title, citation and what failing means."""
        return self.finding.criterion

    @property
    def judgeable(self) -> rules.Judgeable:
        """What the rules of settling look at."""
        return rules.Judgeable(
            judge=self.criterion.judge,
            failing=self.criterion.failing,
            state=self.finding.state,
            judged=self.judgement.state if self.judgement else "",
        )

    @property
    def state(self) -> str:
        """The state that holds: a person's, if one has spoken."""
        return rules.effective(self.judgeable)

    @property
    def is_settled(self) -> bool:
        """Whether a person has spoken and an answer is there."""
        return rules.is_settled(self.judgeable)

    @property
    def is_obstacle(self) -> bool:
        """Whether it stands in the way of an admission: unmet, and more than a warning."""
        return self.state == State.UNMET and self.criterion.failing != Failing.WARN

    @property
    def text(self) -> "str | Promise":
        """The explanation as a sentence in the language of the reader."""
        return explanations.sentence(self.finding.explanation, self.finding.parameters)


def current_findings(versions: Iterable[Version | int]) -> QuerySet[Finding]:
    """The findings that hold of these versions, criterion by criterion; judgements in a second query."""
    return (
        Finding.objects.filter(version__in=versions, run=F("version__run"))
        .select_related("criterion")
        .prefetch_related("judgements")
        .order_by("version_id", "criterion__position")
    )


def views(versions: Iterable[Version | int]) -> dict[int, list[FindingView]]:
    """The findings that hold, by version, each with its latest judgement. Two queries, however many."""
    found: dict[int, list[FindingView]] = defaultdict(list)
    for finding in current_findings(versions):
        latest = max(finding.judgements.all(), key=lambda judgement: judgement.number, default=None)
        found[finding.version_id].append(FindingView(finding, latest))
    return found


def judgeable(version: Version) -> list[rules.Judgeable]:
    """The findings of one version as the rules look at them. Two queries."""
    return [view.judgeable for view in views([version])[version.pk]]


def unsettled(version: Version) -> list[FindingView]:
    """The findings of one version that nobody has settled yet. Two queries."""
    return [view for view in views([version])[version.pk] if not view.is_settled]


def snapshot(found: Iterable[FindingView]) -> list[dict[str, object]]:
    """What a decision keeps of the findings it rests on, in plain values."""
    return [
        {
            "finding": view.code,
            "criterion": view.criterion.code,
            "citation": view.criterion.citation,
            "failing": view.criterion.failing,
            "found": view.finding.state,
            "holds": view.state,
            "explanation": view.finding.explanation,
            "parameters": view.finding.parameters,
            "evidence": view.finding.evidence,
            "ground": view.judgement.ground if view.judgement else "",
            "judged_by": view.judgement.reviewer if view.judgement else "",
        }
        for view in found
    ]


def basis(expression: Expression) -> str:
    """The hash of what a proposal rests on. Four queries.

    The findings of the version under review as they hold, which letters have left, what was observed and how
    that was answered.
    """
    found = views([expression.current_id])[expression.current_id] if expression.current_id else []
    left = expression.letters.sent().order_by("number").values_list("code", flat=True)
    said = Observation.objects.filter(letter__expression=expression).order_by("letter__number", "number")
    observed = said.values("letter__code", "number", "text", "answer", "is_upheld", "new_grounds")
    whole = {"findings": snapshot(found), "letters": list(left), "observations": list(observed)}
    return sha256_hex(canonical_json(whole))
