"""Loads the rules of selection of a pack: a version that was loaded never changes, a new one is added."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.schemes import rules
from tragitto.schemes.models import Scheme, SelectionRules
from tragitto.schemes.pack import SelectionSpec


def load_selection(*, spec: SelectionSpec, scheme: Scheme, actor: Actor, at: datetime) -> bool:
    """Add the version of the rules that `spec` is; whether it was new. Part of the caller's transaction.

    Rounds keep the version they were published with, so a version once loaded stays. The caller writes in
    the ledger what `actor` loaded. Raises `Blocked` when the same version says something else now.
    """
    content = rules.content_hash(spec)
    known = SelectionRules.objects.filter(scheme=scheme, version=spec.version).first()
    if known is not None and known.content_hash == content:
        return False
    if known is not None:
        said = _("Version {version} of the rules of selection says something else: give it a new version.")
        raise Blocked(Finding("selection_version_changed", said.format(version=spec.version)))
    SelectionRules.objects.create(
        scheme=scheme,
        version=spec.version,
        content=msgspec.to_builtins(spec),
        content_hash=content,
        loaded_at=at,
    )
    return True
