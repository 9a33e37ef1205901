"""Two people at once: while a case is being decided nothing in it changes, and afterwards nothing has."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import SimpleNamespace

import pytest
from django.db import connections, transaction

from tests.conftest import NOON
from tests.employers.conftest import EARLY, SHIPPED
from tests.employers.making import HOUSE, Sent, free_of_conflicts, letter, modulo, rome
from tragitto.employers import actions, holding
from tragitto.employers.actions import answering, filing, placing, reviewing
from tragitto.employers.models import Expression
from tragitto.employers.queries import unsettled, views
from tragitto.employers.vocabulary import State, Verdict
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Stale
from tragitto.law.actions import load_holidays, load_pack
from tragitto.law.rules import read_pack as read_law
from tragitto.schemes.actions import load, publish
from tragitto.schemes.models import Call
from tragitto.schemes.pack import read_pack
from tragitto.schemes.queries import duty_holders
from tragitto.schemes.vocabulary import DutyKind, Outcome

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SOON = 1
LONG = 20


@dataclass
class Aside:
    """Something done in a thread of its own, its transaction kept open until told to end."""

    act: Callable[[], object]
    result: list[object] = field(default_factory=list)
    did: threading.Event = field(default_factory=threading.Event)
    may_end: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            with transaction.atomic():
                self.result.append(self.act())
                self.did.set()
                self.may_end.wait(LONG)
        except Exception as refusal:
            self.result.append(refusal)
        finally:
            self.did.set()
            connections.close_all()

    def end(self) -> object:
        self.may_end.set()
        self.thread.join(LONG)
        return self.result[-1]


@pytest.fixture
def asides() -> Iterator[Callable[..., Aside]]:
    """Starts threads and waits for them, whatever the test finds."""
    begun: list[Aside] = []

    def _aside(act: Callable[[], object], *, for_seconds: float = LONG) -> Aside:
        begun.append(Aside(act))
        begun[-1].did.wait(for_seconds)
        return begun[-1]

    yield _aside
    for each in begun:
        each.end()


@pytest.fixture
def world(transactional_db: None) -> SimpleNamespace:
    """The call of Lombardia, published, and Bruno's filing ready to be admitted by Dario."""
    cli = Actor.system("cli")
    load_pack(pack=read_law(), actor=cli, at=EARLY)
    load_holidays(years=range(2025, 2027), actor=cli, at=EARLY)
    (folder,) = [path for path in SHIPPED.iterdir() if path.is_dir()]
    load(pack=read_pack(folder), actor=cli, at=EARLY, rehearsal=True)
    call = Call.objects.select_related("region", "publisher", "scheme", "journey").get(
        region__code="lombardia"
    )
    publish(call=call, actor=Actor("U-P", call.publisher.code, frozenset({"publisher"}), "office"), at=EARLY)
    call.refresh_from_db()
    (office, *_others) = duty_holders(call, DutyKind.REVIEWS)
    dario = Actor("U-DARIO", office.code, frozenset({"reviewer", "officer"}), "office")
    made = SimpleNamespace(call=call, dario=dario, eva=replace(dario, code="U-EVA"))
    made.expression = settled(made)
    return made


def settled(world: SimpleNamespace) -> Expression:
    message = letter(world.call, modulo(world.call))
    told = {"actor": world.dario, "at": NOON}
    expression = actions.receive(message=message, call=world.call, actor=HOUSE, at=NOON).expression
    expression.refresh_from_db()
    free_of_conflicts(expression)
    actions.confirm_met(version=expression.current, **told)
    for view in unsettled(expression.current):
        answer = {"verdict": Verdict.OVERRULED, "state": State.MET, "ground": "Seen on paper."}
        actions.judge(finding=view.finding, **answer, **told)
    actions.propose(expression=expression, outcome=Outcome.ADMITTED, reasons="Yes.", actor=world.eva, at=NOON)
    return expression


def admit(world: SimpleNamespace, at: datetime = NOON) -> object:
    return actions.admit(expression=world.expression, reasons=["Good."], actor=world.dario, at=at)


def forged(world: SimpleNamespace) -> object:
    """Eva overrules the signature."""
    found = views([world.expression.current_id])[world.expression.current_id]
    view = next(view for view in found if view.criterion.judge == "signed_by_the_right_person")
    answer = {"verdict": Verdict.OVERRULED, "state": State.UNMET, "ground": "Forged."}
    return actions.judge(finding=view.finding, **answer, actor=world.eva, at=NOON)


def further(world: SimpleNamespace) -> Callable[[], object]:
    """A further message of Bruno's, sent while his case is decided."""
    message = letter(
        world.call, modulo(world.call, profile_workers_1="9"), sent=Sent(at=rome(2025, 7, 2, 12))
    )
    return lambda: actions.receive(message=message, call=world.call, actor=HOUSE, at=NOON)


def now(world: SimpleNamespace) -> Expression:
    return Expression.objects.select_related("case").get(pk=world.expression.pk)


def has_admitted_in_spite_of_an_obstacle(expression: Expression) -> bool:
    found = views([expression.current_id])[expression.current_id]
    return expression.case.outcome == Outcome.ADMITTED and any(view.is_obstacle for view in found)


def unlocked(expression: int) -> Expression:
    """What `holding.held` would be without the lock: the twin by which these tests are seen to fail."""
    whole = Expression.objects.select_related("case__stage", "case__call", "call", "current", "employer")
    return whole.get(pk=expression)


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (answering, filing, placing, reviewing):
        monkeypatch.setattr(module, "held", unlocked)


def test_who_admits_waits_for_a_judgement_and_then_sees_it(world, asides):
    judging = asides(lambda: forged(world))
    admitting = asides(lambda: admit(world), for_seconds=SOON)
    had_to_wait = not admitting.did.is_set()

    judging.end()

    assert had_to_wait
    assert isinstance(admitting.end(), Blocked | Stale)
    assert now(world).case.outcome == ""


def test_who_judges_waits_for_the_admission_and_is_then_refused(world, asides):
    admitting = asides(lambda: admit(world))
    judging = asides(lambda: forged(world), for_seconds=SOON)
    had_to_wait = not judging.did.is_set()

    admitting.end()

    assert had_to_wait
    assert isinstance(judging.end(), Blocked)
    assert not has_admitted_in_spite_of_an_obstacle(now(world))


def test_without_the_lock_a_judgement_slips_into_an_admission(world, asides, no_lock):
    """The twin: the stories above tell something only because this one is possible."""
    judging = asides(lambda: forged(world))
    admitting = asides(lambda: admit(world), for_seconds=SOON)

    admitting.end()
    judging.end()

    assert has_admitted_in_spite_of_an_obstacle(now(world))


@pytest.mark.parametrize("decided", ["admitted", "withdrawn"])
def test_a_version_arriving_while_it_is_decided_comes_before_or_changes_nothing(world, asides, decided):
    before = now(world).current_id
    receiving = asides(further(world))
    told = {"expression": world.expression, "actor": world.dario, "at": NOON}
    ways = {"admitted": lambda: admit(world), "withdrawn": lambda: actions.withdraw(reason="Wrote.", **told)}
    deciding = asides(ways[decided], for_seconds=SOON)
    had_to_wait = not deciding.did.is_set()

    receiving.end()
    deciding.end()

    expression = now(world)
    assert had_to_wait
    assert expression.current_id != before
    assert (expression.case.outcome == Outcome.WITHDRAWN) == (decided == "withdrawn")
    assert expression.case.outcome != Outcome.ADMITTED


def test_a_version_arriving_after_the_decision_waits_for_it_and_changes_nothing(world, asides):
    before = now(world).current_id
    deciding = asides(lambda: admit(world))
    receiving = asides(further(world), for_seconds=SOON)
    had_to_wait = not receiving.did.is_set()

    deciding.end()
    receiving.end()

    expression = now(world)
    assert had_to_wait
    assert (expression.case.outcome, expression.current_id) == (Outcome.ADMITTED, before)


def test_without_the_lock_a_version_slips_under_an_admission(world, asides, no_lock):
    before = now(world).current_id
    receiving = asides(further(world))
    deciding = asides(lambda: admit(world), for_seconds=SOON)

    deciding.end()
    receiving.end()

    expression = now(world)
    assert (expression.case.outcome, expression.current_id != before) == (Outcome.ADMITTED, True)


def test_holding_a_case_lets_others_refer_to_it(world, asides):
    """Writing a row that refers to the case must never wait for who holds it, or the ledger stands still."""
    asides(lambda: holding.held(world.expression.pk))
    case = now(world).case

    referring = asides(
        lambda: case.filed_documents.create(
            document=now(world).current.message.raw, kind="x", filed_by="U", filed_at=NOON
        )
    )

    assert referring.did.is_set()
    assert not isinstance(referring.end(), Exception)
