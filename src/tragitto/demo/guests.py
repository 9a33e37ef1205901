"""What the story's guests do at the portal: file on line, ask, receive what is handed over to them."""

from datetime import datetime

from tragitto.accounts import queries as people
from tragitto.accounts.models import User
from tragitto.cases import actions as cases
from tragitto.cases.models import HandOver
from tragitto.demo.reviewing import DOOR as OFFICE_DOOR
from tragitto.demo.reviewing import acting
from tragitto.demo.story import Enquiry, HandedOver, Looking, OnLine, Represented, Story
from tragitto.employers import actions as employers
from tragitto.employers import queries
from tragitto.employers.models import Enquiry as Taken
from tragitto.employers.models import FilingDraft, Portfolio
from tragitto.employers.rules import Identified
from tragitto.employers.vocabulary import Capacity, ContactChannel, ContactOutcome
from tragitto.kernel.actors import Actor
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.rules import slots
from tragitto.schemes.vocabulary import FormRole

DOOR = "portal"


def at_the_portal(email: str, *, at: datetime) -> Actor:
    """A guest of the story, as the portal knows them; somebody unknown where there is no account."""
    user = User.objects.filter(email=email).first()
    return people.actor_for(user, on=at.date(), door=DOOR) if user else Actor.stranger()


def file_on_line(told: Story, filing: OnLine, *, house: Actor) -> None:
    """Write the answers, send them and take them in; what was begun is not begun again."""
    at = told.moment(filing.at)
    actor, call = at_the_portal(filing.account, at=at), Call.objects.get(code=filing.call)
    draft = FilingDraft.objects.filter(account=actor.code, call=call, started_at=at).first()
    draft = draft or employers.start_draft(call=call, language="it", actor=actor, at=at)
    main = call.forms.get(role=FormRole.MAIN)
    places = {slot.name for slot in slots(schemes.form_spec(main))}
    answers = {name: words for name, words in told.words_of(filing).items() if name in places}
    if draft.sent_at is None:
        draft = employers.save_page(
            draft=draft, form=main.code, answers=answers, revision=draft.revision, actor=actor, at=at
        )
    if not filing.is_sent:
        return
    number = User.objects.get(code=actor.code).fiscal_number
    identified = Identified(number, filing.means, actor.code) if number and filing.means else None
    sent = employers.submit(draft=draft, identified=identified, actor=actor, at=at)
    employers.take_in_at_once(submission=sent, actor=house, at=at)


def ask(told: Story, calls: dict[str, Call]) -> None:
    """Say who looks after what, take the requests for information, and let managers call back."""
    for looking in told.portfolios:
        _look_after(told, looking, calls[looking.call])
    for enquiry in told.enquiries:
        _enquire(told, enquiry, calls[enquiry.call])


def _look_after(told: Story, looking: Looking, call: Call) -> None:
    at, office = told.moment(looking.at), call.publisher
    manager = User.objects.get(email=looking.manager).code
    if Portfolio.objects.filter(manager=manager, organisation=office, scheme=call.scheme).exists():
        return
    area = employers.Area(manager, at.date(), looking.provinces)
    actor = acting(looking.given_by, organisation=office.code, at=at)
    employers.set_portfolio(scheme=call.scheme, organisation=office, area=area, actor=actor, at=at)


def _enquire(told: Story, enquiry: Enquiry, call: Call) -> None:
    at = told.moment(enquiry.at)
    made = employers.enquire(
        call=call,
        asking=employers.Asking(**enquiry.asking),
        key=f"{enquiry.at:%Y%m%dT%H%M%S} {call.code}",
        actor=at_the_portal(enquiry.account, at=at),
        at=at,
    )
    if enquiry.called_at and not made.contacts.exists():
        _call_back(told, enquiry, made)


def _call_back(told: Story, enquiry: Enquiry, made: Taken) -> None:
    assert enquiry.called_at is not None
    at = told.moment(enquiry.called_at)
    manager = User.objects.get(code=made.manager)
    actor = people.actor_for(manager, on=at.date(), door=OFFICE_DOOR, organisation=made.organisation.code)
    said = employers.Said(ContactChannel.PHONE, ContactOutcome.REACHED, at, enquiry.note)
    employers.record_contact(enquiry=made, said=said, actor=actor, at=at)
    needs = [employers.Need(**need) for need in enquiry.needs]  # type: ignore[arg-type]  # as the story has it
    if needs:
        employers.record_needs(enquiry=made, needs=needs, actor=actor, at=at)


def represent(told: Story, represented: Represented, call: Call) -> None:
    """Say for which firm a guest acts, and let the office confirm it; again it changes nothing."""
    at, later = told.moment(represented.at), told.moment(represented.confirmed_at)
    declared = employers.declare_representation(
        declaration=employers.Declaration(
            codice_fiscale=represented.codice_fiscale,
            enterprise_name=represented.enterprise_name,
            capacity=Capacity.LEGAL_REPRESENTATIVE,
            starts_on=at.date(),
            call=call,
        ),
        actor=at_the_portal(represented.account, at=at),
        at=at,
    )
    officer = acting(represented.confirmed_by, organisation=call.publisher.code, at=later)
    employers.confirm_representation(representation=declared, actor=officer, at=later)


def hand_over(told: Story, handed: HandedOver, call: Call) -> None:
    """Hand over what was admitted by then, and let the recipient look at it and confirm; once."""
    at, later = told.moment(handed.at), told.moment(handed.accepted_at)
    recipient = at_the_portal(handed.accepted_by, at=later)
    made = HandOver.objects.filter(call=call, duty=handed.duty).first()
    if made is None:
        actor = acting(handed.made_by, organisation=call.publisher.code, at=at)
        to, duty = recipient.organisation, handed.duty
        shown = queries.preview(actor=actor, call=call, duty=duty, recipient=to)
        made = employers.hand_over(call=call, duty=duty, recipient=to, seal=shown.seal, actor=actor, at=at)
    if made.accepted_at is None:
        cases.look_into(hand_over=made, actor=recipient, at=later)
        cases.accept_hand_over(hand_over=made, actor=recipient, at=later)
