"""Every address of the office with what it needs, so that no page escapes the tests of all pages."""

from dataclasses import dataclass

from django.urls import get_resolver, reverse

from tests.web.office import acting, handing, lettering, mail
from tests.web.office.asking import asked
from tests.web.office.world import OFFICE_DAY, World
from tragitto.employers.models import Expression
from tragitto.records.models import Message, Outgoing
from tragitto.web.office.urls import (
    selection_match,
    selection_meetings,
    selection_rounds,
    selection_shortlists,
)

#: One filing, and what leads it on.
OF_AN_EXPRESSION = (
    "expression", "confirm_met", "decide", "take_step", "correct", "withdraw", "withdraw_consent",
)  # fmt: skip
#: Who works on a case, and looking at it again.
OF_A_CASE = ("assign_officer", "evaluate", "state_conflict")
#: Pages about packages, and the package itself.
HANDED = ("hand_over", "hand_over_file", "recall_hand_over")
#: Pages that are looked at, and addresses that are written to.
PAGES = (
    "act_links", "leaflets",
    "representation", "representations",
    "agenda",
    "access", "admitted", "call", "call_queue", "calls", "expression", "home", "law", "law_parameter",
    "file_pages", "hand_over", "hand_overs", "ledger", "mailboxes", "message", "outgoing",
    "prepare_hand_over", "register_year", "sent", "sorting",
    "letter", "letters", "letters_decisions", "letters_observations", "letters_starts", "write_letter",
)  # fmt: skip
LEADING_ON = ("queue", "register")
FILES = (
    "representation_paper",
    "letter_file",
    "newsletter", "plain_text", "poster",
    "admitted_file", "attachment", "hand_over_file", "journey_picture", "message_raw",
)  # fmt: skip
#: Pictures drawn by the house from a file that came, or that it wrote.
PICTURES = ("file_page", "representation_paper_page", "letter_picture")
WRITES = (
    "late_decide", "late_propose", "representation_confirm", "representation_end",
    "assign_officer", "evaluate", "spread_cases", "state_conflict",
    "letter_arrived", "letter_drop", "letter_observe", "letter_reply", "letter_send", "write_decision",
    "enquiry_answer", "enquiry_assign", "enquiry_close", "enquiry_contact", "enquiry_needs", "enquiry_take",
    "portfolio_end",
    "act_row_move", "act_unlink", "act_verify",
    "accept", "close", "confirm_met", "correct", "decide", "extend", "judge", "make_hand_over", "place",
    "place_by_hand", "publish", "recall_hand_over",
    "register_export", "resend", "set_aside", "settle", "take_step", "take_up", "try_again",
    "withdraw", "withdraw_consent",
)  # fmt: skip
#: Written to by those who publish the call.
OF_A_PUBLISHER = ("publish", "extend", "close")
#: Pages for those who sort, not for those who only read.
OF_A_SORTER = (
    "enquiries", "enquiry", "enquiry_new", "needs", "needs_file", "portfolios",
    "suggestion", "take_in", "transcription",
)  # fmt: skip
#: Written to by those who answer requests for information, about one of them.
OF_AN_ENQUIRY = (
    "enquiry_answer", "enquiry_assign", "enquiry_close", "enquiry_contact", "enquiry_needs", "enquiry_take",
)  # fmt: skip
#: Written to by everybody, about themselves alone.
OWN = ("find_filing", "switch")
#: Pages of a draft, for those who draft calls; `test_acts` has their stories.
OF_A_DRAFTER = ("act", "act_correct", "act_new", "act_row", "act_section")
EVERY = (*OF_A_DRAFTER, *PAGES, *LEADING_ON, *FILES, *WRITES, *OF_A_SORTER, *PICTURES, *OWN)
#: Pages about one thing that another office must not know of.
OF_ONE_OFFICE = (
    "representation",
    "representation_paper",
    "letter",
    "letter_file",
    "letter_picture",
    "write_letter",
    "hand_over",
    "expression",
    "message",
    "message_raw",
    "attachment",
    "file_page",
    "file_pages",
    "outgoing",
)
#: Addresses about one message of the desk.
DESK = ("accept", "suggestion", "try_again")
#: What the addresses of a letter name besides it.
LETTERS = {
    "letter": [], "letter_arrived": [], "letter_drop": [], "letter_file": [], "letter_observe": [],
    "letter_picture": [1], "letter_reply": [1], "letter_send": [],
}  # fmt: skip
#: What the addresses of a call's acts name besides the call.
ACTS = {
    "act": [], "act_correct": ["who"], "act_links": [], "act_row": ["criteria", "0"],
    "act_row_move": ["criteria", 0], "act_section": ["identity"], "act_unlink": [1], "act_verify": [],
    "leaflets": [], "newsletter": ["it"], "plain_text": ["it"], "poster": ["it"],
}  # fmt: skip


#: What the addresses about who acts for an enterprise name besides it.
ACTING = {
    "representation": [], "representation_confirm": [], "representation_end": [],
    "representation_paper": ["delegation"], "representation_paper_page": ["delegation", 1],
}  # fmt: skip


@dataclass
class Addresses:
    """Makes the address of a page about the world's own things."""

    world: World
    expression: Expression

    def of(self, name: str) -> str:
        """The address of the page `office:name`."""
        return reverse(f"office:{name}", args=self._arguments(name))

    def _arguments(self, name: str) -> list[object]:
        if name in (
            "call",
            "call_queue",
            "journey_picture",
            "admitted",
            "admitted_file",
            "hand_overs",
            "find_filing",
            "enquiry_new",
            "spread_cases",
            *OF_A_PUBLISHER,
        ):
            return [self.world.call.code]
        if name in (*OF_AN_EXPRESSION, *OF_A_CASE):
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
        if name in ("enquiry", *OF_AN_ENQUIRY):
            return [asked(self.world).code]
        if name in LETTERS:
            return [lettering.written(self.world, self.expression).code, *LETTERS[name]]
        if name == "write_letter":
            return [self.expression.code, "soccorso_istruttorio"]
        if name == "write_decision":
            return ["D-3467"]
        if name in HANDED:
            return [handing.made(self.world).code]
        if name in ("prepare_hand_over", "make_hand_over"):
            return [self.world.call.code, handing.DUTY, handing.recipient(self.world)]
        if name in ACTING:
            return [acting.with_paper(self.expression).code, *ACTING[name]]
        if name in ("late_decide", "late_propose"):
            return [self.expression.code, 1]
        if name in ACTS:
            return [self.world.call.code, *ACTS[name]]
        if name == "portfolio_end":
            return ["G-3467"]
        others = {"register_year": [OFFICE_DAY.year], "law_parameter": [self.world.call.review_term]}
        return others.get(name, [])

    def waiting(self) -> Message:
        """The first message at the sorting desk of the call's office."""
        return Message.objects.waiting().filter(office=self.world.call.publisher.code).order_by("pk")[0]

    def finding(self) -> str:
        """A finding of the expression that nobody could read."""
        return self.expression.current.findings.filter(state="unknown").order_by("pk")[0].code


def names() -> set[str]:
    """All names of addresses of the office but those of the roster, which test_roster.py counts, and of the
    selection, which tests/web/selection/test_every_page.py does.
    """
    _namespace, resolver = get_resolver().namespace_dict["office"]
    known = {name for name in resolver.reverse_dict if isinstance(name, str)}
    return {name for name in known if not name.startswith("roster")} - of_the_selection()


def of_the_selection() -> set[str]:
    """The names of the addresses of a round of selection."""
    modules = (selection_match, selection_meetings, selection_rounds, selection_shortlists)
    return {str(each.name) for module in modules for each in module.urlpatterns}
