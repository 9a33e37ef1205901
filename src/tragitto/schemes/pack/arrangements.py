"""The shapes of how a call is answered, reviewed, handed over and asked about: promises as data."""

from tragitto.schemes.pack.base import Spec, Texts
from tragitto.schemes.vocabulary import Channel, DutyKind, LatePolicy, ReviewOpening


class LateExceptionSpec(Spec, frozen=True, kw_only=True):
    """A named ground on which a late filing may be admitted, by two people."""

    code: str
    title: Texts
    citation: str


class FilingSpec(Spec, frozen=True, kw_only=True):
    """How filings are made: by which channels, and what becomes of one that comes too late.

    `warn_before` = hours before the closing at which holders of unsent drafts are warned; `draft_days` =
    days after the closing for which an unsent draft is kept.
    """

    channels: tuple[Channel, ...] = (Channel.CERTIFIED_MAIL,)
    late: LatePolicy = LatePolicy.REFUSED
    exceptions: tuple[LateExceptionSpec, ...] = ()
    warn_before: tuple[int, ...] = (72, 24)
    draft_days: int = 30


class ReviewSpec(Spec, frozen=True, kw_only=True):
    """How filings are reviewed: from when, by whom seen how far, and what is said at the start.

    `hidden` = facts of the form (or their first words: "contact") that reviewers do not see while they
    review; `states_conflicts`: nobody reviews a case without having said whether a conflict of interest
    exists (art. 6-bis L. 241/1990); `start_notice`: the employer is told that the review has begun (art. 8);
    `court` = the administrative court before which a decision may be challenged, as an act names it.
    """

    opens: ReviewOpening = ReviewOpening.AT_ONCE
    hidden: tuple[str, ...] = ()
    states_conflicts: bool = False
    start_notice: bool = False
    court: str = ""


class HandOverSpec(Spec, frozen=True, kw_only=True):
    """What is handed over to those who hold `duty`: which facts, whether the documents too, on what basis.

    `facts` as in `ReviewSpec.hidden`; `consent` = the fact of the form that records the employer's consent,
    empty where none is needed.
    """

    duty: DutyKind
    title: Texts
    facts: tuple[str, ...]
    with_documents: bool = False
    basis: str
    citation: str
    consent: str = ""


class TemplateSpec(Spec, frozen=True, kw_only=True):
    """A text an account manager may begin with; `{enterprise}`, `{contact}`, `{manager}` are filled in."""

    code: str
    title: Texts
    text: Texts


class EnquirySpec(Spec, frozen=True, kw_only=True):
    """How requests for information are answered: within how many working days, and who is told if not.

    `call_back_days`: working days for the first call back; `escalate_days`: working days after that until
    the next person is told.
    """

    call_back_days: int
    escalate_days: int
    source: str
    templates: tuple[TemplateSpec, ...] = ()
