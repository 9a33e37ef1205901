"""Certified mail of 2005: one ``daticert.xml`` beside the original (DM 2 November 2005, RFC 6109)."""

from __future__ import annotations

from tragitto_pec import mime
from tragitto_pec.adapters.form import PEC, Form, original_of
from tragitto_pec.daticert import DaticertError, parse
from tragitto_pec.limits import Limits
from tragitto_pec.mime import Part
from tragitto_pec.original import is_daticert
from tragitto_pec.reading import CertifiedEvent
from tragitto_pec.reasons import deciding, warning


def form(parts: list[Part], limits: Limits) -> Form | None:
    """Look at the direct parts only: whatever lies deeper, the sender could have put there.

    None when no part bears the name of the certification data.
    """
    data = [position for position, part in enumerate(parts) if is_daticert(part)]
    if not data:
        return None
    at, original = original_of(parts)
    if len(data) > 1:
        return Form(original=original, problems=(deciding("several-daticert", count=str(len(data))),))
    # The sender's bytes begin with the original: a boundary guessed by them can only open parts after it.
    if at < data[0]:
        return Form(original=original, problems=(deciding("daticert-after-original"),))
    extra = len(parts) - 2 - bool(original)
    warnings = (warning("unexpected-part", count=str(extra)),) if extra > 0 else ()
    try:
        xml = _xml(parts[data[0]])
        statement = parse(xml, limits)
    except DaticertError as error:
        return Form(original=original, problems=(deciding("daticert-unreadable", problem=str(error)),))
    event = CertifiedEvent(str(statement.kind), statement.at, statement.provider, PEC, xml)
    return Form(PEC, statement, (event,), original, warnings=warnings)


def without_data(parts: list[Part]) -> Form:
    """What has the form of certified mail but states nothing: an anomaly envelope, at best."""
    return Form(original=original_of(parts)[1], problems=(deciding("no-daticert"),))


def _xml(part: Part) -> bytes:
    raw, is_whole = mime.decoded(part)
    if not is_whole:
        raise DaticertError(f"its encoding {part.encoding[:40]} cannot be undone")
    return raw
