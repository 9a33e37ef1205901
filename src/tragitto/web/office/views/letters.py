"""Letters to employers: which wait, what is still to be written, one letter with its proofs and answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragitto.accounts import queries as people
from tragitto.agenda import queries as agenda
from tragitto.agenda.models import Deadline
from tragitto.employers import permissions
from tragitto.employers.models import Letter, Observation
from tragitto.employers.queries import letters as queries
from tragitto.employers.queries import pages, telling
from tragitto.employers.rules import hiding
from tragitto.employers.vocabulary import LetterKind
from tragitto.kernel import clock
from tragitto.records import permissions as mail
from tragitto.records.queries import pictures, sent_mail
from tragitto.web.office import lettering, proofs
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.letters import ArrivedForm, ObservationForm, ReplyForm, SendForm
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_picture, download
from tragitto.web.parts.paging import page_of

READERS = ("officer", "reviewer", "administrator")


@dataclass(frozen=True)
class Answerable:
    """An observation with the form to answer it, where this person may and nobody has.

    `brought` = the titles of the obstacles that follow from it.
    """

    observation: Observation
    form: Form | None
    brought: tuple[str, ...] = ()


@require_safe
@for_office(*READERS)
def waiting(request: OfficeRequest) -> HttpResponse:
    """The letters that still have to be sent."""
    page = page_of(queries.waiting(actor=request.actor), request)
    return render(request, "office/letters.html", {"page": page, "tab": "waiting"})


@require_safe
@for_office(*READERS)
def decisions(request: OfficeRequest) -> HttpResponse:
    """The decisions of which no employer was told, and those told that a correction has undone."""
    page = page_of(queries.untold_decisions(actor=request.actor), request)
    undone = telling.undone_and_told(actor=request.actor)
    shown = {"page": page, "tab": "decisions", "undone": undone, "kind": str(LetterKind.CORRECTION)}
    return render(request, "office/letters_decisions.html", shown)


@require_safe
@for_office(*READERS)
def starts(request: OfficeRequest) -> HttpResponse:
    """The reviews of whose start no employer was told, where the call promises it."""
    page = page_of(queries.to_be_told_of_the_start(actor=request.actor), request)
    shown = {"page": page, "tab": "starts", "kind": str(LetterKind.START_NOTICE)}
    return render(request, "office/letters_starts.html", shown)


@require_safe
@for_office(*READERS)
def observations(request: OfficeRequest) -> HttpResponse:
    """What employers have said and nobody has answered."""
    page = page_of(queries.to_be_answered(actor=request.actor), request)
    return render(request, "office/letters_observations.html", {"page": page, "tab": "observations"})


@require_safe
@for_office(*READERS)
def letter(request: OfficeRequest, code: str) -> HttpResponse:
    """One letter as it is read, what is proven of it, what was answered."""
    shown = found(queries.letter_for, actor=request.actor, code=code)
    return render(request, "office/letter.html", page_of_letter(request, shown))


@require_safe
@for_office(*READERS)
def letter_file(request: OfficeRequest, code: str) -> HttpResponse:
    """The letter as a document; 403 for reviewers from whom the call hides facts."""
    shown = _readable(request, code)
    if shown.document is None:
        raise Http404
    return download(shown.document, f"{shown.code}.pdf")


@require_safe
@for_office(*READERS)
def letter_picture(request: OfficeRequest, code: str, number: int) -> HttpResponse:
    """One page of the letter as a picture."""
    shown = _readable(request, code)
    drawn = pictures.page_of_document(shown.document, number) if shown.document else None
    if drawn is None or drawn.problem:
        raise Http404
    return as_picture(drawn.png)


def _readable(request: OfficeRequest, code: str) -> Letter:
    shown = found(queries.letter_for, actor=request.actor, code=code)
    if pages.hidden_from(request.actor, shown.expression):
        raise PermissionDenied
    return shown


def page_of_letter(
    request: OfficeRequest, shown: Letter, sent: Mapping[str, Form] | None = None
) -> dict[str, object]:
    """What the page of a letter shows; `sent` are forms that were sent and refused, by their names here."""
    may_write = permissions.may(request.actor, "letter.write", shown.expression.call)
    may_send = may_write and mail.may_send(request.actor, shown.expression.call.publisher.code)
    is_open = not shown.expression.case.is_closed
    is_to_leave = shown.waits or shown.came_back
    now = clock.now()
    overdue = sent_mail.overdue(actor=request.actor, at=now)
    codes = [shown.written_by, *(each.answered_by for each in shown.observations.all() if each.answered_by)]
    is_hidden = bool(pages.hidden_from(request.actor, shown.expression))
    first = pictures.page_of_document(shown.document, 1) if shown.document and not is_hidden else None
    if is_hidden:
        _veil(request, shown)
    return {
        "letter": shown,
        "expression": shown.expression,
        "call": shown.expression.call,
        "is_hidden": is_hidden,
        "proofs": [one for each in proofs.shown(shown.sendings, overdue) for one in each.proofs],
        "deadline": _deadline(request, shown),
        "grounds": _grounds(shown),
        "picture": first,
        "numbers": range(1, (first.pages if first and not first.problem else 0) + 1),
        "names": people.names_of(codes),
        "sending": SendForm(initial={"recipient": shown.recipient}) if may_send and is_to_leave else None,
        "arriving": _arriving(shown, may=may_write),
        "may_drop": may_write and shown.waits and not _holds(shown),
        "may_send_later": may_write and not may_send and is_to_leave,
        "observing": ObservationForm() if may_write and is_open and _may_be_observed(shown) else None,
        "observations": _answerable(shown, may=may_write and is_open, sent=sent or {}),
        **(sent or {}),
    }


def _holds(shown: Letter) -> bool:
    made = shown.decision if shown.kind == LetterKind.DECISION else None
    return made is not None and telling.still_holds(made)


def _veil(request: OfficeRequest, shown: Letter) -> None:
    """Only the rows in hand change: a page is drawn from them, and nothing is saved."""
    values = pages.hidden_words(actor=request.actor, expression=shown.expression)
    shown.text = hiding.veiled_text(shown.text, values)
    shown.grounds = [hiding.veiled(each, values) for each in shown.grounds]
    for said in shown.observations.all():
        said.text, said.answer = (hiding.veiled_text(words, values) for words in (said.text, said.answer))


def _deadline(request: OfficeRequest, shown: Letter) -> Deadline | None:
    if not shown.deadline:
        return None
    known = agenda.of_subject(actor=request.actor, subject=shown.expression.case.code)
    return next((each for each in known if each.code == shown.deadline), None)


def _grounds(shown: Letter) -> list[tuple[str, str]]:
    titles = lettering.titles_of(shown)
    return [(titles.get(each["criterion"], ""), each["text"]) for each in shown.grounds]


def _arriving(shown: Letter, *, may: bool) -> Form | None:
    is_open = shown.reached_at is None and shown.dropped_at is None
    return ArrivedForm() if may and is_open else None


def _may_be_observed(shown: Letter) -> bool:
    return shown.kind == LetterKind.PREAVVISO_DI_RIGETTO and shown.has_left


def _answerable(shown: Letter, *, may: bool, sent: Mapping[str, Form]) -> list[Answerable]:
    said = list(shown.observations.all())
    obstacles = lettering.unannounced(shown) if may and said else []
    titles = lettering.titles_of(shown) if any(each.new_grounds for each in said) else {}
    return [
        Answerable(
            each,
            _reply(each, sent, obstacles) if may and each.answered_at is None else None,
            tuple(titles[code] for code in each.new_grounds),
        )
        for each in said
    ]


def _reply(each: Observation, sent: Mapping[str, Form], obstacles: list[tuple[str, str]]) -> Form:
    prefix = f"reply-{each.number}"
    return sent.get(prefix) or ReplyForm(prefix=prefix, obstacles=obstacles)
