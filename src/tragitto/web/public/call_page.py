"""The page of a call, after the model of a service's page: what, who, until when, how, with whom to speak."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.schemes import queries
from tragitto.schemes.models import Amendment, Call, RelatedLink
from tragitto.schemes.queries import CallContents
from tragitto.schemes.vocabulary import AmendmentKind, Channel, Relation, Section
from tragitto.web.parts.windows import countdown_of

#: Sections as the page shows them; the notice of art. 13 comes with them, where data are asked for.
HEADINGS = {
    Section.PURPOSE: _("What it is for"),
    Section.WHO: _("Who may answer"),
    Section.PROFILES: _("Which profiles"),
    Section.HOW: _("How to answer"),
    Section.DEADLINE: _("Until when"),
    Section.REVIEW: _("How it is reviewed"),
    Section.AFTERWARDS: _("What happens then"),
    Section.PRIVACY: _("Your data under this call"),
    Section.HELP: _("Help"),
}
RELATIONS = {
    Relation.SAME_SCHEME: _("Of the same scheme"),
    Relation.EARLIER: pgettext_lazy("call", "Earlier"),
    Relation.LATER: pgettext_lazy("call", "Later"),
    Relation.FUNDING: _("Funding"),
    Relation.SUPPORT: _("Support"),
}
BY_MAIL = (
    (_("Fill in"), _("Here, page by page, or in the blank form: what you write is saved at every step.")),
    (_("Sign"), _("Download the filled form and sign it as the call says.")),
    (
        _("Send"),
        _("Send it by certified e-mail from your own mailbox: the certified instant of your message counts."),
    ),
    (
        _("Follow"),
        _("The office registers your message and answers by certified e-mail; your page shows where it is."),
    ),
)
ONLINE = (
    (_("Sign in"), _("With SPID, CIE or an account of this site, wherever you are.")),
    (_("Fill in"), _("One thing at a time; what you write is saved at every step, also on another device.")),
    (_("Check and send"), _("You see all your answers and the declaration before you send them.")),
    (
        _("Keep the receipt"),
        _("It bears the protocol number and the instant, and others can verify it."),
    ),
)


@dataclass(frozen=True)
class Part:
    """A section of the page: its anchor, its heading, its text in four languages."""

    name: str
    heading: str | Promise
    text: dict[str, str]


@dataclass(frozen=True)
class Change:
    """A change since publication: the act, why, and in words what it changed."""

    amendment: Amendment
    what: tuple[str | Promise, ...]


@dataclass(frozen=True)
class Related:
    """A call of ours or a page elsewhere that belongs to this one."""

    link: RelatedLink
    relation: str | Promise


@dataclass(frozen=True)
class CallPage:
    """All that the page of a call shows besides its line in the lists."""

    contents: CallContents
    parts: tuple[Part, ...]
    countdown: str
    changes: tuple[Change, ...]
    related: tuple[Related, ...]
    takes_online: bool
    takes_mail: bool
    takes_enquiries: bool
    steps: tuple[tuple[str | Promise, str | Promise], ...]
    updated_at: datetime | None


def page_of(call: Call, contents: CallContents, now: datetime) -> CallPage:
    """The page of `call` at this moment. Seven queries at most, however long."""
    channels = queries.filing_of(call).channels
    moments = [call.published_at, *(each.made_at for each in contents.amendments)]
    return CallPage(
        contents=contents,
        parts=tuple(
            Part(str(name), heading, _as_corrected(call, name, contents.amendments))
            for name, heading in HEADINGS.items()
        ),
        countdown=countdown_of(call, contents.openings, now),
        changes=tuple(Change(each, _what_changed(each)) for each in contents.amendments),
        related=tuple(
            Related(link, RELATIONS[Relation(link.relation)])
            for link in queries.related_links(call)
            if link.other is None or link.other.is_published
        ),
        takes_online=Channel.ONLINE in channels,
        takes_mail=Channel.CERTIFIED_MAIL in channels,
        takes_enquiries=call.is_published and queries.enquiries_of(call) is not None,
        steps=ONLINE if Channel.ONLINE in channels else BY_MAIL,
        updated_at=max((moment for moment in moments if moment), default=None),
    )


def _as_corrected(call: Call, name: Section, amendments: Sequence[Amendment]) -> dict[str, str]:
    text = dict(call.texts.get(name, {}))
    for amendment in amendments:
        text.update(amendment.texts.get(name, {}))
    return text


def _what_changed(amendment: Amendment) -> tuple[str | Promise, ...]:
    if amendment.kind == AmendmentKind.EXTENSION:
        return (_("New end of the window"),)
    return tuple(heading for name, heading in HEADINGS.items() if name in amendment.texts)
