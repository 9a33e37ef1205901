"""Transcribing: a person confirms what stands on a form that was printed, filled in by hand and scanned."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger import actions as ledger
from tragitto.records import permissions, queries, words
from tragitto.records.models import Attachment, Transcription
from tragitto.records.queries import files
from tragitto.records.rules.columns import cut, storable

#: More than any form has; the page that asks cannot be made to store without end.
_MOST_FIELDS = 2000
_MOST_CHARACTERS = 20_000
#: Codes as packs write them: nothing else may reach the ledger.
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_VERSION = re.compile(r"[A-Za-z0-9.]{0,16}")


@transaction.atomic
def transcribe(
    *,
    attachment: Attachment,
    call: str,
    form: str,
    version: str,
    fields: Mapping[str, str | None],
    actor: Actor,
    at: datetime,
) -> Transcription:
    """Write down what stands on a printed form, by the names of its fields; upper rooms read it from now on.

    `call`, `form` and `version` say which form the page is; a file may hold several. In `fields` None is what
    stands there and cannot be read. Each transcription is a row of its own, the latest one of a form holds;
    the same values again write nothing. The message stays where it is: whoever transcribed places it. The
    ledger is told which form, never a value. Raises `NotAllowed`, `NotFound` for another office's mail,
    `Blocked` without call, form or fields.
    """
    if not permissions.may_sort(actor):
        raise NotAllowed(Finding("records.may_not_sort", words.MAY_NOT_SORT))
    queries.locked_for(actor, attachment.message.code)
    values = {cut(name, 300): _kept(text) for name, text in fields.items()}
    is_named = _CODE.fullmatch(call) and _CODE.fullmatch(form) and _VERSION.fullmatch(version)
    if not is_named or not 0 < len(values) <= _MOST_FIELDS:
        raise Blocked(Finding("records.transcription_empty", words.TRANSCRIPTION_EMPTY))

    told = {"call": call, "form": form, "version": version}
    before = files.transcriptions_now(attachment)
    last = next((row for row in before if (row.call, row.form) == (call, form)), None)
    if last and (last.version, last.fields) == (version, values):
        return last

    number = before[0].number + 1 if before else 1
    row = Transcription.objects.create(
        attachment=attachment, number=number, fields=values, by=actor.code, at=at, **told
    )
    facts = {"attachment": attachment.code, "number": number, **told}
    ledger.record("attachment.transcribed", subject=attachment.message.code, actor=actor, at=at, facts=facts)
    return row


def _kept(text: str | None) -> str | None:
    return None if text is None else str(storable(str(text)))[:_MOST_CHARACTERS]
