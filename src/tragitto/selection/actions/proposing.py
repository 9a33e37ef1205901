"""Showing the shortlists: people are asked, firms see profiles without names; and who is taken off again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.inviting import invite
from tragitto.candidates.actions.settling import settle_invitation
from tragitto.candidates.actions.telling import tell
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Refusal
from tragitto.ledger.actions import record
from tragitto.selection import permissions
from tragitto.selection.actions.answering import settle
from tragitto.selection.actions.sides import demand_open
from tragitto.selection.actions.telling import tell_firm
from tragitto.selection.holding import held
from tragitto.selection.models import Match, Round, RoundPost, Shortlisted
from tragitto.selection.queries.rounds import posts_of, rules_of
from tragitto.selection.queries.shortlists import by_post
from tragitto.selection.queries.snapshots import barred
from tragitto.selection.vocabulary import LineState


@dataclass(frozen=True)
class LeftOut:
    """Somebody who was not asked, and why not."""

    row: Shortlisted
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Shown:
    """Who was asked, who could not be, and the firms whom nobody could be told of it.

    `unreached` = of those asked: whom no message reached, and who has no account to answer with.
    """

    asked: tuple[Shortlisted, ...]
    left_out: tuple[LeftOut, ...]
    untold: tuple[str, ...]
    unreached: tuple[Shortlisted, ...] = ()


@transaction.atomic
def show(*, round: Round, posts: Iterable[str] | None = None, actor: Actor, at: datetime) -> Shown:
    """Ask everybody proposed for `posts` (codes; None = all of the round) and show the firms their profiles.

    Consent, status and lists that keep people out are looked at again for each; who may not be shown is left
    out and said, the others are asked. Each position is asked about anew, with its own term, whatever was
    said to another of the firm. People and firms are told. Again it asks whom it has not asked yet.
    Raises `NotAllowed`; `Blocked` for a round that is not under way.
    """
    found = held(round)
    if not permissions.may(actor, "round.shortlist", found.scheme):
        text = _("Only who proposes candidates or coordinates shows shortlists to firms.")
        raise NotAllowed(Finding("may_not_show", text))
    if not found.is_open:
        raise Blocked(Finding("round_not_open", _("Publish the rules of this round first.")))

    wanted = None if posts is None else set(posts)
    lines = by_post(found)
    asked: list[Shortlisted] = []
    left_out: list[LeftOut] = []
    untold: list[str] = []
    unreached: list[Shortlisted] = []
    for post in posts_of(found):
        if wanted is not None and post.code not in wanted:
            continue
        open_rows = [each.row for each in lines.get(post.pk, []) if each.state == LineState.PROPOSED]
        done, refused = _ask(post, open_rows, found, actor=actor, at=at)
        asked += done
        ways = [(each, _tell(each, actor=actor, at=at)) for each in done]
        unreached += [each for each, way in ways if not way or not each.candidate.account]
        left_out += refused
        if done and not _told(post, found, actor=actor, at=at):
            untold.append(post.position.expression.employer.code)
    if asked:
        facts = {"round": found.code, "asked": [each.code for each in asked]}
        record("shortlists.shown", subject=found.code, actor=actor, at=at, facts=facts)
    return Shown(tuple(asked), tuple(left_out), tuple(dict.fromkeys(untold)), tuple(unreached))


@transaction.atomic
def take_back(*, row: Shortlisted, ground: str, actor: Actor, at: datetime) -> Shortlisted:
    """Take a person off a shortlist, with a ground; the firm sees the profile no longer.

    Raises `NotAllowed`; `Blocked` without a ground, for who is matched with the post, and in a round that
    is closed.
    """
    found = held(row.post.round)
    if not permissions.may(actor, "round.shortlist", found.scheme):
        text = _("Only who proposes candidates or coordinates changes a shortlist.")
        raise NotAllowed(Finding("may_not_shortlist", text))
    now = Shortlisted.objects.select_related("post", "invitation").get(pk=row.pk)
    if now.removed_at is not None:
        return now
    demand_open(round=found, actor=actor, at=at)
    if not ground.strip():
        raise Blocked(Finding("ground_missing", _("Say why this person is taken off the shortlist.")))
    if Match.objects.filter(shortlisted=now, ended_at=None).exists():
        text = _("This person is matched with this position: let them leave the round under “Offers”.")
        raise Blocked(Finding("is_matched", text))
    now.removed_at, now.removed_by, now.removed_ground = at, actor.code, ground.strip()
    now.save(update_fields=["removed_at", "removed_by", "removed_ground"])
    settle([now.invitation_id], actor=actor, at=at)
    facts = {"shortlisted": now.code, "post": now.post.code}
    record("shortlist.taken_off", subject=found.code, actor=actor, at=at, facts=facts)
    return now


def _ask(
    post: RoundPost, rows: list[Shortlisted], round: Round, *, actor: Actor, at: datetime
) -> tuple[list[Shortlisted], list[LeftOut]]:
    spec = rules_of(round)
    expression = post.position.expression
    due_on = at.astimezone(ZoneInfo(spec.meeting.zone)).date() + timedelta(days=spec.answer_days)
    asked: list[Shortlisted] = []
    left_out: list[LeftOut] = []
    apart = set(barred([post])) if rows else set()
    for row in rows:
        if (row.candidate.code, post.code) in apart:
            text = _("A list, or their own no, keeps this person apart from the position: take them off it.")
            left_out.append(LeftOut(row, (Finding("kept_apart", text),)))
            continue
        try:
            # What one person's file does not allow hinders nobody else.
            with transaction.atomic():
                invitation = invite(
                    candidate=row.candidate,
                    call=expression.call,
                    recipient=expression.employer.code,
                    due_on=due_on,
                    actor=actor,
                    at=at,
                )
                # A yes to another position of the firm stays one; a no does not answer for this one.
                yes = Answer.ACCEPTED if invitation.answer == Answer.ACCEPTED else None
                settle_invitation(invitation=invitation, answer=yes, due_on=due_on, actor=actor, at=at)
        except Refusal as refusal:
            left_out.append(LeftOut(row, tuple(refusal.findings)))
            continue
        row.invitation, row.published_at, row.due_on = invitation, at, due_on
        row.save(update_fields=["invitation", "published_at", "due_on"])
        asked.append(row)
    return asked, left_out


def _tell(row: Shortlisted, *, actor: Actor, at: datetime) -> str:
    return tell(
        candidate=row.candidate,
        subject=_("A firm in Italy may want to meet you"),
        text=_(
            "A firm in Italy may want to meet you. Sign in, read what it offers and answer. It costs nothing."
        ),
        key=f"shortlisted:{row.code}",
        actor=actor,
        at=at,
    )


def _told(post: RoundPost, round: Round, *, actor: Actor, at: datetime) -> int:
    expression = post.position.expression
    return tell_firm(
        employer=expression.employer,
        call=expression.call,
        subject=_("People are proposed for your position"),
        text=_("People are proposed for your position. Sign in to the portal to read their profiles."),
        key=f"shortlist:{post.code}:{at:%Y%m%d}",
        actor=actor,
        at=at,
    )
