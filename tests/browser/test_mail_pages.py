"""Mail in a real browser: no barriers, no sideways scrolling, the desk by single keys, files dropped."""

import base64

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import mail_world
from tests.browser.test_office_pages import dario, tab_to, world  # noqa: F401  fixtures
from tests.browser.tools import REFLOW, axe_violations, overflow
from tests.web.office import mail
from tragitto.records.models import Message, Outgoing, Transcription

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PHONE = 390
DROP = """([selector, name, base64]) => {
    const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, {type: "message/rfc822"}));
    const place = document.querySelector(selector);
    for (const kind of ["dragenter", "dragover", "drop"])
        place.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""
PLAIN = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: Lasciata cadere\r\n\r\nBuongiorno"


@pytest.fixture
def clear(world) -> Message:  # noqa: F811
    return mail_world.clear(world)


@pytest.fixture
def rich(world) -> mail_world.Rich:  # noqa: F811
    return mail_world.rich(world)


def addresses(rich: mail_world.Rich, outgoing: Outgoing) -> list[str]:
    """Every page of mail, once."""
    message, scan = rich.message.code, rich.scan.code
    infected = rich.message.attachments.get(name="fattura.pdf.exe")
    return [
        *(reverse(f"office:{name}") for name in ("sorting", "take_in", "sent", "mailboxes")),
        reverse("office:message", args=[message]),
        reverse("office:file_pages", args=[message, scan]),
        reverse("office:transcription", args=[message, scan]),
        reverse("office:attachment", args=[message, infected.code]),
        reverse("office:outgoing", args=[outgoing.code]),
    ]


def settled(page):
    """The page once all its rows have been filled in."""
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("language", ["it", "ar"])
def test_neither_axe_nor_a_narrow_screen_finds_a_barrier(world, rich, dario, open_page, language):  # noqa: F811
    found = {}
    for path in addresses(rich, mail_world.sent(world)):
        page = settled(open_page(path, language=language, client=dario))
        barriers = axe_violations(page)
        for width in (PHONE, REFLOW):
            page.set_viewport_size({"width": width, "height": 900})
            barriers += axe_violations(page) if width == PHONE else []
            barriers += [f"{overflow(page)} points too wide at {width}"] if overflow(page) else []
        found[path] = barriers

    assert {path: barriers for path, barriers in found.items() if barriers} == {}


def test_a_message_is_accepted_from_the_list_by_one_key(clear, dario, open_page):  # noqa: F811
    page = settled(open_page(reverse("office:sorting"), client=dario))
    rows = page.locator("[data-row]")
    row = page.locator(f"tr:has([data-row][href*='{clear.code}'])")
    expect(row.locator("[data-accepts]")).to_be_visible()
    rows.first.focus()

    page.keyboard.press("k")
    expect(rows.first).to_be_focused()
    for _step in range(rows.count()):
        if row.locator("[data-row]").evaluate("row => row === document.activeElement"):
            break
        page.keyboard.press("j")
    page.keyboard.press("a")

    expect(page.locator(".notice.tone-good")).to_contain_text(clear.code)
    clear.refresh_from_db()
    assert clear.state == "filed"


def test_outside_the_list_the_keys_do_nothing(clear, dario, open_page):  # noqa: F811
    page = settled(open_page(reverse("office:sorting"), client=dario))
    page.locator("main h1").click()

    page.keyboard.press("j")
    page.keyboard.press("a")

    expect(page.locator("[data-row]").first).not_to_be_focused()
    clear.refresh_from_db()
    assert clear.state == "sorting"
    assert page.url.endswith(reverse("office:sorting"))


def test_enter_leads_to_the_suggestions_and_a_digit_places_it(clear, dario, open_page):  # noqa: F811
    page = settled(open_page(reverse("office:sorting"), client=dario))
    page.locator(f"[data-row][href*='{clear.code}']").focus()

    page.keyboard.press("Enter")
    expect(page.locator("#place")).to_be_focused()
    page.keyboard.press("1")

    expect(page.locator("#place")).to_have_count(0)
    clear.refresh_from_db()
    assert clear.state == "filed"


def test_a_digit_typed_into_a_field_is_a_digit(clear, dario, open_page):  # noqa: F811
    page = open_page(reverse("office:message", args=[clear.code]), client=dario)
    page.locator("#place details summary").click()
    field = page.locator("#place input[name=codice_fiscale]")

    field.focus()
    page.keyboard.type("1234")

    expect(field).to_have_value("1234")
    clear.refresh_from_db()
    assert clear.state == "sorting"


def test_a_dropped_file_is_taken_in(dario, open_page):  # noqa: F811
    page = open_page(reverse("office:take_in"), client=dario)
    expect(page.locator("[data-hint]")).to_be_visible()

    page.evaluate(DROP, ["[data-drops]", "mail.eml", base64.b64encode(PLAIN).decode()])
    expect(page.locator("main form button")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#outcomes")).to_be_visible()
    assert Message.objects.get(subject="Lasciata cadere").door == "office"


def test_a_file_is_taken_in_without_any_script(dario, open_page):  # noqa: F811
    page = open_page(reverse("office:take_in"), client=dario, scripts=False)
    mail = {"name": "mail.eml", "mimeType": "message/rfc822", "buffer": PLAIN}

    page.locator("input[type=file]").set_input_files(mail)
    page.locator("main form button").click()

    expect(page.locator("#outcomes")).to_be_visible()
    assert Message.objects.filter(subject="Lasciata cadere").count() == 1


def test_a_printed_form_is_transcribed_by_keyboard_alone(rich, dario, open_page):  # noqa: F811
    path = reverse("office:transcription", args=[rich.message.code, rich.scan.code])
    page = open_page(path, client=dario)
    first = page.locator(".place input[type=text]").first
    expect(page.locator(".place img").first).to_be_visible()

    tab_to(page, f"#{first.get_attribute('id')}")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Bruno Meccanica")
    page.keyboard.press("Enter")

    expect(page.locator(".notice.tone-good")).to_be_visible()
    row = Transcription.objects.get(attachment=rich.scan)
    assert row.fields["enterprise_name"] == "Bruno Meccanica"


def test_a_place_nobody_could_read_is_asked_for_by_its_name(rich, dario, open_page):  # noqa: F811
    read = rich.scan.scan
    proposals = {name: said for name, said in read["proposals"].items() if name != "enterprise_name"}
    file = mail.attached(rich.message, document=rich.scan.document, scan={**read, "proposals": proposals})
    page = open_page(reverse("office:transcription", args=[rich.message.code, file.code]), client=dario)
    place = page.locator(".place", has=page.locator("input[type=radio]"))

    page.locator(".form-actions button").click()
    expect(page.locator(".error-summary a")).to_have_count(1)
    assert axe_violations(page) == []
    page.locator(".error-summary a").click()
    expect(place.locator("input[type=text]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator(".notice.tone-good")).to_be_visible()
    assert Transcription.objects.get(attachment=file).fields["enterprise_name"] is None
