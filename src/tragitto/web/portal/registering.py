"""What the pages of registering share: the way in, addresses, titles, answers as people read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.queries import people
from tragitto.candidates.queries.registering import Draft, draft_of
from tragitto.candidates.rules.pages import Page, following
from tragitto.candidates.vocabulary import PageKind, PageState
from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import scheme_with_roster
from tragitto.web.parts.finding import found
from tragitto.web.parts.moments import day_in_words
from tragitto.web.portal import registering_words as words
from tragitto.web.portal.access import PortalRequest
from tragitto.web.portal.drafts import language_now
from tragitto.web.portal.forms.roster import FIELDS, Around

type Word = str | Promise


@dataclass(frozen=True)
class Shown:
    """One answer as people read it."""

    label: Word
    value: Word


@dataclass(frozen=True)
class Step:
    """A page in the list of what is to do, with its address and how far it has come."""

    page: Page
    title: str
    url: str
    tone: str
    word: Word


def roster_scheme(code: str) -> Scheme:
    """The scheme of this code, if it keeps a roster; anything else is 404."""
    return found(scheme_with_roster, code)


def own_draft(request: PortalRequest, scheme: Scheme) -> Draft | None:
    """The person's own registration with all its pages show; nothing where they have not begun."""
    candidate = people.own(request.actor, scheme)
    return draft_of(candidate, timezone.localdate(clock.now())) if candidate else None


def page_of(draft: Draft, kind: str, key: str) -> Page:
    """The page of this address, if the registration has it; anything else is 404."""
    wanted = (kind.replace("-", "_"), key)
    for page in draft.pages:
        if (page.kind.value, page.key) == wanted:
            return page
    raise Http404


def address_of(scheme: str, page: Page) -> str:
    """The address of a page."""
    kind = page.kind.value.replace("_", "-")
    return reverse("portal:roster_page", args=[scheme, kind, *([page.key] if page.key else [])])


def behind(draft: Draft, page: Page) -> str:
    """Where one goes on behind a page; behind the last to the last look, after sending back to the list."""
    code = draft.candidate.scheme.code
    if draft.candidate.is_sent:
        return reverse("portal:roster", args=[code])
    after = following(draft.pages, page.kind, page.key)
    return address_of(code, after) if after else reverse("portal:roster_check", args=[code])


def title_of(draft: Draft, page: Page) -> str:
    """What a page is called: the notice, the consent and the profile by their own names."""
    language = language_now()
    if page.kind is PageKind.NOTICE:
        return next(in_language(n.title, language) for n in draft.spec.notices if n.controller == page.key)
    if page.kind is PageKind.CONSENT:
        return next(in_language(c.title, language) for c in draft.spec.consents if c.code == page.key)
    title = str(words.TEXTS[page.kind].title)
    return f"{profile_title(draft, page.key)}: {title}" if page.key else title


def profile_title(draft: Draft, code: str) -> str:
    """What a profile of the registration is called."""
    titles = {each.profile.code: each.profile.title for each in draft.profiles}
    return in_language(titles.get(code, {}), language_now())


def step_of(draft: Draft, page: Page) -> Step:
    """A page as a line of the list."""
    tone, word = words.STATES[page.state]
    return Step(page, title_of(draft, page), address_of(draft.candidate.scheme.code, page), tone, word)


def parts_of(draft: Draft) -> list[tuple[Word, list[Step]]]:
    """The pages part by part, as lines of the list."""
    listed = draft.pages
    return [
        (title, [step_of(draft, page) for page in listed if page.kind in kinds])
        for title, kinds in words.PARTS
    ]


def answers_of(draft: Draft, page: Page) -> list[Shown]:
    """The answers of a page as people read them; nothing for what is rows of its own."""
    if page.kind is PageKind.CONSENT:
        effect = next(each.effect for each in draft.spec.consents if each.code == page.key)
        return [Shown(_("Your answer"), _("Yes") if page.key in draft.consents else words.WITHOUT[effect])]
    if page.kind is PageKind.NOTICE:
        return [Shown(_("Read"), _("Not yet") if page.is_missing else _("Yes"))]
    if page.kind not in FIELDS:
        return []
    kept = kept_of(draft, page)
    return shown(FIELDS[page.kind](Around(draft, page.key, language_now())), kept)


def kept_of(draft: Draft, page: Page) -> dict[str, object]:
    """The answers of a page as they were saved; years are none until somebody has told of the work."""
    is_untold = page.kind is PageKind.TRADE and page.state is PageState.OPTIONAL
    return {} if is_untold else draft.answers(page.kind, page.key)


def shown(fields: dict[str, forms.Field], kept: dict[str, object]) -> list[Shown]:
    """Answers by the labels of their fields, the chosen ones in words."""
    return [Shown(str(field.label), _as_read(field, kept.get(name))) for name, field in fields.items()]


def _as_read(field: forms.Field, value: object) -> str:
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(field, forms.ChoiceField):
        called = dict(_options(field.choices))
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(called.get(str(one), str(one)) for one in chosen if one)
    return "" if value is None else str(value)


def _options(choices: Any) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _options(label)
        else:
            yield str(value), str(label)
