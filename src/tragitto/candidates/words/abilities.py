"""What is said about what people can do: how a statement stands, and what is wrong with an entry."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.candidates.vocabulary import Evidence
from tragitto.kernel.refusals import Finding

EVIDENCE: Mapping[str, str | Promise] = {
    Evidence.SAID: pgettext_lazy("evidence", "Said, not shown"),
    Evidence.HANDED_IN: pgettext_lazy("evidence", "Paper handed in, not checked yet"),
    Evidence.SEEN: pgettext_lazy("evidence", "Checked with the paper"),
    Evidence.TESTED: pgettext_lazy("evidence", "Tested at work"),
    Evidence.EXPIRED: pgettext_lazy("evidence", "No longer valid"),
}
_PROBLEMS: Mapping[str, str | Promise] = {
    "too_long": _("This is too long. Write less."),
    "no_role": _("Write what work you did, for example “welder”."),
    "no_month": _("Write the month and the year in which you began."),
    "not_yet": _("This day has not come yet, or is too long ago. Check the year."),
    "still_there": _("This day has not come yet. If you still work there, leave the end empty."),
    "ends_before": _("The end is before the beginning. Check both."),
    "no_state": _("Choose a country of the list."),
    "no_title": _("Write what the diploma is called."),
    "no_year": _("Write the year with four digits, for example 2019."),
    "unknown_level": _("Choose a level of the list."),
    "unknown_tongue": _("Choose a language of the list."),
    "unknown_profile": _("Choose a profile of the list."),
    "unknown_region": _("Choose regions of the list."),
    "unknown_shift": _("Choose shifts of the list."),
    "unknown_housing": _("Choose one of the answers about housing."),
    "unknown_skill": _("This roster does not ask for that skill. Choose one of its list."),
    "no_degree": _("Choose one of the answers, or none."),
    "valid_too_long": _("No certificate of this kind is valid for so long. Check the day on the paper."),
    "no_years": _("Write a number of years from 0 to 60."),
    "no_day": _("Write until when the paper is valid: it stands on it."),
    "not_their_photo": _("This photo belongs to another registration. Take a new one."),
    "no_number": _("Write the number of the paper: it stands on it."),
    "tells_who": _(
        "This text tells who the person is (a name, a telephone number, an address). Firms read it before"
        " the person has agreed to be known: leave that out."
    ),
}


def refusals(problems: Mapping[str, str]) -> Iterator[Finding]:
    """The problems of an entry as findings, each with its `field`."""
    for field, code in problems.items():
        yield Finding(code, _PROBLEMS[code], {"field": field})
