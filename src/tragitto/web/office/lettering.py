"""What the office's pages say about letters: what one may be written about, and those of an expression."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, override

from tragitto.employers import lettering, wording
from tragitto.employers.models import Expression, Letter
from tragitto.employers.queries import ExpressionPage, FindingView, pages
from tragitto.employers.queries import letters as queries
from tragitto.employers.queries.letters import Leading
from tragitto.employers.vocabulary import State, Verdict
from tragitto.kernel.actors import Actor
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.web.office.forms.letters import Candidate


@dataclass(frozen=True)
class Panel:
    """The letters of an expression, those that may be written now, and whether its decision was told."""

    letters: list[Letter]
    leading: list[Leading]
    may_write: bool


def panel(page: ExpressionPage, *, on: date) -> Panel:
    """What the page of an expression says about letters. Five queries besides those of the guards."""
    expression = page.expression
    may = page.may["letter.write"] and not expression.case.is_closed
    leading = queries.leading(expression.case, on=on) if may else []
    return Panel(queries.letters_of(expression=expression), leading, page.may["letter.write"])


def candidates(expression: Expression, actor: Actor) -> list[Candidate]:
    """The conditions of the call that do not hold or are not known, each with what would be said of it.

    Those that stand in the way come first, and are said unless emptied; of the others only the title is
    offered. What the call hides from `actor` is said by none.
    """
    seen = pages.current_views(actor=actor, expression=expression)
    found = [view for view in seen if view.state != State.MET]
    ordered = sorted(found, key=lambda view: not view.is_obstacle)
    language = get_language() or "it"
    return [
        Candidate(
            view.criterion.code,
            in_language(view.criterion.title, language),
            _sentence(expression, view) if view.is_obstacle else "",
        )
        for view in ordered
    ]


def titles_of(letter: Letter) -> dict[str, str]:
    """The titles of the call's criteria by their codes. One query."""
    language = get_language() or "it"
    return {each.code: in_language(each.title, language) for each in letter.expression.call.criteria.all()}


def unannounced(letter: Letter) -> list[tuple[str, str]]:
    """The obstacles that hold and that this notice does not name, each with its title. Two queries."""
    language = get_language() or "it"
    found = queries.new_grounds(letter=letter)
    return [(each.code, in_language(each.title, language)) for each in found]


def _sentence(expression: Expression, view: FindingView) -> str:
    call = expression.call
    specs = [schemes.form_spec(form) for form in schemes.contents(call).forms]
    act = lettering.LANGUAGE
    names = {profile.code: in_language(profile.title, act) for profile in schemes.profiles(call.scheme)}
    kept = {"explanation": view.finding.explanation, "parameters": view.finding.parameters}
    with override(act):
        said = wording.sentence(kept, specs, names, language=act, zone=call.zone)
    # Whoever overruled has said why; the ground of a confirmation is a note for the file alone.
    is_overruled = view.judgement and view.judgement.verdict == Verdict.OVERRULED
    return view.judgement.ground if view.judgement and is_overruled else said
