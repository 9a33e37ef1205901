"""What a person confirms to stand on a printed page: upper rooms read it from then on, not before."""

from typing import Any

import pytest

from tests.conftest import NOON
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound
from tragitto.ledger.models import Entry
from tragitto.records import actions
from tragitto.records.models import Attachment, Transcription
from tragitto.records.queries import files
from tragitto.records.vocabulary import ScanState

pytestmark = pytest.mark.django_db

PAGE = {"call": "avviso-1", "form": "modulo-a", "version": "1"}


@pytest.fixture
def page(take, submission) -> Attachment:
    """A file of a message at the desk."""
    return take(submission).attachments.get()


@pytest.fixture
def transcribe(page, carla):
    def transcribed(actor=carla, **given: Any) -> Transcription:
        told = {**PAGE, "fields": {"name": "Bruno Rossi"}, **given}
        return actions.transcribe(attachment=page, actor=actor, at=NOON, **told)

    return transcribed


def test_what_carla_confirms_is_what_the_page_says(page, transcribe):
    transcribe()

    read = files.form_of(Attachment.objects.get())
    assert read is not None
    assert (read["call"], read["form"], read["version"]) == ("avviso-1", "modulo-a", "1")
    assert (read["fields"], read["problem"]) == ({"name": "Bruno Rossi"}, "")


def test_without_a_transcription_the_fields_of_the_file_are_what_it_says(page):
    read = files.form_of(page)

    assert read is not None
    assert read["fields"] == {"name": "Bruno"}


def test_what_a_scan_proposes_is_never_what_it_says(page):
    page.form = None
    page.scan = {"proposals": {"name": {"text": "Brvno", "confidence": 0.4}}, "problem": ""}

    assert files.form_of(page) is None


def test_what_nobody_can_read_is_told_as_unreadable_and_not_as_empty(page, transcribe):
    transcribe(fields={"name": None, "seat": ""})

    read = files.form_of(page)
    assert read is not None
    assert (read["fields"], read["unreadable"]) == ({"name": "", "seat": ""}, ["name"])


def test_the_same_values_again_write_nothing(transcribe):
    first, again = transcribe(), transcribe()

    assert again == first
    assert Entry.objects.filter(verb="attachment.transcribed").count() == 1


def test_other_values_are_a_further_row_and_the_latest_holds(page, transcribe):
    transcribe()
    second = transcribe(fields={"name": "Bruno Rosso"})

    assert (second.number, Transcription.objects.count()) == (2, 2)
    assert files.form_of(page)["fields"] == {"name": "Bruno Rosso"}


def test_values_taken_back_are_a_further_row_too(page, transcribe):
    for name in ("Bruno", "Brunello", "Bruno"):
        transcribe(fields={"name": name})

    assert files.transcription_of(page).number == 3


def test_two_forms_scanned_into_one_file_are_two_forms(page, transcribe):
    transcribe()
    transcribe(form="modulo-b", fields={"delegate": "Bruno Rossi"})
    transcribe()

    assert [(read["form"], read["transcription"]) for read in files.forms_of(page)] == [
        ("modulo-b", 2),
        ("modulo-a", 1),
    ]


def test_the_ledger_is_told_which_form_and_never_a_value(page, transcribe):
    transcribe()

    told = Entry.objects.get(verb="attachment.transcribed")
    assert told.subject == page.message.code
    assert told.facts == {"attachment": page.code, "number": 1, **PAGE}


@pytest.mark.parametrize(
    "given",
    [{"fields": {}}, {"call": ""}, {"form": ""}, {"form": "Bruno Rossi"}, {"version": "v 1"}],
    ids=["no fields", "no call", "no form", "a form that is no code", "a version that is none"],
)
def test_a_page_of_no_form_is_refused(transcribe, given):
    with pytest.raises(Blocked):
        transcribe(**given)


def test_what_no_database_can_hold_is_replaced(transcribe):
    row = transcribe(fields={"name": "Bruno\x00\ud800"})

    row.refresh_from_db()
    assert row.fields == {"name": "Bruno\ufffd?"}


def test_the_message_stays_where_it_is(page, transcribe):
    transcribe()

    page.message.refresh_from_db()
    assert page.message.state == "sorting"


def test_nobody_else_transcribes(transcribe, stranger, dario, carla_elsewhere):
    for somebody, refusal in ((stranger, NotAllowed), (dario, NotAllowed), (carla_elsewhere, NotFound)):
        with pytest.raises(refusal):
            transcribe(actor=somebody)


def test_pages_show_how_far_it_has_come(page, transcribe):
    before = files.looked_into(page.message)[0]
    transcribe()
    after = files.looked_into(page.message)[0]

    assert (before.scan_state, after.scan_state) == (ScanState.NONE, ScanState.CONFIRMED)
    assert (after.transcription.by, after.read["fields"]) == ("U-CARLA", {"name": "Bruno Rossi"})
