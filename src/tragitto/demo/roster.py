"""Fills the roster: people by the registrar's lists and by themselves, then all that happened to them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from tragitto.accounts import actions as accounts
from tragitto.accounts.models import TextMessage
from tragitto.accounts.vocabulary import TextState
from tragitto.candidates import actions
from tragitto.candidates.actions import applying, checking, welcoming
from tragitto.candidates.models import Batch, Candidate
from tragitto.candidates.queries.choices import lists_of
from tragitto.demo import joining, keeping, made_up, roster_story
from tragitto.demo.guests import at_the_portal
from tragitto.demo.keeping import Around
from tragitto.demo.roster_story import Own, SentList, TakenOver, TriedList
from tragitto.demo.story import Story
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of

type Happens = Callable[[Around, datetime], object]
type Event = tuple[datetime, Happens]


@transaction.atomic
def fill(told: Story, scheme: Scheme, *, house: Actor) -> None:
    """Let everything happen on the roster of `scheme`, in the order of its moments.

    In one transaction: a start taken up again finds the roster empty, or finished and left alone.
    """
    if Candidate.objects.exists():
        return
    around = Around(told, roster_story.told(), scheme, house)
    for at, happens in sorted(_events(around), key=lambda event: event[0]):
        happens(around, told.moment(at))
        send_texts(told.moment(at), house=house)


def send_texts(at: datetime, *, house: Actor) -> None:
    """Text messages leave when they are written, and not when the demonstration's workers begin."""
    for code in TextMessage.objects.filter(state=TextState.WAITING).values_list("code", flat=True):
        accounts.send_text(code=code, actor=house, at=at)


def _events(around: Around) -> Iterator[Event]:
    """Everything that happens, and when by the clock of the story."""
    roster = around.roster
    for own in roster.own:
        yield own.begun_at, partial(_told, _register, own)
        if own.sent_at:
            yield own.sent_at, partial(_told, _send, own)
    for number, sent in enumerate(roster.lists):
        before = sum(each.people for each in roster.lists[:number])
        yield sent.at, partial(_told, partial(_enter, before=before), sent)
    told = (
        ((roster.tried,), _try),
        (roster.taken_over, _take_over),
        (roster.checks, keeping.check),
        (roster.turns, keeping.turn),
        (roster.confirmed, keeping.confirm),
        (roster.invitations, keeping.invite),
        ((roster.search,), keeping.save_search),
        ((roster.working_list,), keeping.make_list),
        ((roster.names_for,), keeping.draw_up),
    )
    for found, happens in told:
        for each in found:
            yield each.at, partial(_told, happens, each)
    for morning in roster.mornings:
        yield morning, _tend


def _told(happens: Callable[..., object], what: object, around: Around, at: datetime) -> None:
    happens(around, what, at)


def _tend(around: Around, at: datetime) -> None:
    actions.tend(actor=around.house, at=at)


def _register(around: Around, own: Own, at: datetime) -> None:
    around.codes[own.key] = joining.register(own, around.scheme, at=at).code


def _send(around: Around, own: Own, at: datetime) -> None:
    joining.send(around.person(own.key), at=at)


def _take_over(around: Around, taken: TakenOver, at: datetime) -> None:
    for key in taken.people:
        joining.take_over(around.person(key), taken, at=at)


def _enter(around: Around, sent: SentList, at: datetime, *, before: int) -> None:
    """Send a list as the registrar, try it and enter it."""
    numbers = range(before + 1, before + sent.people + 1)
    rows = [made_up.row(around.roster, number) for number in numbers]
    batch = _taken(around, sent.name, [row | sent.changes.get(row["reference"], {}) for row in rows], at)
    actor = at_the_portal(around.roster.registrar, at=at)
    actions.apply_batch(batch=batch, leaves_out=False, actor=actor, at=at)
    applying.enter_batch(code=batch.code, actor=around.house, at=at)
    welcoming.tell_registered(actor=around.house, at=at)
    entered = batch.rows.exclude(candidate=None).values_list("reference", "candidate__code")
    around.codes.update(entered)


def _try(around: Around, tried: TriedList, at: datetime) -> None:
    rows = [made_up.row(around.roster, row.person) | row.says for row in tried.rows]
    _taken(around, tried.name, rows, at)


def _taken(around: Around, name: str, rows: Sequence[Mapping[str, str]], at: datetime) -> Batch:
    """A list that the registrar sent as a file, and that the house has tried."""
    content = made_up.spreadsheet(rows, lists_of(around.scheme, roster_of(around.scheme)))
    actor = at_the_portal(around.roster.registrar, at=at)
    batch = actions.take_file(scheme=around.scheme, name=name, content=content, actor=actor, at=at)
    checking.check(code=batch.code, actor=around.house, at=at)
    batch.refresh_from_db()
    return batch
