"""Loads the roster of a pack: a version that was loaded never changes, a new one is added."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.actions import found_organisation
from tragitto.accounts.models import Organisation
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.schemes import rules
from tragitto.schemes.models import Roster, RosterDuty, Scheme
from tragitto.schemes.pack import RosterSpec


def load_roster(*, spec: RosterSpec, scheme: Scheme, actor: Actor, at: datetime) -> bool:
    """Add the version of the roster that `spec` is; whether it was new. Part of the caller's transaction.

    Registrations rest on the version they were made under, so a version once loaded stays. Raises `Blocked`
    when the same version says something else now.
    """
    content = rules.content_hash(spec)
    known = Roster.objects.filter(scheme=scheme, version=spec.version).first()
    if known is not None and known.content_hash == content:
        return False
    if known is not None:
        said = _("Version {version} of the roster is in use and says something else: give it a new version.")
        raise Blocked(Finding("roster_version_changed", said.format(version=spec.version)))

    Roster.objects.create(
        scheme=scheme,
        version=spec.version,
        content=msgspec.to_builtins(spec),
        content_hash=content,
        loaded_at=at,
    )
    organisations = _organisations(spec, actor=actor, at=at)
    RosterDuty.objects.filter(scheme=scheme).delete()
    RosterDuty.objects.bulk_create(
        RosterDuty(
            scheme=scheme,
            duty=each.duty,
            organisation=organisations[each.organisation],
            source=each.source,
        )
        for each in spec.duties
    )
    return True


def _organisations(spec: RosterSpec, *, actor: Actor, at: datetime) -> dict[str, Organisation]:
    wanted = {each.code: each for each in spec.organisations}
    named = {each.organisation for each in spec.duties} | wanted.keys()
    known = {each.code: each for each in Organisation.objects.filter(code__in=named)}
    for code in sorted(wanted.keys() - known.keys()):
        each = wanted[code]
        known[code] = found_organisation(code=code, name=each.name, kind=each.kind, actor=actor, at=at)
    return known
