"""Entering people whom an organisation registers: one, or many in one go; the same again changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions
from tragitto.candidates.actions import entering_changes, entering_new, indexing, likeness, standing
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries import choices, judging, portraits
from tragitto.candidates.rules.rows import Row, read_row
from tragitto.candidates.vocabulary import RowVerdict
from tragitto.candidates.words.rows import finding
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record_many
from tragitto.schemes.models import RosterDuty, Scheme
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import RosterDutyKind


@dataclass(frozen=True)
class Entered:
    """What became of a row: the person it is about, and the judgement by which it was written."""

    candidate: Candidate
    judged: judging.Judged


def enter(*, scheme: Scheme, raw: Mapping[str, str], actor: Actor, at: datetime) -> Entered:
    """Enter one person: texts by the codes of the columns of a list. As `enter_many`.

    Raises `Blocked` with a finding for each thing that is wrong with what was sent.
    """
    spec = roster_of(scheme)
    lists = choices.lists_of(scheme, spec)
    row = read_row(raw, choices.asked_of(lists, spec, timezone.localdate(at)), choices.choices_of(lists))
    (entered,) = enter_many(scheme=scheme, rows=[row], actor=actor, at=at)
    return entered


@transaction.atomic
def enter_many(
    *, scheme: Scheme, rows: Sequence[Row], batch: str = "", actor: Actor, at: datetime
) -> list[Entered]:
    """Enter the people of these rows, each under a reference of the actor's organisation.

    Who is new is sent to the keepers at once. Of who is known, what the row says otherwise is written, as far
    as the organisation said it itself: what the person and the keepers wrote stays. An entry of the ledger
    for each person, under the code of the `batch`. Consents are never entered for somebody. About as many
    queries for ten thousand people as for one.

    Raises `NotAllowed`; `Blocked` when one of the rows is refused: then none is written.
    """
    if not permissions.may_with_roster(actor, "roster.register", scheme):
        said = _("Your organisation does not register people on this roster.")
        raise NotAllowed(Finding("no_registrar", said))
    duties = RosterDuty.objects.filter(scheme=scheme, duty=RosterDutyKind.REGISTERS)
    # One after the other: two batches of one organisation may have the same references.
    duty = duties.select_for_update(no_key=True).get(organisation__code=actor.organisation)
    judged = _judged(scheme, rows, actor)
    if refused := [problem for each in judged for problem in each.problems]:
        raise Blocked(finding(problem) for problem in refused)

    new = [each.row for each in judged if each.known is None]
    people = entering_new.entered(
        scheme=scheme, rows=new, organisation=duty.organisation_id, actor=actor, at=at
    )
    changed = [each for each in judged if each.verdict == RowVerdict.CHANGED]
    entering_changes.write(scheme=scheme, changed=changed, actor=actor, at=at)

    standing.send_many(candidates=list(people.values()), actor=actor, at=at)
    keys = [each.known.candidate.pk for each in changed if each.known]
    indexing.refresh(keys)
    keys += [person.pk for person in people.values()]
    likeness.note(candidates=keys, scheme=scheme.pk, actor=actor, at=at)
    _tell(judged, people, batch, actor=actor, at=at)
    return [
        Entered(each.known.candidate if each.known else people[each.row.reference], each) for each in judged
    ]


def _judged(scheme: Scheme, rows: Sequence[Row], actor: Actor) -> list[judging.Judged]:
    """The rows as they would be now; whoever they are about is held from here on."""
    references = [row.reference for row in rows]
    theirs = Candidate.objects.filter(
        registrations__organisation__code=actor.organisation, registrations__reference__in=references
    )
    people = Candidate.objects.filter(pk__in=theirs.values("pk")).order_by("pk")
    list(people.select_for_update(no_key=True).values_list("pk", flat=True))
    known = portraits.known_under(references, scheme=scheme, organisation=actor.organisation)
    return [judging.judge(row, known.get(row.reference)) for row in rows]


def _tell(
    judged: Sequence[judging.Judged],
    people: Mapping[str, Candidate],
    batch: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    base = {"organisation": actor.organisation, "batch": batch}
    entered = {people[each.row.reference].code: base for each in judged if each.known is None}
    changed = {
        each.known.candidate.code: base | {"units": sorted(each.plan.taken)}
        for each in judged
        if each.known and each.verdict == RowVerdict.CHANGED
    }
    record_many("candidate.entered", told=entered, actor=actor, at=at)
    record_many("candidate.entry_changed", told=changed, actor=actor, at=at)
