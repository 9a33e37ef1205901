"""Moving a person from one status to another: the only writer of status, place, validity and terms."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import holding, permissions
from tragitto.candidates.actions import indexing, leaving
from tragitto.candidates.holding import held_unmerged
from tragitto.candidates.models import Candidate, Confirmation, Registration, StatusChange
from tragitto.candidates.queries.standing import changes_of, stand_of
from tragitto.candidates.rules import clock
from tragitto.candidates.rules.standing import Hindrance, Stand, hindrance, hindrance_to_merging
from tragitto.candidates.words.reasons import finding
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.schemes.pack import ReasonSpec, RosterSpec
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ReasonGiver, ReasonUse, RosterStatus

#: What a move writes on the person's row.
_WRITTEN = (
    "status",
    "status_at",
    "reason",
    "seniority_at",
    "valid_until",
    "confirm_by",
    "sent_on",
    "merged_into",
)
#: An account has one registration at a time; these are none.
_OVER = (RosterStatus.MERGED, RosterStatus.WITHDRAWN)


@transaction.atomic
def move(
    *, candidate: Candidate, reason: str | ReasonUse, actor: Actor, at: datetime, note: str = ""
) -> StatusChange:
    """Move a person for a typed reason: a turn that the house takes, or the code of a reason of the roster.

    Writes the change, what the clock makes of it (place, validity, when interest is to be confirmed), and
    closes the question whether they are interested where it no longer matters; who withdraws leaves those who
    registered them too. Raises `NotAllowed` for a
    reason that is not the actor's to give; `Blocked` for one that does not follow where they stand, and for
    what is lacking: a note, the date of birth, the confirmed identity.
    """
    person = held_unmerged(candidate)
    giver = permissions.giver(actor, person)
    if giver is None:
        raise NotAllowed(finding(Hindrance.NOT_YOURS))
    return moved(person, reason, giver, actor=actor, at=at, note=note)


def moved(
    person: Candidate,
    reason: str | ReasonUse,
    giver: ReasonGiver,
    *,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> StatusChange:
    """As `move`, for a person whom the caller holds and of whom it knows as whom the actor speaks."""
    roster, on = roster_of(person.scheme_id), timezone.localdate(at)
    spec = _reason(roster, reason)
    stand = stand_of(person, roster, since_on=timezone.localdate(person.status_at))
    return_days = roster.validity.return_days
    refused = hindrance(stand, spec, giver, note=note, return_days=return_days, on=on)
    if refused is not None:
        raise (NotAllowed if refused == Hindrance.NOT_YOURS else Blocked)(finding(refused))
    if spec.use == ReasonUse.COMING_BACK:
        _demand_no_other(person, _("You have registered again meanwhile: go on with that registration."))

    if spec.use in {ReasonUse.SENDING, ReasonUse.COMING_BACK}:
        person.sent_on = on
    change = _changed(person, spec, roster, actor=actor, at=at, note=note)
    if change.after == RosterStatus.WITHDRAWN:
        leaving.leave_all(person, at=at)
    _close_question(person, at=at)
    indexing.refresh([person.pk])
    told = {"reason": spec.code, "from": change.before, "to": change.after, "roster": roster.version}
    record("candidate.moved", subject=person.code, actor=actor, at=at, facts=told)
    return change


@transaction.atomic
def send_many(*, candidates: Sequence[Candidate], actor: Actor, at: datetime) -> None:
    """Send what the actor's organisation has just entered: many people of one scheme, in four queries.

    As `move` for the sending of each, but with no entry of the ledger: the batch they came in has one. Raises
    `NotAllowed` if one was not registered by that organisation, `Blocked` if one may not be sent.
    """
    pks = [each.pk for each in candidates]
    theirs = Registration.objects.filter(
        candidate__in=pks, organisation__code=actor.organisation, ended_at=None
    )
    if not candidates:
        return
    if not actor.has(*permissions.VERBS["candidate.send"][2]) or theirs.count() < len(pks):
        raise NotAllowed(finding(Hindrance.NOT_YOURS))
    changes, on = [], timezone.localdate(at)
    roster = roster_of(candidates[0].scheme_id)
    spec = _reason(roster, ReasonUse.SENDING)
    for person in candidates:
        stand = Stand(RosterStatus(person.status), on, adult_on=person.adult_on)
        if refused := hindrance(stand, spec, ReasonGiver.REGISTRAR, note="", return_days=0, on=on):
            raise Blocked(finding(refused))
        person.sent_on = on
        changes.append(_followed(person, spec, roster, [], actor=actor, at=at))

    StatusChange.objects.bulk_create(changes)
    # Sent at one moment for one reason, they all stand alike: one update, not a case for each.
    alike = defaultdict[tuple[object, ...], list[int]](list)
    for person in candidates:
        alike[tuple(getattr(person, name) for name in _WRITTEN)].append(person.pk)
    for values, those in alike.items():
        Candidate.objects.filter(pk__in=those).update(**dict(zip(_WRITTEN, values, strict=True)))
    indexing.refresh(pks)


@transaction.atomic
def merge_into(*, gone: Candidate, kept: Candidate, actor: Actor, at: datetime) -> None:
    """Merge the standing of `gone` into that of `kept`: it is over, and the earlier place is that of `kept`.

    Both histories get a line; the caller moves all else, and writes the ledger. Raises `Blocked` for a
    registration that was not sent, was withdrawn or is merged already, and where `gone` has come further.
    """
    first, second = sorted((gone, kept), key=lambda each: each.pk)
    held = {each.pk: held_unmerged(each) for each in (first, second)}
    over, other = held[gone.pk], held[kept.pk]
    if refused := hindrance_to_merging(gone=over.status, kept=other.status):
        raise Blocked(finding(refused))
    roster = roster_of(other.scheme_id)
    spec = _reason(roster, ReasonUse.MERGING)

    at = max(at, over.status_at, other.status_at)  # the two lines find each other by their moment
    over.merged_into = other
    _changed(over, spec, roster, actor=actor, at=at, note="")
    _close_question(over, at=at)
    _rejoined(other, over.seniority_at, spec, roster, actor=actor, at=at)


@transaction.atomic
def unmerge(*, gone: Candidate, kept: Candidate, actor: Actor, at: datetime) -> None:
    """Undo a merge: `gone` stands where it stood, and `kept` has the place that it would have without it.

    Where `kept` was withdrawn since, `gone` is withdrawn too, so that nobody is offered against their word;
    its place is lost only if its own account withdrew. Raises `Blocked` where the one is not merged into the
    other, and where the person of `gone` has another registration meanwhile.
    """
    first, second = sorted((gone, kept), key=lambda each: each.pk)
    held = {each.pk: holding.held(each) for each in (first, second)}
    over, other = held[gone.pk], held[kept.pk]
    if over.merged_into_id != other.pk:
        said = _("These two registrations are not merged: look at them again.")
        raise Blocked(Finding("not-merged", said))
    roster = roster_of(other.scheme_id)
    spec = _reason(roster, ReasonUse.UNMERGING)

    known = changes_of(over)
    earlier = next(each for each in reversed(known) if each.after != RosterStatus.MERGED)
    new = replace(earlier, before=RosterStatus.MERGED, happened_at=max(at, over.status_at), joined=None)
    reason = next(each.reason for each in over.status_changes.order_by("-number") if each.after == new.after)
    line = spec
    if other.status == RosterStatus.WITHDRAWN:
        line = _reason(roster, ReasonUse.WITHDRAWING)
        by = other.status_changes.filter(after=other.status).latest("number").actor
        keeps = line.keeps_place or by != over.account
        new = replace(new, after=other.status, clock_stops=line.stops_clock, keeps_place=keeps)
        reason = line.code
    if new.after not in _OVER:
        _demand_no_other(over, _("This person has registered again meanwhile: compare that one instead."))
    over.merged_into = None
    project(over, [*known, new], roster, reason=reason)
    _line(over, new, line, roster, number=len(known) + 1, actor=actor).save(force_insert=True)
    over.save(update_fields=_WRITTEN)
    indexing.refresh([over.pk])
    _rejoined(other, None, spec, roster, actor=actor, at=new.happened_at)


def _reason(roster: RosterSpec, reason: str | ReasonUse) -> ReasonSpec:
    found = roster.reason_for(reason) if isinstance(reason, ReasonUse) else roster.reason(reason)
    if found is None:
        raise Blocked(Finding("reason-unknown", _("This roster has no such reason: choose one of its own.")))
    return found


def _demand_no_other(person: Candidate, said: str | Promise) -> None:
    others = Candidate.objects.filter(scheme=person.scheme_id, account=person.account)
    if person.account and others.exclude(pk=person.pk).exclude(status__in=_OVER).exists():
        raise Blocked(Finding("registered-again", said))


def _changed(
    person: Candidate, spec: ReasonSpec, roster: RosterSpec, *, actor: Actor, at: datetime, note: str
) -> StatusChange:
    """Write the change and the person's row."""
    change = _followed(person, spec, roster, changes_of(person), actor=actor, at=at, note=note)
    change.save(force_insert=True)
    person.save(update_fields=_WRITTEN)
    return change


def _followed(
    person: Candidate,
    spec: ReasonSpec,
    roster: RosterSpec,
    known: list[clock.Change],
    *,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> StatusChange:
    """The change that follows `known`, with the person's row as it is then; nothing is written yet."""
    new = clock.Change(person.status, spec.leads_to, spec.stops_clock, spec.keeps_place, _after(known, at))
    project(person, [*known, new], roster, reason=spec.code)
    return _line(person, new, spec, roster, number=len(known) + 1, actor=actor, note=note)


def _rejoined(
    person: Candidate,
    joined: datetime | None,
    spec: ReasonSpec,
    roster: RosterSpec,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """A line in the history of who stays where they are: a place joined theirs, or left it again."""
    known = changes_of(person)
    stops = bool(known) and known[-1].clock_stops
    new = clock.Change(person.status, person.status, stops, True, _after(known, at), joined)
    person.seniority_at = (
        clock.place_after(person.seniority_at, new) if joined else clock.place([*known, new])
    )
    _line(person, new, spec, roster, number=len(known) + 1, actor=actor).save(force_insert=True)
    person.save(update_fields=["seniority_at"])
    indexing.refresh([person.pk])


def _line(
    person: Candidate,
    new: clock.Change,
    spec: ReasonSpec,
    roster: RosterSpec,
    *,
    number: int,
    actor: Actor,
    note: str = "",
) -> StatusChange:
    return StatusChange(
        candidate=person,
        number=number,
        before=new.before,
        after=new.after,
        reason=spec.code,
        roster_version=roster.version,
        clock_stops=new.clock_stops,
        keeps_place=new.keeps_place,
        seniority_at=person.seniority_at,
        note=note.strip(),
        actor=actor.code,
        happened_at=new.happened_at,
    )


def _after(known: list[clock.Change], at: datetime) -> datetime:
    """A history has an order, whatever two clocks say."""
    return max([at, *(each.happened_at for each in known[-1:])])


def project(person: Candidate, changes: list[clock.Change], roster: RosterSpec, *, reason: str) -> None:
    """Have the person's row say what the clock makes of `changes`, the last of which is new."""
    last, validity = changes[-1], roster.validity
    on = timezone.localdate(last.happened_at)
    person.status, person.status_at, person.reason = last.after, last.happened_at, reason
    person.seniority_at = clock.place_after(person.seniority_at, last)
    ends_at = clock.ends_at(changes, validity.waiting_days, last.happened_at)
    person.valid_until = timezone.localdate(ends_at) if ends_at else None
    person.confirm_by = next_question(roster, on) if last.after == RosterStatus.ACTIVE else None


def next_question(roster: RosterSpec, on: date) -> date:
    """The day by which whoever said so on that day says again that they are interested."""
    return on + timedelta(days=roster.validity.confirm_days)


def _close_question(person: Candidate, *, at: datetime) -> None:
    """Close the open question; after a lapse its link is the way back and stays open."""
    if person.status not in {RosterStatus.ACTIVE, RosterStatus.LAPSED}:
        open_ones = Confirmation.objects.filter(candidate=person, answered_at=None, closed_at=None)
        open_ones.update(closed_at=at)
