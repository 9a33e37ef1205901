"""What people are written when they are asked whether they are still interested, in their own language."""

from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tragitto.candidates.models import Candidate, Confirmation
from tragitto.candidates.rules.asking import Asked, last_day
from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import RosterSpec


class Occasion(StrEnum):
    """Why somebody is written to."""

    QUESTION = "question"
    SILENCE = "silence"
    END = "end"


def words(
    person: Candidate, occasion: Occasion, roster: RosterSpec, question: Confirmation, link: str, *, on: date
) -> tuple[str, str]:
    """Subject and text of the message, short enough for a telephone."""
    with translation.override(person.language):
        named = {"roster": in_language(roster.title, person.language), "link": link}
        if occasion == Occasion.QUESTION:
            asked = Asked(question.due_on, timezone.localdate(question.asked_at))
            is_over = on > question.due_on
            day = last_day(asked, roster.validity) if is_over else question.due_on
            text = _("{roster}: are you still interested? Please answer by {day}, here: {link}")
            return _("Are you still interested?"), text.format(day=_day(day), **named)
        kept = on + timedelta(days=roster.validity.return_days)
        text = (
            _("{roster}: no answer came, so your registration rests. Your place is kept until {day}: {link}")
            if occasion == Occasion.SILENCE
            else _("{roster}: your registration has come to its end. Your place is kept until {day}: {link}")
        )
        return _("Your registration rests"), text.format(day=_day(kept), **named)


def _day(day: date) -> str:
    return date_format(day, "j F Y")
