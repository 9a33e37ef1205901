"""Signed files of a message: unwrapped, judged at the certified moment, forms read from what is signed."""

import base64
import io

import pytest
from pypdf import PdfWriter

from tests.conftest import NOON
from tests.records.conftest import form, letter
from tests.records.files_stage import CODICE_FISCALE, EICAR, zipped
from tests.records.test_passing import NO_TIME, machine  # noqa: F401  a fixture
from tragitto.records import queries
from tragitto.records.actions import looking
from tragitto.records.actions.troubles import STOPPED_FOR, STOPPED_TRIES
from tragitto.records.models import Message, Trouble
from tragitto.records.queries import files
from tragitto.records.vocabulary import MessageState
from tragitto_pec.confined import Bounds, Confined
from tragitto_pec.confined_questions import SIGNED
from tragitto_pec.rehearsal import Enclosure

pytestmark = pytest.mark.django_db


def test_a_signed_form_is_unwrapped_and_read(send, bruno):
    pdf = form(name="Bruno")

    (file,) = send({"modulo.pdf.p7m": bruno.p7m(pdf)})

    assert (file.format, file.signatures["verdict"], file.signatures["layers"]) == ("p7m", "intact", 1)
    assert file.signatures["signers"][0]["codice_fiscale"] == CODICE_FISCALE
    assert queries.content(file.content) == pdf
    assert file.form["fields"] == {"name": "Bruno"}


def test_the_file_as_it_came_is_kept_as_well(send, bruno):
    raw = bruno.p7m(form(name="Bruno"))

    (file,) = send({"modulo.pdf.p7m": raw})

    assert queries.content(file.document) == raw


@pytest.mark.parametrize("times", [1, 2], ids=["base64", "base64 of base64"])
def test_a_signed_file_written_as_text_is_unwrapped_too(send, bruno, times):
    raw = bruno.p7m(form(name="Bruno"))
    for _time in range(times):
        raw = base64.encodebytes(raw)

    (file,) = send({"modulo.pdf.p7m": raw})

    assert file.form["fields"] == {"name": "Bruno"}


def test_signatures_are_judged_at_the_certified_moment_and_say_so(send, bruno):
    (file,) = send({"modulo.pdf.p7m": bruno.p7m(b"%PDF-1.7")})

    assert (file.signatures["moment"], file.signatures["moment_is"]) == (NOON.isoformat(), "certified")


def test_without_a_certified_moment_the_arrival_is_taken_and_said(take, provider, bruno):
    enclosure = Enclosure("modulo.pdf.p7m", bruno.p7m(b"%PDF-1.7"))
    ordinary = letter("Manifestazione", enclosure).as_message(NOON)

    file = take(ordinary, at=NOON).attachments.get()

    assert (file.signatures["moment_is"], file.signatures["verdict"]) == ("arrived", "intact")


def test_revocation_that_nobody_asked_about_is_not_checked(send, bruno):
    (file,) = send({"modulo.pdf.p7m": bruno.p7m(b"%PDF-1.7")})

    assert file.signatures["signers"][0]["revocation"] == "not-checked"


def test_an_altered_signature_is_kept_with_its_verdict(send, bruno):
    raw = bruno.p7m(form(name="Bruno")).replace(b"(Bruno)", b"(Bruna)")

    (file,) = send({"modulo.pdf.p7m": raw})

    assert file.signatures["verdict"] == "altered"


def test_a_signature_beside_its_file_is_told_by_what_fits(send, bruno):
    pdf, other = form(name="Bruno"), form(name="Elif")
    apart = bruno.p7m(pdf, "detached")

    signature, wrong, right = send({"firma.p7s": apart, "altro.pdf": other, "modulo.pdf": pdf})

    assert (signature.signatures["verdict"], signature.signatures["signs"]) == ("intact", "modulo.pdf")
    assert (right.signatures["verdict"], right.signatures["signed_by"]) == ("intact", "firma.p7s")
    assert (wrong.signatures, signature.content) == (None, None)


def test_a_file_changed_beside_its_signature_is_altered(send, bruno):
    apart = bruno.p7m(form(name="Bruno"), "detached")

    signature, changed = send({"modulo.pdf.p7s": apart, "modulo.pdf": form(name="Bruna")})

    assert [file.signatures["verdict"] for file in (signature, changed)] == ["altered", "altered"]


def test_a_signature_without_its_file_is_unverified(send, bruno):
    apart = bruno.p7m(form(name="Bruno"), "detached")

    signature, other = send({"modulo.pdf.p7s": apart, "altro.pdf": form(name="Elif")})

    assert (signature.signatures["verdict"], other.signatures) == ("unverified", None)


def test_a_signed_file_in_an_archive_is_read_like_any_other(send, bruno):
    archive = zipped({"modulo.pdf.p7m": bruno.p7m(form(name="Bruno"))})

    _outer, inner = send({"domanda.zip": archive})

    assert (inner.signatures["verdict"], inner.form["fields"]) == ("intact", {"name": "Bruno"})


def test_a_signed_archive_is_unwrapped_and_opened(send, bruno):
    archive = zipped({"modulo.pdf": form(name="Bruno")})

    outer, inner = send({"domanda.zip.p7m": bruno.p7m(archive)})

    assert (outer.signatures["verdict"], outer.archive["opened"]) == ("intact", 1)
    assert (inner.within, inner.form["fields"]) == (outer, {"name": "Bruno"})


def test_a_virus_in_a_signed_archive_infects_all_around_it(send, bruno, scanned):
    raw = base64.encodebytes(bruno.p7m(zipped({"virus.com": EICAR, "nota.txt": b"salve"})))

    outer, virus, note = send({"domanda.zip.p7m": raw})

    states = [files.virus_state(document) for document in (outer.document, outer.content, virus.document)]
    assert states == ["infected"] * 3
    assert files.virus_state(outer.message.raw) == "infected"
    assert files.virus_state(note.document) == "clean"


def test_a_virus_in_a_signed_file_is_found_in_any_wrapping(send, bruno, scanned):
    """clamd sees through a signature, but not through one that is written as text."""
    binary, text = send({"uno.p7m": bruno.p7m(EICAR), "due.p7m": base64.encodebytes(bruno.p7m(EICAR))})

    found = files.looked_into(binary.message)
    assert [file.virus for file in found] == ["infected", "infected"]
    assert files.virus_state(text.document) == files.virus_state(text.content) == "infected"


class NoTimeForSignatures(Confined):
    """A reader on a machine that is overloaded whenever it looks at a signature."""

    def ask(self, question, body, options):
        if question is not SIGNED:
            return super().ask(question, body, options)
        self.close()
        self.bounds = NO_TIME
        try:
            return super().ask(question, body, options)
        finally:
            self.close()
            self.bounds = Bounds()


def test_a_signature_whose_reading_was_stopped_is_no_fact_and_is_tried_again(
    take,
    provider,
    bruno,
    machine,  # noqa: F811
):
    raw = provider.envelope(letter("x", Enclosure("m.p7m", bruno.p7m(form(name="Bruno")))), at=NOON)
    machine(NoTimeForSignatures())
    message = take(raw)
    assert (message.state, message.attachments.count()) == (MessageState.REGISTERED, 0)
    assert message.troubles.get().problem == "reader_stopped"

    machine(Confined())

    assert take(raw).attachments.get().form["fields"] == {"name": "Bruno"}


def test_a_signature_that_ends_the_reader_every_time_is_kept_unread(take, submission, machine):  # noqa: F811
    machine(NoTimeForSignatures())
    take(submission)
    Trouble.objects.update(tries=STOPPED_TRIES, first_at=NOON - STOPPED_FOR)

    message: Message = take(submission)

    signatures = message.attachments.get().signatures
    assert (message.state, signatures["verdict"]) == ("sorting", "unreadable")
    assert [reason["code"] for reason in signatures["reasons"]] == ["reader-stopped"]


def refilled(pdf: bytes, **values: str) -> bytes:
    """The PDF with other values, appended as an honest program does."""
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.update_page_form_field_values(writer.pages[0], values, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_signed_pdf_is_its_own_content(send, bruno):
    raw = bruno.sign_pdf(form(name="Bruno"))

    (file,) = send({"modulo.pdf": raw})

    assert (file.signatures["container"], file.signatures["verdict"]) == ("pades", "intact")
    assert (file.content, file.form["fields"]["name"]) == (None, "Bruno")


def test_a_form_refilled_after_it_was_signed_says_what_was_signed(send, bruno):
    raw = bruno.sign_pdf(form(name="Bruno"))

    (file,) = send({"modulo.pdf": refilled(raw, name="Bruna")})

    assert (file.signatures["verdict"], file.form["fields"]["name"]) == ("changed-after", "Bruno")
    assert (queries.content(file.content), file.signatures["changes"]) == (raw, "fields")


def test_a_pdf_beside_its_signed_twin_is_another_paper(send, bruno):
    pdf = form(name="Bruno")

    signed, other = send({"modulo.pdf.p7m": bruno.p7m(pdf), "modulo.pdf": refilled(pdf, name="Bruna")})

    assert (signed.form["fields"]["name"], other.form["fields"]["name"]) == ("Bruno", "Bruna")
    assert other.signatures is None


def test_a_message_whose_files_take_too_long_is_tried_again(take, submission, monkeypatch):
    monkeypatch.setattr(looking, "MOST_SECONDS", 0.0)

    message = take(submission)

    assert (message.state, message.troubles.get().problem) == ("registered", "reader_stopped")


def test_after_many_tries_the_files_that_take_too_long_are_kept_unread(take, submission, monkeypatch):
    monkeypatch.setattr(looking, "MOST_SECONDS", 0.0)
    take(submission)
    Trouble.objects.update(tries=STOPPED_TRIES, first_at=NOON - STOPPED_FOR)

    message = take(submission)

    file = message.attachments.get()
    assert (message.state, file.signatures["verdict"], file.form) == ("sorting", "unreadable", None)
    assert queries.content(file.document).startswith(b"%PDF-")
