"""One expression of interest: what was filed, what was found in it, where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from tragitto.accounts import queries as people
from tragitto.agenda import queries as agenda
from tragitto.cases import queries as cases
from tragitto.employers import explanations, queries, wording
from tragitto.employers.queries import ExpressionPage, FindingView
from tragitto.employers.rules import FilingFacts
from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.records.models import Attachment
from tragitto.records.queries import dossiers
from tragitto.schemes import queries as schemes
from tragitto.schemes.pack import FormSpec
from tragitto.web.office import differing, evidence, late_filings, leading, lettering, terms
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.hand_overs import WithdrawConsentForm
from tragitto.web.office.forms.responsibility import AssignForm, ConflictForm
from tragitto.web.office.forms.reviewing import JudgeForm
from tragitto.web.office.message_page import reading_of
from tragitto.web.parts import counts, filed
from tragitto.web.parts.finding import found


@dataclass(frozen=True)
class Shown:
    """A finding with its sentence, where the judge looked, and the form to judge it."""

    view: FindingView
    text: str
    looked: tuple[evidence.Looked, ...]
    form: Form


@require_safe
@for_office
def expression(request: OfficeRequest, code: str) -> HttpResponse:
    """The page of the day: facts, versions, findings, decision, next steps, history, documents."""
    return render(request, "office/expression.html", page_of_expression(request, code))


def page_of_expression(
    request: OfficeRequest, code: str, sent: Mapping[str, Form] | None = None
) -> dict[str, object]:
    """What the page shows; `sent` are forms that were sent and refused, by their names here."""
    on = timezone.localdate(clock.now())
    page = found(queries.expression_page, actor=request.actor, code=code, on=on)
    language = get_language() or "it"
    specs = [schemes.form_spec(form) for form in schemes.contents(page.expression.call).forms]
    return {
        "it": page,
        "number": queries.number_in_queue(page.expression),
        **_filed(request, page, specs, language, sent or {}),
        **leading.forms_of(page, request.actor, language),
        **_responsible(request, page),
        **late_filings.of_page(page, request.actor, language, sent or {}),
        **differing.of_page(page, language),
        "lettering": lettering.panel(page, on=on),
        # Whoever may not see all that was filed does not see this either.
        "consent": None if page.hidden else queries.consent_of(page.expression),
        "withdrawing_consent": WithdrawConsentForm() if page.may["expression.withdraw_consent"] else None,
        "terms": terms.titles(on, language),
        "standing": agenda.stands_by(page.deadlines),
        "now": clock.now(),
        "names": {"system": gettext("the house itself"), **people.names_of(_codes(page))},
        **(sent or {}),
    }


def _responsible(request: OfficeRequest, page: ExpressionPage) -> dict[str, object]:
    """Who may work on the case, and the forms to say so."""
    case, now = page.expression.case, clock.now()
    if case.is_closed:
        return {"unfit": ()}
    unfit = cases.unfit_to_review(case=case, actor=request.actor, at=now)
    fellows = cases.fellows(actor=request.actor, on=timezone.localdate(now))
    return {
        "unfit": unfit,
        "must_state": any(finding.code == cases.NOT_STATED for finding in unfit),
        "review_opens_at": cases.review_opens_at(case.call),
        "stating": ConflictForm() if page.may["case.state_conflict"] else None,
        "assigning": AssignForm(fellows=fellows) if page.may["case.assign"] else None,
    }


def _filed(
    request: OfficeRequest,
    page: ExpressionPage,
    specs: list[FormSpec],
    language: str,
    sent: Mapping[str, Form],
) -> dict[str, object]:
    if page.current is None:
        return {}
    version = page.current.version
    files = dossiers.files_of(version.message)
    names = {
        profile.code: in_language(profile.title, language)
        for profile in schemes.profiles(page.expression.call.scheme)
    }
    return {
        "sections": _sections(page.current.facts, specs, names, language),
        "findings": [_shown(view, files, specs, names, sent) for view in page.current.findings],
        **({} if page.hidden else reading_of(request.actor, version.message)),
    }


def _sections(
    facts: FilingFacts, specs: list[FormSpec], names: Mapping[str, str], language: str
) -> list[tuple[str, list[filed.Section]]]:
    pairs = [(spec, facts.form(spec.code)) for spec in specs]
    return [
        (in_language(spec.title, language), filed.sections(spec, read, names, language))
        for spec, read in pairs
        if read
    ]


def _shown(
    view: FindingView,
    files: list[Attachment],
    specs: list[FormSpec],
    names: Mapping[str, str],
    sent: Mapping[str, Form],
) -> Shown:
    language = get_language() or "it"
    parameters = counts.written_out(wording.in_words(view.finding.parameters, specs, names, language))
    return Shown(
        view,
        str(explanations.sentence(view.finding.explanation, parameters)),
        tuple(evidence.looked(view.finding.evidence, files, specs, language)),
        sent.get(view.code) or JudgeForm(view=view),
    )


def _codes(page: ExpressionPage) -> Iterable[str]:
    """Everybody who acted in the case, by code."""
    yield from (move.actor for move in page.moves)
    yield from (move.seconded_by for move in page.moves)
    yield from (proposal.proposed_by for proposal in page.proposals)
    yield from (decision.decided_by for decision in page.decisions)
    yield from (held.officer for held in page.responsible)
    yield from (said.officer for said in page.statements)
    for version in page.versions:
        yield from (view.judgement.reviewer for view in version.findings if view.judgement)
