"""Why a typed reason may not be given, in words that say what to do instead."""

from django.utils.translation import gettext_lazy as _

from tragitto.candidates.rules.standing import Hindrance
from tragitto.kernel.refusals import Finding

_WORDS = {
    Hindrance.NOT_FROM_HERE: _("This does not follow where the registration stands now: look at it again."),
    Hindrance.NOT_YOURS: _("This reason is not yours to give: ask the office that keeps the roster."),
    Hindrance.NOTE_MISSING: _("Please write a note: this reason alone does not say enough."),
    Hindrance.NOT_IDENTIFIED: _("First confirm the identity with a document: until then nobody is on it."),
    Hindrance.BIRTH_UNKNOWN: _("First give the date of birth: only adults may be on the roster."),
    Hindrance.UNDER_AGE: _("Only adults may be on the roster: come back when you are of age."),
    Hindrance.WAS_UNDER_AGE: _(
        "Only adults may be on the roster: by the date of birth, this person was under age when registering."
        " The office closes this registration as under age; who is of age now registers again."
    ),
    Hindrance.TAKES_THE_PLACE: _(
        "This reason would take the place away, which only a withdrawal, a refusal or a late return may do:"
        " choose another."
    ),
    Hindrance.OFFICE_PAUSE: _("The office has paused this registration: ask it to go on."),
    Hindrance.PLACE_STILL_KEPT: _("Your place is still kept: say that you are interested, and you have it."),
    Hindrance.TOO_LATE: _("The place was kept until its term, which is over: register again."),
    Hindrance.NOT_SENT: _(
        "Only registrations that were sent can be merged: this one is still being written."
    ),
    Hindrance.HAS_WITHDRAWN: _(
        "One of these two registrations was withdrawn: it is not merged, and the other goes on by itself."
    ),
    Hindrance.OTHER_IS_FURTHER: _(
        "The other registration has come further on the roster: let that one stay, so that the person"
        " loses nothing."
    ),
}


def finding(hindrance: Hindrance) -> Finding:
    """The hindrance as a finding."""
    return Finding(hindrance.value, _WORDS[hindrance])
