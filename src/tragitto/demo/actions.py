"""Makes the demonstration scheme, all of it through the actions that real use goes through."""

import json
import secrets
import time
from base64 import b32encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from allauth.mfa.app_settings import TOTP_PERIOD
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings

from tragitto.accounts import actions as accounts
from tragitto.accounts.models import Organisation, User
from tragitto.accounts.vocabulary import Role
from tragitto.demo import guests, reviewing, roster, roster_story, selection, story, writing
from tragitto.demo.mail import Posted, PostOffice
from tragitto.demo.story import Guest, Story
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.law import actions as law
from tragitto.law.rules import read_pack as read_law
from tragitto.records import actions as records
from tragitto.records import anchors, trusted_list
from tragitto.schemes import actions as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.pack import read_pack, shipped_packs
from tragitto.schemes.queries import schemes_with_roster

HOUSE = Actor.system("demonstration")
#: So that terms of the story's calls and of the office's next year can be counted.
YEARS = range(2024, 2029)
type Say = Callable[[str], None]


@dataclass(frozen=True)
class Key:
    """How somebody of the story signs in."""

    email: str
    password: str
    secret: str

    def code(self) -> str:
        """The code of the second factor at this moment of real time."""
        counter = int(time.time()) // TOTP_PERIOD
        return str(format_hotp_value(hotp_value(self.secret, counter)))


@dataclass(frozen=True)
class Event:
    """Something that happens in the story, and when."""

    at: datetime
    happens: Callable[[], object]


def prepare(*, say: Say) -> list[str]:
    """Fill an empty house with the story, and return the lines that say how to sign in.

    A second start finds everything there; one that was killed half-way is taken up again, because each
    step does nothing for what stands already.
    """
    told = story.told()
    keys = _keys(told, Path(settings.VAR))
    done = Path(settings.VAR) / "demonstration-seeded"
    if not done.exists():
        began = time.monotonic()
        _seed(told, keys, say)
        done.touch()
        say(f"The demonstration is ready ({time.monotonic() - began:.0f} s).")
    return list(_sign_ins(told, keys))


def _seed(told: Story, keys: dict[str, Key], say: Say) -> None:
    opened = told.moment(told.opened)
    say("Loading the law …")
    law.load_pack(pack=read_law(), actor=HOUSE, at=opened)
    law.load_holidays(years=YEARS, actor=HOUSE, at=opened)
    say("Loading the scheme and its three calls …")
    for folder in shipped_packs().values():
        schemes.load(pack=read_pack(folder, rehearsal=True), actor=HOUSE, at=opened, rehearsal=True)
    calls = _calls()
    _people(told, keys, [call.publisher for call in calls.values()], at=opened)
    say("Publishing the calls, sending certified messages and taking them in …")
    office = PostOffice.open(Path(settings.VAR))
    _happen(told, calls, office, say)
    say("Reviewing the first filings, writing to employers, handing over …")
    reviewing.review(told)
    published = _calls()
    _correspond(told, published, office)
    guests.ask(told, published)
    for represented in told.represented:
        guests.represent(told, represented, published[represented.call])
    for handed in told.hand_overs:
        guests.hand_over(told, handed, published[handed.call])
    say("Registering people on the roster, checking them, inviting some …")
    for scheme in schemes_with_roster():
        roster.fill(told, scheme, house=HOUSE)
        say("Running a round of selection …")
        selection.fill(told, scheme, house=HOUSE)


def _correspond(told: Story, calls: dict[str, Call], office: PostOffice) -> None:
    """Letters of the office and what employers answer, in the order of their moments."""
    events = [
        Event(told.moment(request.at), partial(writing.write, told, request, office, house=HOUSE))
        for request in told.requests
    ]
    for answer in told.answers:
        posted = office.filing(told, answer, calls[answer.call])
        events.append(Event(posted.at, partial(_take_in, posted)))
    for event in sorted(events, key=lambda event: event.at):
        event.happens()


def _calls() -> dict[str, Call]:
    """The calls of the story by their codes, as they now stand."""
    found = Call.objects.select_related("publisher", "scheme", "region")
    return {call.code: call for call in found.order_by("code")}


def _people(told: Story, keys: dict[str, Key], offices: list[Organisation], *, at: datetime) -> None:
    for person in told.people:
        user = User.objects.filter(email=person.email).first() or accounts.add_person(
            email=person.email, full_name=person.name, language=person.language, actor=HOUSE, at=at
        )
        own = [Organisation.objects.get(code=person.organisation)] if person.organisation else offices
        for office in own:
            accounts.grant(user=user, organisation=office, roles=person.roles, actor=HOUSE, at=at)
            if office.code == told.first_office:
                herself = Actor(code=user.code, door=HOUSE.door)
                accounts.switch_organisation(user=user, organisation=office, actor=herself, at=at)
        key = keys[person.email]
        accounts.set_password(user=user, password=key.password, actor=HOUSE, at=at)
        accounts.enrol_totp(user=user, secret=key.secret, actor=HOUSE, at=at)
    for guest in told.guests:
        _invite(guest, keys[guest.email], at=at)


def _invite(guest: Guest, key: Key, *, at: datetime) -> None:
    """Whoever signs in at the portal needs no second factor."""
    user = User.objects.filter(email=guest.email).first() or accounts.add_person(
        email=guest.email,
        full_name=guest.name,
        language=guest.language,
        fiscal_number=guest.fiscal_number,
        actor=HOUSE,
        at=at,
    )
    if guest.organisation:
        organisation = Organisation.objects.get(code=guest.organisation)
        accounts.grant(user=user, organisation=organisation, roles=guest.roles, actor=HOUSE, at=at)
    accounts.set_password(user=user, password=key.password, actor=HOUSE, at=at)


def _happen(told: Story, calls: dict[str, Call], office: PostOffice, say: Say) -> None:
    """Publish each call on the day of its act, and let every message arrive when it did."""
    trusted = Path(settings.VAR) / anchors.FILE_NAME
    trusted.write_text(anchors.text_of(office.authority.anchors().anchors))
    trusted_list.store(office.trusted_list(told))
    posted = [office.filing(told, filing, calls[filing.call]) for filing in told.filings]
    posted += [office.oddity(told, oddity, calls[oddity.call]) for oddity in told.oddities]
    events = [Event(each.at, partial(_take_in, each)) for each in posted]
    for filing in told.online:
        does = partial(guests.file_on_line, told, filing, house=HOUSE)
        events.append(Event(told.moment(filing.at), does))
    waiting = sorted(calls.values(), key=lambda call: _published_at(call, told))
    for number, event in enumerate(_as_fetched(events), 1):
        while waiting and _published_at(waiting[0], told) <= event.at:
            _publish(waiting.pop(0), told)
        event.happens()
        if number % 10 == 0:
            say(f"  {number} of {len(events)} filings and messages")


def _take_in(message: Posted) -> None:
    records.take_in(message.raw, door=HOUSE.door, mailbox=message.mailbox, actor=HOUSE, at=message.at)


def _published_at(call: Call, told: Story) -> datetime:
    morning = told.opened.time()
    return told.moment(datetime.combine(call.act_on or told.opened.date(), morning))


def _publish(call: Call, told: Story) -> None:
    if call.is_published:
        return
    at = _published_at(call, told)
    publisher = next(person for person in told.people if Role.PUBLISHER in person.roles)
    actor = reviewing.acting(publisher.email, organisation=call.publisher.code, at=at)
    schemes.publish(call=call, actor=actor, at=at)


def _as_fetched(events: Iterable[Event]) -> list[Event]:
    # By the minute, the later of two first: the queue must not follow the order of fetching.
    return sorted(events, key=lambda event: (event.at.replace(second=0), -event.at.timestamp()))


def _keys(told: Story, folder: Path) -> dict[str, Key]:
    """Everybody's password and secret, made once and kept beside the demonstration's data."""
    kept = folder / "demonstration-keys.json"
    known = json.loads(kept.read_text()) if kept.exists() else {}
    emails = [person.email for person in told.people] + [guest.email for guest in told.guests]
    for email in emails:
        known.setdefault(
            email,
            {
                "password": "-".join(secrets.token_hex(3) for _ in range(3)),
                "secret": b32encode(secrets.token_bytes(20)).decode(),
            },
        )
    aside = kept.with_suffix(".making")
    aside.touch(mode=0o600)
    aside.write_text(json.dumps(known, indent=1))
    aside.replace(kept)
    return {email: Key(email, **values) for email, values in known.items()}


def _sign_ins(told: Story, keys: dict[str, Key]) -> Iterable[str]:
    day = clock.now().astimezone(told.moment(told.office_day).tzinfo)
    yield f"The office's day: {day:%d.%m.%Y %H:%M} (Europe/Rome). Sign in with:"
    for person in told.people:
        key = keys[person.email]
        yield f"  {person.name}, {person.role_in_words}: {person.email}"
        yield f"      password {key.password}   second factor {key.code()} (secret {key.secret})"
    for guest in told.guests:
        yield f"  {guest.name}, {guest.role_in_words}: {guest.email}"
        yield f"      password {keys[guest.email].password}"
    for own in roster_story.told().own:
        if own.said:
            yield f"  {own.name}, {own.said}: {own.address}"
            yield "      without a password, at /sign-in/code/: the page shows the code that would be sent"
