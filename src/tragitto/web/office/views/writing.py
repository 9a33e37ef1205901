"""What a person does about letters: write, send, say how one arrived, drop, take and answer observations."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tragitto.employers import actions
from tragitto.employers import queries as expressions
from tragitto.employers.models import Expression, Letter
from tragitto.employers.queries import letters as queries
from tragitto.employers.vocabulary import LetterKind
from tragitto.kernel import clock
from tragitto.kernel.refusals import NotFound, Refusal
from tragitto.records import queries as records
from tragitto.records.models import Message
from tragitto.web.office import lettering
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.letters import (
    ArrivedForm,
    CorrectionForm,
    ObservationForm,
    ReplyForm,
    SendForm,
    StartForm,
    WriteForm,
)
from tragitto.web.office.views.letters import page_of_letter
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt

WRITERS = ("officer", "reviewer")
WRITING = {
    LetterKind.SOCCORSO_ISTRUTTORIO: actions.ask_completion,
    LetterKind.PREAVVISO_DI_RIGETTO: actions.announce_refusal,
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_office(*WRITERS)
def write(request: OfficeRequest, code: str, kind: str) -> HttpResponse:
    """Write a letter: what is said, then the document as the employer will read it."""
    expression = found(expressions.get_for, actor=request.actor, code=code)
    if kind == LetterKind.START_NOTICE:
        form: Form = StartForm(request.POST or None)
    elif kind == LetterKind.CORRECTION:
        form = CorrectionForm(request.POST or None)
    elif kind in WRITING:
        candidates = lettering.candidates(expression, request.actor)
        form = WriteForm(request.POST or None, candidates=candidates)
    else:
        raise Http404
    status = HTTPStatus.OK
    if request.method == "POST":
        written: list[Letter] = []
        status = attempt(form, lambda: written.append(_written(request, expression, LetterKind(kind), form)))
        if status == HTTPStatus.SEE_OTHER:
            return redirect("office:letter", written[0].code)
    on = timezone.localdate(clock.now())
    unmet = [
        text for each in queries.leading(expression.case, on=on) if each.kind == kind for text in each.unmet
    ]
    page = {"expression": expression, "form": form, "kind": kind, "unmet": unmet}
    return render(request, "office/letter_write.html", page, status=status)


@require_POST
@for_office(*WRITERS)
def write_decision(request: OfficeRequest, code: str) -> HttpResponse:
    """Write the letter of a decision: it says what was decided and nothing else."""
    untold = queries.untold_decisions(actor=request.actor).filter(code=code).first()
    if untold is None:
        raise Http404
    try:
        written = actions.write_decision(decision=untold, actor=request.actor, at=clock.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal.findings[0].text))
        return redirect("office:letters_decisions")
    return redirect("office:letter", written.code)


@require_POST
@for_office(*WRITERS)
def send(request: OfficeRequest, code: str) -> HttpResponse:
    """Send a letter by certified mail; the case goes along."""
    letter = found(queries.letter_for, actor=request.actor, code=code)
    form = SendForm(request.POST)
    answer = _done_or_shown(request, letter, {"sending": form}, lambda: actions.send_letter(
        letter=letter, recipient=form.cleaned_data["recipient"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if answer.status_code == HTTPStatus.FOUND:
        messages.success(request, _("The letter is on its way: its receipts will be shown here."))
    return answer


@require_POST
@for_office(*WRITERS)
def arrived(request: OfficeRequest, code: str) -> HttpResponse:
    """Write down how a letter reached the employer, where no receipt says it."""
    letter = found(queries.letter_for, actor=request.actor, code=code)
    form = ArrivedForm(request.POST)
    return _done_or_shown(request, letter, {"arriving": form}, lambda: actions.give_letter(
        letter=letter, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*WRITERS)
def drop(request: OfficeRequest, code: str) -> HttpResponse:
    """Put aside a letter that has not left, to write another one."""
    letter = found(queries.letter_for, actor=request.actor, code=code)
    form = Form(request.POST)
    answer = _done_or_shown(request, letter, {"dropping": form}, lambda: actions.drop_letter(
        letter=letter, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if answer.status_code == HTTPStatus.FOUND:
        messages.success(request, _("The letter is dropped: it stays in the file and never leaves."))
        return redirect("office:expression", letter.expression.code)
    return answer


@require_POST
@for_office(*WRITERS)
def observe(request: OfficeRequest, code: str) -> HttpResponse:
    """Take what the employer says against an obstacle, on the message that says so."""
    letter = found(queries.letter_for, actor=request.actor, code=code)
    form = ObservationForm(request.POST)
    message = _message(request, form.cleaned_data["message"]) if form.is_valid() else None
    if form.is_valid() and message is None:
        form.add_error("message", _("There is no message with this code among your mail."))
    return _done_or_shown(request, letter, {"observing": form}, lambda: actions.take_observation(
        letter=letter,
        text=form.cleaned_data["text"],
        message=message,
        actor=request.actor,
        at=clock.now(),
    ))  # fmt: skip


@require_POST
@for_office(*WRITERS)
def reply(request: OfficeRequest, code: str, number: int) -> HttpResponse:
    """Answer one observation."""
    letter = found(queries.letter_for, actor=request.actor, code=code)
    observation = next((each for each in letter.observations.all() if each.number == number), None)
    if observation is None:
        raise Http404
    prefix = f"reply-{number}"
    obstacles = lettering.unannounced(letter)
    form = ReplyForm(request.POST, prefix=prefix, obstacles=obstacles)
    return _done_or_shown(request, letter, {prefix: form}, lambda: actions.answer_observation(
        observation=observation, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip


def _written(request: OfficeRequest, expression: Expression, kind: LetterKind, form: Form) -> Letter:
    text, now = form.cleaned_data["text"], clock.now()
    if isinstance(form, WriteForm):
        verb = WRITING[kind]
        return verb(expression=expression, points=form.points, text=text, actor=request.actor, at=now)
    plain = actions.tell_correction if kind == LetterKind.CORRECTION else actions.start_notice
    return plain(expression=expression, text=text, actor=request.actor, at=now)


def _message(request: OfficeRequest, code: str) -> Message | None:
    try:
        return records.get_for(request.actor, code.strip())
    except NotFound:
        return None


def _done_or_shown(
    request: OfficeRequest, letter: Letter, sent: dict[str, Form], act: Callable[[], object]
) -> HttpResponse:
    (form,) = sent.values()
    status = attempt(form, act)
    if status == HTTPStatus.SEE_OTHER:
        return redirect("office:letter", letter.code)
    letter = found(queries.letter_for, actor=request.actor, code=letter.code)
    page = {**page_of_letter(request, letter, sent), "form": form}
    return render(request, "office/letter.html", page, status=status)
