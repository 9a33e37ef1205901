"""How people of the story come onto the roster by themselves: a code, page after page, papers, consents."""

from datetime import datetime

from django.utils import timezone

from tragitto.accounts import actions as accounts
from tragitto.accounts import queries as people
from tragitto.accounts.models import User
from tragitto.candidates.actions import beginning, consenting, describing, identifying
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.registering import draft_of
from tragitto.candidates.rules.abilities import Paper, Study, Tongue, Work
from tragitto.candidates.rules.documents import Said
from tragitto.candidates.vocabulary import FilePurpose, PageKind, ReadBy
from tragitto.demo import specimen
from tragitto.demo.guests import DOOR
from tragitto.demo.roster_story import Own, TakenOver
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme


def signed_in(address: str, language: str, *, at: datetime) -> Actor:
    """Whoever reads at this address or number, signed in with the code that came there."""
    stranger = Actor.stranger(DOOR)
    code = accounts.send_code(address=address, language=language, actor=stranger, at=at)
    return acting(accounts.redeem_code(address=address, code=code, actor=stranger, at=at), at=at)


def acting(user: User, *, at: datetime) -> Actor:
    """A person of the roster, as the portal knows them."""
    return people.actor_for(user, on=timezone.localdate(at), door=DOOR)


def register(own: Own, scheme: Scheme, *, at: datetime) -> Candidate:
    """Answer the pages, and show papers and consents; nothing is sent."""
    actor = signed_in(own.address, own.language, at=at)
    person = beginning.begin(scheme=scheme, language=own.language, birth_on=own.birth_on, actor=actor, at=at)
    for page in own.pages:
        person = beginning.save_page(
            candidate=person,
            page=(page.kind, page.key),
            answers=page.says,
            revision=person.revision,
            actor=actor,
            at=at,
        )
    _tell_past(own, person, actor, at=at)
    _show_paper(own, person, actor, at=at)
    if own.sent_at:
        _read_and_agree(person, own.consents, actor, at=at)
    return person


def send(person: Candidate, *, at: datetime) -> None:
    """Send a registration, as the person."""
    actor = acting(User.objects.get(code=person.account), at=at)
    beginning.send(candidate=person, actor=actor, at=at)


def take_over(person: Candidate, taken: TakenOver, *, at: datetime) -> None:
    """Make what others entered one's own, with the number or the address that they gave."""
    identity = person.identity
    actor = signed_in(identity.phone or identity.email, taken.language, at=at)
    assert identity.birth_on is not None
    own = beginning.begin(
        scheme=person.scheme, language=taken.language, birth_on=identity.birth_on, actor=actor, at=at
    )
    assert own.pk == person.pk, "a registration of others was not found by its number and birthday"
    _read_and_agree(own, taken.consents, actor, at=at)


def _read_and_agree(person: Candidate, consents: tuple[str, ...], actor: Actor, *, at: datetime) -> None:
    for page in draft_of(person, timezone.localdate(at)).pages:
        if page.kind is PageKind.NOTICE:
            beginning.see_notice(
                candidate=person, controller=page.key, language=person.language, actor=actor, at=at
            )
    for code in consents:
        consenting.give(candidate=person, code=code, language=person.language, actor=actor, at=at)


def _tell_past(own: Own, person: Candidate, actor: Actor, *, at: datetime) -> None:
    for job in own.work:
        work = Work(
            role=job.role,
            begins_on=job.begins_on,
            ends_on=job.ends_on,
            profile=job.profile,
            employer=job.employer,
            country=person.identity.country,
        )
        describing.add_experience(candidate=person, work=work, actor=actor, at=at)
    for each in own.studies:
        study = Study(
            title=each.title,
            level_code=each.level,
            institution=each.institution,
            country=person.identity.country,
            year=each.year,
        )
        describing.add_diploma(candidate=person, study=study, actor=actor, at=at)
    for said in own.tongues:
        tongue = Tongue(tongue=said.tongue, level=said.level, paper=Paper(number=said.certificate))
        describing.say_language(candidate=person, said=tongue, actor=actor, at=at)


def _show_paper(own: Own, person: Candidate, actor: Actor, *, at: datetime) -> None:
    paper = own.paper
    if paper is None:
        return
    names = {"surnames": "", "given_names": ""} | own.identity | own.printed
    state, lines, files = person.identity.country, "", []
    if paper.has_photo:
        lines = specimen.zone(
            surnames=names["surnames"],
            given_names=names["given_names"],
            number=paper.number,
            personal=paper.personal_number,
            born=own.birth_on,
            expires=paper.expires_on,
        )
        words = (names["surnames"], names["given_names"], f"{own.birth_on:%d/%m/%Y}", paper.number)
        files.append(
            identifying.add_file(
                candidate=person,
                purpose=FilePurpose.IDENTITY,
                content=specimen.photo(lines, words),
                actor=actor,
                at=at,
            )
        )
    said = Said(
        kind=paper.kind,
        number=paper.number,
        issuing_state=state,
        personal_number=paper.personal_number,
        nationality=state,
        surnames=names["surnames"],
        given_names=names["given_names"],
        birth_on=own.birth_on,
        issued_on=paper.issued_on,
        expires_on=paper.expires_on,
        mrz=lines,
        read_by=ReadBy.PHOTO if lines else ReadBy.TYPED,
    )
    identifying.add_document(candidate=person, said=said, files=files, actor=actor, at=at)
