"""What an account manager does about a request: speak, answer, note the needs, invite to file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.agenda import actions as agenda
from tragitto.employers.actions import enquiring_mail as mail
from tragitto.employers.actions.enquiring import held, turn
from tragitto.employers.actions.enquiring_terms import by_day, call_back_by, local_day_of
from tragitto.employers.models import Contact, Enquiry
from tragitto.employers.queries import enquiries as queries
from tragitto.employers.rules.lists import province_names
from tragitto.employers.vocabulary import ContactChannel, ContactOutcome, EnquiryState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger.actions import record


@dataclass(frozen=True)
class Said:
    """How, when and with what outcome somebody spoke with an enterprise, and when to call again."""

    channel: ContactChannel
    outcome: ContactOutcome
    happened_at: datetime
    note: str
    again_on: date | None = None


@dataclass(frozen=True)
class Need:
    """So many people of one profile, with which skills, in which province, from when."""

    profile: str
    workers: int
    province: str
    skills: str = ""
    start: str = ""


@transaction.atomic
def record_contact(*, enquiry: Enquiry, said: Said, actor: Actor, at: datetime) -> Contact:
    """Write down that somebody spoke with the enterprise, or tried to.

    Once it was reached the request is answered and nothing more is due, unless a day to call again was
    agreed; who was not reached is called back within the same number of working days. Raises `NotAllowed`
    for whoever may not answer the request, `Stale` when it is closed, `Blocked` for a contact that lies in
    the future or says nothing, and for a day to call again that is past.
    """
    enquiry = held(enquiry, actor)
    if problems := _problems(enquiry, said, at):
        raise Blocked(problems)

    contact = _written(enquiry, said, actor, at)
    is_reached = said.outcome == ContactOutcome.REACHED
    if is_reached and enquiry.state == EnquiryState.OPEN:
        turn(enquiry, EnquiryState.ANSWERED, actor, at)
    if is_reached and said.again_on is None:
        agenda.do_task(subject=enquiry.code, kind=queries.CALL_BACK, actor=actor, at=at)
    else:
        _call_again(enquiry, said.again_on, actor, at)
    return contact


@transaction.atomic
def answer(*, enquiry: Enquiry, text: str, actor: Actor, at: datetime) -> Contact:
    """Answer a request in writing: the text leaves by mail where mail leaves, and is kept in the log.

    Where the house sends no mail the manager sends the same text by hand. Raises as `record_contact`
    does, and `Blocked` where the enterprise gave no address.
    """
    if not enquiry.contact_email:
        told = _("This enterprise gave no e-mail address: call it, and write down what was said.")
        raise Blocked(Finding("no_address", told))
    said = Said(ContactChannel.EMAIL, ContactOutcome.REACHED, at, text)
    contact = record_contact(enquiry=enquiry, said=said, actor=actor, at=at)
    mail.tell(enquiry.code, mail.ANSWERED, contact.number)
    return contact


@transaction.atomic
def record_needs(*, enquiry: Enquiry, needs: Sequence[Need], actor: Actor, at: datetime) -> Enquiry:
    """Write down what the enterprise needs, in place of what was written before.

    Raises `NotAllowed` for whoever may not answer the request, `Stale` when it is closed, `Blocked` for a
    profile that the scheme does not have or a province that Italy does not.
    """
    enquiry = held(enquiry, actor)
    profiles = set(enquiry.scheme.profiles.values_list("code", flat=True))
    for need in needs:
        if need.profile not in profiles:
            raise Blocked(Finding("unknown_profile", _("Choose one of the profiles of the scheme.")))
        if need.province not in province_names():
            raise Blocked(Finding("unknown_province", _("Choose one of the Italian provinces.")))
        if need.workers < 1:
            raise Blocked(Finding("no_workers", _("Say how many people are needed: at least one.")))

    enquiry.needs = [asdict(need) for need in needs]
    enquiry.save(update_fields=["needs"])
    facts = {"lines": len(needs), "workers": sum(need.workers for need in needs)}
    record("enquiry.needs_recorded", subject=enquiry.code, actor=actor, at=at, facts=facts)
    return enquiry


@transaction.atomic
def convert(*, enquiry: Enquiry, text: str, actor: Actor, at: datetime) -> Contact:
    """Invite the enterprise to file: the invitation leaves like an answer, the request waits for a filing.

    The enterprise begins the filing itself from its own page (`start_filing`), for nobody else may write in
    its name. Raises as `record_contact` does.
    """
    contact = answer(enquiry=enquiry, text=text, actor=actor, at=at)
    turn(held(enquiry, actor), EnquiryState.CONVERTED, actor, at)
    return contact


def _problems(enquiry: Enquiry, said: Said, at: datetime) -> list[Finding]:
    found = []
    if not said.note.strip():
        found.append(Finding("no_note", _("Write down what was said: somebody else may have to go on.")))
    if said.happened_at > at:
        found.append(Finding("contact_ahead", _("A contact is written down after it took place.")))
    if said.again_on is not None and said.again_on < local_day_of(enquiry, at):
        found.append(Finding("again_past", _("The day to call again must not be past.")))
    return found


def _written(enquiry: Enquiry, said: Said, actor: Actor, at: datetime) -> Contact:
    contact = Contact.objects.create(
        enquiry=enquiry,
        number=enquiry.contacts.count() + 1,
        channel=said.channel,
        outcome=said.outcome,
        happened_at=said.happened_at,
        note=said.note.strip(),
        recorded_by=actor.code,
        recorded_at=at,
    )
    facts = {"number": contact.number, "channel": str(said.channel), "outcome": str(said.outcome)}
    record("enquiry.contact", subject=enquiry.code, actor=actor, at=at, facts=facts)
    return contact


def _call_again(enquiry: Enquiry, again_on: date | None, actor: Actor, at: datetime) -> None:
    doing = call_back_by(enquiry, since=at, assignee=enquiry.manager)
    if again_on is not None:
        doing = agenda.Doing(by_day(enquiry, again_on), enquiry.manager, ())
    agenda.set_task(
        subject=enquiry.code,
        kind=queries.CALL_BACK,
        holder=enquiry.organisation,
        doing=doing,
        actor=actor,
        at=at,
    )
