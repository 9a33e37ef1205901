"""Drafting on line: begin, save page by page, add and take away rows, throw away, forget."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.cases.rules import local_day
from tragitto.employers.models import CoSignature, Expression, FilingDraft, Version
from tragitto.employers.queries import drafts, representing
from tragitto.employers.vocabulary import Power
from tragitto.kernel import refusals
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.pack import FormSpec, GroupSpec
from tragitto.schemes.rules import Value, answers_from, check_answers, rows_of, slots

#: How many drafts a person keeps under one call: a delegate of many enterprises has one for each.
MOST_DRAFTS = 200


@transaction.atomic
def start_draft(
    *, call: Call, language: str, actor: Actor, at: datetime, expression: Expression | None = None
) -> FilingDraft:
    """Begin an answer to `call`, or with `expression` a supplement that starts from what was last filed: for
    the enterprise, where the actor is confirmed, else by the actor.

    Writes the draft; one that the actor began and has not touched is returned instead. Raises `NotAllowed`
    for who has not signed in, or may not complete this expression; `Blocked` for a call that is not open to
    answers and for far too many drafts.
    """
    if actor.is_system or actor == Actor.stranger(actor.door):
        raise NotAllowed(refusals.Finding("not_signed_in", _("Sign in first.")))
    before = _to_begin_from(expression, call, actor, at) if expression else None
    if not call.is_published:
        raise Blocked(refusals.Finding("call_not_published", _("This call takes no answers.")))
    own = FilingDraft.objects.filter(account=actor.code, call=call).unsent()
    if own.count() >= MOST_DRAFTS:
        text = _("You have too many drafts under this call: throw away those you do not need.")
        raise Blocked(refusals.Finding("too_many_drafts", text))

    answers = _answers_of(before, call) if before else {}
    pages, done = drafts.progress(call, answers)
    draft, is_new = own.filter(revision=0).get_or_create(
        account=actor.code,
        call=call,
        expression=expression,
        revision=0,
        defaults={
            "code": new_code("DR"),
            "language": language,
            "answers": answers,
            "pages": pages,
            "pages_done": done,
            "started_at": at,
            "saved_at": at,
        },
    )
    if is_new:
        told = {"call": call.code, "expression": expression.code if expression else ""}
        record("draft.started", subject=draft.code, actor=actor, at=at, facts=told)
    elif draft.language != language:
        draft.language = language
        draft.save(update_fields=["language"])
    return draft


@transaction.atomic
def save_page(
    *,
    draft: FilingDraft,
    form: str,
    answers: Mapping[str, object],
    revision: int,
    actor: Actor,
    at: datetime,
) -> FilingDraft:
    """Save answers to places of a form as they were written, tidied where they are understood.

    What is wrong is kept all the same: `queries.drafts.missing` says how to mend it. `revision` is the one
    the actor saw; the same answers once more change nothing. Raises `NotAllowed` for another person's draft;
    `Blocked` when it was sent or thrown away, or a place is unknown; `Stale` when it was saved elsewhere
    since.
    """
    draft = _held(draft, actor)
    places = slots(_form(draft, form))
    if unknown := set(answers) - {slot.name for slot in places}:
        text = _("This form does not ask that: {places}.").format(places=", ".join(sorted(unknown)))
        raise Blocked(refusals.Finding("unknown_place", text))
    before = draft.answers.get(form, {})
    kept = {name: answer.value for name, answer in check_answers(places, {**before, **answers}).items()}
    if kept == before:
        return draft

    _refuse_stale(draft, revision)
    told = {"form": form, "places": sorted(answers)}
    return _saved(draft, {**draft.answers, form: kept}, "draft.saved", told, actor=actor, at=at)


@transaction.atomic
def add_row(
    *, draft: FilingDraft, form: str, group: str, revision: int, actor: Actor, at: datetime
) -> FilingDraft:
    """Begin a further row of a repeated part. Raises as `save_page`; `Blocked` when the form is full."""
    draft = _held(draft, actor)
    spec = _form(draft, form)
    before = draft.answers.get(form, {})
    row, most = rows_of(spec, group, before) + 1, _group(spec, group).rows
    if row > most:
        text = _("The form holds at most {most} of these: write to the office about the others.").format(
            most=most
        )
        raise Blocked(refusals.Finding("no_more_rows", text))
    _refuse_stale(draft, revision)

    begun = {slot.name: "" for slot in slots(spec) if slot.group.name == group and slot.row == row}
    told = {"form": form, "part": group, "row": row}
    answers = {**draft.answers, form: {**before, **begun}}
    return _saved(draft, answers, "draft.row_added", told, actor=actor, at=at)


@transaction.atomic
def remove_row(
    *, draft: FilingDraft, place: tuple[str, str, int], revision: int, actor: Actor, at: datetime
) -> FilingDraft:
    """Take away a row, named by form, part and number; those behind it move up. Raises as `save_page`."""
    draft = _held(draft, actor)
    form, group, row = place
    spec = _form(draft, form)
    before = draft.answers.get(form, {})
    rows = rows_of(spec, group, before)
    if not 1 <= row <= rows or _group(spec, group).rows == 1:
        raise Blocked(refusals.Finding("no_such_row", _("There is no such row.")))
    _refuse_stale(draft, revision)

    answers = {**draft.answers, form: _without_row(spec, group, row, before)}
    told = {"form": form, "part": group, "row": row}
    return _saved(draft, answers, "draft.row_removed", told, actor=actor, at=at)


@transaction.atomic
def discard_draft(*, draft: FilingDraft, actor: Actor, at: datetime) -> FilingDraft:
    """Throw a draft away: answers, papers and who signed it go at once, that there was one stays.

    The same again changes nothing. Raises `NotAllowed`; `Blocked` when it was sent.
    """
    draft = _own(draft, actor)
    if draft.discarded_at:
        return draft
    if draft.sent_at:
        raise Blocked(_sent())

    draft.papers.all().delete()
    CoSignature.objects.filter(draft=draft).delete()
    draft.answers, draft.discarded_at = {}, at
    draft.save(update_fields=["answers", "discarded_at"])
    record("draft.discarded", subject=draft.code, actor=actor, at=at, facts={"call": draft.call.code})
    return draft


def forget_drafts(*, actor: Actor, at: datetime) -> list[str]:
    """Delete drafts nobody sent: so many days after their call closed as it says, and after the last saving.

    For the house alone: raises `NotAllowed`. Returns their codes. Three queries for each call.
    """
    if not actor.is_system:
        raise NotAllowed(refusals.Finding("not_the_house", _("Only the house itself does this.")))
    forgotten: list[str] = []
    for call in Call.objects.filter(filing_drafts__sent_at__isnull=True).distinct().order_by("code"):
        kept_for = timedelta(days=schemes.filing_of(call).draft_days)
        closed_at = max((opening.closes_at for opening in schemes.openings(call)), default=at)
        if closed_at + kept_for <= at:
            forgotten += _forget(call, at - kept_for, actor=actor, at=at)
    return forgotten


@transaction.atomic
def _forget(call: Call, saved_before: datetime, *, actor: Actor, at: datetime) -> list[str]:
    old = FilingDraft.objects.select_for_update().filter(
        call=call, sent_at__isnull=True, saved_at__lte=saved_before
    )
    codes = []
    for draft in old.order_by("pk"):
        codes.append(draft.code)
        draft.delete()
        record("draft.forgotten", subject=draft.code, actor=actor, at=at, facts={"call": call.code})
    return codes


def held_draft(draft: FilingDraft, actor: Actor) -> FilingDraft:
    """The actor's own draft, held and still to be written in; for the actions of this room."""
    return _held(draft, actor)


def _held(draft: FilingDraft, actor: Actor) -> FilingDraft:
    held = _own(draft, actor)
    if held.sent_at:
        raise Blocked(_sent())
    if held.discarded_at:
        raise Blocked(refusals.Finding("draft_discarded", _("This draft was thrown away.")))
    return held


def _own(draft: FilingDraft, actor: Actor) -> FilingDraft:
    found = FilingDraft.objects.select_for_update(of=("self",)).select_related("call").get(pk=draft.pk)
    if found.account != actor.code:
        raise NotAllowed(refusals.Finding("not_your_draft", _("This is another person's draft.")))
    return found


def _refuse_stale(draft: FilingDraft, revision: int) -> None:
    if revision != draft.revision:
        text = _("This was saved from another page or device since. Look at both, and save once more.")
        raise Stale(refusals.Finding("saved_elsewhere", text, {"revision": draft.revision}))


def _saved(
    draft: FilingDraft,
    answers: dict[str, Any],
    verb: str,
    told: dict[str, Any],
    *,
    actor: Actor,
    at: datetime,
) -> FilingDraft:
    draft.answers, draft.revision, draft.saved_at = answers, draft.revision + 1, at
    draft.pages, draft.pages_done = drafts.progress(draft.call, answers)
    draft.save(update_fields=["answers", "revision", "saved_at", "pages", "pages_done"])
    record(verb, subject=draft.code, actor=actor, at=at, facts={**told, "revision": draft.revision})
    return draft


def _to_begin_from(expression: Expression, call: Call, actor: Actor, at: datetime) -> Version | None:
    """The version a supplement starts from; refuses who does not see it at the portal or may not complete it.

    What others sent is shown to nobody who is not confirmed, in a draft neither.
    """
    on = local_day(at, call.zone)
    seen = representing.expressions_of(actor=actor, on=on).filter(pk=expression.pk, call=call)
    standing = representing.standing(actor=actor, expression=expression, on=on)
    if not (seen.exists() and standing.may(Power.SUPPLEMENT)):
        text = _("You do not act for this enterprise: ask its legal representative for a delegation.")
        raise NotAllowed(refusals.Finding("not_your_expression", text))
    if standing.is_confirmed:
        return expression.current
    own = expression.versions.filter(message__submission__account=actor.code)
    return own.order_by("-number").first()


def _answers_of(version: Version, call: Call) -> dict[str, dict[str, Value]]:
    """What a version says, form by form, but its declarations: they are made anew."""
    read = {form["code"]: form.get("facts") or {} for form in version.facts.get("forms", ())}
    specs = [schemes.form_spec(form) for form in call.forms.order_by("pk")]
    return {spec.code: answers_from(spec, read[spec.code]) for spec in specs if spec.code in read}


def _form(draft: FilingDraft, code: str) -> FormSpec:
    return schemes.form_spec(schemes.form_named(draft.call, code))


def _group(form: FormSpec, name: str) -> GroupSpec:
    found = next((group for group in form.groups if group.name == name), None)
    if found is None:
        raise Blocked(refusals.Finding("unknown_part", _("This form has no such part.")))
    return found


def _without_row(form: FormSpec, group: str, row: int, before: Mapping[str, object]) -> dict[str, object]:
    """The answers without those of one row; what stood behind it stands one row before."""
    after = dict(before)
    mine = [slot for slot in slots(form) if slot.group.name == group and slot.row >= row]
    places = {(slot.field.name, slot.row): slot.name for slot in mine}
    for slot in mine:
        after.pop(slot.name, None)
    for slot in mine:
        behind = places.get((slot.field.name, slot.row + 1), "")
        if behind in before:
            after[slot.name] = before[behind]
    return after


def _sent() -> refusals.Finding:
    text = _("This was sent already. To change something, begin a supplement.")
    return refusals.Finding("draft_sent", text)
