"""Printed forms that come back as scans: proposals for a person, made where a room above knows the form."""

import io
import os
import shutil
from collections.abc import Iterator

import pytest
import zxingcpp
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import NOON
from tests.pec.paper.making import picture, printed, scanned
from tests.records.conftest import form, letter
from tests.records.test_passing import machine  # noqa: F401  a fixture
from tragitto.records import actions, reader
from tragitto.records.actions.troubles import STOPPED_FOR, STOPPED_TRIES
from tragitto.records.models import Attachment, Trouble
from tragitto.records.queries import files
from tragitto.records.registries import TEMPLATES, template_of
from tragitto.records.vocabulary import ScanState
from tragitto_pec import Kind
from tragitto_pec.confined import Confined, StoppedError
from tragitto_pec.confined_questions import CROPS, PAPER
from tragitto_pec.forms_code import Code, CodePlace, Place, Template
from tragitto_pec.rehearsal import Enclosure

pytestmark = pytest.mark.django_db
WIDTH, HEIGHT = 595.0, 842.0
CODES = (CodePlace(1, "TR", 500, 750, 548, 798), CodePlace(1, "BL", 40, 40, 88, 88))
PLACES = (Place("name", 1, 100, 600, 400, 622), Place("agrees", 1, 100, 560, 114, 574, "tick"))
PRINTED = Template("avviso-1", "modulo-a", 1, "it", "0123abcd", ((WIDTH, HEIGHT),), CODES, PLACES)


def page(template: Template = PRINTED, *, name: str = "BRUNO ROSSI") -> bytes:
    """The form as it was printed and filled in: two codes, a name, a tick."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT))
    for place in template.codes:
        code = Code(
            template.call,
            template.form,
            template.version,
            template.language,
            template.layout,
            place.page,
            place.corner,
        )
        draw(canvas, code, place)
    canvas.setFont("Helvetica", 14)
    canvas.drawString(104, 605, name)
    for place in template.places:
        canvas.rect(place.x0, place.y0, place.x1 - place.x0, place.y1 - place.y0)
    canvas.line(102, 562, 112, 572)
    canvas.line(102, 572, 112, 562)
    canvas.save()
    return stream.getvalue()


def draw(canvas: Canvas, code: Code, place: CodePlace) -> None:
    made = zxingcpp.create_barcode(code.text(), zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    rows = memoryview(made.to_image(scale=1, add_quiet_zones=False)).tolist()
    module = (place.x1 - place.x0) / len(rows)
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            if value == 0:
                corner = place.x0 + column * module, place.y1 - (row + 1) * module
                canvas.rect(*corner, module, module, stroke=0, fill=1)


@pytest.fixture(scope="session")
def scan() -> bytes:
    return scanned(printed(page()), turn=1.5)


@pytest.fixture
def known() -> Iterator[None]:
    """A room above that knows this form, and the forms of the room above that really does."""
    kept = dict(TEMPLATES._entries)
    TEMPLATES._entries.clear()
    TEMPLATES.register("forms")(lambda code: PRINTED if PRINTED.fits(code) else None)
    yield
    TEMPLATES._entries.clear()
    TEMPLATES._entries.update(kept)


@pytest.fixture
def send(take, provider):
    """Take in a message with one file."""

    def sent(content: bytes, name: str = "scansione.pdf") -> Attachment:
        raw = provider.envelope(letter("Manifestazione", Enclosure(name, content)), at=NOON)
        return take(raw).attachments.get()

    return sent


def needs_ocr() -> None:
    if shutil.which("tesseract") is None:
        if os.environ.get("CI"):
            pytest.fail("no tesseract on a machine that must have one")
        pytest.skip("no tesseract here")


def test_a_scanned_form_is_read_as_proposals(send, known, scan):
    needs_ocr()

    file = send(scan)

    assert file.scan["proposals"]["name"]["text"] == "BRUNO ROSSI"
    assert file.scan["proposals"]["agrees"]["ticked"] is True
    assert (file.scan["code"]["call"], file.scan["code"]["form"]) == ("avviso-1", "modulo-a")


def test_a_photograph_of_the_page_will_do(send, known):
    (image,) = printed(page(), dpi=200)

    file = send(picture(image, "JPEG", quality=70), "foto.jpg")

    assert (file.format, file.scan["code"]["form"]) == ("image", "modulo-a")


def test_proposals_are_nothing_until_a_person_confirms_them(send, known, scan, carla):
    file = send(scan)
    (before,) = files.looked_into(file.message)

    actions.transcribe(
        attachment=file,
        call="avviso-1",
        form="modulo-a",
        version="1",
        fields={"name": "Bruno Rossi"},
        actor=carla,
        at=NOON,
    )

    (after,) = files.looked_into(file.message)
    assert (before.scan_state, before.read["fields"]) == (ScanState.PROPOSED, {})
    assert (after.scan_state, after.read["fields"]) == (ScanState.CONFIRMED, {"name": "Bruno Rossi"})


def test_a_form_that_no_room_knows_names_itself_and_proposes_nothing(send, scan, known):
    TEMPLATES._entries.clear()

    file = send(scan)

    (shown,) = files.looked_into(file.message)
    assert (file.scan["problem"], file.scan["code"]["form"]) == ("no-template", "modulo-a")
    assert shown.scan_state == ScanState.UNREAD


def test_a_paper_without_our_codes_is_no_form(send, known):
    file = send(scanned(printed(form(name="Carta d'identità"))))

    assert file.scan is None


def test_a_form_with_fields_is_read_by_its_fields_and_not_drawn(send, known):
    file = send(form(name="Bruno"))

    assert (file.form["fields"], file.scan) == ({"name": "Bruno"}, None)


def test_two_forms_in_one_scan_are_both_read(send, known):
    other = Template("avviso-1", "modulo-b", 1, "it", "0123abcd", ((WIDTH, HEIGHT),), CODES, PLACES)
    TEMPLATES.register("others")(lambda code: other if other.fits(code) else None)

    file = send(scanned([*printed(page()), *printed(page(other, name="ELIF"))]))

    assert [file.scan["code"]["form"], *(one["code"]["form"] for one in file.scan["others"])] == [
        "modulo-a",
        "modulo-b",
    ]


def test_what_came_back_in_a_receipt_is_ours_and_not_read(take, provider, known, scan):
    sent = letter("Manifestazione", Enclosure("scansione.pdf", scan))
    message = take(provider.receipt(Kind.AVVENUTA_CONSEGNA, sent, accepted_at=NOON))

    assert [file.scan for file in message.attachments.all()] == [None] * message.attachments.count()


def test_a_room_whose_templates_fail_silences_nobody(known):
    def broken(code: Code) -> Template | None:
        raise LookupError("no such call")

    TEMPLATES.register("a-broken-room")(broken)

    assert template_of(Code("avviso-1", "modulo-a", 1, "it", "0123abcd", 1, "TR")) == PRINTED


class NoTimeForPages(Confined):
    """A reader on a machine that is overloaded whenever it draws a page."""

    def ask(self, question, body, options):
        if question in (PAPER, CROPS):
            raise StoppedError("reader-out-of-time")
        return super().ask(question, body, options)


def test_a_scan_whose_reading_was_stopped_is_tried_again(send, known, scan, take, provider, machine):  # noqa: F811
    raw = provider.envelope(letter("x", Enclosure("scansione.pdf", scan)), at=NOON)
    machine(NoTimeForPages())
    message = take(raw)
    assert (message.state, message.troubles.get().problem) == ("registered", "reader_stopped")

    machine(Confined())

    assert take(raw).attachments.get().scan["code"]["form"] == "modulo-a"


def test_a_scan_that_ends_the_reader_every_time_is_kept_unread(known, scan, take, provider, machine):  # noqa: F811
    raw = provider.envelope(letter("x", Enclosure("scansione.pdf", scan)), at=NOON)
    machine(NoTimeForPages())
    take(raw)
    Trouble.objects.update(tries=STOPPED_TRIES, first_at=NOON - STOPPED_FOR)

    message = take(raw)

    assert (message.state, message.attachments.get().scan["problem"]) == ("sorting", reader.STOPPED)
