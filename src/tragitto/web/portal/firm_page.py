"""What the pages of a firm after its meetings share: its firms and posts, and the people it knows by name."""

from collections.abc import Collection, Iterable

from django.utils import timezone

from tragitto.candidates.actions.looking import look_at_many
from tragitto.candidates.queries.disclosure import shown_to
from tragitto.employers.models import Employer
from tragitto.employers.queries.representing import employers_of
from tragitto.kernel import clock
from tragitto.selection.models import RoundPost, Shortlisted
from tragitto.selection.queries.posts import posts_of_firms
from tragitto.web.parts.finding import one_of
from tragitto.web.portal.access import PortalRequest


def firms_of(request: PortalRequest) -> dict[str, Employer]:
    """The firms by code for which who looks acts today. One query."""
    today = timezone.localdate(clock.now())
    return {each.code: each for each in employers_of(actor=request.actor, on=today)}


def post_of(request: PortalRequest, code: str) -> RoundPost:
    """The post of this code of one of these firms; else 404. Two queries."""
    return one_of(posts_of_firms(list(firms_of(request))), code)


def names_for(firms: Collection[str], pairs: Iterable[Shortlisted]) -> dict[int, str]:
    """What the firms may call the people of these pairs, by the key of the pair: the name, or the code of the
    invitation.
    """
    today = timezone.localdate(clock.now())
    shown = {each.invitation.pk: each for each in shown_to(list(firms), on=today)}
    found = {}
    for pair in pairs:
        it = shown.get(pair.invitation_id or 0)
        code = pair.invitation.code if pair.invitation else pair.code
        found[pair.pk] = it.sheet.full_name if it and it.is_named else code
    return found


def keep_look(request: PortalRequest, post: RoundPost, pairs: Iterable[Shortlisted]) -> None:
    """Keep for these people that the firm saw their names while it decided."""
    look_at_many(
        candidates=sorted({each.candidate.code for each in pairs}),
        what="ranking",
        for_firm=post.position.expression.employer.code,
        actor=request.actor,
        at=clock.now(),
    )
