"""Every address of the office with what it needs, so that no page escapes the tests of all pages."""

from dataclasses import dataclass

from django.urls import get_resolver, reverse

from tests.web.office import mail
from tests.web.office.world import OFFICE_DAY, World
from tragitto.employers.models import Expression
from tragitto.records.models import Message, Outgoing

#: Pages that are looked at, and addresses that are written to.
PAGES = (
    "access", "admitted", "call", "call_queue", "calls", "expression", "home", "law", "law_parameter",
    "file_pages", "ledger", "mailboxes", "message", "outgoing", "register_year", "sent", "sorting",
)  # fmt: skip
LEADING_ON = ("queue", "register")
FILES = ("admitted_file", "attachment", "journey_picture", "message_raw")
#: Pictures drawn by the house from a file that came.
PICTURES = ("file_page",)
WRITES = (
    "accept", "close", "confirm_met", "correct", "decide", "extend", "judge", "place", "place_by_hand",
    "publish", "register_export", "resend", "set_aside", "settle", "take_step", "take_up", "try_again",
    "withdraw",
)  # fmt: skip
#: Written to by those who publish the call.
OF_A_PUBLISHER = ("publish", "extend", "close")
#: Pages for those who sort, not for those who only read.
OF_A_SORTER = ("suggestion", "take_in", "transcription")
#: Written to by everybody, about themselves alone.
OWN = ("switch",)
EVERY = (*PAGES, *LEADING_ON, *FILES, *WRITES, *OF_A_SORTER, *PICTURES, *OWN)
#: Pages about one thing that another office must not know of.
OF_ONE_OFFICE = ("expression", "message", "message_raw", "attachment", "file_page", "file_pages", "outgoing")
#: Addresses about one message of the desk.
DESK = ("accept", "suggestion", "try_again")


@dataclass
class Addresses:
    """Makes the address of a page about the world's own things."""

    world: World
    expression: Expression

    def of(self, name: str) -> str:
        """The address of the page `office:name`."""
        return reverse(f"office:{name}", args=self._arguments(name))

    def _arguments(self, name: str) -> list[object]:
        if name in ("call", "call_queue", "journey_picture", "admitted", "admitted_file", *OF_A_PUBLISHER):
            return [self.world.call.code]
        if name in ("expression", "confirm_met", "decide", "take_step", "correct", "withdraw"):
            return [self.expression.code]
        if name == "judge":
            return [self.expression.code, self.finding()]
        if name in ("message", "place", "place_by_hand", "set_aside", "take_up", "message_raw", *DESK):
            return [self.waiting().code]
        if name in ("outgoing", "resend", "settle"):
            return [(Outgoing.objects.first() or mail.sent(self.world)).code]
        if name == "transcription":
            waiting = self.waiting()
            scanned = waiting.attachments.filter(scan__isnull=False).first()
            file = scanned or mail.attached(waiting, scan=mail.scan_of(self.world.call))
            return [waiting.code, file.code]
        if name in ("attachment", "file_page", "file_pages"):
            file = self.expression.current.message.attachments.order_by("position")[0]
            return [file.message.code, file.code, *([1] if name == "file_page" else [])]
        others = {"register_year": [OFFICE_DAY.year], "law_parameter": [self.world.call.review_term]}
        return others.get(name, [])

    def waiting(self) -> Message:
        """The first message at the sorting desk of the call's office."""
        return Message.objects.waiting().filter(office=self.world.call.publisher.code).order_by("pk")[0]

    def finding(self) -> str:
        """A finding of the expression that nobody could read."""
        return self.expression.current.findings.filter(state="unknown").order_by("pk")[0].code


def names() -> set[str]:
    """All names of addresses of the office."""
    _namespace, resolver = get_resolver().namespace_dict["office"]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}
