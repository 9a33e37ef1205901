"""Loads a pack: the scheme, its journeys and its calls as drafts, each part only when it changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.actions import found_organisation
from tragitto.accounts.models import Organisation
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.law.queries import covered
from tragitto.ledger.actions import record
from tragitto.schemes import permissions, rules
from tragitto.schemes.actions.relating import relate
from tragitto.schemes.actions.rosters import load_roster
from tragitto.schemes.actions.rows import load_call
from tragitto.schemes.actions.selections import load_selection
from tragitto.schemes.models import Call, Duty, Journey, Profile, Region, Scheme, Stage, Step
from tragitto.schemes.pack import JourneySpec, Pack, SchemeSpec, filled
from tragitto.schemes.registries import CRITERIA, EFFECTS, GUARDS
from tragitto.schemes.vocabulary import CallStatus


@dataclass(frozen=True)
class Loaded:
    """What a loading changed: codes of parts written anew; empty when nothing was new."""

    scheme: Scheme
    written: tuple[str, ...]
    warnings: tuple[rules.Problem, ...]


@transaction.atomic
def load(*, pack: Pack, actor: Actor, at: datetime, rehearsal: bool = False) -> Loaded:
    """Bring the scheme, its journeys and its calls to what ``pack`` says; a second time nothing happens.

    Calls come in as drafts of ``actor``; with ``rehearsal`` their unknowns are filled by the marked
    stand-ins. Writes organisations not known yet, and one ledger entry when anything changed. Raises
    ``NotAllowed``; ``Blocked`` when no law is loaded, with one finding for each error of the check, and
    when a published call, a draft changed in the office, a published journey, the scheme under a published
    call, or by a rehearsal a real call would change.
    """
    if not permissions.may_load(actor):
        raise NotAllowed(Finding("may_not_load_scheme", _("Only administrators load schemes.")))
    law = covered()
    if not law:
        raise Blocked(Finding("no_law", _("No law is loaded yet: run `tragitto law load` first.")))
    if rehearsal:
        _demand_no_real_call(pack)
        pack = msgspec.structs.replace(pack, calls=tuple(filled(call) for call in pack.calls))
    problems = rules.check(pack, law, rules.Registries(GUARDS, EFFECTS, CRITERIA))
    if errors := [problem for problem in problems if problem.is_error]:
        raise Blocked(Finding(each.code, f"{each.where}: {each.text}") for each in errors)

    written: list[str] = []
    scheme = _scheme(pack, actor=actor, at=at, written=written)
    journeys = {spec.code: _journey(scheme, spec, written=written) for spec in _by_version(pack)}
    for spec in pack.calls:
        way = journeys[spec.journey]
        whole = pack.whole(spec)
        if load_call(whole=whole, scheme=scheme, journey=way, rehearsal=rehearsal, actor=actor, at=at):
            written.append(f"call {spec.code}")
    if pack.roster is not None and load_roster(spec=pack.roster, scheme=scheme, actor=actor, at=at):
        written.append(f"roster {pack.roster.version}")
    if pack.selection is not None and load_selection(spec=pack.selection, scheme=scheme, actor=actor, at=at):
        written.append(f"selection {pack.selection.version}")
    for spec in pack.calls:
        call = Call.objects.get(code=spec.code)
        if relate(call=call, links=spec.related, actor=actor, at=at):
            written.append(f"links of {spec.code}")

    if written:
        facts = {"pack": pack.digest, "written": written, "rehearsal": rehearsal}
        record("scheme.loaded", subject=scheme.code, actor=actor, at=at, facts=facts)
    return Loaded(scheme, tuple(written), tuple(each for each in problems if not each.is_error))


def _demand_no_real_call(pack: Pack) -> None:
    codes = [spec.code for spec in pack.calls]
    real = Call.objects.filter(code__in=codes, is_rehearsal=False).order_by("code")
    said = _("The call {code} is no rehearsal: made-up words do not replace what was written in earnest.")
    if findings := [Finding("real_call", said.format(code=call.code)) for call in real]:
        raise Blocked(findings)


def _by_version(pack: Pack) -> list[JourneySpec]:
    # The newest version of a journey comes last and is the one calls get.
    return sorted(pack.journeys, key=lambda spec: (spec.code, spec.version))


def _scheme(pack: Pack, *, actor: Actor, at: datetime, written: list[str]) -> Scheme:
    spec = pack.scheme
    content = rules.content_hash(spec)
    scheme = Scheme.objects.select_for_update().filter(code=spec.code).first()
    if scheme is not None and scheme.content_hash == content:
        if scheme.pack_hash != pack.digest:
            scheme.pack_hash = pack.digest
            scheme.save(update_fields=["pack_hash"])
        return scheme
    if scheme is not None and scheme.calls.exclude(status=CallStatus.DRAFT).exists():
        raise Blocked(Finding("scheme_in_use", _("A published call rests on this scheme as it was.")))

    facts = {
        "title": spec.title,
        "summary": spec.summary,
        "places": spec.places,
        "starts_on": spec.starts_on,
        "ends_on": spec.ends_on,
        "pack_hash": pack.digest,
        "content_hash": content,
        "loaded_at": at,
    }
    scheme, _new = Scheme.objects.update_or_create(code=spec.code, defaults=facts)
    _parts(scheme, spec, _organisations(spec, actor=actor, at=at))
    written.append(f"scheme {spec.code}")
    return scheme


def _organisations(spec: SchemeSpec, *, actor: Actor, at: datetime) -> dict[str, Organisation]:
    wanted = {each.code: each for each in spec.organisations}
    known = {each.code: each for each in Organisation.objects.filter(code__in=wanted)}
    for code in sorted(wanted.keys() - known.keys()):
        each = wanted[code]
        known[code] = found_organisation(code=code, name=each.name, kind=each.kind, actor=actor, at=at)
    return known


def _parts(scheme: Scheme, spec: SchemeSpec, organisations: dict[str, Organisation]) -> None:
    Duty.objects.filter(scheme=scheme).delete()
    for region in spec.regions:
        facts = msgspec.to_builtins(region)
        Region.objects.update_or_create(scheme=scheme, code=facts.pop("code"), defaults=facts)
    for position, profile in enumerate(spec.profiles, start=1):
        facts = {**msgspec.to_builtins(profile), "position": position}
        Profile.objects.update_or_create(scheme=scheme, code=facts.pop("code"), defaults=facts)
    regions = {region.code: region for region in scheme.regions.all()}
    Duty.objects.bulk_create(
        Duty(
            scheme=scheme,
            duty=duty.duty,
            organisation=organisations.get(duty.organisation),
            region=regions.get(duty.region),
            source=duty.source,
        )
        for duty in spec.duties
    )


def _journey(scheme: Scheme, spec: JourneySpec, *, written: list[str]) -> Journey:
    content = rules.content_hash(spec)
    key: dict[str, Any] = {"scheme": scheme, "code": spec.code, "version": spec.version}
    journey = Journey.objects.select_for_update().filter(**key).first()
    if journey is not None and journey.content_hash == content:
        return journey
    if journey is not None and journey.is_published:
        said = _("The journey {code} version {version} is published: write a new version.")
        text = said.format(code=spec.code, version=spec.version)
        raise Blocked(Finding("published_journey_changed", text))

    facts = {"subject": spec.subject, "title": spec.title, "content_hash": content}
    journey, _new = Journey.objects.update_or_create(**key, defaults=facts)
    Step.objects.filter(journey=journey).delete()
    Stage.objects.filter(journey=journey).delete()
    stages = Stage.objects.bulk_create(_stages(journey, spec))
    Step.objects.bulk_create(_steps(journey, spec, {stage.code: stage for stage in stages}))
    written.append(f"journey {spec.code} {spec.version}")
    return journey


def _stages(journey: Journey, spec: JourneySpec) -> list[Stage]:
    return [
        Stage(
            journey=journey,
            position=position,
            **{**msgspec.to_builtins(stage), "outcome": stage.outcome or ""},
        )
        for position, stage in enumerate(spec.stages, start=1)
    ]


def _steps(journey: Journey, spec: JourneySpec, stages: dict[str, Stage]) -> list[Step]:
    return [
        Step(
            journey=journey,
            position=position,
            **{
                **msgspec.to_builtins(step),
                "source": stages.get(step.source),
                "target": stages[step.target],
                "awaits": step.awaits or "",
            },
        )
        for position, step in enumerate(spec.steps, start=1)
    ]
