"""The tabs inside the roster, in the order of a keeper's day."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tab:
    """One tab: its key, what it is called, the name of its page."""

    key: str
    label: str | Promise
    name: str

    @property
    def url(self) -> str:
        """Where it leads."""
        return reverse(self.name)


TABS = (
    Tab("search", _("Search"), "office:roster"),
    Tab("to_check", _("To be checked"), "office:roster_to_check"),
    Tab("papers", _("Papers to compare"), "office:roster_papers"),
    Tab("duplicates", _("Duplicates"), "office:roster_duplicates"),
    Tab("lists", _("Lists"), "office:roster_lists"),
    Tab("names", _("Lists of names"), "office:roster_names"),
    Tab("work", _("Exports and changes"), "office:roster_work"),
    Tab("figures", _("Figures"), "office:roster_figures"),
)


def tabs() -> list[Tab]:
    """The tabs whose pages there are."""
    return [each for each in TABS if _is_there(each)]


def _is_there(tab: Tab) -> bool:
    try:
        return bool(tab.url)
    except NoReverseMatch:
        return False
