"""A printed form becomes values on a page: proposed beside what is seen, confirmed by an officer."""

import pytest
from django import forms
from django.urls import reverse

from tests.web.office import mail
from tragitto.ledger.models import Entry
from tragitto.records.models import Attachment, Message, Transcription
from tragitto.schemes import queries as schemes
from tragitto.schemes.blanks import template_of
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
    assert "read with 91 % confidence" in page.text


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


@pytest.fixture
def unread(file, world) -> Attachment:
    """The scan, its first page found, nothing read of it but the name of the enterprise."""
    form = world.call.forms.order_by("pk")[0]
    template = template_of(world.call.code, schemes.form_spec(form), "it")
    told = {**file.scan["code"], "version": template.version, "layout": template.layout}
    page = {"number": 1, "page": 1, "codes": 2, "problem": ""}
    return mail.attached(file.message, scan={**file.scan, "code": told, "pages": [page]})


def unread_places(page) -> list[str]:
    """The fields of what was seen and could not be read."""
    return [one.field for one in page.context["form"].asked if one.seen == "unread"]


def test_what_could_not_be_read_is_confirmed_by_nobody_with_one_click(carla_in, unread):
    places = unread_places(carla_in.get(address(unread)))

    page = carla_in.post(address(unread), {})

    assert (page.status_code, bool(places)) == (422, True)
    assert set(page.context["form"].errors) == set(places)
    assert not Transcription.objects.filter(attachment=unread).exists()
    assert page.text.count('<li><a href="#id_place-') == len(places)


def test_each_of_three_answers_is_kept_as_what_it_is(carla_in, unread, names):
    places = unread_places(carla_in.get(address(unread)))
    written, illegible, *others = [place for place in places if is_text(carla_in, unread, place)]
    rest = {f"{place}-other": "empty" for place in places if place not in (written, illegible)}

    carla_in.post(address(unread), {written: "Bergamo", f"{illegible}-other": "illegible", **rest})

    fields = Transcription.objects.get(attachment=unread).fields
    kept = {f"place-{number}": fields[name] for number, name in enumerate(names)}
    assert (kept[written], kept[illegible], {kept[place] for place in others}) == ("Bergamo", None, {""})


def test_a_value_and_no_value_at_once_are_refused(carla_in, unread):
    place = next(
        one for one in unread_places(carla_in.get(address(unread))) if is_text(carla_in, unread, one)
    )

    page = carla_in.post(address(unread), {place: "Bergamo", f"{place}-other": "illegible"})

    assert "There is a value and an answer that says there is none." in page.text


def test_what_was_proposed_may_be_said_to_be_illegible(carla_in, file, names):
    place = f"place-{names.index('enterprise_name')}"

    carla_in.post(address(file), {place: "lmpianli", f"{place}-other": "on"})

    assert Transcription.objects.get(attachment=file).fields["enterprise_name"] is None
    page = carla_in.get(address(file))
    assert page.context["form"][f"{place}-other"].value() is True


def test_a_second_look_begins_with_what_was_said_to_be_empty_or_illegible(carla_in, unread):
    first, *others = unread_places(carla_in.get(address(unread)))
    sent = {f"{first}-other": "illegible", **{f"{place}-other": "empty" for place in others}}

    carla_in.post(address(unread), sent)

    form = carla_in.get(address(unread)).context["form"]
    assert {field: form[field].value() for field in sent} == sent


def test_a_place_on_a_page_that_did_not_come_is_not_said_to_be_empty(carla_in, file, names):
    carla_in.post(address(file), {f"place-{names.index('enterprise_name')}": "Impianti Bianchi"})

    fields = Transcription.objects.get(attachment=file).fields
    assert {name: text for name, text in fields.items() if text is not None} == {
        "enterprise_name": "Impianti Bianchi"
    }


def test_a_box_of_which_the_machine_cannot_tell_is_asked_for(carla_in, file, names, world):
    spec = schemes.form_spec(world.call.forms.order_by("pk")[0])
    box = next(slot.name for slot in slots(spec) if slot.field.kind == "checkbox")
    proposals = {box: {"text": "", "confidence": 0.0, "ticked": None}}
    doubtful = mail.attached(file.message, scan={**file.scan, "proposals": proposals})

    page = carla_in.post(address(doubtful), {})

    assert set(page.context["form"].errors) == {f"place-{names.index(box)}"}


def test_words_that_are_none_of_those_to_choose_from_do_not_become_nothing(carla_in, file, names):
    form = carla_in.get(address(file)).context["form"]
    choice = next(one for one in form.asked if isinstance(form.fields[one.field], forms.ChoiceField))
    proposals = {choice.slot.name: {"text": "non so", "confidence": 0.3, "ticked": None}}
    doubtful = mail.attached(file.message, scan={**file.scan, "proposals": proposals})

    page = carla_in.post(address(doubtful), {})

    assert set(page.context["form"].errors) == {choice.field}


def test_ink_where_one_signs_is_no_good_signature_yet(carla_in, file):
    page = carla_in.get(reverse("office:message", args=[file.message.code])).text

    before, said, _rest = page.partition(
        "Ink in the place of the signature: compare it with the identity copy"
    )
    assert (before.rpartition("tone-")[2][:4], bool(said)) == ("open", True)


def is_text(client, file: Attachment, place: str) -> bool:
    """Whether anything may be written there."""
    return isinstance(client.get(address(file)).context["form"].fields[place].widget, forms.TextInput)
