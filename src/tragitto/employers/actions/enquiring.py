"""Requests for information: taken from anybody, given to an account manager at once, closed with a reason."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.agenda import actions as agenda
from tragitto.employers import permissions
from tragitto.employers.actions import enquiring_mail as mail
from tragitto.employers.actions.enquiring_terms import call_back_by
from tragitto.employers.models import Assignment, Enquiry, Portfolio
from tragitto.employers.queries import enquiries as queries
from tragitto.employers.rules.managers import choose
from tragitto.employers.vocabulary import EnquiryState
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call


@dataclass(frozen=True)
class Asking:
    """What an enterprise says when it asks for information."""

    enterprise_name: str
    province: str
    contact_name: str
    contact_email: str = ""
    contact_phone: str = ""
    codice_fiscale: str = ""
    division: str = ""
    question: str = ""
    language: str = "it"


@transaction.atomic
def enquire(*, call: Call, asking: Asking, key: str = "", actor: Actor, at: datetime) -> Enquiry:
    """Take a request for information, give it to an account manager by the rule, and promise a call back.

    `key` = a word of the form that was sent: sent again, it is the same request. Writes the request, its
    assignment (none where nobody looks after such enterprises) and the task of calling back; the enterprise
    and the manager are written to where the house can send mail. The office writes down in the same way what
    came by telephone. Raises `Blocked` when the call takes none, or without e-mail address and telephone.
    """
    # Whoever is given a request is counted before the next one is given.
    Call.objects.select_for_update(of=("self",), no_key=True).get(pk=call.pk)
    sending_key = queries.hash_of(key) if key else None
    if sending_key and (earlier := Enquiry.objects.filter(sending_key=sending_key).first()):
        return earlier
    if not call.is_published or schemes.enquiries_of(call) is None:
        text = _("This call takes no requests for information: its page says whom to ask.")
        raise Blocked(Finding("no_enquiries", text))
    if not (asking.contact_email or asking.contact_phone):
        text = _("Give an e-mail address or a telephone number: nobody could be called back otherwise.")
        raise Blocked(Finding("unreachable", text))

    code = new_code("Q")
    enquiry = Enquiry.objects.create(
        code=code,
        scheme=call.scheme,
        call=call,
        organisation=call.publisher,
        **asdict(asking),
        account=actor.code if actor.door == "portal" else "",
        token_hash=queries.hash_of(queries.secret_of(code)),
        sending_key=sending_key,
        made_at=at,
        state=EnquiryState.OPEN,
        state_since=at,
    )
    record("enquiry.made", subject=code, actor=actor, at=at, facts={"call": call.code})
    _give_by_rule(enquiry, actor, at)
    agenda.set_task(
        subject=code,
        kind=queries.CALL_BACK,
        holder=enquiry.organisation,
        doing=call_back_by(enquiry, since=at, assignee=enquiry.manager),
        actor=actor,
        at=at,
    )
    mail.tell(code, mail.RECEIVED)
    if enquiry.manager:
        mail.tell(code, mail.GIVEN, 1)
    return enquiry


@transaction.atomic
def assign(*, enquiry: Enquiry, manager: str, why: str = "", actor: Actor, at: datetime) -> Assignment:
    """Give a request to another account manager; the promise to the enterprise stays as it is.

    Raises `NotAllowed` for whoever may not answer it, `Stale` when it is closed, `Blocked` when the manager
    is no case officer of the office today or has the request already.
    """
    enquiry = held(enquiry, actor)
    day = timezone.localdate(at)
    if manager not in {user.code for user in queries.may_manage(enquiry.organisation.code, on=day)}:
        text = _("This person is no case officer of the office today: choose somebody else.")
        raise Blocked(Finding("no_manager", text))
    if manager == enquiry.manager:
        raise Blocked(Finding("has_it", _("This person has the request already.")))

    given = _give(enquiry, manager, {"rule": "by_hand", "why": why}, actor, at)
    agenda.give_task(subject=enquiry.code, kind=queries.CALL_BACK, assignee=manager, actor=actor, at=at)
    if manager != actor.code:
        mail.tell(enquiry.code, mail.GIVEN, given.number)
    return given


@transaction.atomic
def close_enquiry(*, enquiry: Enquiry, reason: str, actor: Actor, at: datetime) -> Enquiry:
    """Close a request with a reason; nothing is to be done about it any more.

    Raises `NotAllowed` for whoever may not answer it, `Stale` when it is closed, `Blocked` without a reason.
    """
    enquiry = held(enquiry, actor)
    if not reason.strip():
        raise Blocked(Finding("no_reason", _("Please give the reason: it becomes part of the file.")))

    enquiry.closing_reason = reason.strip()
    enquiry.save(update_fields=["closing_reason"])
    turn(enquiry, EnquiryState.CLOSED, actor, at)
    agenda.do_task(subject=enquiry.code, kind=queries.CALL_BACK, actor=actor, at=at)
    return enquiry


def held(enquiry: Enquiry, actor: Actor) -> Enquiry:
    """The request as it now stands, held until the transaction ends, for somebody who may answer it."""
    locked = Enquiry.objects.select_for_update(of=("self",), no_key=True)
    found = locked.select_related("organisation", "scheme", "call__publisher").get(pk=enquiry.pk)
    if not permissions.may_answer(actor, found):
        text = _("This request is answered by the case officers of the office that was asked.")
        raise NotAllowed(Finding("not_your_enquiry", text))
    if found.state == EnquiryState.CLOSED:
        raise Stale(Finding("enquiry_closed", _("This request is closed: its page says why.")))
    return found


def turn(enquiry: Enquiry, state: EnquiryState, actor: Actor, at: datetime) -> None:
    """Write down where the request now stands."""
    earlier, enquiry.state, enquiry.state_since = enquiry.state, state, at
    enquiry.save(update_fields=["state", "state_since"])
    facts = {"from": str(earlier), "to": str(state)}
    record("enquiry.turned", subject=enquiry.code, actor=actor, at=at, facts=facts)


def _give_by_rule(enquiry: Enquiry, actor: Actor, at: datetime) -> None:
    office = enquiry.organisation
    # Requests under two calls of one office are given one after the other.
    list(Portfolio.objects.select_for_update(no_key=True).filter(organisation=office).order_by("pk"))
    found = queries.candidates(enquiry.scheme, office, on=timezone.localdate(at))
    if given := choose(found, province=enquiry.province, division=enquiry.division):
        why = {
            "rule": "by_portfolio",
            "portfolio": given.portfolio,
            "in_territory": given.is_in_territory,
            "in_sector": given.is_in_sector,
            "open": given.open_enquiries,
        }
        _give(enquiry, given.manager, why, actor, at)


def _give(enquiry: Enquiry, manager: str, why: dict[str, object], actor: Actor, at: datetime) -> Assignment:
    given = Assignment.objects.create(
        enquiry=enquiry,
        number=enquiry.assignments.count() + 1,
        manager=manager,
        why=why,
        given_at=at,
        given_by=actor.code,
    )
    enquiry.manager = manager
    enquiry.save(update_fields=["manager"])
    facts = {"manager": manager, "rule": str(why["rule"])}
    record("enquiry.given", subject=enquiry.code, actor=actor, at=at, facts=facts)
    return given
