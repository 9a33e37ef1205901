"""The decision as a document: what it rests on, findings with their evidence, reasons, remedy (art. 3)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tragitto.accounts import queries as people_queries
from tragitto.cases import queries as cases
from tragitto.cases.models import Decision
from tragitto.employers import wording
from tragitto.employers.criteria import TIMELINESS
from tragitto.employers.lettering.frame import (
    LANGUAGE,
    Ground,
    Written,
    cited,
    day_of,
    filed,
    framed,
    value_of,
)
from tragitto.employers.lettering.lateness import proof
from tragitto.employers.lettering.notices import number_of, written_on
from tragitto.employers.models import Expression, Letter, Observation
from tragitto.employers.vocabulary import LetterKind, State
from tragitto.kernel.texts import in_language
from tragitto.law import queries as law
from tragitto.schemes import queries as schemes
from tragitto.schemes.vocabulary import Outcome

TEMPLATE = "employers/letters/decision.typ"
COURT_DAYS, PRESIDENT_DAYS = "procedure.remedy_court", "procedure.remedy_president"


def decision(letter: Letter) -> Written:
    """The decision of a letter, with its findings, the answers to observations, its reasons and the remedy.

    A fixed number of queries besides one for each row of the law it rests on.
    """
    made, expression = letter.decision, letter.expression
    assert made is not None
    title = _title(made)
    on = day_of(made.decided_at, expression)
    frame = framed(expression, title=title, on=on, number=number_of(letter), more=filed(expression))
    people = _people(made)
    court_days, court = value_of(COURT_DAYS, on)
    president_days, president = value_of(PRESIDENT_DAYS, on)
    reasons_row = law.parameter("procedure.reasons", on=on)
    rows = [law.by_reference(reference) for reference in made.law_rows]
    if people.reviewer != people.decided_by:
        rows.append(law.parameter("procedure.departing_from_review", on=on))
    data: dict[str, Any] = {
        **frame,
        "signed": [
            people.decided_by,
            _("who decides for {office}").format(office=expression.call.publisher.name),
        ],
        "having_seen_title": _("Having seen"),
        "having_seen": [*_having_seen(expression), *_prepared(people)],
        "grounds_title": _("What was found"),
        "grounds": [ground.as_data() for ground in _findings(made, expression)],
        "observations_title": _("What you said, and our answer"),
        "observations": [_observed(each) for each in _observations(expression)],
        "reasons_title": _("Reasons"),
        "reasons": list(made.reasons),
        "decides_title": _("The office decides"),
        "decides": [_decides(made)],
        "positions": _positions(expression) if made.outcome == Outcome.ADMITTED else [],
        "after_title": _("Remedy"),
        "after": [
            _(
                "Against this decision you may appeal to the regional administrative court (TAR) within"
                " {days} days of its notification or, instead, to the President of the Republic within"
                " {more} days."
            ).format(days=court_days, more=president_days),
            *_court(expression),
        ],
        "law": [cited(row) for row in (*rows, reasons_row, court, president)],
    }
    return Written(TEMPLATE, title, data)


@dataclass(frozen=True)
class _People:
    """Who reviewed, who proposed and who decided, by name; nobody is named who has no name here."""

    reviewer: str
    proposed_by: str
    decided_by: str


def _people(made: Decision) -> _People:
    officer = cases.officers_of([made.case_id]).get(made.case_id, "")
    names = people_queries.names_of([officer, made.proposed_by, made.decided_by])
    return _People(*(names.get(code, code) for code in (officer, made.proposed_by, made.decided_by)))


def _prepared(people: _People) -> list[str]:
    """Whose review and whose proposal the decision rests on (arts. 5, 6 L. 241/1990)."""
    lines = []
    if people.reviewer:
        words = _("the review of {name}, responsible for the case (art. 5 L. 241/1990)")
        lines.append(words.format(name=people.reviewer))
    if people.proposed_by:
        lines.append(_("the proposal of {name}").format(name=people.proposed_by))
    return lines


def _court(expression: Expression) -> list[str]:
    court = schemes.review_of(expression.call).court
    return [_("The competent court is: {court}.").format(court=court)] if court else []


def _title(made: Decision) -> str:
    titles = {
        Outcome.ADMITTED: _("Decision {number}: the expression of interest is admitted"),
        Outcome.REFUSED: _("Decision {number}: the expression of interest is not admitted"),
        Outcome.INADMISSIBLE: _("Decision {number}: the expression of interest is inadmissible"),
    }
    return titles[Outcome(made.outcome)].format(number=made)


def _decides(made: Decision) -> str:
    said = {
        Outcome.ADMITTED: _("to admit the expression of interest."),
        Outcome.REFUSED: _("not to admit the expression of interest."),
        Outcome.INADMISSIBLE: _("to declare the expression of interest inadmissible."),
    }
    return said[Outcome(made.outcome)]


def _having_seen(expression: Expression) -> list[str]:
    call = expression.call
    lines = [_("the call “{call}”").format(call=in_language(call.title, LANGUAGE))]
    if call.act and call.act_on:
        lines.append(f"{call.act}, {wording.day_in_words(call.act_on)}")
    for version in expression.versions.select_related("message").order_by("number"):
        at = version.instant or version.received_at
        lines.append(_("the message of {moment}").format(moment=wording.moment_in_words(at, call.zone)))
    notices = expression.letters.sent().exclude(kind=LetterKind.DECISION).order_by("number")
    lines += [
        _("our letter {letter} of {day}").format(
            letter=each.code, day=written_on(each.written_at, expression)
        )
        for each in notices
    ]
    return lines


def _findings(made: Decision, expression: Expression) -> list[Ground]:
    call = expression.call
    specs = [schemes.form_spec(form) for form in schemes.contents(call).forms]
    names = {profile.code: in_language(profile.title, LANGUAGE) for profile in schemes.profiles(call.scheme)}
    criteria = {each.code: each for each in call.criteria.all()}
    titles = {code: in_language(each.title, LANGUAGE) for code, each in criteria.items()}
    states = {State.MET: _("met"), State.UNMET: _("not met"), State.UNKNOWN: _("not known")}
    found = []
    for each in made.findings:
        text = wording.sentence(each, specs, names, language=LANGUAGE, zone=call.zone)
        if ground := each.get("ground"):
            text = f"{text}\n{_('The office holds:')} {ground}"
        title = f"{titles.get(each['criterion'], each['criterion'])}: {states[State(each['holds'])]}"
        criterion = criteria.get(each["criterion"])
        is_of_time = criterion is not None and criterion.judge == TIMELINESS
        lines = wording.evidence(each, specs, LANGUAGE, call.zone)
        seen = proof(each, call.zone) if is_of_time else tuple(lines)
        found.append(Ground(title, text, each["citation"], seen))
    return found


def _observations(expression: Expression) -> list[Observation]:
    made = Observation.objects.filter(letter__expression=expression)
    whole = made.select_related("letter__expression__call")
    return list(whole.order_by("letter__number", "number"))


def _observed(each: Observation) -> dict[str, str]:
    upheld = {True: _("Upheld."), False: _("Not upheld."), None: ""}[each.is_upheld]
    day = written_on(each.received_at, each.letter.expression)
    return {
        "label": _("You, on {day}:").format(day=day),
        "text": each.text,
        "answered": _("The office:"),
        "answer": f"{upheld} {each.answer} {_brought(each)}".strip(),
    }


def _brought(each: Observation) -> str:
    """The obstacles that follow from an observation, which alone the notice need not name (art. 10-bis)."""
    if not each.new_grounds:
        return ""
    criteria = each.letter.expression.call.criteria.filter(code__in=each.new_grounds)
    titles = [in_language(criterion.title, LANGUAGE) for criterion in criteria.order_by("position")]
    return _("From this follows: {obstacles}.").format(obstacles="; ".join(titles))


def _positions(expression: Expression) -> list[str]:
    lines = []
    opened = expression.positions.filter(closed_at__isnull=True).select_related("profile")
    for each in opened.order_by("number"):
        profile = in_language(each.profile.title, LANGUAGE)
        if each.seats is None:
            lines.append(profile)
            continue
        seats = ngettext("{count} position", "{count} positions", each.seats).format(count=each.seats)
        lines.append(f"{profile}: {seats}")
    return lines
