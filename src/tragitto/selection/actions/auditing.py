"""The file of a run for an appeal or an audit: everything to check it, and nobody's name or code."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.selection import permissions
from tragitto.selection.models import Run
from tragitto.selection.queries.runs import file_of, instance_of
from tragitto.selection.rules import audit
from tragitto.selection.vocabulary import RunKind


@transaction.atomic
def hand_out(*, run: Run, actor: Actor, at: datetime) -> bytes:
    """The file of `run` as a zip; that it was handed out stands in the ledger.

    People stand in it as "person-0001" and so on, in the order of the roster, so that a person can be told
    which one they are. `run` comes with its round and rules. Raises `NotAllowed`; `Blocked` for a match of
    a round in which none was confirmed: it holds the number of the lot and what everybody sent.
    """
    if not permissions.may(actor, "round.audit", run.round.scheme):
        text = _("Only who takes part in the selection or watches it takes out the file of a run.")
        raise NotAllowed(Finding("may_not_audit", text))
    if run.kind == RunKind.MATCH and run.round.seed_shown_at is None:
        text = _("The file of a match is given out once a second person has confirmed one in this round.")
        raise Blocked(Finding("match_not_confirmed", text))
    about = {
        "run": run.code,
        "number": run.number,
        "round": run.round.code,
        "kind": run.kind,
        "is_what_if": run.is_what_if,
        "engine": run.engine,
        "run_at": run.run_at.isoformat(),
        "instance_hash": run.instance_hash,
        "result_hash": run.result_hash,
        "rules_version": run.round.rules.version,
        "rules_hash": run.round.rules.content_hash,
    }
    made = audit.packed(
        about,
        file_of(run),
        {"parameters": run.parameters, "result": run.result, "proof": run.proof},
        rules=run.round.rules.content,
    )
    record("run.handed_out", subject=run.round.code, actor=actor, at=at, facts={"run": run.code})
    return made


def pseudonym(run: Run, candidate: str) -> str:
    """The name under which a person of the run stands in its file."""
    return audit.pseudonyms(instance_of(run))[candidate]
