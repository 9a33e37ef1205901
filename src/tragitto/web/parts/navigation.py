"""The rail of the office: where its people go, in the order of their day."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """One entry of the rail: what it is called, its address by name, its icon.

    `also` = the beginning of other addresses of the office that belong to it.
    """

    label: str | Promise
    name: str
    icon: str
    also: str = ""


@dataclass(frozen=True)
class Link:
    """A place as one page shows it."""

    label: str | Promise
    url: str
    icon: str
    is_current: bool


OFFICE = (
    Place(_("Today"), "office:home", "it-calendar"),
    Place(_("Agenda"), "office:agenda", "it-clock"),
    Place(_("Filings"), "office:queue", "it-inbox"),
    Place(_("Enquiries"), "office:enquiries", "it-comment"),
    Place(_("Who acts for whom"), "office:representations", "it-user"),
    Place(_("Roster"), "office:roster", "it-list", also="roster/"),
    Place(_("Selection"), "office:rounds", "it-settings", also="selection/"),
    Place(_("Sorting desk"), "office:sorting", "it-mail-open"),
    Place(_("Letters"), "office:letters", "it-file-signed"),
    Place(_("Sent mail"), "office:sent", "it-mail"),
    Place(_("Mailboxes"), "office:mailboxes", "it-folder"),
    Place(_("Protocol register"), "office:register", "it-files"),
    Place(_("Calls"), "office:calls", "it-list", also="hand-overs/"),
    Place(_("Law"), "office:law", "it-pa"),
    Place(_("Ledger"), "office:ledger", "it-lock"),
    Place(_("Who sees what"), "office:access", "it-key"),
)


def office_links(path: str) -> list[Link]:
    """The rail as seen from ``path``: the longest address that leads to it is the current one."""
    addresses = {place.name: address for place in OFFICE if (address := _address(place.name))}
    leading = [(address, name) for name, address in addresses.items() if path.startswith(address)]
    if home := addresses.get("office:home"):
        leading += [
            (home + place.also, place.name)
            for place in OFFICE
            if place.also and path.startswith(home + place.also)
        ]
    _longest, current = max(leading, key=lambda found: len(found[0]), default=("", ""))
    return [
        Link(place.label, addresses[place.name], place.icon, place.name == current)
        for place in OFFICE
        if place.name in addresses
    ]


def _address(name: str) -> str:
    """The address, or nothing where this installation does not offer the page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
