"""Checks how a call is answered, reviewed, handed over and asked about, and where else it leads."""

from collections.abc import Collection, Iterable

from tragitto.schemes.pack import CallSpec, FormSpec
from tragitto.schemes.rules.check.schemes import repeated
from tragitto.schemes.rules.problems import Problem
from tragitto.schemes.vocabulary import LatePolicy


def check(call: CallSpec, forms: Iterable[FormSpec], calls: Collection[str]) -> list[Problem]:
    """What is wrong with the promises of ``call``, and with its links to other ``calls``.

    The facts it names are those of the fields of ``forms``.
    """
    where = f"calls/{call.code}"
    return [
        *_filing(call, where),
        *_enquiries(call, where),
        *_facts(call, forms, where),
        *_related(call, calls, where),
    ]


def _filing(call: CallSpec, where: str) -> list[Problem]:
    found = []
    if not call.filing.channels and not call.leaves_open("filing"):
        found.append(Problem("left_out", where, "no channel takes filings", path="filing.channels"))
    named = call.filing.late == LatePolicy.NAMED_EXCEPTIONS
    if named != bool(call.filing.exceptions):
        text = "exceptions for late filings are named if, and only if, the call admits such"
        found.append(Problem("exceptions_and_policy", where, text, path="filing.late"))
    found += [
        Problem("duplicated_code", where, f"the exception {code} is written twice", path="filing.exceptions")
        for code in repeated(each.code for each in call.filing.exceptions)
    ]
    wrong = [number for number in (*call.filing.warn_before, call.filing.draft_days) if number < 0]
    return found + [
        Problem("negative_number", where, f"{number} cannot be below 0", path="filing") for number in wrong
    ]


def _enquiries(call: CallSpec, where: str) -> list[Problem]:
    if call.enquiries is None:
        return []
    days = (call.enquiries.call_back_days, call.enquiries.escalate_days)
    found = [
        Problem("negative_number", where, f"{number} cannot be below 0", path="enquiries")
        for number in days
        if number < 0
    ]
    return found + [
        Problem("duplicated_code", where, f"the template {code} is written twice", path="enquiries.templates")
        for code in repeated(each.code for each in call.enquiries.templates)
    ]


def _facts(call: CallSpec, forms: Iterable[FormSpec], where: str) -> list[Problem]:
    if not call.forms:
        return []
    known = {field.fact for form in forms for field in form.fields if field.fact}
    named = [("review.hidden", fact) for fact in call.review.hidden]
    for part in call.hand_over:
        named += [("hand_over", fact) for fact in (*part.facts, *([part.consent] if part.consent else []))]
    return [
        Problem("unknown_fact", where, f"no field of a form gives {fact}", matter=fact, path=path)
        for path, fact in named
        if not any(_begins(each, fact) for each in known)
    ]


def _begins(fact: str, first: str) -> bool:
    return fact == first or fact.startswith((f"{first}.", f"{first}[]"))


def _related(call: CallSpec, calls: Collection[str], where: str) -> list[Problem]:
    found = [
        Problem("link_to_two_places", where, "a link leads to a call, or to an address", path="related")
        for link in call.related
        if bool(link.call) == bool(link.address)
    ]
    found += [
        Problem("unknown_call", where, f"no call {link.call}", matter=link.call, path="related")
        for link in call.related
        if link.call and link.call not in calls
    ]
    return found + [
        Problem("link_to_itself", where, "a call is not related to itself", path="related")
        for link in call.related
        if link.call == call.code
    ]
