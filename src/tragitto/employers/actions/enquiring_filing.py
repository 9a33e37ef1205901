"""From a request to a filing: the person begins the draft, with what was told to us already in it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.employers.actions.drafting import save_page, start_draft
from tragitto.employers.actions.enquiring import turn
from tragitto.employers.models import Enquiry, FilingDraft
from tragitto.employers.vocabulary import EnquiryState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Form
from tragitto.schemes.rules import slots
from tragitto.schemes.vocabulary import FormRole


@transaction.atomic
def start_filing(*, enquiry: Enquiry, language: str, actor: Actor, at: datetime) -> FilingDraft:
    """Begin to answer the call from a request: what the enterprise told us stands in the draft already.

    The request is the actor's from then on; an answered one is over, one that nobody answered yet is still
    called back. The draft begun from it before is returned as long as it was neither sent nor thrown away.
    Raises `NotAllowed` for a request that somebody else made or took up, and what `start_draft` raises.
    """
    locked = Enquiry.objects.select_for_update(of=("self",), no_key=True).select_related("call", "draft")
    enquiry = locked.get(pk=enquiry.pk)
    if enquiry.account not in ("", actor.code):
        raise NotAllowed(Finding("not_your_enquiry", _("This request was made by somebody else.")))
    if enquiry.call is None:
        raise Blocked(Finding("no_call", _("This request is about no call that could be answered.")))
    if enquiry.draft and enquiry.draft.sent_at is None and enquiry.draft.discarded_at is None:
        return enquiry.draft

    draft = start_draft(call=enquiry.call, language=language, actor=actor, at=at)
    for form in enquiry.call.forms.filter(role=FormRole.MAIN).order_by("pk"):
        if answers := told(enquiry, form):
            draft = save_page(
                draft=draft, form=form.code, answers=answers, revision=draft.revision, actor=actor, at=at
            )
    enquiry.account, enquiry.draft = actor.code, draft
    enquiry.save(update_fields=["account", "draft"])
    record("enquiry.filing_begun", subject=enquiry.code, actor=actor, at=at, facts={"draft": draft.code})
    if enquiry.state == EnquiryState.ANSWERED:
        turn(enquiry, EnquiryState.CONVERTED, actor, at)
    return draft


def told(enquiry: Enquiry, form: Form) -> dict[str, str]:
    """What the request says, under the names of the places of `form`; what it does not say is left out."""
    said = {
        "enterprise.name": enquiry.enterprise_name,
        "enterprise.codice_fiscale": enquiry.codice_fiscale,
        "contact.name": enquiry.contact_name,
        "contact.email": enquiry.contact_email,
        "contact.phone": enquiry.contact_phone,
    }
    answers = {}
    for slot in slots(schemes.form_spec(form)):
        line = enquiry.needs[slot.row - 1] if 0 < slot.row <= len(enquiry.needs) else {}
        needed = {
            "profiles[].code": line.get("profile"),
            "profiles[].workers": line.get("workers"),
            "profiles[].skills": line.get("skills"),
        }
        if value := {**said, **needed}.get(slot.field.fact):
            answers[slot.name] = str(value)
    return answers
