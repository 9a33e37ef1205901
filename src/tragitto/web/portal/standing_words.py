"""What the person's home says: what a status means for them, the turns they may take, what was looked at."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.schemes.vocabulary import ReasonUse, RosterDutyKind
from tragitto.schemes.vocabulary import RosterStatus as Status

type Text = str | Promise

MEANS: dict[Status, Text] = {
    Status.CHECKING: _("A person at the office compares your name with your document. You wait for us."),
    Status.ACTIVE: _("You may be proposed to firms that look for people with your profile."),
    Status.PAUSED: _("Nobody proposes you now. Your place is kept."),
    Status.RESERVED: _("A firm has chosen you. Until that is settled nobody else proposes you."),
    Status.PLACED: _("You have a job. If it does not last, your place here comes back."),
    Status.LAPSED: _("Nobody proposes you now. Your place is kept for some time: you can come back to it."),
    Status.WITHDRAWN: _("You took yourself off the roster. Nobody asks why, and you may register again."),
    Status.NOT_ADMITTED: _("You are not on the roster. If you think that is wrong, write to the office."),
    Status.MERGED: _("You had registered twice. Your other registration goes on, with the earlier place."),
}


@dataclass(frozen=True)
class Turn:
    """Something the person may do with their registration: a page that asks once, and its button."""

    key: str
    use: ReasonUse | None
    title: Text
    text: Text
    button: Text
    done: Text
    is_grave: bool = False


TURNS = (
    Turn(
        "interested",
        None,
        _("Are you still interested?"),
        _("You stay on the roster, with the same place. We ask you again in some time."),
        _("I am still interested"),
        _("Thank you. You stay on the roster, with the same place."),
    ),
    Turn(
        "back",
        ReasonUse.CONFIRMING_LATE,
        _("Come back to your place?"),
        _("You are on the roster again, with the place you had."),
        _("I am interested again"),
        _("Welcome back. You have the place you had."),
    ),
    Turn(
        "available",
        ReasonUse.RETURNING,
        _("Be available again?"),
        _("You are on the roster again, with the place you had."),
        _("I am available again"),
        _("Welcome back. You have the place you had."),
    ),
    Turn(
        "pause",
        ReasonUse.PAUSING,
        _("Pause your registration?"),
        _("Nobody proposes you until you come back. You keep your place, and these days do not count."),
        _("Pause my registration"),
        _("Your registration is paused. Come back whenever you like."),
    ),
    Turn(
        "again",
        ReasonUse.COMING_BACK,
        _("Register again?"),
        _("What you wrote is still there. The office looks at it again, and your place counts from today."),
        _("Register again"),
        _("Your registration was sent again. The office looks at it."),
    ),
    Turn(
        "withdrawal",
        ReasonUse.WITHDRAWING,
        _("Leave the roster?"),
        _("You leave the roster now. Nobody asks why, and it costs nothing. Your place is given up: if you"
          " register again later, you begin from that day. If you only need some time, pause instead."),
        _("Withdraw from the roster"),
        _("You have withdrawn. You may register again at any time."),
        is_grave=True,
    ),
)  # fmt: skip


def leaving(name: str) -> Turn:
    """The turn by which a person leaves the organisation of this name, which registered them."""
    return Turn(
        key="registrar",
        use=None,
        title=_("No longer through %(name)s?") % {"name": name},
        text=_("From now on it does not read where you stand and changes nothing. What is written here stays"
               " yours, and you keep your place. It cannot take you up again by itself."),
        button=_("Leave this organisation"),
        done=_("Done. This organisation no longer reads where you stand."),
    )  # fmt: skip


DUTIES: dict[RosterDutyKind, Text] = {
    RosterDutyKind.KEEPS: _("keeps this roster"),
    RosterDutyKind.REGISTERS: _("registers people"),
}
#: What of a file was looked at, by the word of the ledger.
PARTS: dict[str, Text] = {
    "file": _("your file"),
    "photo": _("a photo of your document"),
    "curriculum": _("your curriculum"),
    "profile": _("your profile"),
    "named": _("was given your name on a list"),
    "named_list": _("your name on a list"),
    "shortlist": _("your profile among those proposed for a position, without your name until you accept"),
    "meeting": _("your name, for a meeting with the firm"),
    "ranking": _("your name, among those whom the firm has met and puts in order"),
    "score_sheet": _("what a firm wrote about a meeting with you"),
    "export": _("your data, in an export with others"),
}
