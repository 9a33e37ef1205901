"""Every address of the office with what it needs, so that no page escapes the tests of all pages."""

from dataclasses import dataclass

from django.urls import get_resolver, reverse

from tests.web.office.world import OFFICE_DAY, World
from tragitto.employers.models import Expression
from tragitto.records.models import Message

#: Pages that are looked at, and addresses that are written to.
PAGES = (
    "access", "admitted", "call", "call_queue", "calls", "expression", "home", "law", "law_parameter",
    "ledger", "message", "register_year", "sorting",
)  # fmt: skip
LEADING_ON = ("queue", "register")
FILES = ("admitted_file", "attachment", "journey_picture", "message_raw")
WRITES = (
    "close", "confirm_met", "correct", "decide", "extend", "judge", "place", "place_by_hand", "publish",
    "register_export", "set_aside", "take_step", "take_up", "withdraw",
)  # fmt: skip
#: Written to by those who publish the call.
OF_A_PUBLISHER = ("publish", "extend", "close")
#: Written to by everybody, about themselves alone.
OWN = ("switch",)
EVERY = (*PAGES, *LEADING_ON, *FILES, *WRITES, *OWN)
#: Pages about one thing that another office must not know of.
OF_ONE_OFFICE = ("expression", "message", "message_raw", "attachment")


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
        if name in ("message", "place", "place_by_hand", "set_aside", "take_up", "message_raw"):
            return [self.waiting().code]
        if name == "attachment":
            file = self.expression.current.message.attachments.order_by("position")[0]
            return [file.message.code, file.code]
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
