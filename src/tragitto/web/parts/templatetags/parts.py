"""The small parts as tags: icons, states, codes, moments, fields, tables."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from tragitto.accounts.vocabulary import Role
from tragitto.kernel.texts import Text, in_language
from tragitto.schemes.models import Stage
from tragitto.web.parts import acting, counts, forms, icons, meeting_times, moments, states
from tragitto.web.parts.navigation import Link, office_links

#: Whose clock counts where a page names no other.
ITALY = "Europe/Rome"

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon; decoration unless it has a label of its own. Raises ``KeyError`` for an unlisted name."""
    mirrored = " icon-mirrored" if name in icons.POINTING else ""
    says = format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" focusable="false"{}>{}</svg>',
        mirrored,
        says,
        mark_safe(icons.drawing(name)),  # noqa: S308 our own build wrote it
    )


@register.simple_tag
def badge(state: str, word: object = "") -> SafeString:
    """A state as shape and word: ``met``, ``unmet``, ``unknown``, or a tone with a word of its own."""
    shown = states.look(state)
    return format_html(
        '<span class="state tone-{}">{}<span>{}</span></span>',
        shown.tone,
        icon(shown.icon),
        word or shown.word,
    )


@register.simple_tag
def code(value: object) -> SafeString:
    """A public code, hash, address or file name: always from left to right, whatever surrounds it."""
    return format_html('<bdi class="code" dir="ltr">{}</bdi>', value)


@register.simple_tag
def day(value: date | None) -> SafeString:
    """A day in words, kept together inside a text of the other direction."""
    if value is None:
        return format_html('<span class="muted">{}</span>', pgettext("date", "not known"))
    return format_html(
        '<bdi><time datetime="{}">{}</time></bdi>', value.isoformat(), moments.day_in_words(value)
    )


@register.simple_tag
def instant(value: datetime | None, zone: str = "Europe/Rome") -> SafeString:
    """An instant in words, to the second and with its zone, kept together."""
    if value is None:
        return format_html('<span class="muted">{}</span>', pgettext("date", "not known"))
    return format_html(
        '<bdi><time datetime="{}">{}</time></bdi>',
        moments.instant_for_machines(value, zone),
        moments.instant_in_words(value, zone),
    )


@register.simple_tag(takes_context=True)
def moment(context: template.Context, value: datetime | None) -> SafeString:
    """A moment to the minute on the clocks of the page, `zones`, the reader's own first; else on Italy's.

    For terms and for what happened, on pages of people; an instant that has legal effect is `instant`.
    """
    if value is None:
        return format_html('<span class="muted">{}</span>', pgettext("date", "not known"))
    return meeting_times.moment_said(value, context.get("zones") or (ITALY,))


@register.simple_tag(takes_context=True)
def text(context: template.Context, value: Text) -> str:
    """A published text in the language of the page, in Italian where it has none."""
    return in_language(value, str(context.get("language", "it")))


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's widget in the kit's clothes."""
    return forms.control(field)


@register.filter
def is_ticked(field: BoundField) -> bool:
    """Whether the field is one box to tick."""
    return forms.is_ticked(field)


@register.filter
def first_control(field: BoundField) -> str:
    """The id that an error message leads to."""
    return forms.first_control(field)


@register.filter
def role_words(roles: Collection[str]) -> list[str]:
    """Roles in words, in the vocabulary's order."""
    return [str(role.label) for role in Role if role.value in roles]


@register.filter
def series(words: Collection[object]) -> SafeString:
    """Words one after another, parted as the language does (in Arabic by its own comma)."""
    return format_html_join(pgettext("between words of a series", ", "), "{}", ((each,) for each in words))


@register.filter
def shown_pages(paginator: Paginator[Any], number: int) -> list[int]:
    """The page numbers to offer around ``number``; 0 stands for those left out."""
    pages = paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
    return [page if isinstance(page, int) else 0 for page in pages]


@register.simple_tag
def trail(*steps: Any) -> SafeString:
    """Where we are: label and address by turns, the label of this page last."""
    if len(steps) % 2 == 0:
        raise template.TemplateSyntaxError("trail wants label and address by turns, and ends with a label")
    links = format_html_join(
        "", '<li><a href="{1}">{0}</a></li>', zip(steps[:-1:2], steps[1::2], strict=True)
    )
    return format_html(
        '<nav class="trail" aria-label="{}"><ol>{}<li aria-current="page">{}</li></ol></nav>',
        gettext("You are here"),
        links,
        steps[-1],
    )


@register.simple_block_tag
def table(content: str, caption: object, dense: bool = False, hidden: bool = False) -> SafeString:
    """A table in a frame that scrolls by itself when it is wider than the page.

    The frame can be reached by keyboard and is named by the caption, which ``hidden`` leaves to
    those who listen to the page.
    """
    return format_html(
        '<div class="table-frame{}" role="region" tabindex="0" aria-label="{}">'
        "<table><caption{}>{}</caption>{}</table></div>",
        " dense" if dense else "",
        caption,
        mark_safe(' class="visually-hidden"') if hidden else "",
        caption,
        content,
    )


@register.simple_tag(takes_context=True)
def office_rail(context: template.Context) -> list[Link]:
    """The links of the office's rail as seen from this page."""
    request = context.get("request")
    return office_links(request.path if request else "")


@register.filter
def step_words(step: Mapping[str, object]) -> str:
    """A step of a counted term in words."""
    return counts.step_in_words(step)


@register.simple_tag(takes_context=True)
def stage_title(context: template.Context, stage: Stage, audience: str = "office") -> str:
    """What a stage is called for `audience`, in the language of the page."""
    titles = stage.titles.get(audience) or stage.titles.get("office") or {}
    return in_language(titles, str(context.get("language", "it"))) or stage.code


@register.filter
def of(values: Mapping[str, object], key: str) -> object:
    """What `values` hold under `key`, or nothing."""
    return values.get(key)


@register.simple_tag
def said(which: str, value: str) -> acting.Word:
    """A word on who acts for whom, or on a letter; the word itself where the list has none."""
    return acting.LISTS[which].get(value, value)
