"""Who did what to a call and when, as its pages tell it."""

from dataclasses import dataclass
from datetime import datetime

from tragitto.accounts.queries import names_of
from tragitto.schemes import queries
from tragitto.schemes.models import Amendment, Call, Verification
from tragitto.web.office.forms import acts_words
from tragitto.web.office.forms.acts_words import Said


@dataclass(frozen=True)
class Event:
    """One thing that happened to a call."""

    at: datetime
    says: Said
    who: str = ""
    more: str = ""
    tone: str = ""


def story(call: Call) -> list[Event]:
    """What happened to the call, the earliest first. Five queries at most."""
    links = queries.links_ever(call)
    verified = queries.verifications(call)
    amended = queries.amendments(call)
    people = {call.drafted_by, call.published_by}
    people |= {each.verified_by for each in verified} | {each.made_by for each in amended}
    people |= {code for link in links for code in (link.added_by, link.removed_by)}
    names = names_of(people)
    happened = [
        (call.drafted_at, "drafted", call.drafted_by),
        (call.published_at, "published", call.published_by),
        (call.closed_at, "closed", ""),
        *((link.added_at, "linked", link.added_by) for link in links),
        *((link.removed_at, "unlinked", link.removed_by) for link in links),
    ]
    events = [
        Event(at, acts_words.EVENTS[word], names.get(who, who))
        for at, word, who in happened
        if at is not None
    ]
    events += [_verified(each, call, names) for each in verified] + [
        _amended(each, names) for each in amended
    ]
    return sorted(events, key=lambda event: event.at)


def _verified(verification: Verification, call: Call, names: dict[str, str]) -> Event:
    who = names.get(verification.verified_by, verification.verified_by)
    counts = verification.content_hash == call.content_hash
    tone = ("good" if verification.is_passed else "bad") if counts else "neutral"
    says = acts_words.CHECKS[verification.kind]
    return Event(verification.verified_at, says, who, verification.note, tone)


def _amended(amendment: Amendment, names: dict[str, str]) -> Event:
    who = names.get(amendment.made_by, amendment.made_by)
    more = f"{amendment.act}: {amendment.reason}"
    return Event(amendment.made_at, acts_words.EVENTS[amendment.kind], who, more)
