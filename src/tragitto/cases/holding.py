"""What the verbs of this room share: holding a case, and the words for saying no."""

from django.utils.translation import gettext_lazy as _

from tragitto.cases.models import Case
from tragitto.kernel.refusals import Finding, NotAllowed


def locked(case: Case) -> Case:
    """The case as it now stands, held by this transaction until it ends."""
    return (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("stage", "call__publisher", "journey")
        .get(pk=case.pk)
    )


def not_allowed(verb: str) -> NotAllowed:
    """The refusal for somebody whose role or office does not allow the verb."""
    return NotAllowed(Finding("not_allowed", _("Your role here does not allow this."), {"verb": verb}))


def reason_needed() -> Finding:
    """The finding for a reason left out."""
    return Finding("reason_needed", _("Please give the reason: it becomes part of the file."))


def same_person() -> Finding:
    """The finding for somebody who would confirm what they proposed themselves."""
    return Finding("same_person", _("You proposed this yourself: somebody else must confirm it."))
