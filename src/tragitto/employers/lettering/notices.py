"""Notices and requests: the start of the review, what is to be completed, obstacles before a refusal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tragitto.agenda.models import Deadline
from tragitto.employers import wording
from tragitto.employers.lettering.frame import Ground, Written, cited, day_of, filed, framed, value_of
from tragitto.employers.models import Expression, Letter
from tragitto.law import queries as law
from tragitto.schemes.queries import takes_online

TEMPLATE = "employers/letters/letter.typ"
COMPLETION_DAYS = "procedure.information_suspension"
REPLY_DAYS = "procedure.obstacles_reply"
REST_DAYS = "procedure.obstacles_rest"


def completion(letter: Letter, *, stands: bool) -> Written:
    """The request for completion; `stands` says whether our own term stands still meanwhile."""
    expression, on = letter.expression, day_of(letter.written_at, letter.expression)
    days, row = value_of(COMPLETION_DAYS, on)
    asked = law.parameter("procedure.soccorso_istruttorio", on=on)
    title = _("Request to complete the expression of interest")
    opening = _(
        "Your expression of interest cannot be examined as it stands: what is named below is missing or"
        " unclear. Please complete it."
    )
    standing = _("Until your answer, for {count} days at most, the term of the review stands still.")
    runs_on = _("The term of the review has stood still once already: it goes on running.")
    after = [
        _days_to_answer(days),
        _ways_to_answer(expression),
        standing.format(count=days) if stands else runs_on,
        _("If nothing comes in time, the office goes on with what it has; before a refusal it writes again."),
    ]
    return _notice(
        letter, _Body(title, on, [opening], after, [cited(asked), cited(row)], _("What we ask for"))
    )


def refusal_notice(letter: Letter) -> Written:
    """The notice before a refusal: the obstacles, and what may be said against them (art. 10-bis)."""
    expression, on = letter.expression, day_of(letter.written_at, letter.expression)
    days, reply = value_of(REPLY_DAYS, on)
    rest_days, rest = value_of(REST_DAYS, on)
    title = _("Notice of the obstacles to your application")
    opening = [
        _("On what the office has seen, your expression of interest cannot be admitted, for these reasons."),
        _("Nothing is decided yet: you may answer first, and your answer will be considered."),
    ]
    rests = ngettext(
        "This notice lets the term of the review stand still; it runs again {count} day after your"
        " observations or, without any, when the time to answer is over.",
        "This notice lets the term of the review stand still; it runs again {count} days after your"
        " observations or, without any, when the time to answer is over.",
        rest_days,
    )
    after = [
        _("You may send observations in writing, with documents if you like."),
        _days_to_answer(days),
        _ways_to_answer(expression),
        rests.format(count=rest_days),
        _("If your observations are not upheld, the decision says why, for each of them."),
    ]
    return _notice(letter, _Body(title, on, opening, after, [cited(reply), cited(rest)], _("The obstacles")))


def start(letter: Letter, *, deadline: Deadline | None) -> Written:
    """The notice that the review has begun: office, officer, end and what to do if it passes (art. 8)."""
    expression, on = letter.expression, day_of(letter.written_at, letter.expression)
    notice = law.parameter("procedure.start_notice", on=on)
    substitute = law.parameter("procedure.substitute_power", on=on)
    title = _("Notice that the review of your expression of interest has begun")
    more: list[tuple[str, str]] = [
        (_("What it is about"), _("Admissibility of the expression of interest")),
        (_("Office"), expression.call.publisher.name),
        (_("Certified address"), expression.call.mailbox),
    ]
    if expression.call.help_address:
        more.append((_("Contact"), expression.call.help_address))
    if deadline:
        more.append((_("To be concluded by"), wording.moment_in_words(deadline.due_at, expression.call.zone)))
    after = [
        _("You can see your file, and write to the office, with the code of the expression of interest."),
        _(
            "The term stands still while you are asked to complete something or to answer obstacles, and then"
            " runs on."
        ),
        _(
            "If that day passes without a decision, you may turn to whoever holds the substitute power in"
            " this office, or to the administrative court (arts. 31, 117 d.lgs. 104/2010)."
        ),
    ]
    opening = _("The office has taken up your expression of interest and is reviewing it.")
    rows = dict.fromkeys([notice.reference, substitute.reference, *(deadline.law_rows if deadline else [])])
    law_lines = [cited(law.by_reference(reference)) for reference in rows]
    return _notice(letter, _Body(title, on, [opening], after, law_lines, more=more))


def correction(letter: Letter) -> Written:
    """The notice that a decision which was told holds no more, with the reason in the office's words."""
    expression, on = letter.expression, day_of(letter.written_at, letter.expression)
    undone = letter.decision
    assert undone is not None
    reasons = law.parameter("procedure.reasons", on=on)
    title = _("Decision {number} was corrected").format(number=undone)
    opening = _(
        "Decision {number} of {day}, of which we wrote to you, holds no more: the office has reopened the"
        " review of your expression of interest. This is why:"
    ).format(number=undone, day=written_on(undone.decided_at, expression))
    after = [
        _("The review goes on. What is decided anew will be told to you, with its reasons and the remedy."),
        _("You can see your file, and write to the office, with the code of the expression of interest."),
    ]
    return _notice(letter, _Body(title, on, [opening], after, [cited(reasons)]))


def grounds_of(kept: Iterable[Mapping[str, str]], titles: Mapping[str, tuple[str, str]]) -> list[Ground]:
    """The grounds of a letter with title and citation of the criterion each is about."""
    found = []
    for each in kept:
        title, citation = titles.get(each.get("criterion", ""), ("", ""))
        found.append(Ground(title, each["text"], citation))
    return found


@dataclass(frozen=True)
class _Body:
    """What one kind of notice says that the others do not."""

    title: str
    on: date
    opening: Sequence[str]
    after: Sequence[str]
    law: Sequence[str]
    grounds_title: str = ""
    more: Sequence[tuple[str, str]] = ()


def _notice(letter: Letter, body: _Body) -> Written:
    expression = letter.expression
    facts = [*filed(expression), *body.more]
    frame = framed(expression, title=body.title, on=body.on, number=number_of(letter), more=facts)
    criteria = {
        each.code: (each.title.get("it", ""), each.citation) for each in expression.call.criteria.all()
    }
    data: dict[str, Any] = {
        **frame,
        "opening": list(body.opening),
        "grounds_title": body.grounds_title,
        "grounds": [ground.as_data() for ground in grounds_of(letter.grounds, criteria)],
        "text": [line for line in letter.text.splitlines() if line.strip()],
        "after_title": _("What you can do, and by when") if letter.grounds else _("What happens now"),
        "after": list(body.after),
        "law": list(body.law),
    }
    return Written(TEMPLATE, body.title, data)


def number_of(letter: Letter) -> str:
    """How a letter is cited: its code, and which letter of this expression it is."""
    return f"{letter.code} ({letter.expression.code}/{letter.number})"


def _days_to_answer(days: int) -> str:
    text = ngettext(
        "You have {count} day from the day on which you receive this letter, which is not counted. If the"
        " last one is a holiday, you have until the next day that is none.",
        "You have {count} days from the day on which you receive this letter, which is not counted. If the"
        " last one is a holiday, you have until the next day that is none.",
        days,
    )
    return text.format(count=days)


def _ways_to_answer(expression: Expression) -> str:
    values = {"mailbox": expression.call.mailbox, "code": expression.code}
    if takes_online(expression.call):
        text = _(
            "Answer on line, from the page of your expression of interest, or by certified mail to {mailbox}"
            " with the code {code} in the subject."
        )
    else:
        text = _(
            "Answer by certified mail to {mailbox} with the code {code} in the subject; observations in words"
            " may also be sent from the page of your expression of interest."
        )
    return text.format(**values)


def written_on(at: datetime, expression: Expression) -> str:
    """The day of a moment in words, in the zone of the call."""
    return wording.day_in_words(day_of(at, expression))
