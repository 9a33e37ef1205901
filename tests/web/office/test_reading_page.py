"""The page of a message: what it proves in words, its letter, its files, and what may be had of them."""

import re

import pytest
from django.urls import reverse

from tests.web.office import mail
from tests.web.office.world import HOUSE, OFFICE_DAY, STORY
from tragitto.records import actions as records
from tragitto.records.actions.documents import keep_document
from tragitto.records.models import Message, VirusCheck

SIGNER = {
    "name": "BIANCHI BRUNO", "codice_fiscale": "BNCBRN70A01F205X", "integrity": "intact", "chain": "trusted",
    "revocation": "not-checked", "qualified": "qualified", "layer": 1, "issuer": "Autorità di prova",
    "claimed_at": "2025-07-02T08:12:00+00:00", "reasons": [],
}  # fmt: skip
LIST = {
    "territory": "IT", "sequence": 210, "issued_at": "2024-11-02T10:00:00+00:00",
    "next_update": "2025-05-02T10:00:00+00:00",
}  # fmt: skip
SIGNED = {
    "verdict": "changed-after", "container": "pades", "layers": 1, "changes": "fields", "signers": [SIGNER],
    "reasons": [
        {"code": "fields-changed", "weight": "deciding", "facts": {"fields": "seat_municipality"}, "text": ""}
    ],
    "trusted_list": LIST,
}  # fmt: skip


def page(client, message: Message) -> str:
    return client.get(reverse("office:message", args=[message.code])).text


def file_address(name: str, file, *more: object) -> str:
    return reverse(f"office:{name}", args=[file.message.code, file.code, *more])


def taken(raw: bytes) -> Message:
    return Message.objects.get(pk=records.take_in(raw, door="cli", actor=HOUSE, at=OFFICE_DAY).message.pk)


@pytest.fixture
def message(expression) -> Message:
    """A certified message that was filed, with a form."""
    return expression.current.message


@pytest.fixture
def infected(message):
    """A file of the message in which a scanner found a virus."""
    document = keep_document(b"harm", media_type="application/pdf", actor=HOUSE, at=OFFICE_DAY)
    found = {"outcome": "infected", "threat": "Eicar-Signature", "checked_at": OFFICE_DAY}
    VirusCheck.objects.create(document=document, **found)
    return mail.attached(message, document=document, name="fattura.pdf")


def test_what_a_certified_message_proves_is_said_in_a_sentence(carla_in, message):
    text = page(carla_in, message)

    assert "A genuine certified message." in text
    assert message.provider in text
    assert message.identifier in text


def test_the_letter_is_shown_as_text(carla_in, message):
    assert "Si trasmette in allegato la manifestazione di interesse." in page(carla_in, message)


def test_html_is_never_shown_as_html(carla_in, world):
    html = b"<p>Ciao <script>alert(1)</script><b>Carla</b></p>"
    message = taken(b"From: a@b.example\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n" + html)

    text = page(carla_in, message)

    assert "Ciao Carla" in text
    assert "alert(1)" not in text
    assert "only its words are shown" in text


def test_what_the_headers_show_otherwise_stands_apart_from_other_reasons(carla_in, world):
    filing = next(each for each in STORY.filings if each.call == world.call.code)
    posted = world.post.filing(STORY, filing, world.call)
    date = re.compile(rb"^Date: .*$", re.MULTILINE)
    backdated = date.sub(b"Date: Mon, 2 Jun 2025 08:00:00 +0200\r", posted.raw, count=1)
    message = world.take(type(posted)(backdated.replace(b"\r\r", b"\r"), posted.mailbox, posted.at))

    context = carla_in.get(reverse("office:message", args=[message.code])).context

    assert [reason["code"] for reason in context["differences"]] == ["date-header-differs"]
    assert "date-header-differs" not in [reason["code"] for reason in context["remarks"]]


def test_an_unreadable_message_says_so_and_has_no_letter(carla_in, world):
    unreadable = Message.objects.filter(verdict="unreadable").order_by("pk")[0]

    text = page(carla_in, unreadable)

    assert "The file cannot be read." in text
    assert "The words of this message cannot be read now." in text


def test_a_signer_is_named_with_codice_fiscale_and_all_that_is_known(carla_in, message):
    mail.attached(message, name="modulo.pdf", signatures=SIGNED)

    text = page(carla_in, message)

    for words in (
        "BNCBRN70A01F205X",
        "Qualified signature",
        "Revocation not checked",
        "Changed after it was",
    ):
        assert words in text
    assert "This trusted list has run out" in text


def test_fields_changed_after_the_signature_bear_their_names(carla_in, message, world):
    form = {"call": world.call.code, "form": "modulo-a", "version": "1", "fields": {}, "problem": ""}
    mail.attached(message, name="modulo.pdf", signatures=SIGNED, form=form)

    assert "these fields were changed: seat_municipality" not in page(carla_in, message)


def test_without_a_trusted_list_the_page_says_that_nothing_is_known(carla_in, message):
    mail.attached(message, name="modulo.p7m", signatures={**SIGNED, "trusted_list": None})

    assert "No trusted list was loaded" in page(carla_in, message)


def test_a_value_that_looks_otherwise_is_shown_beside_what_is_seen(carla_in, message, world):
    form = {
        "call": world.call.code, "form": "modulo-a", "version": "1", "problem": "", "flags": [],
        "fields": {"seat_municipality": "Rho"}, "appearance": {"seat_municipality": "Bergamo"},
    }  # fmt: skip
    mail.attached(message, name="modulo.pdf", form=form)

    text = page(carla_in, message)

    assert "These fields hold something else than the page shows." in text
    assert "<td><bdi>Rho</bdi></td><td><bdi>Bergamo</bdi></td>" in text


def test_a_file_with_a_virus_is_neither_saved_nor_drawn(carla_in, infected):
    text = page(carla_in, infected.message)
    answer = carla_in.get(file_address("attachment", infected))

    assert "Eicar-Signature" in text
    assert file_address("attachment", infected) not in text
    assert answer.status_code == 403
    assert b"harm" not in answer.content
    assert carla_in.get(file_address("file_pages", infected)).status_code == 404
    assert carla_in.get(file_address("file_page", infected, 1)).status_code == 404


def test_a_message_whose_raw_bytes_carry_a_virus_is_not_handed_out(carla_in, message):
    found = {"outcome": "infected", "threat": "Eicar-Signature", "checked_at": OFFICE_DAY}
    VirusCheck.objects.create(document=message.raw, **found)

    answer = carla_in.get(reverse("office:message_raw", args=[message.code]))

    assert answer.status_code == 403
    assert b"daticert.xml" not in answer.content


def test_a_file_that_acts_by_itself_is_looked_at_page_by_page(carla_in, message):
    flags = {"fields": {}, "flags": ["javascript"], "problem": "no-form"}
    mail.attached(message, name="azione.pdf", form=flags)

    text = page(carla_in, message)

    assert "do not open the file itself" in text
    assert "Save it all the same" in text


def test_the_pages_of_a_file_are_drawn_and_turned(carla_in, message):
    form = message.attachments.filter(form__isnull=False).order_by("position")[0]

    first = carla_in.get(file_address("file_pages", form))
    second = carla_in.get(file_address("file_pages", form), {"page": "2"})

    assert first.context["drawn"].pages > 1
    assert 'href="?page=2"' in first.text
    assert 'href="?page=1"' in second.text


@pytest.mark.parametrize("number", ["0", "999", "x", "-1", "99999999999999999999"])
def test_a_page_that_is_none_is_no_fault(carla_in, message, number):
    form = message.attachments.filter(form__isnull=False).order_by("position")[0]

    assert carla_in.get(file_address("file_pages", form), {"page": number}).status_code == 200


def test_a_picture_of_a_page_that_is_none_is_not_found(carla_in, message):
    form = message.attachments.filter(form__isnull=False).order_by("position")[0]

    assert carla_in.get(file_address("file_page", form, 999)).status_code == 404


def test_a_file_that_is_no_paper_has_no_pages(carla_in, message):
    text = mail.attached(message, name="nota.txt", format="text", media_type="text/plain")

    assert carla_in.get(file_address("file_pages", text)).status_code == 404


@pytest.mark.parametrize("name", ["file_pages", "attachment"])
def test_a_file_is_reached_through_its_own_message_alone(carla_in, message, world, name):
    file = message.attachments.order_by("position")[0]
    other = Message.objects.waiting().filter(office=world.call.publisher.code).order_by("pk")[0]

    assert carla_in.get(reverse(f"office:{name}", args=[other.code, file.code])).status_code == 404
