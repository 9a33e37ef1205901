"""A printed form becomes values on a page: proposed beside what is seen, confirmed by an officer."""

import pytest
from django.urls import reverse

from tests.web.office import mail
from tragitto.ledger.models import Entry
from tragitto.records.models import Attachment, Message, Transcription
from tragitto.schemes import queries as schemes
from tragitto.schemes.rules import slots


@pytest.fixture
def file(world) -> Attachment:
    """A scan that came with a message of the desk."""
    own = Message.objects.waiting().filter(office=world.call.publisher.code)
    message = own.filter(kind="posta-certificata", verdict="valid").order_by("pk")[0]
    return mail.attached(message, scan=mail.scan_of(world.call))


@pytest.fixture
def names(world) -> list[str]:
    """The places of the main form, as its page asks for them."""
    spec = schemes.form_spec(world.call.forms.order_by("pk")[0])
    return [slot.name for slot in slots(spec) if slot.field.kind != "signature"]


def address(file: Attachment) -> str:
    return reverse("office:transcription", args=[file.message.code, file.code])


def test_what_was_read_stands_in_its_field_with_how_sure_it_is(carla_in, file, names):
    page = carla_in.get(address(file))

    place = names.index("enterprise_name")
    assert page.context["form"][f"place-{place}"].value() == "Impianti Bianchi"
    assert "91 % sure" in page.text


def test_what_carla_confirms_is_kept_by_the_names_of_the_form(carla_in, file, names, world):
    sent = {f"place-{names.index('enterprise_name')}": "Impianti Bianchi S.p.A."}

    answer = carla_in.post(address(file), sent, follow=True)

    row = Transcription.objects.get(attachment=file)
    assert row.fields["enterprise_name"] == "Impianti Bianchi S.p.A."
    assert (row.call, row.form, row.version) == (world.call.code, "modulo-a", "1")
    assert set(row.fields) == set(names)
    assert "The values are confirmed" in answer.text


def test_a_second_look_begins_with_what_was_confirmed(carla_in, file, names):
    place = f"place-{names.index('enterprise_name')}"
    carla_in.post(address(file), {place: "Impianti Neri"})

    assert carla_in.get(address(file)).context["form"][place].value() == "Impianti Neri"


def test_a_tick_is_kept_as_a_word_every_reader_takes_for_one(carla_in, file, names, world):
    spec = schemes.form_spec(world.call.forms.order_by("pk")[0])
    box = next(slot.name for slot in slots(spec) if slot.field.kind == "checkbox")

    carla_in.post(address(file), {f"place-{names.index(box)}": "on"})

    assert Transcription.objects.get(attachment=file).fields[box] == "Yes"


def test_the_ledger_is_told_no_value(carla_in, file, names):
    carla_in.post(address(file), {f"place-{names.index('enterprise_name')}": "Impianti Bianchi"})

    entry = Entry.objects.get(verb="attachment.transcribed")
    assert "Bianchi" not in str(entry.facts)


def test_a_form_nobody_knows_any_more_has_no_page(carla_in, file, world):
    scan = mail.scan_of(world.call)
    unknown = mail.attached(file.message, scan={**scan, "code": {**scan["code"], "form": "modulo-z"}})

    assert carla_in.get(address(unknown)).status_code == 404


def test_a_file_without_a_printed_form_has_no_page(carla_in, file):
    other = mail.attached(file.message, scan=None)

    assert carla_in.get(address(other)).status_code == 404


def test_a_second_form_in_the_same_file_is_asked_for_by_its_code(carla_in, file, world):
    scan = mail.scan_of(world.call)
    second = {**scan, "code": {**scan["code"], "form": "modulo-b"}, "others": []}
    both = mail.attached(file.message, scan={**scan, "others": [second]})

    page = carla_in.get(address(both), {"form": "modulo-b"})

    assert page.context["scan"]["code"]["form"] == "modulo-b"
