"""The closed words of a call as its drafters choose them, and what the check says, in their language."""

from collections.abc import Mapping
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.kernel.refusals import Finding
from tragitto.schemes.registries import CRITERIA
from tragitto.schemes.rules import Problem
from tragitto.web.office import words

type Said = str | Promise

CHANNELS: Mapping[str, Said] = {
    "certified_mail": _("by certified mail"),
    "online": _("on line, signed in"),
}
CHECKS: Mapping[str, Said] = {kind: each.text for kind, each in words.CHECKS.items()}
JUDGES: Mapping[str, Said] = {
    "constituted_and_active": _("Constituted and active for so many months"),
    "delegation_complete": _("A delegate brings the delegation and the copy of the identity document"),
    "enterprise_not_private_person": _("The employer is an enterprise, not a private person"),
    "forms_complete": _("The forms came and are filled in"),
    "in_time": _("Filed in time"),
    "profiles_within": _("Only profiles of the scheme are asked for"),
    "sector_hint": _("The enterprise is of the sector"),
    "signed_by_the_right_person": _("Signed by the legal representative or a delegate"),
    "unit_in_region": _("A production unit lies in the region"),
}
RELATIONS: Mapping[str, Said] = {
    "same_scheme": _("another call of the scheme"),
    "earlier": _("an earlier call"),
    "later": _("a later call"),
    "funding": _("a source of funding"),
    "support": _("support and advice"),
}
BASES: Mapping[str, Said] = {
    "6(1)(a)": _("consent, art. 6(1)(a) GDPR"),
    "6(1)(b)": _("a contract, art. 6(1)(b) GDPR"),
    "6(1)(c)": _("a legal duty, art. 6(1)(c) GDPR"),
    "6(1)(e)": _("a public task, art. 6(1)(e) GDPR"),
}
LISTS: Mapping[str, Mapping[str, Said]] = {
    "Channel": CHANNELS,
    "CheckKind": CHECKS,
    "Relation": RELATIONS,
    "LatePolicy": {
        "refused": _("refused"),
        "named_exceptions": _("admitted on a ground that the call names"),
    },
    "ReviewOpening": {
        "at_once": _("as soon as a filing arrives"),
        "after_closing": _("once the last window has closed"),
    },
    "Topic": {
        "collecting": _("collecting expressions of interest"),
        "meetings": _("meetings"),
        "training": _("training"),
        "arrival": _("arrival"),
        "sharing": _("passing data on"),
        "legal_duties": _("legal duties"),
        "payments": _("payments"),
        "grants": _("grants"),
        "tenders": _("tenders"),
        "competitions": _("competitions"),
    },
    "At": {"filing": _("when it is filed"), "closing": _("when the window closes")},
    "MissingCopy": {
        "refuse": _("refused"),
        "complete": _("asked to complete"),
        "not_asked": _("the copy is not asked for"),
    },
    "Accepted": {
        "qualified": _("qualified electronic signature"),
        "advanced": _("advanced electronic signature"),
        "handwritten": _("signature by hand with a copy of the identity document"),
        "identified": _("sent by the signed-in person, known by digital identity"),
    },
    "Unchecked": {
        "suffices": _("the signature counts"),
        "person": _("a person looks at it"),
    },
}
_SHARED = {
    "CountedInstant": "instant",
    "PlaceRule": "place",
    "Disclosure": "disclosure",
    "Failing": "failing",
    "DutyKind": "duty",
}
LANGUAGES: Mapping[str, Said] = {
    "it": _("Italian"),
    "fr": _("French"),
    "ar": _("Arabic"),
    "en": _("English"),
}
SECTIONS: Mapping[str, Said] = {
    "purpose": _("What it is"),
    "who": _("Who can take part"),
    "profiles": _("The profiles"),
    "how": _("How to take part"),
    "deadline": _("The deadline"),
    "review": _("How it is reviewed"),
    "afterwards": _("What happens afterwards"),
    "privacy": _("Your data"),
    "help": _("Where to ask"),
}

#: What the check says, by its codes; `{matter}` is what it speaks of, in no language.
PROBLEMS: Mapping[str, Said] = {
    "missing_language": _("A language is missing: {matter}."),
    "missing_section": _("This text has not been written yet."),
    "left_out": _("Still empty: fill it in, or name it among what is unknown."),
    "unknown_form": _("The call does not ask for this form: {matter}."),
    "unknown_criterion": _("The program knows no such condition."),
    "wrong_parameters": _("The values of this condition are incomplete or wrong."),
    "negative_number": _("A number cannot be below 0."),
    "criterion_without_citation": _("A condition names its source."),
    "duplicated_code": _("The same code stands here twice: change one of the two."),
    "unknown_region": _("The scheme has no such region."),
    "unknown_organisation": _("No such body is known."),
    "unknown_journey": _("The scheme has no such journey of expressions."),
    "unknown_zone": _("There is no such time zone: write it like Europe/Rome."),
    "unknown_fact": _("No field of the forms gives this: {matter}."),
    "unknown_purpose": _("The call declares no such purpose: {matter}."),
    "unknown_call": _("There is no such call: {matter}."),
    "link_to_two_places": _("A link leads to one place: choose a call, or write an address."),
    "link_to_itself": _("A call is not related to itself: choose another one."),
    "exceptions_and_policy": _("Name at least one exception if, and only if, late filings can be admitted."),
    "ends_before_it_starts": _("The window closes before it opens."),
    "windows_overlap": _("Two windows overlap: let one end before the next begins."),
    "windows_out_of_order": _("Windows are numbered in the order in which they end."),
    "act_after_windows": _("The act is of a day after the last window has closed."),
    "main_form": _("A call has exactly one main form."),
    "form_without_employer": _("The main form does not ask for the codice fiscale of the enterprise."),
    "term_without_law": _("The law loaded here does not cover this term on every last day: choose another."),
    "wrong_gap": _("What is named as unknown does not exist in this call."),
    "choice_without_question": _("Nobody asks about this any more: take the choice away."),
    "deadline_without_hour": _("The notice names a deadline without an hour: {matter}."),
    "deadline_without_zone": _("The notice names a deadline without a time zone: {matter}."),
    "deadline_of_no_window": _("The notice names a deadline on which no window ends: {matter}."),
    "deadline_not_in_notice": _("A window ends on a day that the notice does not name: {matter}."),
    "hour_of_another_window": _("The notice gives the window another hour: {matter}."),
    "instant_not_named": _("The notice does not say whether acceptance or delivery counts: {matter}."),
    "meetings_while_filing_is_open": _("Meetings begin while filings are still taken: {matter}."),
    "calendar_out_of_order": _("What happens later begins earlier: {matter}."),
    "purpose_of_another_procedure": _("A purpose belongs to no declared purpose of the call: {matter}."),
    "words_of_another_procedure": _("Words of another procedure: {matter}."),
    "letters_that_match_nothing": _("Letters that match no entry of a list: {matter}."),
    "bases_do_not_match": _("There are more purposes than legal bases: {matter}."),
    "count_of_processors": _("The notice counts processors differently from the data: {matter}."),
    "retention_without_period": _("Data are kept for no stated period: {matter}."),
    "consent_beside_other_bases": _("Consent is asked beside other legal bases: {matter}."),
    "forms_asked_differently": _("The notice asks for a form in two different ways: {matter}."),
    "form_not_in_call": _("The notice names a form that the call does not ask for: {matter}."),
    "form_not_in_notice": _("The call asks for a form that the notice does not name: {matter}."),
    "reference_to_nothing": _("A paragraph is referred to that does not exist: {matter}."),
    "mailbox_not_in_notice": _("The notice does not name the mailbox of the call: {matter}."),
}
EVENTS: Mapping[str, Said] = {
    "begun": _("Begun"),
    "drafted": _("Draft last written"),
    "published": pgettext_lazy("call", "Published"),
    "closed": pgettext_lazy("call", "Closed"),
    "extension": _("Window extended"),
    "correction": _("Text corrected"),
    "linked": _("Link added"),
    "unlinked": _("Link taken away"),
}


def of_enum(member: Enum) -> Said:
    """A member of a closed list in words; one that nobody described says its own value."""
    kind, value = type(member).__name__, str(member.value)
    if kind in _SHARED:
        return words.say(_SHARED[kind], value).text
    return LISTS.get(kind, {}).get(value, value)


def judges() -> list[tuple[str, Said]]:
    """The conditions a call may use, by name, with what each checks."""
    return [(entry.name, JUDGES.get(entry.name, entry.doc)) for entry in CRITERIA.entries()]


def of_problem(problem: Problem) -> str:
    """What the check says, in the language of the page; a code without words speaks as the check does."""
    return _sentence(problem.code, problem.matter, problem.text)


def of_finding(finding: Finding) -> str:
    """The same for a problem that became a reason to refuse."""
    return _sentence(finding.code, str(finding.facts.get("matter", "")), str(finding.text))


def of_question(about: str, otherwise: str) -> str:
    """A warning in words, known by what a choice about it would be about."""
    code, _colon, matter = about.partition(":")
    return _sentence(code, matter, otherwise)


def _sentence(code: str, matter: str, otherwise: str) -> str:
    return str(PROBLEMS[code]).format(matter=matter) if code in PROBLEMS else otherwise
