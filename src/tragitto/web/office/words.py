"""The closed words of the rooms as the office reads them: a tone where one helps, and always a word."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.employers import words as employers_words
from tragitto.records import words as records_words
from tragitto.web.office import enquiry_words, file_words, hand_over_words
from tragitto.web.office.word import Word

#: A message that needs nobody has the plain tone.
MESSAGE_TONES = {"sorting": "open", "kept": "open", "read": "open", "filed": "good", "registered": "info"}
KINDS = {
    "posta-certificata": Word(_("Certified message")),
    "accettazione": Word(_("Receipt of acceptance")),
    "non-accettazione": Word(_("Notice of non-acceptance")),
    "presa-in-carico": Word(_("Receipt between providers")),
    "avvenuta-consegna": Word(_("Receipt of delivery")),
    "errore-consegna": Word(_("Notice of failed delivery")),
    "preavviso-errore-consegna": Word(_("Early notice of failed delivery")),
    "rilevazione-virus": Word(_("Notice of a virus")),
    "anomalia": Word(_("Anomaly envelope around ordinary mail")),
    "ordinaria": Word(_("Ordinary mail")),
    "firmata-sconosciuta": Word(_("Signed in an unknown form")),
    "illeggibile": Word(_("Unreadable")),
    "online": Word(_("Filing on line")),
}
VERDICTS = {
    "valid": Word(_("Proven"), "good"),
    "altered": Word(_("Altered after sealing"), "bad"),
    "untrusted": Word(_("Seal not trusted"), "bad"),
    "uncertified": Word(_("Not certified"), "open"),
    "unreadable": Word(_("Unreadable"), "bad"),
}
WEIGHTS = {
    "deciding": Word(_("Decides the verdict"), "bad"),
    "warning": Word(_("Worth a look"), "open"),
    "note": Word(_("For information"), "info"),
}
MESSAGE_STATES = {
    state: Word(text, MESSAGE_TONES.get(str(state), "neutral"))
    for state, text in records_words.STATES.items()
}
PROBLEMS = {problem: Word(text, "bad") for problem, text in records_words.PROBLEMS.items()}
STEPS = {step: Word(text) for step, text in records_words.STEPS.items()}
ACTS = {
    "filed": Word(_("Placed")),
    "set_aside": Word(_("Set aside")),
    "taken_up": Word(_("Taken up again")),
}
DIRECTIONS = {"in": Word(pgettext_lazy("register", "In")), "out": Word(pgettext_lazy("register", "Out"))}
INSTANTS = {kind: Word(text) for kind, text in employers_words.INSTANTS.items()}
PLACE_RULES = {
    "first": Word(_("The first version keeps the place.")),
    "first_complete": Word(_("The first complete version keeps the place.")),
    "latest": Word(_("The latest version takes its own place.")),
}
DISCLOSURES = {
    "anonymous_until_accepted": Word(_("Candidates stay anonymous until they accept.")),
    "named_list": Word(_("Admitted employers receive a list of names.")),
}
CALL_STATUSES = {
    "draft": Word(pgettext_lazy("call", "Draft"), "open"),
    "published": Word(pgettext_lazy("call", "Published"), "good"),
    "closed": Word(pgettext_lazy("call", "Closed")),
}
FAILINGS = {
    "inadmissible": Word(_("Unmet: the filing is inadmissible"), "bad"),
    "refuse": Word(_("Unmet: a ground for refusal"), "bad"),
    "complete": Word(_("Unmet: ask to complete"), "open"),
    "warn": Word(_("Unmet: a hint only"), "info"),
}
OUTCOMES = {
    "admitted": Word(_("Admitted"), "good"),
    "refused": Word(_("Refused"), "bad"),
    "withdrawn": Word(_("Withdrawn")),
    "inadmissible": Word(_("Inadmissible"), "bad"),
    "completed": Word(_("Completed"), "good"),
    "declined": Word(_("Declined")),
    "ended_early": Word(_("Ended early")),
    "lapsed": Word(_("Lapsed")),
}
PHASES = {
    "applying": Word(_("Received"), "info"),
    "reviewing": Word(_("Under review"), "open"),
    "selecting": Word(_("Selection"), "open"),
    "preparing": Word(_("Preparation"), "open"),
    "authorising": Word(_("Authorisations"), "open"),
    "travelling": Word(_("Travel"), "open"),
    "settling": Word(_("First year"), "open"),
    "closed": Word(pgettext_lazy("case", "Closed")),
}
JUDGEMENTS = {
    "confirmed": Word(_("Confirmed"), "good"),
    "overruled": Word(_("Overruled"), "info"),
}
FORM_ROLES = {
    "main": Word(_("To be filled in by everybody")),
    "delegation": Word(_("Only when a delegate signs")),
    "annex": Word(_("Annex")),
}
CHECKS = {
    "administrative": Word(_("administrative verification")),
    "legal": Word(_("legal verification")),
}
DUTIES = {
    "publishes": Word(_("publishes the call")),
    "reviews": Word(_("reviews")),
    "coordinates": Word(_("coordinates")),
    "trains": Word(_("trains")),
    "proposes_candidates": Word(_("proposes candidates")),
    "organises_meetings": Word(_("organises the meetings")),
    "files": Word(_("files the applications")),
    "supports_employers": Word(_("supports employers")),
}
CONFIDENCES = {
    "S": Word(_("Read in the law"), "good"),
    "L": Word(_("From one secondary source"), "open"),
    "U": Word(_("Not verified"), "bad"),
    "sure": Word(_("As in the source"), "good"),
    "likely": Word(_("Likely"), "open"),
    "proposal": Word(_("Our proposal"), "open"),
}
UNITS = {
    "days": Word(_("days")),
    "working_days": Word(_("working days")),
    "months": Word(_("months")),
    "years": Word(_("years")),
    "hours": Word(_("hours")),
    "eur": Word(_("euros")),
    "percent": Word(_("percent")),
    "square_metres": Word(_("square metres")),
    "metres": Word(_("metres")),
    "credits": Word(_("credits")),
    "count": Word(""),
    "fraction": Word(""),
    "years_of_age": Word(_("years of age")),
    "lesson_hours": Word(_("lesson hours")),
    "cefr_level": Word(_("level of the CEFR")),
    "rule": Word(""),
}
LETTERS = {
    "start_notice": Word(_("Notice of the start of the review")),
    "soccorso_istruttorio": Word(_("Request for completion (soccorso istruttorio)")),
    "preavviso_di_rigetto": Word(_("Notice before refusal (preavviso di rigetto)")),
    "decision": Word(_("Letter of the decision")),
    "correction": Word(_("Notice of a corrected decision")),
}
OUTGOING = {
    "queued": Word(_("Waiting to be sent"), "open"),
    "sending": Word(_("On its way out"), "open"),
    "sent": Word(_("Sent"), "good"),
    "refused": Word(_("Refused by the server"), "bad"),
    "uncertain": Word(_("Nobody can tell whether it left"), "bad"),
}
PROOFS = {
    "delivered": Word(_("Delivered"), "good"),
    "accepted": Word(_("Accepted, delivery awaited"), "info"),
    "ordinary": Word(_("Accepted for an ordinary mailbox: no receipt of delivery will come"), "info"),
    "warned": Word(_("Not delivered yet"), "open"),
    "waiting": Word(_("No receipt yet"), "open"),
    "missing": Word(_("Receipt missing"), "bad"),
    "failed": Word(_("Not delivered"), "bad"),
}
SENDING = {"resent": Word(_("Sent again")), "settled": Word(_("Settled"))}
DOORS = {
    "cli": Word(_("by the command line")),
    "demonstration": Word(_("by the demonstration")),
    "folder": Word(_("from the watched folder")),
    "office": Word(_("on the office's pages")),
    "portal": Word(_("on the portal's pages")),
    "sign-in": Word(_("at the sign-in")),
    "task": Word(_("by the house itself")),
}
#: What people promise to do, by the words of the rooms that set the tasks.
TASKS = {
    "call_back": Word(_("Call back")),
    "recall_package": Word(_("Recall a package")),
    "rankings_missing": Word(_("Rankings are missing")),
    "match_anew": Word(_("Make the match anew")),
    "offers_missing": Word(_("Offers were not made in time")),
}
LISTS: Mapping[str, Mapping[str, Word]] = {
    **enquiry_words.LISTS,
    **file_words.LISTS,
    **hand_over_words.LISTS,
    "act": ACTS,
    "task": TASKS,
    "call": CALL_STATUSES,
    "verification": CHECKS,
    "confidence": CONFIDENCES,
    "direction": DIRECTIONS,
    "door": DOORS,
    "disclosure": DISCLOSURES,
    "duty": DUTIES,
    "failing": FAILINGS,
    "form": FORM_ROLES,
    "instant": INSTANTS,
    "judgement": JUDGEMENTS,
    "kind": KINDS,
    "letter": LETTERS,
    "message": MESSAGE_STATES,
    "outcome": OUTCOMES,
    "outgoing": OUTGOING,
    "phase": PHASES,
    "place": PLACE_RULES,
    "problem": PROBLEMS,
    "proof": PROOFS,
    "sending": SENDING,
    "step": STEPS,
    "unit": UNITS,
    "verdict": VERDICTS,
    "weight": WEIGHTS,
}


def say(words: str, value: object) -> Word:
    """The word of list `words` for `value`; a value not listed speaks for itself.

    Raises `KeyError` for an unknown list.
    """
    return LISTS[words].get(str(value), Word(str(value)))
