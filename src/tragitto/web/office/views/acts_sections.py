"""The pages of a draft: some questions, or a list of things each with its own questions."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tragitto.kernel import clock
from tragitto.schemes import actions, permissions, queries, rules
from tragitto.schemes.pack import CallSpec, Paragraph, WholeCall, paragraphs
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms import acts_words
from tragitto.web.office.forms.acts_rows import beginning, finished, shape_of
from tragitto.web.office.forms.acts_sections import SECTIONS
from tragitto.web.office.forms.acts_shape_form import ShapeForm, initial
from tragitto.web.office.forms.acts_shapes import put, value_at
from tragitto.web.office.obstacles import in_words
from tragitto.web.office.views.acts_desk import Desk, belonging, name_of, opened
from tragitto.web.parts.refusing import attempt

#: Parts of a call that may be left out as a whole, and that have a page of their own.
OPTIONAL = ("enquiries", "privacy")


@require_http_methods(["GET", "HEAD", "POST"])
@for_office(*permissions.DRAFTING)
def section(request: OfficeRequest, code: str, section: str) -> HttpResponse:
    """One part of a draft: its questions, or the list of its things."""
    desk = opened(request, code, section)
    if desk.section.rows:
        return render(request, "office/acts_rows.html", _list(desk))
    asked = desk.section.asked
    raw = {**desk.raw(), "notice": _as_text(desk.whole.notice)}
    form = ShapeForm(
        request.POST or None,
        initial={**initial(CallSpec, asked, raw), "seen": desk.call.content_hash},
        shape=CallSpec,
        asked=asked,
        choices=desk.choices(request),
        optional=desk.section.code if desk.section.code in OPTIONAL else "",
        problems=_by_path(_waiting(desk)),
    )
    if request.method == "POST" and form.is_valid():
        form.put_into(raw)
    return _answer(request, desk, form, lambda: _whole(request, desk, raw))


@require_http_methods(["GET", "HEAD", "POST"])
@for_office(*permissions.DRAFTING)
def row(request: OfficeRequest, code: str, section: str, row: str) -> HttpResponse:
    """One thing of a list, or a new one."""
    desk = opened(request, code, section)
    if not desk.section.rows:
        raise Http404
    if desk.lacks_its_part:
        messages.warning(request, _("Fill in this page first: what you want to add belongs to it."))
        return redirect("office:act_section", code, desk.parent.code)
    if desk.section.code == "criteria" and row == "new" and not request.GET.get("judge"):
        return render(request, "office/acts_judges.html", {**_frame(desk), "judges": acts_words.judges()})
    place, present = _present(desk, row, request.GET)
    shape, asked = shape_of(desk.section, present)
    form = ShapeForm(
        request.POST or None,
        initial={**initial(shape, asked, present), "seen": desk.call.content_hash},
        shape=shape,
        asked=asked,
        choices=desk.choices(request),
        problems=_of_row(desk, present),
    )
    raw = desk.raw()
    if request.method == "POST" and form.is_valid():
        form.put_into(present)
        things = value_at(raw, desk.section.rows) or []
        things[place : place + 1] = [finished(desk.section, present, request.actor, clock.now())]
        put(raw, desk.section.rows, things)
    judge = dict(acts_words.judges()).get(str(present.get("judge", "")))
    return _answer(request, desk, form, lambda: _whole(request, desk, raw), {"judge": judge, "is_row": True})


@require_POST
@for_office(*permissions.DRAFTING)
def move(request: OfficeRequest, code: str, section: str, row: int) -> HttpResponse:
    """Take a thing away from its list, or let it change places with the one before it."""
    desk = opened(request, code, section)
    raw = desk.raw()
    things = (value_at(raw, desk.section.rows) if desk.section.rows else None) or []
    if row >= len(things):
        raise Http404
    taken = things.pop(row)
    if request.POST.get("to") == "up":
        things.insert(max(row - 1, 0), taken)
    form = _Seen(request.POST)
    status = attempt(form, in_words(lambda: actions.revise_draft(
        call=desk.call, whole=_changed(desk, raw), seen=form.cleaned_data["seen"],
        actor=request.actor, at=clock.now(),
    )))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, _("Saved."))
        return redirect("office:act_section", code, section)
    return render(request, "office/acts_rows.html", {**_list(desk), "form": form}, status=status)


class _Seen(forms.Form):
    seen = forms.CharField()


def _answer(
    request: OfficeRequest,
    desk: Desk,
    form: ShapeForm,
    made: Callable[[], WholeCall],
    more: Mapping[str, object] = {},
) -> HttpResponse:
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, in_words(lambda: actions.revise_draft(
            call=desk.call, whole=made(), seen=form.cleaned_data["seen"],
            actor=request.actor, at=clock.now(),
        )))  # fmt: skip
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("Saved."))
            return redirect(_onwards(request, desk))
    page = {**_frame(desk), "form": form, **more}
    return render(request, "office/acts_section.html", page, status=status)


def _onwards(request: OfficeRequest, desk: Desk) -> str:
    if desk.section.rows:
        return reverse("office:act_section", args=[desk.call.code, desk.section.code])
    if "next" in request.POST:
        codes = [each.code for each in SECTIONS]
        following = codes[codes.index(desk.section.code) + 1 :]
        if following:
            return reverse("office:act_section", args=[desk.call.code, following[0]])
    return reverse("office:act", args=[desk.call.code])


def _whole(request: OfficeRequest, desk: Desk, raw: dict[str, Any]) -> WholeCall:
    if desk.section.code == "notice":
        return msgspec.structs.replace(desk.whole, notice=paragraphs(raw["notice"]))
    if desk.section.code == "forms":
        known = {form.code: form for form in queries.forms_on_offer(desk.call.scheme)}
        known |= {form.code: form for form in desk.whole.forms}
        chosen = tuple(known[code] for code in raw["forms"])
        return msgspec.structs.replace(_changed(desk, raw), forms=chosen)
    return _changed(desk, raw)


def _changed(desk: Desk, raw: dict[str, Any]) -> WholeCall:
    told = {**raw, "notice": desk.whole.call.notice}
    return msgspec.structs.replace(desk.whole, call=msgspec.convert(told, CallSpec))


def _as_text(notice: Sequence[Paragraph]) -> str:
    return "\n\n".join(f"## {each.number}. {each.title}\n\n{each.text}" for each in notice)


def _present(desk: Desk, row: str, asked: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
    if row == "new":
        return len(desk.rows), beginning(desk.section, desk.rows, asked)
    if not row.isdecimal() or int(row) >= len(desk.rows):
        raise Http404
    plain: dict[str, Any] = msgspec.to_builtins(desk.rows[int(row)])
    return int(row), plain


def _waiting(desk: Desk) -> list[rules.Problem]:
    """What is wrong on this page, and what nobody has decided yet."""
    own = belonging(desk.section, desk.problems)
    decided = {choice.about for choice in desk.whole.call.choices}
    return [each for each in own if each.is_error] + rules.undecided(own, decided)


def _by_path(problems: Sequence[rules.Problem]) -> dict[str, list[rules.Problem]]:
    found: dict[str, list[rules.Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.path].append(problem)
    return found


def _of_row(desk: Desk, present: Mapping[str, Any]) -> dict[str, list[rules.Problem]]:
    name = present.get("code") or present.get("number")
    start = f"{desk.section.rows}.{name}."
    own = [each for each in desk.problems if each.path.startswith(start)]
    return {path.removeprefix(start): each for path, each in _by_path(own).items()}


def _frame(desk: Desk) -> dict[str, object]:
    return {"call": desk.call, "section": desk.section}


def _list(desk: Desk) -> dict[str, object]:
    language = get_language() or "it"
    decided = {choice.about for choice in desk.whole.call.choices}
    asks = rules.undecided(desk.problems, decided) if desk.section.code == "choices" else []
    own = belonging(desk.section, desk.problems)
    return {
        **_frame(desk),
        "rows": [name_of(each, desk.section, language) for each in desk.rows],
        "problems": [each for each in own if each.is_error],
        "questions": asks,
        "seen": desk.call.content_hash,
    }
