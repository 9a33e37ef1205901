"""Runs of a round, what went in and what came out."""

import zlib
from functools import lru_cache

from django.db.models import Exists, OuterRef, QuerySet

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.selection.models import Round, Run
from tragitto.selection.vocabulary import RunKind
from tragitto_matching import files
from tragitto_matching.instance import Instance

#: What a list of runs does not read: it may be long.
_WHOLE = ("instance", "result", "proof", "parameters")


def runs_of(round: Round) -> QuerySet[Run]:
    """The runs of the round, the newest first, without what went in and came out. One query."""
    return Run.objects.filter(round=round).select_related("adoption").defer(*_WHOLE).order_by("-number")


def run_for(actor: Actor, code: str) -> Run:
    """The run of this code with its round, as `actor` may see it; or `NotFound`. One query."""
    seen = Round.objects.visible_to(actor)
    whole = Run.objects.filter(round__in=seen, code=code)
    found = whole.select_related("round__scheme", "round__rules", "adoption").first()
    if found is None:
        raise NotFound(code)
    return found


def run_in(round: Round, code: str) -> Run:
    """The run of this code in the round, with the round and its rules; or `NotFound`. One query."""
    found = Run.objects.filter(round=round, code=code)
    run = found.select_related("round__scheme", "round__rules", "adoption").first()
    if run is None:
        raise NotFound(code)
    return run


def comparable(round: Round) -> QuerySet[Run]:
    """The runs of shortlists of the round, what-ifs among them, the newest first. One query."""
    return runs_of(round).filter(kind=RunKind.SHORTLISTS)


def to_take_up(round: Round) -> QuerySet[Run]:
    """Runs of shortlists made after the one last taken up, without what-ifs, the newest first. One query."""
    taken = Run.objects.filter(round=round, kind=RunKind.SHORTLISTS, adoption__isnull=False)
    later = taken.filter(number__gte=OuterRef("number"))
    return runs_of(round).filter(~Exists(later), kind=RunKind.SHORTLISTS, is_what_if=False)


def newest(round: Round, kind: RunKind) -> Run | None:
    """The newest run of this kind that was no what-if. One query."""
    found = Run.objects.filter(round=round, kind=kind, is_what_if=False).order_by("-number")
    return found.select_related("round__scheme", "round__rules").first()


def instance_of(run: Run) -> Instance:
    """What went into `run`, as it was."""
    return _instance(run.instance_hash, bytes(run.instance))


def file_of(run: Run) -> bytes:
    """The engine's file of what went into `run`."""
    return zlib.decompress(bytes(run.instance))


# A run never changes; few are looked at at a time.
@lru_cache(maxsize=4)
def _instance(of: str, content: bytes) -> Instance:
    return files.read(zlib.decompress(content))
