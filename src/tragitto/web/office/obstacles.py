"""What keeps a draft from being published, as sentences in the language of the page."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries
from tragitto.schemes.models import Call, Gap


def sentences(call: Call, gaps: Iterable[Gap], actor: Actor, language: str) -> list[str]:
    """Everything that stands in the way of this actor, the drafter's own turn included. Two queries."""
    unknown = {gap.path: gap for gap in gaps}
    own = [_("You have drafted this call: somebody else publishes it.")]
    found = own if actor.code == call.drafted_by else []
    return found + [_sentence(finding, unknown, language) for finding in queries.obstacles(call)]


def _sentence(finding: Finding, unknown: dict[str, Gap], language: str) -> str:
    if finding.code == "open_gap":
        gap = unknown[str(finding.facts["path"])]
        return _("The sources do not say: {what} ({source})").format(
            what=in_language(gap.what, language), source=gap.source
        )
    if finding.code == "undecided_warning":
        return _("A warning about which nobody has decided: {text}").format(text=finding.text)
    return _("A text lacks a language: {text}").format(text=finding.text)
