"""What the keepers of the story do with the people on the roster: compare, move, ask, invite, list, name."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from tragitto.accounts.models import User
from tragitto.candidates import actions
from tragitto.candidates.actions import (
    describing_tidying,
    identifying,
    inviting,
    listing,
    looking,
    named_lists,
)
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.identity import said_on
from tragitto.candidates.rules.abilities import mark_of
from tragitto.candidates.vocabulary import Answer, ListKind, SeenAs
from tragitto.demo import joining
from tragitto.demo.guests import at_the_portal
from tragitto.demo.reviewing import acting
from tragitto.demo.roster_story import (
    Check,
    Confirmed,
    Invited,
    NamesFor,
    RosterStory,
    Search,
    Tidied,
    Turn,
    WorkingList,
)
from tragitto.demo.story import Story
from tragitto.employers.models import Employer
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Call, Scheme
from tragitto.schemes.vocabulary import ReasonUse


@dataclass(frozen=True)
class Around:
    """What everything that happens on the roster knows; `codes` of the people, by their key in the story."""

    told: Story
    roster: RosterStory
    scheme: Scheme
    house: Actor
    codes: dict[str, str] = field(default_factory=dict)

    def person(self, key: str) -> Candidate:
        """Somebody of the story as they now stand."""
        return Candidate.objects.select_related("identity", "scheme").get(code=self.codes[key])

    def keeper(self, email: str, at: datetime) -> Actor:
        """Somebody of the office that keeps the roster."""
        return acting(email, organisation=self.told.first_office, at=at)


def check(around: Around, morning: Check, at: datetime) -> None:
    """Compare papers, which another one wrote down where the list had no names of them, and admit."""
    clerk, checker = (around.keeper(email, at) for email in (around.roster.clerk, around.roster.checker))
    for key in morning.people:
        person = around.person(key)
        document = person.documents.filter(superseded_at=None).latest("added_at")
        if not document.surnames:
            names = {name: getattr(person.identity, name) for name in ("surnames", "given_names", "birth_on")}
            said = replace(said_on(document), nationality=person.identity.nationality, **names)
            document = identifying.add_document(candidate=person, said=said, actor=clerk, at=at)
        seen = SeenAs.PHOTO if document.files.exists() else SeenAs.PAPER
        looking.look(candidate=person, what="file", actor=checker, at=at)
        identifying.confirm_identity(candidate=person, document=document, seen=seen, actor=checker, at=at)
        actions.move(candidate=person, reason=ReasonUse.ADMITTING, actor=clerk, at=at)
        for own in around.roster.own:
            if own.key == key and own.tidied:
                _tidy(person, own.tidied, clerk, at=at)


def _tidy(person: Candidate, tidied: Tidied, clerk: Actor, *, at: datetime) -> None:
    row = person.profiles.get(profile__code=tidied.profile)
    describing_tidying.tidy(row=row, text=tidied.text, mark=mark_of(row.words), actor=clerk, at=at)


def turn(around: Around, moved: Turn, at: datetime) -> None:
    """Move people for a typed reason; where no keeper does, they do it themselves."""
    for key in moved.people:
        person = around.person(key)
        if moved.by:
            actor = around.keeper(moved.by, at)
        else:
            actor = joining.acting(User.objects.get(code=person.account), at=at)
        actions.move(candidate=person, reason=moved.reason, note=moved.note, actor=actor, at=at)


def confirm(around: Around, confirmed: Confirmed, at: datetime) -> None:
    """Write down that people said they are still interested."""
    for key in confirmed.people:
        actions.confirm(candidate=around.person(key), actor=around.keeper(confirmed.by, at), at=at)


def invite(around: Around, invited: Invited, at: datetime) -> None:
    """Invite somebody, let the employer look, and the person answer where they have."""
    person, recipient = around.person(invited.person), _employer(invited.employer)
    invitation = inviting.invite(
        candidate=person,
        call=Call.objects.get(code=invited.call),
        recipient=recipient,
        due_on=invited.due_on,
        actor=around.keeper(invited.by, at),
        at=at,
    )
    seen_at = around.told.moment(invited.seen_at)
    employer = at_the_portal(invited.seen_by, at=seen_at)
    looking.look(candidate=person, what="profile", for_firm=recipient, actor=employer, at=seen_at)
    if invited.accepted_at:
        at = around.told.moment(invited.accepted_at)
        actor = joining.acting(User.objects.get(code=person.account), at=at)
        inviting.answer_invitation(invitation=invitation, answer=Answer.ACCEPTED, actor=actor, at=at)


def save_search(around: Around, search: Search, at: datetime) -> None:
    """Save a search for everybody at the office."""
    listing.save_search(
        scheme=around.scheme,
        name=search.name,
        criteria=search.criteria,
        is_shared=True,
        actor=around.keeper(around.roster.clerk, at),
        at=at,
    )


def make_list(around: Around, made: WorkingList, at: datetime) -> None:
    """Make a working list, and put people on it."""
    clerk = around.keeper(around.roster.clerk, at)
    listed = listing.make_list(
        scheme=around.scheme, kind=ListKind.WORKING, name=made.name, actor=clerk, at=at
    )
    codes = [around.codes[key] for key in made.people]
    listing.put_on_list(roster_list=listed, candidates=codes, note=made.note, actor=clerk, at=at)


def draw_up(around: Around, names: NamesFor, at: datetime) -> None:
    """Draw up a list of names, which waits for a second person."""
    named_lists.make_named_list(
        call=Call.objects.get(code=names.call),
        recipient=_employer(names.employer),
        candidates=[around.person(key) for key in names.people],
        columns=names.columns,
        basis=names.basis,
        citation=names.citation,
        actor=around.keeper(names.by, at),
        at=at,
    )


def _employer(codice_fiscale: str) -> str:
    return Employer.objects.get(codice_fiscale=codice_fiscale).code
