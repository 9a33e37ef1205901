"""The proof of when a message came, as a decision shows it: instant, source, closing, register number."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tragitto.employers import wording
from tragitto.employers.models import Finding
from tragitto.employers.words import INSTANTS


def proof(found: Mapping[str, object], zone: str) -> tuple[str, ...]:
    """What proves the time of the message that a finding is about, one line each. Two queries.

    `found` is the finding as a decision keeps it; moments are told in `zone`, which is named.
    """
    finding = Finding.objects.select_related("version__message__entry").get(code=found["finding"])
    version, parameters = finding.version, found["parameters"]
    assert isinstance(parameters, Mapping)
    lines = []
    if version.instant:
        moment = wording.moment_in_words(version.instant, zone)
        lines.append(f"{_('Instant that counts')}: {moment} · {INSTANTS[version.instant_kind]}")
    if closed := parameters.get("closed"):
        moment = wording.moment_in_words(datetime.fromisoformat(str(closed)), zone)
        lines.append(f"{_('First instant that was too late')}: {moment}")
    if version.identifier:
        lines.append(f"{_('Certified identifier')}: {version.identifier}")
    if entry := getattr(version.message, "entry", None):
        lines.append(f"{_('In the protocol register')}: {entry.reference}")
    return tuple(lines)
