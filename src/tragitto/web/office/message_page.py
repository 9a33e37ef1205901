"""What the page of one message shows, gathered for every view that ends on it."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import get_language

from tragitto.employers import permissions as filing_permissions
from tragitto.employers import queries as filings
from tragitto.employers.models import Expression
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.kernel.texts import in_language
from tragitto.records import permissions, queries
from tragitto.records.models import Message
from tragitto.records.queries import dossiers, reading, sent_mail
from tragitto.records.queries.files import LookedInto, looked_into
from tragitto.records.registries import Suggestion
from tragitto.schemes import queries as schemes
from tragitto.web.office import files, mail_words, online
from tragitto.web.office.access import OfficeRequest
from tragitto.web.office.forms.desk import AsideForm, ByHandForm, SuggestedForm, TakeUpForm
from tragitto.web.office.labels import form_of, labels_of
from tragitto.web.office.unfit import why_no_filing
from tragitto.web.parts.finding import found


def page_of_message(request: OfficeRequest, message: Message) -> dict[str, object]:
    """Everything the page shows: what is proven, the letter, the files, where it may go, what happened."""
    calls = calls_of(request.actor)
    return {
        **reading_of(request.actor, message),
        "why": queries.why_at_the_desk(message),
        "letter": reading.letter_of(message),
        "online": online.shown(request.actor, message, get_language() or "it"),
        "receipts": reading.receipts_for(message),
        "outgoing": sent_mail.of_message(message),
        "filings": dossiers.filings_of(message),
        "troubles": dossiers.troubles_of(message),
        "may_read_again": permissions.may_sort(request.actor) and queries.may_be_read_again(message),
        "unfit": why_no_filing(message),
        "filed_to": _filed_to(request.actor, message),
        "placing": SuggestedForm(suggestions=suggestions_for(message, calls)),
        "by_hand": ByHandForm(calls=calls),
        "aside": AsideForm(),
        "taking_up": TakeUpForm(),
    }


def reading_of(actor: Actor, message: Message) -> dict[str, object]:
    """What the message proves and what came with it, wherever that is shown."""
    attached = looked_into(message)
    return {
        "message": message,
        "said": mail_words.verdict(message),
        "differences": mail_words.differences(message.reasons),
        "remarks": mail_words.remarks(message.reasons),
        "files": files.shown(attached, _labels(actor, attached), now=clock.now()),
        "may_sort": permissions.may_sort(actor),
    }


def message_for(request: OfficeRequest, code: str) -> Message:
    """The message of this code; 403 for reviewers from whom the call hides what its files show."""
    message = found(queries.get_for, request.actor, code)
    if filings.hides_files(actor=request.actor, message=message):
        raise PermissionDenied
    return message


def file_of(request: OfficeRequest, code: str, file: str) -> tuple[Message, files.FileShown]:
    """A message and one of its files by their codes; a file of another message is not found here."""
    message = message_for(request, code)
    for known in looked_into(message):
        if known.attachment.code == file:
            return message, files.shown([known], {}, now=clock.now())[0]
    raise Http404


def printed_form_of(message: Message) -> files.FileShown | None:
    """The first file with a printed form that nobody has transcribed: a filing keeps what is read then."""
    known = files.shown(looked_into(message), {}, now=clock.now())
    return next((it for it in known if it.waits_for_reading and not it.is_infected), None)


def calls_of(actor: Actor) -> list[tuple[str, str]]:
    """The published calls under which this person may place a message, one query each."""
    language = get_language() or "it"
    published = [line.call for line in schemes.catalogue(actor=actor) if line.call.published_at]
    own = [call for call in published if filing_permissions.may(actor, "expression.receive", call)]
    return [(call.code, in_language(call.title, language)) for call in own]


def suggestions_for(message: Message, calls: Iterable[tuple[str, str]]) -> list[Suggestion]:
    """Where the house thinks it belongs, as far as it is under one of these calls: others are not told."""
    own = {code for code, _title in calls}
    return [each for each in queries.suggestions(message) if each.choice.get("call") in own]


def _filed_to(actor: Actor, message: Message) -> Expression | None:
    """The filing this message became or was added to, as far as this person may see it."""
    try:
        return filings.get_for(actor=actor, code=queries.place_of(message))
    except NotFound:
        return None


def _labels(actor: Actor, attached: Iterable[LookedInto]) -> Mapping[str, str]:
    """The names of the fields that are spoken of one by one; asked for only then."""
    labels: dict[str, str] = {}
    for form in (file.form for file in attached if file.form and (file.appearance or file.signatures)):
        spec = form_of(actor, call=str(form.get("call", "")), form=str(form.get("form", "")))
        labels |= labels_of(spec, get_language() or "it")
    return labels
