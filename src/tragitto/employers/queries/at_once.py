"""Whether a message of the desk may be placed in one act, by what its forms say alone."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.employers import reading
from tragitto.employers.rules import FilingFacts
from tragitto.records.models import Message
from tragitto.schemes.models import Call

_NO_FORM = _("No form of the call came with it: choose the call and say who files by hand.")
_NOT_TRANSCRIBED = _("Transcribe the printed form first, or choose the call and say who files by hand.")
_NOBODY_NAMED = _("The form does not say who files: choose the call and give the codice fiscale by hand.")


def why_not_at_once(message: Message, choice: Mapping[str, object]) -> str | Promise:
    """Why `message` cannot be placed as a suggestion says without a person opening it; "" where it can.

    A form of the call must have come, no printed one may wait to be transcribed, and who files must be
    known: from the main form, or as `choice` says. At most eight queries.
    """
    call = Call.objects.select_related("region", "scheme").filter(code=str(choice.get("call"))).first()
    if call is None:
        return _NO_FORM
    files = reading.files_of(message)
    facts = reading.facts_of(message, call, files)
    if any(file.waits for file in files):
        return _NOT_TRANSCRIBED
    if not facts.forms:
        return _NO_FORM
    return "" if choice.get("codice_fiscale") else why_nobody_files(facts, files)


def why_nobody_files(facts: FilingFacts, files: Sequence[reading.File]) -> str | Promise:
    """Why nobody can tell from the files who files; "" where the main form says it. No query."""
    if reading.enterprise_of(facts):
        return ""
    if facts.main:
        return _NOBODY_NAMED
    return _NOT_TRANSCRIBED if any(file.waits for file in files) else _NO_FORM
