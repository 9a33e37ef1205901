"""Names of attachments: safe to show, safe to offer, still recognisable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pec.stage import NOON, PROVIDER, letter, reading
from tragitto_pec.names import cleaned, on_one_line
from tragitto_pec.rehearsal import Enclosure


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Modulo A.pdf", "Modulo A.pdf"),
        ("Identità è.pdf.p7m", "Identità è.pdf.p7m"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.exe", "evil.exe"),
        ("annex_\u202efdp.exe", "annex_fdp.exe"),
        ("a\r\nb\t.pdf", "a b .pdf"),
        ('a<b>:"c|d?.pdf', "a_b___c_d_.pdf"),
        ("CON.pdf", "_CON.pdf"),
        (" .. ", "fallback"),
        ("", "fallback"),
        ("\u0645\u062d\u0645\u062f.pdf", "\u0645\u062d\u0645\u062f.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_its_tricks(name, shown):
    assert cleaned(name, "fallback") == shown


@given(st.text())
def test_every_name_is_one_plain_word_of_a_folder(name):
    shown = cleaned(name, "fallback")

    assert 0 < len(shown) <= 120
    assert not set(shown) & set('/\\<>:"|?*')
    assert shown not in (".", "..")
    assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in shown)


@given(st.text())
def test_a_line_stays_a_line(text):
    assert len(on_one_line(text).splitlines()) <= 1


def test_the_name_the_sender_wrote_is_kept_beside_the_clean_one():
    enclosure = Enclosure("annex_\u202efdp.exe", b"x")

    result = reading(PROVIDER.envelope(letter(enclosures=(enclosure,)), at=NOON))

    (attachment,) = result.attachments
    assert (attachment.name, attachment.original_name) == ("annex_fdp.exe", "annex_\u202efdp.exe")
    assert result.has("name-cleaned")


def test_a_file_without_a_name_gets_one_of_its_kind():
    raw = b"From: a@b.example\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA"

    assert [attachment.name for attachment in reading(raw).attachments] == ["attachment-1.png"]
