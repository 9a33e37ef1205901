"""What the engine is asked about a day of meetings: the slots, who meets whom, who cannot when."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from tragitto.selection.models import Interpreter, Meeting, MeetingDay, Shortlisted
from tragitto.selection.models.meetings import TAKES_TIME
from tragitto.selection.queries.meetings import availability_of, slots_of


def timetable_of(
    day: MeetingDay,
    rows: Iterable[Shortlisted],
    *,
    movable: Collection[int] = (),
    away: Mapping[str, Collection[datetime]] | None = None,
) -> dict[str, Any]:
    """What a timetable of the pairs `rows` is made from, as `rules.timetabling` reads it. Three queries.

    Meetings that stand keep their hours, those of other rounds too: nobody is in two places, whichever desk
    arranged it. `movable` = the keys of meetings that take up no time here, because they are in `rows`;
    `away` = further hours at which a party is not there. Of two posts of one firm a person meets it about
    the first here: the other has its turn when that meeting stands.
    """
    slots = slots_of(day)
    number = {each.begins_at: each.number for each in slots}
    said = availability_of(day)
    cannot = {code: {number[each] for each in one.cannot if each in number} for code, one in said.items()}
    for code, hours in (away or {}).items():
        cannot.setdefault(code, set()).update(number[each] for each in hours if each in number)
    standing = Meeting.objects.filter(
        TAKES_TIME, starts_at__lt=slots[-1].ends_at, ends_at__gt=slots[0].begins_at
    ).exclude(pk__in=list(movable))
    #: Interpreters of any round who have a meeting then: the same address is the same person.
    guides: dict[str, str] = {}
    for meeting in standing.select_related("candidate", "employer", "interpreter"):
        meant = {
            each.number
            for each in slots
            if meeting.starts_at < each.ends_at and each.begins_at < meeting.ends_at
        }
        for party in (meeting.candidate, meeting.employer, meeting.interpreter):
            if party is not None:
                cannot.setdefault(party.code, set()).update(meant)
        if meeting.interpreter is not None:
            guides[meeting.interpreter.code] = meeting.interpreter.email
    meetings = _one_of_each_firm(rows)
    there = list(Interpreter.objects.filter(round=day.round_id, left_at=None).order_by("code"))
    for guide in there:
        elsewhere = [code for code, email in guides.items() if email == guide.email]
        cannot.setdefault(guide.code, set()).update(*(cannot[code] for code in elsewhere))
    parties = {each.code for each in there} | {code for _pair, *two in meetings for code in two}
    return {
        "day": day.code,
        "slots": [each.begins_at.isoformat() for each in slots],
        "meetings": meetings,
        "cannot": {code: sorted(cannot[code]) for code in sorted(parties & set(cannot)) if cannot[code]},
        "wants": {code: one.interpreted_from for code, one in sorted(said.items()) if one.interpreted_from},
        "interpreters": {
            each.code: {"languages": each.languages, "cannot": sorted(cannot.get(each.code, ()))}
            for each in there
        },
    }


def _one_of_each_firm(rows: Iterable[Shortlisted]) -> list[list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        person, firm = row.candidate.code, row.post.position.expression.employer.code
        found.setdefault((person, firm), [row.code, person, firm])
    return list(found.values())
