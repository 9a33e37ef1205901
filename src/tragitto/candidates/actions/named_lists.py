"""The list of names that a call promises to firms: made by one person, released by another, recalled."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions
from tragitto.candidates.actions.looking import NAMED
from tragitto.candidates.models import Candidate, NamedList, NamedListEntry
from tragitto.candidates.queries import disclosure, lists
from tragitto.candidates.queries.profiles import sheets
from tragitto.candidates.rules.naming_columns import COLUMNS, line
from tragitto.candidates.vocabulary import ON_ROSTER, Audience
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.declarations import Basis
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import Disclosure

MOST = 500


@transaction.atomic
def make_named_list(
    *,
    call: Call,
    recipient: str,
    candidates: Sequence[Candidate],
    columns: Sequence[str],
    basis: Basis,
    citation: str,
    actor: Actor,
    at: datetime,
) -> NamedList:
    """Draw up the list of names for the firm of public code `recipient`, in the order given.

    Nobody sees it before a second person releases it. Raises `NotAllowed`; `Blocked` when the call promises
    no names, the list is empty or too long, a column is not one, the basis lacks its citation, and for
    people not on the roster, who did not consent to be shown or whom a list keeps out, each by code.
    """
    _demand(actor, call)
    findings = _obstacles(call, candidates, columns, citation)
    if findings := [*findings, *_lists(actor, candidates, call, recipient)]:
        raise Blocked(findings)

    made = NamedList.objects.create(
        code=new_code("NL"),
        call=call,
        recipient=recipient,
        basis=basis,
        citation=citation.strip(),
        columns=[column for column in COLUMNS if column in columns],
        made_at=at,
        made_by=actor.code,
    )
    NamedListEntry.objects.bulk_create(
        NamedListEntry(named_list=made, candidate=each, position=position)
        for position, each in enumerate(candidates, start=1)
    )
    facts = {"call": call.code, "recipient": recipient, "people": len(candidates), "columns": made.columns}
    record("named_list.made", subject=made.code, actor=actor, at=at, facts=facts)
    return made


@transaction.atomic
def release_named_list(*, named_list: NamedList, actor: Actor, at: datetime) -> NamedList:
    """Give the list to its firm: what it says is frozen, and each person can read that they were named.

    People who left the roster, withdrew their consent or were put on a list that keeps them out since are
    left out. Again it changes nothing. Raises
    `NotAllowed`, also for whoever drew it up; `Blocked` once it was recalled, or when nobody is left on it.
    """
    held = NamedList.objects.select_for_update().select_related("call").get(pk=named_list.pk)
    _demand(actor, held.call)
    if held.released_at:
        return held
    if held.recalled_at:
        raise Blocked(Finding("list_recalled", _("This list was recalled: draw up another one.")))
    if actor.code == held.made_by:
        text = _("Another person than the one who drew it up releases a list of names.")
        raise NotAllowed(Finding("second_person", text))
    people = _held(held)
    kept = lists.kept_out(actor, people, held.call, held.recipient)
    left = [
        each
        for each in people
        if each.status in ON_ROSTER and each.pk not in kept and disclosure.may_be_shown(each)
    ]
    if not left:
        raise Blocked(Finding("nobody_left", _("Nobody on this list may be shown any more: recall it.")))

    seen = sheets([each.pk for each in left], Audience.EMPLOYER_AFTER, on=timezone.localdate(at))
    held.lines = [{"person": each.code, "said": line(held.columns, seen[each.pk])} for each in left]
    held.released_at, held.released_by = at, actor.code
    held.save(update_fields=["lines", "released_at", "released_by"])
    facts = {"named_list": held.code, "recipient": held.recipient, "columns": held.columns}
    for person in left:
        record(NAMED, subject=person.code, actor=actor, at=at, facts=facts)
    told = {"people": len(left), "left_out": len(people) - len(left)}
    record("named_list.released", subject=held.code, actor=actor, at=at, facts=told)
    return held


@transaction.atomic
def recall_named_list(*, named_list: NamedList, reason: str, actor: Actor, at: datetime) -> NamedList:
    """Take a list back: its names are gone from our pages, that it was given stays known.

    Again it changes nothing. Raises `NotAllowed`; `Blocked` without a reason.
    """
    held = NamedList.objects.select_for_update().select_related("call").get(pk=named_list.pk)
    _demand(actor, held.call)
    if held.recalled_at:
        return held
    if not reason.strip():
        raise Blocked(Finding("reason_missing", _("Say why the list is taken back: the reason is kept.")))

    held.lines, held.recalled_at, held.recall_reason = [], at, reason.strip()
    held.save(update_fields=["lines", "recalled_at", "recall_reason"])
    record("named_list.recalled", subject=held.code, actor=actor, at=at)
    return held


def _held(named_list: NamedList) -> list[Candidate]:
    """The people of a list in its order, held: nobody leaves the roster before the release is done."""
    order = list(named_list.entries.order_by("position").values_list("candidate_id", flat=True))
    people = Candidate.objects.select_for_update(no_key=True).filter(pk__in=order).order_by("pk")
    return sorted(people, key=lambda each: order.index(each.pk))


def _demand(actor: Actor, call: Call) -> None:
    if not permissions.may_with_roster(actor, "roster.name", call.scheme):
        text = _("Only who keeps the roster draws up and releases lists of names.")
        raise NotAllowed(Finding("may_not_name", text))


def _obstacles(
    call: Call, candidates: Sequence[Candidate], columns: Sequence[str], citation: str
) -> list[Finding]:
    found: list[Finding] = []
    if call.disclosure != Disclosure.NAMED_LIST:
        text = _("This call promises no list of names: firms see anonymous profiles until people accept.")
        found.append(Finding("no_names_promised", text))
    if not candidates or len(candidates) > MOST:
        text = _("A list of names holds from 1 to {most} people: this one has {people}.")
        found.append(Finding("list_size", text.format(most=MOST, people=len(candidates))))
    if len({each.pk for each in candidates}) != len(candidates):
        found.append(Finding("person_twice", _("Somebody is on the list twice: take one of the two away.")))
    if not columns or set(columns) - set(COLUMNS):
        found.append(Finding("columns_wrong", _("Choose what the list says of each person.")))
    if not citation.strip():
        text = _("Name the act and article on which the firm receives names.")
        found.append(Finding("citation_missing", text))
    for each in candidates:
        if each.scheme_id != call.scheme_id or each.status not in ON_ROSTER:
            said = _("{code} is not on the roster of this scheme now.")
            found.append(Finding("not_on_roster", said.format(code=each.code)))
        elif not disclosure.may_be_shown(each):
            said = _("{code} has not consented to be shown to firms.")
            found.append(Finding("no_consent", said.format(code=each.code)))
    return found


def _lists(actor: Actor, candidates: Sequence[Candidate], call: Call, recipient: str) -> list[Finding]:
    said = _(
        "{code} is on the list “{list}” of people not to be proposed again: take them off one of the two."
    )
    kept = lists.kept_out(actor, candidates, call, recipient)
    named = [(each.code, kept[each.pk]) for each in candidates if each.pk in kept]
    return [Finding("kept_out", said.format(code=code, list=name)) for code, name in named]
