"""Running the engine on a round: the snapshot, its hash, the result and its proof, kept for ever."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.selection import permissions
from tragitto.selection.holding import held
from tragitto.selection.models import Round, Run
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.queries.runs import instance_of
from tragitto.selection.queries.shortlists import STANDING, by_post
from tragitto.selection.queries.snapshots import NO_CHANGES, Snapshot, snapshot
from tragitto.selection.rules.changes import Changes
from tragitto.selection.rules.solved import hash_of
from tragitto.selection.rules.solving import SOLVERS
from tragitto.selection.vocabulary import RunKind
from tragitto_matching import ENGINE_VERSION, files
from tragitto_matching.hashing import instance_hash

#: Who may ask the engine for what.
_VERBS = {
    RunKind.SHORTLISTS: "round.run",
    RunKind.TIMETABLE: "meeting.arrange",
    RunKind.MATCH: "round.match",
}


@dataclass(frozen=True)
class Again:
    """A run done again from what was kept of it: whether everything came out the same, byte for byte."""

    is_same: bool
    result_hash: str
    #: The version of the engine that repeated it, and the one that made it.
    engine: str
    made_by: str


@transaction.atomic
def run(
    *,
    round: Round,
    kind: RunKind,
    parameters: Mapping[str, Any],
    changes: Changes = NO_CHANGES,
    note: str = "",
    actor: Actor,
    at: datetime,
) -> Run:
    """Put the round, as it stands today, to the engine and keep what went in, what came out and the proof.

    With `changes` it is a what-if that says in `note` why it was tried: nothing of it is ever taken up, and
    nothing else is touched. Raises `NotAllowed`; `Blocked` for a round that is not under way, a what-if that
    does not say why, and a result in which the independent checks find a fault.
    """
    found = held_to_run(round, kind, actor)
    refuse(found, changes, note)
    taken = snapshot(found, on=at.astimezone(ZoneInfo(rules_of(found).meeting.zone)).date(), changes=changes)
    return _kept(found, kind, parameters, taken, _Tried(changes, note.strip()), actor=actor, at=at)


@transaction.atomic
def propose(
    *, round: Round, changes: Changes = NO_CHANGES, note: str = "", actor: Actor, at: datetime
) -> Run:
    """Run the shortlists of the round by its rules: so many people for each seat, those who stand already
    keeping their places. `changes` and refusals as of `run`; `Blocked` too where no post takes part.
    """
    found = held_to_run(round, RunKind.SHORTLISTS, actor)
    refuse(found, changes, note)
    on = at.astimezone(ZoneInfo(rules_of(found).meeting.zone)).date()
    taken = snapshot(found, on=on, changes=changes)
    if not taken.posts:
        text = _("No position takes part in this round yet: add one under “Positions”.")
        raise Blocked(Finding("no_posts", text))
    parameters = _shortlist_parameters(found, taken, changes)
    tried = _Tried(changes, note.strip())
    return _kept(found, RunKind.SHORTLISTS, parameters, taken, tried, actor=actor, at=at)


@transaction.atomic
def rerun(*, run: Run, actor: Actor, at: datetime) -> Again:
    """Do `run` again from what was kept of it and say whether the same came out; the ledger keeps the answer.

    Changes nothing. Raises `NotAllowed` for who may not look at runs.
    """
    if not permissions.may(actor, "round.see", run.round.scheme):
        raise NotAllowed(Finding("may_not_see", _("Only who takes part in the selection repeats a run.")))
    instance = instance_of(run)
    whole = instance_hash(instance)
    solved = SOLVERS[RunKind(run.kind)](instance, run.parameters)
    result = hash_of(whole, run.kind, run.parameters, solved.result, engine=run.engine)
    is_same = (whole, result) == (run.instance_hash, run.result_hash)
    facts = {"run": run.code, "same": is_same, "engine": ENGINE_VERSION}
    record("run.repeated", subject=run.round.code, actor=actor, at=at, facts=facts)
    return Again(is_same, result, ENGINE_VERSION, run.engine)


@dataclass(frozen=True)
class _Tried:
    changes: Changes
    note: str


def held_to_run(round: Round, kind: RunKind, actor: Actor) -> Round:
    """The round, held by the caller's transaction. Raises `NotAllowed` for who may not run it."""
    found = held(round)
    if not permissions.may(actor, _VERBS[kind], found.scheme):
        text = _("Only who proposes candidates, arranges the meetings or coordinates runs the engine.")
        raise NotAllowed(Finding("may_not_run", text))
    return found


def refuse(round: Round, changes: Changes, note: str) -> None:
    """Raise `Blocked` for a round that is not under way and a what-if that does not say why."""
    if changes and not note.strip():
        text = _("Say what you try out and why: whoever reads the run later wants to know.")
        raise Blocked(Finding("note_missing", text, {"field": "note"}))
    if not changes and not round.is_open:
        text = _("This round is not under way: publish its rules first; a closed round stays closed.")
        raise Blocked(Finding("round_not_open", text))


def _shortlist_parameters(round: Round, taken: Snapshot, changes: Changes) -> dict[str, Any]:
    """How many people each list still needs, and who stands on one already."""
    rules = rules_of(round)
    lines = [each for post in by_post(round).values() for each in post if each.state in STANDING]
    pairs = ((each.row.post.code, each.row.candidate.code) for each in lines)
    standing = sorted(pair for pair in pairs if pair[0] in taken.posts)
    on_list: dict[str, int] = {}
    for post, _person in standing:
        on_list[post] = on_list.get(post, 0) + 1
    calls = dict(round.posts.values_list("code", "position__expression__call__code"))
    seats = taken.instance.seats_left().tolist()
    per_post = {}
    for code, place in taken.posts.items():
        ratio = changes.per_seat or rules.per_seat_of(calls.get(code, ""))
        per_post[code] = max(0, seats[place] * ratio - on_list.get(code, 0))
    return {
        "per_post": per_post,
        "standing": [list(pair) for pair in standing if pair[1] in taken.candidates],
        "reserve_percent": rules.reserve_percent,
    }


def _kept(
    round: Round,
    kind: RunKind,
    parameters: Mapping[str, Any],
    taken: Snapshot,
    tried: _Tried,
    *,
    actor: Actor,
    at: datetime,
) -> Run:
    solved = SOLVERS[kind](taken.instance, parameters)
    if solved.proof.get("faults"):
        text = _("The independent check found a fault in the result, so it was not kept. Report it.")
        raise Blocked(Finding("proof_failed", text, {"faults": solved.proof["faults"]}))

    whole = instance_hash(taken.instance)
    asked = dict(parameters) | ({"changes": tried.changes.kept()} if tried.changes else {})
    last = Run.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0
    made = Run.objects.create(
        code=new_code("RN"),
        round=round,
        number=last + 1,
        kind=kind,
        is_what_if=bool(tried.changes),
        note=tried.note,
        engine=ENGINE_VERSION,
        instance=zlib.compress(files.write(taken.instance)),
        instance_hash=whole,
        parameters=asked,
        result=solved.result,
        result_hash=hash_of(whole, kind, asked, solved.result),
        proof=solved.proof,
        run_at=at,
        run_by=actor.code,
    )
    facts = {"run": made.code, "kind": str(kind), "what_if": made.is_what_if, "result": made.result_hash}
    record("run.made", subject=round.code, actor=actor, at=at, facts=facts)
    return made
