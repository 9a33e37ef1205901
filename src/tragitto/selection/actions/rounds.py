"""A round of selection: drafted, published by a second person before it starts, and closed."""

from datetime import datetime
from secrets import token_hex

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, NotFound
from tragitto.ledger.actions import record
from tragitto.schemes.models import Scheme, SelectionRules
from tragitto.schemes.queries import selection_of
from tragitto.selection import permissions
from tragitto.selection.actions.answering import settle
from tragitto.selection.actions.posts import take_in_open_positions
from tragitto.selection.actions.to_do import keep_to_do
from tragitto.selection.holding import held
from tragitto.selection.models import Round, Shortlisted
from tragitto.selection.queries.pairing import unsettled
from tragitto.selection.queries.rounds import posts_of, seed_hash

#: Bytes of the number of the lot: nobody guesses it, and nobody finds another with the same hash.
_SEED_BYTES = 32


@transaction.atomic
def draft_round(*, scheme: Scheme, actor: Actor, at: datetime) -> Round:
    """Begin a round of `scheme` under the newest version of its rules, with every open position in it.

    The number of the lot is drawn now and shown to nobody before the match. Raises `NotAllowed`; `Blocked`
    where the scheme has no rules of selection, or has a draft already.
    """
    scheme = Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)
    if not permissions.may(actor, "round.draft", scheme):
        text = _("Only officers of who proposes candidates or coordinates begin a round.")
        raise NotAllowed(Finding("may_not_draft", text))
    if Round.objects.filter(scheme=scheme, published_at=None).exists():
        text = _("There is a draft already: publish it, or take positions out of it and add others.")
        raise Blocked(Finding("draft_exists", text))
    last = Round.objects.filter(scheme=scheme).aggregate(last=Max("number"))["last"] or 0
    made = Round.objects.create(
        code=new_code("RD"),
        scheme=scheme,
        number=last + 1,
        rules=_rules(scheme),
        seed=token_hex(_SEED_BYTES),
        drafted_at=at,
        drafted_by=actor.code,
    )
    record("round.drafted", subject=made.code, actor=actor, at=at, facts={"scheme": scheme.code})
    take_in_open_positions(round=made, actor=actor, at=at)
    return made


@transaction.atomic
def publish_round(*, round: Round, actor: Actor, at: datetime) -> Round:
    """Publish the rules, the weights and the hash of the number of the lot; the round is under way.

    It takes the newest version of the scheme's rules, for good. Raises `NotAllowed`; `Blocked` for who
    drafted it, without posts, and for one that is published already.
    """
    found = held(round)
    if not permissions.may(actor, "round.publish", found.scheme):
        text = _("Only officers and publishers of who proposes candidates or coordinates publish a round.")
        raise NotAllowed(Finding("may_not_publish", text))
    if found.published_at is not None:
        raise Blocked(Finding("published_already", _("This round is published already.")))
    if found.drafted_by == actor.code:
        text = _("You drafted this round, so a second person publishes it: ask a colleague.")
        raise Blocked(Finding("second_person", text))
    if not posts_of(found).exists():
        text = _("No position takes part in this round yet: add one under “Positions”.")
        raise Blocked(Finding("no_posts", text))

    found.rules = _rules(found.scheme)
    found.published_at, found.published_by = at, actor.code
    found.save(update_fields=["rules", "published_at", "published_by"])
    facts = {"rules": found.rules.version, "content": found.rules.content_hash, "seed_hash": seed_hash(found)}
    record("round.published", subject=found.code, actor=actor, at=at, facts=facts)
    return found


@transaction.atomic
def close_round(*, round: Round, actor: Actor, at: datetime) -> Round:
    """End a round: nothing of it changes any more, and its positions may take part in another.

    Firms see the people of it no longer, but those who accepted their offer.

    Again it changes nothing. Raises `NotAllowed`; `Blocked` for a draft, and while somebody is matched who
    has accepted no offer: nobody is left half-way between the roster and a firm.
    """
    found = held(round)
    if not permissions.may(actor, "round.close", found.scheme):
        text = _("Only officers of who proposes candidates or coordinates close a round.")
        raise NotAllowed(Finding("may_not_close", text))
    if found.published_at is None:
        raise Blocked(Finding("not_published", _("This round is a draft: there is nothing to close yet.")))
    if found.closed_at is None:
        _demand_nobody_half_way(found)
        found.closed_at = at
        found.save(update_fields=["closed_at"])
        asked = Shortlisted.objects.filter(post__round=found, published_at__isnull=False)
        settle(asked.values_list("invitation", flat=True), actor=actor, at=at)
        record("round.closed", subject=found.code, actor=actor, at=at, facts={})
        keep_to_do(round=found, actor=actor, at=at)
    return found


def _demand_nobody_half_way(round: Round) -> None:
    waiting = list(unsettled(round))
    if waiting:
        text = ngettext(
            "{count} person is matched and has accepted no offer yet: {codes}. Wait for the answer, or take"
            " the person or the position out under “Offers”; then close the round.",
            "{count} people are matched and have accepted no offer yet: {codes}. Wait for the answers, or"
            " take the people or the positions out under “Offers”; then close the round.",
            len(waiting),
        )
        codes = ", ".join(each.candidate.code for each in waiting)
        raise Blocked(Finding("matches_open", text.format(count=len(waiting), codes=codes)))


def _rules(scheme: Scheme) -> SelectionRules:
    try:
        return selection_of(scheme)
    except NotFound:
        text = _("This scheme has published no rules of selection, so no round can begin.")
        raise Blocked(Finding("no_rules", text)) from None
