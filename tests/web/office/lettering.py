"""A letter of the world's office, for tests of its pages."""

from tests.web.office.world import OFFICE_DAY, World, actor, person
from tragitto.cases.models import Decision
from tragitto.employers import actions
from tragitto.employers.actions import Point
from tragitto.employers.criteria import TIMELINESS
from tragitto.employers.models import Expression, Letter, Observation
from tragitto.employers.vocabulary import LetterKind, State, Verdict
from tragitto.kernel.actors import Actor
from tragitto.schemes.vocabulary import Outcome

POINTS = (Point("Manca la copia del documento di identità.", "delegation-papers"),)
OBSTACLE = (Point("Nessuna unità produttiva in Lombardia.", "filed-in-time"),)


def officer(world: World) -> Actor:
    """A case officer of the world's office."""
    return actor(person("Chiara", "officer", office=world.call.publisher))


def reviewer(world: World, name: str = "Remo") -> Actor:
    """A reviewer of the world's office."""
    return actor(person(name, "reviewer", office=world.call.publisher))


def written(world: World, expression: Expression) -> Letter:
    """The request for completion that waits to be sent about this expression."""
    known = Letter.objects.filter(expression=expression, kind=LetterKind.SOCCORSO_ISTRUTTORIO).first()
    told = {"points": POINTS, "actor": officer(world), "at": OFFICE_DAY}
    return known or actions.ask_completion(expression=expression, **told)


def _settle(expression: Expression, judge: Actor) -> None:
    """Every finding settled: too late, and for the rest as it should be."""
    findings = expression.current.findings.filter(run=expression.current.run)
    for finding in findings.order_by("criterion__position"):
        state = State.UNMET if finding.criterion.judge == TIMELINESS else State.MET
        told = {"finding": finding, "actor": judge, "at": OFFICE_DAY}
        if finding.state == state:
            actions.judge(**told, verdict=Verdict.CONFIRMED)
        else:
            actions.judge(**told, verdict=Verdict.OVERRULED, state=state, ground="Seen.")


def announced(world: World, expression: Expression) -> Letter:
    """The notice of refusal that was sent about this expression, its obstacle settled first."""
    at = OFFICE_DAY
    _settle(expression, reviewer(world))
    notice = actions.announce_refusal(expression=expression, points=OBSTACLE, actor=officer(world), at=at)
    return actions.send_letter(letter=notice, actor=officer(world), at=at)


def observed(world: World, expression: Expression) -> Observation:
    """What the employer said against it."""
    house = Actor.system("test")
    notice = announced(world, expression)
    return actions.take_observation(letter=notice, text="Abbiamo Brescia.", actor=house, at=OFFICE_DAY)


def untold(world: World, expression: Expression) -> Decision:
    """An expression declared inadmissible of which nobody was told."""
    judge = reviewer(world)
    expression.refresh_from_db()
    _settle(expression, judge)
    told = {"expression": expression, "outcome": Outcome.INADMISSIBLE, "at": OFFICE_DAY}
    actions.propose(**told, reasons="Too late.", actor=judge)
    return actions.refuse(**told, ground="Too late.", actor=reviewer(world, "Rosa"))
