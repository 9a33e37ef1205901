"""What keeps a draft from being published or passed, as sentences in the language of the page."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries
from tragitto.schemes.models import Call, Gap
from tragitto.web.office import words
from tragitto.web.office.forms import acts_words
from tragitto.web.office.forms.acts_sections import label_of


def sentences(call: Call, gaps: Iterable[Gap], actor: Actor, language: str) -> list[str]:
    """Everything that stands in the way of this actor, the drafter's own turn included. Twelve queries."""
    unknown = {gap.path: f"{in_language(gap.what, language)} ({gap.source})" for gap in gaps}
    own = [_("You have drafted this call: somebody else publishes it.")]
    found = own if actor.code in (call.drafted_by, *call.drafters) else []
    return found + [_sentence(finding, unknown) for finding in queries.obstacles(call)]


def in_words[T](act: Callable[[], T]) -> Callable[[], T]:
    """`act`, whose refusals for what a call says are said in the language of the page."""

    def said() -> T:
        try:
            return act()
        except Blocked as refused:
            raise Blocked(
                Finding(each.code, _sentence(each, {}), each.facts) for each in refused.findings
            ) from refused

    return said


def _sentence(finding: Finding, unknown: dict[str, str]) -> str:
    text = str(finding.text)
    if finding.code == "open_gap":
        path = str(finding.facts["path"])
        return _("The sources do not say: {what}").format(what=unknown.get(path, label_of(path)))
    if finding.code == "undecided_warning":
        text = acts_words.of_question(str(finding.facts["about"]), text)
        return _("A warning about which nobody has decided: {text}").format(text=text)
    if finding.code == "not_verified":
        kind = words.say("verification", finding.facts["kind"]).text
        return _("Not passed yet: {kind}").format(kind=kind)
    if "path" not in finding.facts:
        return text
    return f"{label_of(str(finding.facts['path']))}: {acts_words.of_finding(finding)}"
