"""A package of the world's office, for tests of its pages."""

from tests.web.office.world import OFFICE_DAY, World, actor, admit, person
from tragitto.cases.models import HandOver
from tragitto.employers import actions, queries
from tragitto.employers.models import ARRIVAL, Expression
from tragitto.kernel.actors import Actor
from tragitto.schemes.queries import duty_holders
from tragitto.schemes.vocabulary import DutyKind

#: The duty to whose holder the calls hand over, data and documents.
DUTY = DutyKind.COORDINATES.value


def recipient(world: World) -> str:
    """The code of the organisation that receives."""
    (holder,) = duty_holders(world.call, DutyKind.COORDINATES)
    return holder.code


def admitted(world: World, number: int = 0) -> Expression:
    """The expression of this number in the queue, admitted by two."""
    office = world.call.publisher
    expression = Expression.objects.filter(call=world.call).order_by(*ARRIVAL)[number]
    proposer, decider = (actor(person(name, "reviewer", office=office)) for name in ("Rosa", "Remo"))
    if not expression.case.is_closed:
        admit(expression, proposer=proposer, decider=decider)
    expression.refresh_from_db()
    return expression


def made(world: World) -> HandOver:
    """The world's package: the first of the queue, handed over to the coordinator."""
    return HandOver.objects.filter(call=world.call).first() or hand_over(world, by_officer(world))


def by_officer(world: World) -> Actor:
    """A case officer of the world's office."""
    return actor(person("Chiara", "officer", office=world.call.publisher))


def hand_over(world: World, by: Actor) -> HandOver:
    """Hand over whatever is admitted, the first of the queue if nothing is."""
    admitted(world)
    told = {"call": world.call, "duty": DUTY, "recipient": recipient(world)}
    shown = queries.preview(actor=by, **told)
    return actions.hand_over(**told, seal=shown.seal, actor=by, at=OFFICE_DAY)
