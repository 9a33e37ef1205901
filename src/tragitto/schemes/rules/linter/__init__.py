"""Reads the notice of a call, in the Italian of the act, against its data, and asks about what jars.

Every warning needs a recorded choice before the call is published. No rule knows any call.
"""

from collections.abc import Iterable, Sequence

from tragitto.schemes.pack import CallSpec, FormSpec, Paragraph
from tragitto.schemes.rules.linter import dates, papers, privacy, references
from tragitto.schemes.rules.problems import Problem

RULES = (
    dates.deadline_without_hour_or_zone,
    dates.deadline_of_another_window,
    dates.hour_of_another_window,
    dates.instant_not_named,
    dates.meetings_while_filing_is_open,
    dates.calendar_out_of_order,
    privacy.purpose_of_another_procedure,
    privacy.words_of_another_procedure,
    privacy.letters_that_match_nothing,
    privacy.count_of_processors,
    privacy.retention_without_period,
    privacy.consent_beside_other_bases,
    references.paragraphs_that_do_not_exist,
    references.mailbox_not_in_the_notice,
)


def lint(
    call: CallSpec, notice: Sequence[Paragraph], *, forms: Iterable[FormSpec | None] = ()
) -> list[Problem]:
    """The warnings about ``call`` and its ``notice``, each of them once, in the order of the rules."""
    found = [problem for rule in RULES for problem in rule(call, notice)]
    found += papers.forms_asked_differently(call, notice)
    found += papers.forms_of_notice_and_call(call, notice, [form for form in forms if form])
    return list({problem.about: problem for problem in found}.values())
