"""Conditions about findings that journeys may put before a step."""

from datetime import date

import msgspec
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tragitto.cases.guards import term_over
from tragitto.cases.models import Case
from tragitto.employers import queries
from tragitto.employers.models import Expression
from tragitto.employers.queries import letters
from tragitto.employers.vocabulary import LetterKind
from tragitto.kernel.registries import NoParameters
from tragitto.kernel.texts import in_language
from tragitto.schemes.registries import GUARDS
from tragitto.schemes.vocabulary import Failing


class OfKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which kind of letter."""

    kind: LetterKind


@GUARDS.register(letters.LETTER_SENT, needs=OfKind)
def letter_sent(case: Case, wanted: OfKind, *, on: date) -> str:
    """A letter of this kind was sent, or given in another way, since the case came to its stage."""
    if letters.sent_here(case=case, kind=wanted.kind) is None:
        return _("The letter to the employer has not been sent: write it first.")
    return ""


@GUARDS.register("letter_reached", needs=OfKind)
def letter_reached(case: Case, wanted: OfKind, *, on: date) -> str:
    """The latest letter of this kind has reached the employer, by its receipt or by what a person saw."""
    letter = letters.latest_sent(case=case, kind=wanted.kind)
    if letter is None or letter.reached_at is None:
        return _("Nothing proves yet that the letter has arrived: wait for the receipt, or say how it did.")
    return ""


@GUARDS.register("observations_answered")
def observations_answered(case: Case, wanted: NoParameters, *, on: date) -> str:
    """Every observation of the employer has its answer (art. 10-bis L. 241/1990)."""
    waiting = letters.unanswered(case=case)
    if waiting:
        text = ngettext(
            "%(count)s observation of the employer has no answer yet: answer it first.",
            "%(count)s observations of the employer have no answer yet: answer them first.",
            waiting,
        )
        return text % {"count": waiting}
    return ""


@GUARDS.register("answered_or_term_over")
def answered_or_term_over(case: Case, wanted: NoParameters, *, on: date) -> str:
    """Something came from the employer since the case came to its stage, or the time to answer is over."""
    return "" if letters.answered(case=case) else term_over(case, wanted, on=on)


@GUARDS.register("grounds_announced")
def grounds_announced(case: Case, wanted: NoParameters, *, on: date) -> str:
    """Every obstacle was named in the latest notice, or follows from an observation (art. 10-bis)."""
    known = letters.grounds_announced(case=case)
    new = [view for view in _views(case) if view.is_obstacle and view.criterion.code not in known]
    if new:
        language = get_language() or "it"
        text = _(
            "The notice does not name these obstacles, and no answer says that they follow from an"
            " observation: %(obstacles)s. Take the notice back and announce them."
        )
        return text % {"obstacles": "; ".join(in_language(view.criterion.title, language) for view in new)}
    return ""


@GUARDS.register("findings_settled")
def findings_settled(case: Case, wanted: NoParameters, *, on: date) -> str:
    """A person has confirmed or overruled every finding of the version under review."""
    found = _views(case)
    if not found:
        return _("Nothing has been judged yet.")
    waiting = sum(1 for view in found if not view.is_settled)
    if waiting:
        text = ngettext(
            "%(count)s finding still waits for a reviewer.",
            "%(count)s findings still wait for a reviewer.",
            waiting,
        )
        return text % {"count": waiting}
    return ""


@GUARDS.register("no_unmet_refusal")
def no_unmet_refusal(case: Case, wanted: NoParameters, *, on: date) -> str:
    """No condition stays unmet that the call makes a reason to refuse or to ask for completion."""
    unmet = sum(1 for view in _views(case) if view.is_obstacle)
    if unmet:
        text = ngettext(
            "%(count)s condition of the call is not met.",
            "%(count)s conditions of the call are not met.",
            unmet,
        )
        return text % {"count": unmet}
    return ""


@GUARDS.register("some_unmet_refusal")
def some_unmet_refusal(case: Case, wanted: NoParameters, *, on: date) -> str:
    """Some condition stays unmet that the call makes a reason to refuse or to ask for completion."""
    if any(view.is_obstacle for view in _views(case)):
        return ""
    return _("Every condition of the call is met: there is no ground for this.")


@GUARDS.register("some_unmet_inadmissible")
def some_unmet_inadmissible(case: Case, wanted: NoParameters, *, on: date) -> str:
    """Some condition stays unmet that the call itself marks as making a filing inadmissible."""
    found = (view for view in _views(case) if view.is_obstacle)
    if any(view.criterion.failing == Failing.INADMISSIBLE for view in found):
        return ""
    return _("Nothing that is unmet makes the filing inadmissible under this call: announce the obstacles.")


def _views(case: Case) -> list[queries.FindingView]:
    expression = Expression.objects.filter(case=case).first()
    if expression is None or expression.current_id is None:
        return []
    return queries.views([expression.current_id])[expression.current_id]
