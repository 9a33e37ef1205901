"""What the verbs of this room share: holding a case, and the words for saying no."""

from django.utils.translation import gettext_lazy as _

from tragitto.cases.models import Case
from tragitto.kernel.refusals import Finding, NotAllowed
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import Outcome


def locked(case: Case) -> Case:
    """The case as it now stands, held by this transaction until it ends."""
    return (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("stage", "call__publisher", "journey")
        .get(pk=case.pk)
    )


def admitted_held(call: Call) -> frozenset[int]:
    """The keys of the admitted cases of `call`, held by this transaction: none is reopened until it ends."""
    admitted = Case.objects.filter(call=call, outcome=Outcome.ADMITTED).order_by("pk")
    return frozenset(admitted.select_for_update(no_key=True).values_list("pk", flat=True))


def not_allowed(verb: str) -> NotAllowed:
    """The refusal for somebody whose role or office does not allow the verb."""
    return NotAllowed(Finding("not_allowed", _("Your role here does not allow this."), {"verb": verb}))


def reason_needed() -> Finding:
    """The finding for a reason left out."""
    return Finding("reason_needed", _("Please give the reason: it becomes part of the file."))


def same_person() -> Finding:
    """The finding for somebody who would confirm what they proposed themselves."""
    return Finding("same_person", _("You proposed this yourself: somebody else must confirm it."))


def proposer_abstains() -> Finding:
    """The finding for a proposal of somebody who has a conflict of interest since."""
    text = _("Who proposed this has a conflict of interest: somebody else must propose it.")
    return Finding("proposer_abstains", text)
