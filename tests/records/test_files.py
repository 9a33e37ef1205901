"""What is done with the files of a message: what each is, archives opened within limits, one look."""

from collections.abc import Callable

import pytest

from tests.records.conftest import form
from tests.records.files_stage import zipped
from tragitto.records import queries
from tragitto.records.actions.looking import Room
from tragitto.records.models import Attachment, Message
from tragitto.records.queries import files
from tragitto_pec.archives import ArchiveReading, InnerFile, read_archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def message_with(send) -> Callable[[dict[str, bytes]], Message]:
    """A message with these files, by their names."""
    return lambda enclosed: send(enclosed)[0].message


def test_each_file_is_known_by_its_first_bytes_whatever_its_name_says(message_with):
    message = message_with({"documento.pdf": b"\x89PNG\r\n\x1a\n", "foto.png": form(name="Bruno")})

    assert [file.format for file in files.looked_into(message)] == ["image", "pdf"]


def test_a_form_in_an_archive_is_read_as_if_it_had_come_alone(message_with):
    archive = zipped({"cartella/modulo.pdf": form(name="Bruno"), "nota.txt": b"salve"})

    outer, inner, note = message_with({"domanda.zip": archive}).attachments.order_by("position")

    assert (outer.name, inner.name, note.name) == (
        "domanda.zip",
        "domanda.zip - modulo.pdf",
        "domanda.zip - nota.txt",
    )
    assert inner.original_name == "domanda.zip/cartella/modulo.pdf"
    assert (inner.form["fields"], inner.within) == ({"name": "Bruno"}, outer)
    assert outer.archive == {"declared": 2, "opened": 2, "problem": ""}


def test_what_lay_in_an_archive_stands_behind_it_and_before_the_next_file(message_with):
    message = message_with({"uno.zip": zipped({"a.txt": b"a"}), "due.pdf": form(name="Bruno")})

    names = [file.name for file in files.looked_into(message)]
    assert names == ["uno.zip", "uno.zip - a.txt", "due.pdf"]


def test_an_archive_in_an_archive_is_kept_and_stays_closed(message_with):
    message = message_with({"fuori.zip": zipped({"dentro.zip": zipped({"a.txt": b"a"})})})

    names = [file.name for file in files.looked_into(message)]
    assert names == ["fuori.zip", "fuori.zip - dentro.zip"]


@pytest.mark.parametrize(
    ("archive", "problem"),
    [
        (zipped({"bomba": bytes(60_000_000)}), "too-dense"),
        (zipped({f"{number}.txt": b"x" for number in range(201)}), "too-many-files"),
        (zipped({"a.txt": b"salve"})[:-30], "unreadable"),
    ],
    ids=["a bomb", "too many files", "cut short"],
)
def test_an_archive_beyond_the_limits_is_a_note_and_stops_nothing(message_with, archive, problem):
    bomb, innocent = message_with(
        {"archivio.zip": archive, "modulo.pdf": form(name="B")}
    ).attachments.order_by("pk")

    assert (bomb.archive["problem"], bomb.archive["opened"]) == (problem, 0)
    assert innocent.form["fields"] == {"name": "B"}


def test_a_document_of_an_office_program_is_no_archive(message_with):
    document = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})

    (file,) = files.looked_into(message_with({"lettera.docx": document}))

    assert (file.format, file.archive) == ("office", None)


def test_overlapping_entries_are_not_read():
    """The smaller bomb: many names for the same bytes."""
    raw = bytearray(zipped({"a.txt": b"x" * 1000, "b.txt": b"y" * 1000}))
    central = raw.index(b"PK\x01\x02", raw.index(b"PK\x01\x02") + 1)
    raw[central + 42 : central + 46] = bytes(4)

    assert read_archive(bytes(raw)) == ArchiveReading(declared=2, problem="unreadable")


def test_a_locked_archive_says_so():
    raw = bytearray(zipped({"a.txt": b"salve"}))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(sign) + flags] |= 1

    assert read_archive(bytes(raw)).problem == "encrypted"


def test_names_in_an_archive_are_made_safe():
    (file,) = read_archive(zipped({"../../etc/annex_\u202efdp.exe": b"x"})).files

    assert (file.name, file.original_name) == ("annex_fdp.exe", "../../etc/annex_\u202efdp.exe")


@pytest.mark.parametrize("count", [1, 3])
def test_one_look_at_all_files_costs_three_queries(message_with, count, django_assert_num_queries):
    message = message_with({f"modulo-{number}.pdf": form(name=str(number)) for number in range(count)})

    with django_assert_num_queries(3):
        looked = files.looked_into(message)
        shown = [(file.name, file.size, file.read, file.virus, file.scan_state) for file in looked]

    assert len(shown) == count


def test_a_file_without_anything_to_read_says_so(message_with):
    (file,) = files.looked_into(message_with({"nota.txt": b"salve"}))

    assert (file.format, file.signatures, file.content, file.form, file.scan, file.archive, file.read) == (
        "text",
        *[None] * 6,
    )
    assert (file.flags, file.appearance, file.size) == ((), {}, 5)


def test_every_file_and_content_of_a_message_is_a_document_whose_bytes_are_kept(message_with):
    archive = zipped({"a.txt": b"salve"})

    message = message_with({"uno.zip": archive})

    raw, outer, inner = files.documents_of(message)
    assert (raw, queries.content(outer), queries.content(inner)) == (message.raw, archive, b"salve")
    assert Attachment.objects.count() == 2


def test_the_archives_of_a_message_have_limits_together():
    two = ArchiveReading((InnerFile("a", "a", 60, ""), InnerFile("b", "b", 60, "")), declared=2)
    room = Room(files=3, size=1000)

    assert room.admitted(two) == two
    assert room.admitted(two) == ArchiveReading(declared=2, problem="too-many-archives")
    assert Room(files=3, size=100).admitted(two).problem == "too-many-archives"
