"""Checks a call: everything it points at exists, and what it leaves out is a named gap."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tragitto.kernel.periods import Period
from tragitto.schemes.pack import CallSpec, ChoiceSpec, FormSpec, PackUnreadable, filled
from tragitto.schemes.rules import windows
from tragitto.schemes.rules.check.around import Around
from tragitto.schemes.rules.check.schemes import repeated
from tragitto.schemes.rules.problems import Problem
from tragitto.schemes.vocabulary import FormRole, Section, Subject

# Without it a filing belongs to nobody: the employer is known by this fact of the main form.
EMPLOYER = "enterprise.codice_fiscale"
OWN_QUESTIONS = ("contradiction:", "silence:")


def check(call: CallSpec, around: Around, forms: Sequence[FormSpec]) -> list[Problem]:
    """What is wrong with the call itself: names, windows, forms, texts, gaps."""
    where = f"calls/{call.code}"
    return [
        *_names(call, around, where),
        *_windows(call, where),
        *_order(call, where),
        *_forms(call, around, forms, where),
        *_left_out(call, where),
        *_gaps(call, where),
        *_purposes(call, where),
    ]


def check_law(call: CallSpec, law: Mapping[str, Sequence[Period]]) -> list[Problem]:
    """An error when the term of the review is not covered by a law row on the last day of a window."""
    where = f"calls/{call.code}.review_term"
    periods = law.get(call.review_term, ())
    if not periods:
        return [
            Problem(
                "term_without_law",
                where,
                f"no law row covers the term {call.review_term}",
                path="review_term",
            )
        ]
    return [
        Problem(
            "term_without_law",
            where,
            f"no row of {call.review_term} covers {window.last_day}",
            path="review_term",
        )
        for window in call.windows
        if not any(period.covers(window.last_day) for period in periods)
    ]


def is_own_question(choice: ChoiceSpec) -> bool:
    """Whether the sources themselves asked, and no warning."""
    return choice.about.startswith(OWN_QUESTIONS)


def check_choices(call: CallSpec, warnings: Sequence[Problem]) -> list[Problem]:
    """An error for each choice made twice, and for each that answers a warning nobody gives any more."""
    where = f"calls/{call.code}.choices"
    abouts = {warning.about for warning in warnings}
    found = [
        Problem("duplicated_code", where, f"two choices about {about}", path="choices")
        for about in repeated(choice.about for choice in call.choices)
    ]
    return found + [
        Problem(
            "choice_without_question",
            where,
            f"nothing asks about {choice.about}",
            path="choices",
            matter=choice.about,
        )
        for choice in call.choices
        # The sources themselves asked: a contradiction between them, or a silence.
        if not is_own_question(choice) and choice.about not in abouts
    ]


def _names(call: CallSpec, around: Around, where: str) -> list[Problem]:
    found = []
    if call.region not in around.regions:
        found.append(Problem("unknown_region", where, f"no region {call.region}", path="region"))
    if call.publisher not in around.organisations:
        text = f"no organisation {call.publisher}"
        found.append(Problem("unknown_organisation", where, text, path="publisher"))
    if around.journeys.get(call.journey) != Subject.EXPRESSION:
        text = f"no journey of expressions {call.journey}"
        found.append(Problem("unknown_journey", where, text, path="journey"))
    if not _is_zone(call.zone):
        found.append(Problem("unknown_zone", where, f"no time zone {call.zone}", path="zone"))
    return found


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError):
        return False


def _windows(call: CallSpec, where: str) -> list[Problem]:
    if not _is_zone(call.zone):
        return []
    openings = [
        windows.Opening(
            window.number,
            windows.opening_instant(window.opens_on, call.zone) if window.opens_on else None,
            windows.closing_instant(window.last_day, window.last_time, call.zone),
        )
        for window in call.windows
    ]
    found = [
        Problem(
            "ends_before_it_starts",
            where,
            f"window {opening.number} closes before it opens",
            path=f"windows.{opening.number}",
        )
        for opening in openings
        if opening.opens_at and opening.opens_at >= opening.closes_at
    ]
    found += [
        Problem("duplicated_code", where, f"window {number} is written twice", path=f"windows.{number}")
        for number in repeated(str(window.number) for window in call.windows)
    ]
    if call.leaves_open("windows"):
        # Two windows of unknown opening overlap by definition; the gap says so already.
        openings = [opening for opening in openings if opening.opens_at]
    return found + [
        Problem("windows_overlap", where, f"windows {one} and {other} overlap", path=f"windows.{other}")
        for one, other in windows.overlapping(openings)
    ]


def _order(call: CallSpec, where: str) -> list[Problem]:
    ends = [(window.last_day, window.last_time) for window in call.windows]
    numbers = [window.number for window in call.windows]
    found = [
        Problem(
            "windows_out_of_order",
            where,
            f"window {later} does not end after window {earlier}",
            path=f"windows.{later}",
        )
        for (earlier, one), (later, other) in pairwise(zip(numbers, ends, strict=True))
        if other <= one
    ]
    found += [
        Problem(
            "windows_out_of_order",
            where,
            f"window {later} is written after window {earlier}",
            path=f"windows.{later}",
        )
        for earlier, later in pairwise(numbers)
        if later < earlier
    ]
    if call.act_on and ends and call.act_on > max(ends)[0]:
        text = f"the act is of {call.act_on}, after the last window has closed"
        found.append(Problem("act_after_windows", where, text, path="act_on"))
    return found


def _forms(call: CallSpec, around: Around, forms: Sequence[FormSpec], where: str) -> list[Problem]:
    found = [
        Problem("unknown_form", where, f"no form {code}", matter=code, path="forms")
        for code in call.forms
        if code not in around.forms
    ]
    main = [form for form in forms if form.role == FormRole.MAIN]
    if call.forms and len(main) != 1:
        found.append(Problem("main_form", where, f"a call has one main form, not {len(main)}", path="forms"))
    text = "no field of the form {code} gives the fact {fact}"
    return found + [
        Problem("form_without_employer", where, text.format(code=form.code, fact=EMPLOYER), path="forms")
        for form in main
        if EMPLOYER not in {field.fact for field in form.fields}
    ]


def _left_out(call: CallSpec, where: str) -> list[Problem]:
    text = "{name} is empty, and no gap says that it is unknown"
    found = [
        Problem("left_out", where, text.format(name=name), path=name)
        for name in ("act", "act_on", "mailbox", "help_address", "notice", "windows", "forms", "privacy")
        if not getattr(call, name) and not call.leaves_open(name)
    ]
    text = "window {number} has no opening day, and no gap says so"
    found += [
        Problem(
            "left_out", where, text.format(number=window.number), path=f"windows.{window.number}.opens_on"
        )
        for window in call.windows
        if window.opens_on is None and not call.leaves_open("windows")
    ]
    return found + [
        Problem("missing_section", where, f"no text for the section {section}", path=f"texts.{section}")
        for section in Section
        if section not in call.texts
    ]


def _gaps(call: CallSpec, where: str) -> list[Problem]:
    found = [
        Problem("duplicated_code", where, f"two gaps at {path}", path="gaps")
        for path in repeated(gap.path for gap in call.gaps)
    ]
    try:
        filled(call)
    except PackUnreadable as error:
        found.append(Problem("wrong_gap", where, error.why, path="gaps"))
    return found


def _purposes(call: CallSpec, where: str) -> list[Problem]:
    known = {""} | {purpose.code for purpose in call.purposes}
    found = (
        [] if call.purposes else [Problem("left_out", where, "the call declares no purpose", path="purposes")]
    )
    purposes = call.privacy.purposes if call.privacy else ()
    return found + [
        Problem(
            "unknown_purpose",
            where,
            f"no purpose {purpose.serves}",
            path="privacy.purposes",
            matter=purpose.serves,
        )
        for purpose in purposes
        if purpose.serves not in known
    ]
