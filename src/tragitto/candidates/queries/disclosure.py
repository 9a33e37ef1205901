"""What firms may see of people: who may be shown at all, and the profiles shown to a firm."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from tragitto.candidates.models import Candidate, Consent, Invitation
from tragitto.candidates.queries.profiles import sheets
from tragitto.candidates.rules.sheets import Sheet
from tragitto.candidates.vocabulary import UNSEEN, Answer, Audience
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ConsentEffect


@dataclass(frozen=True)
class Shown:
    """A person as a firm sees them, under the code of the invitation."""

    invitation: Invitation
    sheet: Sheet

    @property
    def is_named(self) -> bool:
        """Whether the person accepted, so that the name is shown."""
        return self.invitation.answer == Answer.ACCEPTED


def consent_codes(scheme: int, effect: ConsentEffect) -> list[str]:
    """The consents of the scheme's roster that have this effect. One query."""
    return [each.code for each in roster_of(scheme).consents if each.effect == effect]


def may_be_shown(candidate: Candidate) -> bool:
    """Whether the person consents to be shown to firms without a name. Two queries."""
    codes = consent_codes(candidate.scheme_id, ConsentEffect.EMPLOYERS_SEE_ANONYMOUS)
    return Consent.objects.filter(candidate=candidate, code__in=codes, withdrawn_at=None).exists()


def invitations_of(candidate: Candidate) -> QuerySet[Invitation]:
    """The person's own invitations with their calls, those without an answer first. One query."""
    mine = Invitation.objects.filter(candidate=candidate).select_related("call", "candidate")
    return mine.order_by("answered_at", "-invited_at", "pk")


def own_invitation(candidate: Candidate, code: str) -> Invitation:
    """The person's invitation of this code; raises `NotFound`. One query."""
    found = invitations_of(candidate).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def shown_to(recipients: Collection[str], *, on: date) -> list[Shown]:
    """The profiles shown to firms of these public codes, the newest invitation first.

    Not shown any more: invitations taken back, people who withdrew, lapsed or are being checked again, and
    those who withdrew their consent; a no hides the person too. Who paused after a yes stays named to that
    firm. Eight queries and one for each scheme.
    """
    given = _visible(recipients).order_by("-invited_at", "pk")
    return _with_sheets(list(given), on)


def shown(recipients: Collection[str], code: str, *, on: date) -> Shown:
    """One profile shown to one of these firms; raises `NotFound` for what is not shown to them. As above."""
    found = _with_sheets(list(_visible(recipients).filter(code=code)), on)
    if not found:
        raise NotFound(code)
    return found[0]


def is_shown_anybody(recipients: Collection[str]) -> bool:
    """Whether somebody is shown to firms of these public codes. Two queries and one for each scheme."""
    return bool(recipients) and _visible(recipients).exists()


def _visible(recipients: Collection[str]) -> QuerySet[Invitation]:
    given = Invitation.objects.filter(recipient__in=list(recipients), recalled_at=None)
    given = given.exclude(answer=Answer.DECLINED).exclude(candidate__status__in=UNSEEN)
    schemes = set(given.values_list("candidate__scheme", flat=True))
    codes = {code for each in schemes for code in consent_codes(each, ConsentEffect.EMPLOYERS_SEE_ANONYMOUS)}
    consents = Consent.objects.filter(candidate=OuterRef("candidate"), code__in=codes, withdrawn_at=None)
    return given.filter(Exists(consents)).select_related("call", "candidate__scheme")


def _with_sheets(invitations: list[Invitation], on: date) -> list[Shown]:
    named = {each.candidate_id for each in invitations if each.answer == Answer.ACCEPTED}
    rest = {each.candidate_id for each in invitations if each.answer != Answer.ACCEPTED}
    after = sheets(named, Audience.EMPLOYER_AFTER, on=on) if named else {}
    before = sheets(rest, Audience.EMPLOYER_BEFORE, on=on) if rest else {}
    return [
        Shown(each, (after if each.answer == Answer.ACCEPTED else before)[each.candidate_id])
        for each in invitations
    ]
