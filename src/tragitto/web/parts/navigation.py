"""The rail of the office: where its people go, in the order of their day."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """One entry of the rail: what it is called, its address by name, its icon."""

    label: str | Promise
    name: str
    icon: str


@dataclass(frozen=True)
class Link:
    """A place as one page shows it."""

    label: str | Promise
    url: str
    icon: str
    is_current: bool


OFFICE = (
    Place(_("Today"), "office:home", "it-calendar"),
    Place(_("Filings"), "office:queue", "it-inbox"),
    Place(_("Sorting desk"), "office:sorting", "it-mail-open"),
    Place(_("Sent mail"), "office:sent", "it-mail"),
    Place(_("Mailboxes"), "office:mailboxes", "it-folder"),
    Place(_("Protocol register"), "office:register", "it-files"),
    Place(_("Calls"), "office:calls", "it-list"),
    Place(_("Law"), "office:law", "it-pa"),
    Place(_("Ledger"), "office:ledger", "it-lock"),
    Place(_("Who sees what"), "office:access", "it-key"),
)


def office_links(path: str) -> list[Link]:
    """The rail as seen from ``path``: the longest address that leads to it is the current one."""
    addresses = {place.name: address for place in OFFICE if (address := _address(place.name))}
    leading = [address for address in addresses.values() if path.startswith(address)]
    current = max(leading, key=len, default="")
    return [
        Link(place.label, addresses[place.name], place.icon, addresses[place.name] == current)
        for place in OFFICE
        if place.name in addresses
    ]


def _address(name: str) -> str:
    """The address, or nothing where this installation does not offer the page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
