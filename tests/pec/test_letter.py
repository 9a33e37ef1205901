"""The words of a letter: the sender's own, whatever their charset, never rendered, never a crash."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.pec.stage import CLOSING, ENVELOPE, LETTER, NOON, letter
from tragitto_pec.letter import Letter, is_message, letter_of


def html(page: str, **headers: str) -> bytes:
    """A message that is one page of HTML."""
    return b"From: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()


def plain(content: bytes, charset: str) -> bytes:
    """A message of some bytes in some charset."""
    head = f"From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
    return head.encode() + content


def test_the_letter_within_an_envelope_is_the_senders():
    assert letter_of(ENVELOPE) == Letter(LETTER.text, "plain")


def test_the_envelope_speaks_in_the_providers_words():
    assert LETTER.text not in letter_of(ENVELOPE, of_envelope=True).text


def test_a_message_without_envelope_is_its_own_letter():
    assert letter_of(LETTER.as_message(NOON)).text == LETTER.text


def test_a_file_that_is_text_is_no_part_of_the_letter():
    message = EmailMessage()
    message["From"] = "bruno@impresa.example"
    message.set_content("In allegato.")
    message.add_attachment("Not the letter.", filename="note.txt")

    assert letter_of(message.as_bytes()).text == "In allegato."


def test_of_two_forms_of_the_same_letter_the_plain_one_is_taken():
    message = EmailMessage()
    message["From"] = "bruno@impresa.example"
    message.set_content("As text.")
    message.add_alternative("<p>As a page.</p>", subtype="html")

    assert letter_of(message.as_bytes()) == Letter("As text.", "plain")


def test_html_comes_without_the_html():
    words = "<h1>Gentili</h1><p>si invia&nbsp;il <b>Modulo&amp;A</b>.<br>Saluti</p>"
    page = f"<style>p{{}}</style>{words}<script>x()</script>"

    assert letter_of(html(page)) == Letter("Gentili\n\nsi invia il Modulo&A.\nSaluti", "html")


def test_a_link_says_where_it_leads():
    page = '<a href="https://elsewhere.example/x">the portal of the region</a>'

    assert letter_of(html(page)).text == "the portal of the region <https://elsewhere.example/x>"


@pytest.mark.parametrize("page", ["<p>a<script>b", "<<<>>", "<!--", "<![if x", "<a href='", "&#xFFFFFFFFF;"])
def test_malformed_html_is_text_or_nothing(page):
    assert "script" not in letter_of(html(page)).text


@pytest.mark.parametrize("charset", ["latin-1", "x-unknown", "utf-8", "idna", "utf-16", ""])
def test_a_wrong_charset_is_shown_all_the_same(charset):
    assert "il citt" in letter_of(plain("il città".encode(), charset)).text or charset == "utf-16"


def test_letters_of_the_named_charset_come_out_right():
    assert letter_of(plain("perché".encode("latin-1"), "iso-8859-15")).text == "perché"


def test_latin_letters_without_a_charset_come_out_right():
    assert (
        letter_of(plain("la società è già così".encode("latin-1"), "utf-8")).text == "la società è già così"
    )


def test_marks_that_turn_the_line_around_are_left_out():
    assert letter_of(plain("ab\u202ecd\x07".encode(), "utf-8")).text == "abcd"


def test_a_letter_without_end_is_cut_and_says_so():
    cut = letter_of(plain(b"a" * 300_000, "utf-8"))

    assert (len(cut.text), cut.is_cut) == (100_000, True)


@pytest.mark.parametrize(
    "raw", [b"", b"\xff" * 90, ENVELOPE[:900], b"Content-Type: multipart/signed\r\n\r\n"]
)
def test_what_cannot_be_taken_apart_has_no_words(raw):
    assert isinstance(letter_of(raw), Letter)


def test_too_deep_a_nest_has_no_words():
    raw = b"From: a\r\n"
    for number in range(60):
        raw += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (number, number)

    assert letter_of(raw) == Letter()


@pytest.mark.parametrize("raw", [ENVELOPE, letter(text="").as_message(NOON), b"From x\nSubject: y\n\nz"])
def test_mail_is_known_by_its_header(raw):
    assert is_message(raw)


@pytest.mark.parametrize(
    "raw", [b"", b"%PDF-1.7 ...", b"PK\x03\x04", b"\x00" * 100_000, str(CLOSING).encode()]
)
def test_other_files_are_no_mail(raw):
    assert not is_message(raw)
