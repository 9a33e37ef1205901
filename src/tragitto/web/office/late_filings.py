"""Late messages of an expression as its page shows them: the proof, the exception proposed, who decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.forms import Form

from tragitto.employers.criteria import TIMELINESS
from tragitto.employers.models import LateAdmission
from tragitto.employers.queries import ExpressionPage, FindingView, VersionView, homes
from tragitto.employers.vocabulary import State
from tragitto.kernel.actors import Actor
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.schemes.pack import FilingSpec
from tragitto.schemes.vocabulary import LatePolicy
from tragitto.web.office.forms.lateness import DecideLateForm, ProposeLateForm


@dataclass(frozen=True)
class Late:
    """A message found out of time, what was proposed about it, and the form by which one goes on."""

    version: VersionView
    finding: FindingView
    admission: LateAdmission | None
    exception: str
    proposing: Form | None
    deciding: Form | None


def of_page(page: ExpressionPage, actor: Actor, language: str, sent: Mapping[str, Form]) -> dict[str, object]:
    """The late messages of an expression, in their order. One query."""
    known = {each.version_id: each for each in homes.late_admissions(page.expression)}
    found = [(view, finding) for view in page.versions if (finding := _of_lateness(view, known))]
    if not found:
        return {"late": []}
    filing = schemes.filing_of(page.expression.call)
    forms = _Forms(page, actor, filing, language, sent)
    late = [forms.of(view, finding, known.get(view.version.pk)) for view, finding in found]
    return {"late": late, "late_is_refused": filing.late != LatePolicy.NAMED_EXCEPTIONS}


def _of_lateness(view: VersionView, known: Mapping[int, LateAdmission]) -> FindingView | None:
    """The finding about a message that came out of time, whatever people said to it since."""
    found = (each for each in view.findings if each.criterion.judge == TIMELINESS)
    was_proposed = view.version.pk in known
    return next((each for each in found if was_proposed or each.finding.state == State.UNMET), None)


@dataclass(frozen=True)
class _Forms:
    """What this person may do about a late message from where it stands."""

    page: ExpressionPage
    actor: Actor
    filing: FilingSpec
    language: str
    sent: Mapping[str, Form]

    def of(self, view: VersionView, finding: FindingView, admission: LateAdmission | None) -> Late:
        titles = {each.code: in_language(each.title, self.language) for each in self.filing.exceptions}
        exception = titles.get(admission.exception, admission.exception) if admission else ""
        is_open = not self.page.expression.case.is_closed and finding.state == State.UNMET
        proposing = deciding = None
        if is_open and admission is None and titles and self.page.may["expression.propose_late"]:
            proposing = self.sent.get(f"proposing-{view.version.number}") or ProposeLateForm(
                filing=self.filing, language=self.language
            )
        if is_open and admission and self._may_decide(admission):
            deciding = self.sent.get(f"deciding-{view.version.number}") or DecideLateForm()
        return Late(view, finding, admission, exception, proposing, deciding)

    def _may_decide(self, admission: LateAdmission) -> bool:
        is_another = admission.proposed_by != self.actor.code
        return admission.decided_at is None and is_another and self.page.may["expression.decide_late"]
