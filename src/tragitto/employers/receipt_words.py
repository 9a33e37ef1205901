"""The words of a receipt and of what follows, in the language of the moment."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tragitto.employers.paper_words import PAPERS
from tragitto.employers.queries.submissions import SubmissionPage
from tragitto.kernel.texts import in_language
from tragitto.records import receipts
from tragitto.records.models import RegisterEntry


def printed(page: SubmissionPage, entry: RegisterEntry) -> tuple[str, dict[str, Any]]:
    """The title of a printed receipt, and what its template asks for."""
    submission = page.submission
    call, papers = submission.call, page.content["papers"]
    data = {
        "office": call.publisher.name,
        "said": _("We have received what you sent on line, at the moment and with the content named here."),
        "facts": [
            [_("Call"), f"{in_language(call.title, get_language() or '')} ({call.code})"],
            [_("Code of your filing"), submission.code],
            [_("Received"), _moment(submission.received_at, call.zone)],
            [_("Number in the protocol register"), entry.reference],
            [_("Entered in the register"), _moment(entry.registered_at, call.zone)],
            [_("Enterprise, as you wrote it"), page.enterprise or "—"],
        ],
        "papers_title": _("Papers that came with it"),
        "no_papers": _("None."),
        "papers": [[str(PAPERS[paper["kind"]]), paper["name"]] for paper in papers],
        "next_title": _("What happens now"),
        "next": next_steps(page),
        "check_title": _("How anybody can check this receipt"),
        "check": _(
            "The file “{name}” holds these facts under our electronic signature (Ed25519). Anybody can check"
            " it with the key that we publish, also without us."
        ).format(name=f"{submission.code}.json"),
        "proof": [
            f"SHA-256 {submission.sha256}",
            *(f"SHA-256 {paper['sha256']} {paper['name']}" for paper in papers),
            f"Ed25519 {receipts.public_key().number}",
        ],
        "foot": submission.code,
    }
    return _("Receipt of your filing"), data


def next_steps(page: SubmissionPage) -> list[str]:
    """What follows, with its dates."""
    zone = page.submission.call.zone
    closing = _closing(page.last_second, zone) if page.last_second else ""
    if page.is_late:
        late = _(
            "It came after the closing ({closing}). It is kept and judged: the office will write to you"
            " whether it can be considered."
        )
        return [late.format(closing=closing)]
    until = _(
        "Until {closing} you may send a further version: the office then reviews what you say in that one."
    )
    return [
        *([until.format(closing=closing)] if closing else []),
        _("The office reviews what came in the order in which it came. You need not do anything for that."),
        _("If something is missing, or speaks against it, the office writes to you before it decides."),
    ]


def _moment(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    offset = local.strftime("%z")
    return f"{_in_words(local)} ({zone}, UTC{offset[:3]}:{offset[3:]})"


def _closing(at: datetime, zone: str) -> str:
    return f"{_in_words(at.astimezone(ZoneInfo(zone)))}, {zone}"


def _in_words(local: datetime) -> str:
    words = date_format(local, "j F Y, H:i:s")
    # Django's names of the Italian months begin with a capital, which Italian does not use.
    return words.lower() if (get_language() or "").startswith("it") else words
