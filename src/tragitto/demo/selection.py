"""Runs a round of selection for the firms admitted so far: rules, shortlists, answers, a day of meetings."""

from datetime import datetime

from django.db import transaction

from tragitto.candidates.vocabulary import Answer
from tragitto.demo import joining, selection_story
from tragitto.demo.reviewing import acting
from tragitto.demo.roster import send_texts
from tragitto.demo.selection_story import Answered, SelectionStory
from tragitto.demo.story import Story
from tragitto.employers.models import Employer
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of
from tragitto.selection.actions import meeting_days, posts, proposing, rounds, running, shortlisting
from tragitto.selection.actions.answering import answer_line
from tragitto.selection.models import Round, Shortlisted
from tragitto.selection.queries.rounds import posts_of
from tragitto.selection.rules.demands import suggested


@transaction.atomic
def fill(told: Story, scheme: Scheme, *, house: Actor) -> None:
    """Let the round happen. In one transaction: a start taken up again finds none, or all of it."""
    if Round.objects.exists():
        return
    story = selection_story.told()
    clerk = _actor(told, story, story.clerk, story.drafted_at)
    begun = rounds.draft_round(scheme=scheme, actor=clerk, at=told.moment(story.drafted_at))
    _state(begun, clerk, told.moment(story.stated_at))
    publisher = _actor(told, story, story.publisher, story.published_at)
    published = rounds.publish_round(round=begun, actor=publisher, at=told.moment(story.published_at))
    run = running.propose(round=published, actor=clerk, at=told.moment(story.proposed_at))
    shown_at = told.moment(story.shown_at)
    shortlisting.take_up(run=run, actor=clerk, at=shown_at)
    proposing.show(round=published, actor=clerk, at=shown_at)
    for each in story.answers:
        _answer(each, told.moment(each.at))
    opened_at = told.moment(story.opened_at)
    day = meeting_days.open_day(round=published, on=story.day, link=story.link, actor=clerk, at=opened_at)
    meeting_days.ask(day=day, actor=clerk, at=opened_at)
    send_texts(opened_at, house=house)


def _actor(told: Story, story: SelectionStory, email: str, at: datetime) -> Actor:
    return acting(email, organisation=story.desk, at=told.moment(at))


def _state(begun: Round, clerk: Actor, at: datetime) -> None:
    """The desk states what each position asks for as the employer's form suggests it."""
    roster = roster_of(begun.scheme)
    for post in posts_of(begun):
        demands = suggested(post.position.wishes, roster)
        posts.state_post(post=post, demands=demands, seats=post.seats, actor=clerk, at=at)


def _answer(answered: Answered, at: datetime) -> None:
    actor = joining.signed_in(answered.address, answered.language, at=at)
    firm = Employer.objects.get(codice_fiscale=answered.employer).code
    asked = Shortlisted.objects.filter(
        removed_at=None, candidate__account=actor.code, invitation__recipient=firm
    )
    for row in asked.order_by("pk"):
        answer_line(row=row, answer=Answer(answered.answer), actor=actor, at=at)
