"""A made-up authority and provider, a store, two offices and Bruno's letter, for the stories of this room."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.utils import translation
from reportlab.pdfgen.canvas import Canvas

from tests.accounts.signing_in import make_organisation
from tests.conftest import NOON
from tragitto.kernel.actors import Actor
from tragitto.records import actions, anchors
from tragitto.records.models import Message
from tragitto.records.registries import SUGGESTERS, TAKERS
from tragitto_pec.rehearsal import Authority, Enclosure, Letter, Provider

HOUSE = Actor.system("test")
OFFICE = "avviso@pec.ufficio.example"
ANOTHER = "protocollo@pec.altro.example"
BRUNO = "bruno@pec.impresa.example"


def form(**values: str) -> bytes:
    """A fillable PDF with these fields."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for position, (name, value) in enumerate(values.items()):
        canvas.acroForm.textfield(name=name, value=value, x=50, y=750 - 40 * position)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def letter(subject: str = "Manifestazione di interesse", *enclosures: Enclosure) -> Letter:
    return Letter(BRUNO, (OFFICE,), subject, "In allegato il modulo.", enclosures)


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority.create(
        valid_from=datetime(2025, 1, 1, tzinfo=UTC),
        valid_until=datetime(2027, 1, 1, tzinfo=UTC),
        seed="house",
    )


@pytest.fixture(scope="session")
def provider(authority) -> Provider:
    return Provider.create(authority, seed="house")


@pytest.fixture(scope="session")
def forger(authority) -> Provider:
    """A provider of the same name, certified by nobody we trust."""
    other = Authority.create(
        valid_from=authority.valid_from, valid_until=authority.valid_until, seed="elsewhere"
    )
    return Provider.create(other, seed="elsewhere")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Sentences are asked for in the language they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path, authority) -> None:
    """A demonstration's data folder: its authority is trusted, its store starts empty."""
    settings.IS_DEMONSTRATION = True
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    settings.DOCUMENTS = str(tmp_path / "documents")
    (settings.VAR / anchors.FILE_NAME).write_text(anchors.text_of(authority.anchors().anchors))


@pytest.fixture
def submission(provider) -> bytes:
    """Bruno's expression of interest, certified at noon, with a filled form."""
    return provider.envelope(
        letter("Manifestazione di interesse", Enclosure("modulo.pdf", form(name="Bruno"))), at=NOON
    )


@pytest.fixture
def mailboxes(db) -> None:
    """Two offices, each with its mailbox."""
    for code, address in (("office", OFFICE), ("another-office", ANOTHER)):
        actions.give_mailbox(address=address, organisation=make_organisation(code), actor=HOUSE, at=NOON)


@pytest.fixture
def carla_elsewhere() -> Actor:
    """A Carla of another office, who must not read this one's mail."""
    return Actor("U-CARLA-2", organisation="another-office", roles=frozenset({"officer"}), door="office")


@pytest.fixture
def take(carla, mailboxes) -> Callable[..., Message]:
    """Take raw bytes in from Carla's office's mailbox, all steps at once, and return the message."""

    def taken(raw: bytes, *, at: datetime = NOON, actor: Actor = carla, mailbox: str = OFFICE) -> Message:
        return actions.take_in(raw, door="cli", mailbox=mailbox, actor=actor, at=at).message

    return taken


@pytest.fixture
def offered() -> Iterator[tuple]:
    """The registries of upper rooms, emptied for a test and given back afterwards."""
    kept = dict(TAKERS._entries), dict(SUGGESTERS._entries)
    TAKERS._entries.clear()
    SUGGESTERS._entries.clear()
    yield TAKERS, SUGGESTERS
    TAKERS._entries.clear()
    SUGGESTERS._entries.clear()
    TAKERS._entries.update(kept[0])
    SUGGESTERS._entries.update(kept[1])


@pytest.fixture(autouse=True)
def _no_upper_rooms(offered) -> None:
    """Stories of this room do not depend on who lives above."""


from tests.records.files_stage import bruno, clamd, daemon, scanned, send  # noqa: E402, F401  fixtures
