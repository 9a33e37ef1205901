"""What the pages of a draft share: the way in, the language, and answers as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragitto.employers.models import FilingDraft
from tragitto.employers.queries import drafts
from tragitto.employers.rules.pages import Page
from tragitto.employers.vocabulary import PageState
from tragitto.kernel.texts import Text, in_language
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.pack import FieldSpec
from tragitto.schemes.vocabulary import FieldKind
from tragitto.web.parts.finding import found
from tragitto.web.parts.windows import Sight, countdown_of, sight
from tragitto.web.portal.access import PortalRequest

#: How far a page has come, as tone and word.
STATES: Mapping[PageState, tuple[str, str | Promise]] = {
    PageState.EMPTY: ("neutral", _("Not begun")),
    PageState.BEGUN: ("open", _("Begun")),
    PageState.WRONG: ("bad", _("To mend")),
    PageState.DONE: ("good", _("Done")),
}
#: A part that asks for nothing that must be answered.
OPTIONAL = ("neutral", _("Optional"))


@dataclass(frozen=True)
class Until:
    """How long a call still takes answers, in words, and its windows until their last seconds."""

    countdown: str
    windows: tuple[Sight, ...]
    zone: str


@dataclass(frozen=True)
class Shown:
    """One answer as people read it: under which label, whether anything was answered, what to look at."""

    label: str
    value: str | Promise
    problem: Any = ""


@dataclass(frozen=True)
class Step:
    """A page in the list of what is to do, with its address, how far it has come, and its answers."""

    page: Page
    title: str
    url: str
    tone: str
    word: str | Promise
    answers: tuple[Shown, ...] = ()


def own_draft(request: PortalRequest, code: str) -> FilingDraft:
    """The draft of this code, if it is the person's and was not thrown away; anything else is 404."""
    draft = found(drafts.get_draft, request.actor, code)
    if draft.discarded_at or draft.account != request.actor.code:
        raise Http404
    return draft


def until(call: Call, now: datetime) -> Until:
    """Until when a call is answered, as its public page says it. Two queries."""
    openings = schemes.openings(call)
    return Until(countdown_of(call, openings, now), tuple(sight(opening) for opening in openings), call.zone)


def language_now() -> str:
    """The language of the page, as packs name it."""
    return (get_language() or "it").split("-", maxsplit=1)[0]


def text(words: Text) -> str:
    """A text of a pack in the language of the page."""
    return in_language(words, language_now())


def title_of(page: Page) -> str:
    """The heading of a page: its part, and which of several it is."""
    title = text(page.group.title)
    return f"{title} {page.row}" if page.row and page.group.rows > 1 else title


def address_of(draft: FilingDraft, page: Page) -> str:
    """The address of a page of a draft."""
    return reverse("portal:draft_page", args=[draft.code, *page.key])


def step_of(draft: FilingDraft, page: Page) -> Step:
    """A page as a line of the list, and with its answers as the last look shows them."""
    given = draft.answers.get(page.form.code, {})
    is_free = page.state is PageState.EMPTY and not page.missing
    tone, word = OPTIONAL if is_free else STATES[page.state]
    return Step(page, title_of(page), address_of(draft, page), tone, word, tuple(_answers(page, given)))


def _answers(page: Page, given: Mapping[str, object]) -> list[Shown]:
    return [
        Shown(
            text(slot.field.label),
            as_read(slot.field, given.get(slot.name)),
            _("Missing") if slot.name in page.missing else _("To mend") if slot.name in page.problems else "",
        )
        for slot in page.slots
    ]


def as_read(field: FieldSpec, value: object) -> str | Promise:
    """An answer as people read it: the words of a choice, a day as it is written here, yes or no."""
    if field.kind is FieldKind.CHECKBOX:
        return _("Yes") if value is True else _("No")
    if field.kind in (FieldKind.CHOICE, FieldKind.MULTI):
        words = {option.value: text(option.label) for option in field.options}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(words.get(str(one), str(one)) for one in chosen if one)
    if field.kind is FieldKind.DATE and isinstance(value, str):
        try:
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        except ValueError:
            return value
    return str(value or "")
