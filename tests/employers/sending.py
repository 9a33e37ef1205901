"""Drafts as somebody has filled them in on line, ready to be sent, and what becomes of them."""

from datetime import datetime
from typing import Any

from tests.employers.making import PERSON, rome, written
from tragitto.employers import actions
from tragitto.employers.models import Expression, FilingDraft, Submission
from tragitto.employers.rules import Identified
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.records.models import RegisterEntry
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.rules import slots
from tragitto.schemes.vocabulary import FieldKind, FormRole

#: When people sit down to write: before anything is sent.
BEGUN = rome(2024, 6, 3, 12)
BRUNO = Actor("U-BRUNO", door="portal")
ANNA = Actor("U-ANNA", door="portal")
HOUSE = Actor.system("task")
#: Bruno, known by his digital identity.
AS_BRUNO = Identified(codice_fiscale=PERSON, means="spid")
#: A place that is one, in the region of the call of Emilia-Romagna.
SEAT = {"unit_municipality_1": "Bologna", "unit_province_1": "BO"}


def answered(call: Call, role: str = FormRole.MAIN, **changes: Any) -> dict[str, Any]:
    """What Bruno answers on the pages of this form: ticks as true, days as ISO, no empty words."""
    form = schemes.form_spec(call.forms.get(role=role))
    kinds = {slot.name: slot.field.kind for slot in slots(form)}
    found: dict[str, Any] = {}
    for name, words in written(call, role).items():
        if kinds[name] is FieldKind.CHECKBOX:
            found[name] = bool(words)
        elif kinds[name] is FieldKind.DATE and words:
            found[name] = "-".join(reversed(words.split("/")))
        elif words:
            found[name] = words
    found |= SEAT if role == FormRole.MAIN else {}
    return {name: value for name, value in {**found, **changes}.items() if value is not None}


def draft(call: Call, *, account: str = BRUNO.code, at: datetime = BEGUN, **changes: Any) -> FilingDraft:
    """A draft of this account under the call, all of it answered, with these changes."""
    main = call.forms.get(role=FormRole.MAIN).code
    return FilingDraft.objects.create(
        code=new_code("DR"),
        call=call,
        account=account,
        language="it",
        answers={main: answered(call, **changes)},
        revision=1,
        started_at=at,
        saved_at=at,
    )


def sent(
    call: Call, *, at: datetime, by: Actor = BRUNO, who: Identified | None = AS_BRUNO, **changes: Any
) -> Submission:
    """A filing sent on line, and acknowledged."""
    return actions.submit(
        draft=draft(call, account=by.code, at=at, **changes), identified=who, actor=by, at=at
    )


def taken(submission: Submission, at: datetime | None = None) -> Submission:
    """The same, taken in with all that follows."""
    return actions.take_in_at_once(submission=submission, actor=HOUSE, at=at or submission.received_at)


def expression_of(submission: Submission) -> Expression:
    """The expression it has become."""
    return Expression.objects.get(versions__message__submission=submission)


def entry_of(submission: Submission) -> RegisterEntry:
    """Its line in the register."""
    return RegisterEntry.objects.get(message__submission=submission)
