"""A filing that came too late is refused with the proof: the decision shows it, no other letter does."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from tests.employers.making import Sent, rome
from tragitto.employers import actions, lettering
from tragitto.employers.models import Expression, Letter
from tragitto.records.models import RegisterCounter, RegisterEntry
from tragitto.records.vocabulary import Direction
from tragitto.schemes.queries import openings
from tragitto.schemes.vocabulary import Outcome

pytestmark = pytest.mark.django_db
AT = rome(2025, 8, 5, 12)


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> None:
    settings.DOCUMENTS = str(tmp_path / "documents")


@pytest.fixture
def closing(lombardia) -> datetime:
    return max(window.closes_at for window in openings(lombardia))


@pytest.fixture
def late(file, closing, settle) -> Expression:
    """Bruno filed one second too late, under number 1 of the register, and Dario has seen it."""
    expression = file(sent=Sent(at=closing, identifier="opec.late@pec.example"))
    said = {"registered_at": closing, "direction": Direction.IN, "document_sha256": "0" * 64, "digest": "0"}
    message = expression.versions.get().message
    RegisterCounter.objects.create(register="r", year=2025, last=1)
    RegisterEntry.objects.create(code="R-1", register="r", year=2025, number=1, message=message, **said)
    settle(expression)
    return expression


def seen(letter: Letter) -> list[str]:
    """What the decision shows that the house looked at about the time of the filing."""
    with override("en"):
        grounds = lettering.decision(letter).data["grounds"]
    (of_time,) = [each for each in grounds if "Filed " in each["text"]]
    return of_time["seen"]


def test_the_decision_shows_instant_zone_source_closing_and_protocol_number(late, carla, dario):
    told = {"expression": late, "outcome": Outcome.INADMISSIBLE, "at": AT}
    actions.propose(**told, reasons="Too late.", actor=carla)
    decision = actions.refuse(**told, ground="Too late.", actor=dario)

    written = actions.write_decision(decision=decision, actor=carla, at=AT)

    assert seen(written) == [
        "Instant that counts: 1 august 2025, 00:00:00 (Europe/Rome) · acceptance by the sender's provider",
        "First instant that was too late: 1 august 2025, 00:00:00 (Europe/Rome)",
        "Certified identifier: opec.late@pec.example",
        "In the protocol register: 2025/0000001",
    ]


def test_no_letter_of_its_own_tells_of_lateness(late):
    with pytest.raises(IntegrityError, match="letter_kind_is_known"), transaction.atomic():
        Letter.objects.create(
            code="L-1", expression=late, number=1, kind="late_filing", written_by="U-C", written_at=AT
        )
