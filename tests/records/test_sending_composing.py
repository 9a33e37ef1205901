"""Whatever may be written in a message of ours is read back as it was written, by any program."""

import email
from email.policy import default as modern
from string import ascii_letters, digits

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOON
from tragitto.records.rules.composing import File, Letter, compose, is_address, message_id

SENDER = "avviso@pec.ufficio.example"
NAMES = st.text(ascii_letters + digits + "._-+&'=", min_size=1, max_size=40)
ADDRESSES = st.builds(
    "{}@{}.example".format, NAMES, st.text(ascii_letters + digits + "-", min_size=1, max_size=30)
)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=120)


@given(recipients=st.lists(ADDRESSES.filter(is_address), min_size=1, max_size=5, unique=True), subject=WORDS)
def test_addresses_and_subject_are_read_back(recipients, subject):
    identifier = message_id("o-7kq3m9c", "a1b2", SENDER)

    raw = compose(Letter(SENDER, tuple(recipients), subject, "", identifier), at=NOON)

    read = email.message_from_bytes(raw, policy=modern)
    assert [each.addr_spec for each in read["To"].addresses] == recipients
    assert read["Message-ID"] == identifier
    assert read["Subject"].split() == subject.split()
    assert raw.isascii()


@given(text=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=2000))
def test_the_text_is_read_back(text):
    raw = compose(Letter(SENDER, ("a@b.example",), "", text, "<a@b.example>"), at=NOON)

    read = email.message_from_bytes(raw, policy=modern).get_content()
    assert read.replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


@given(content=st.binary(max_size=3000), name=WORDS.filter(str.strip))
def test_a_file_is_read_back_byte_for_byte(content, name):
    files = (File(name, "message/rfc822", content), File("b.pdf", "application/pdf", content))

    raw = compose(Letter(SENDER, ("a@b.example",), "", "", "<a@b.example>", files), at=NOON)

    read = list(email.message_from_bytes(raw, policy=modern).iter_attachments())
    assert [each.get_content() for each in read] == [content, content]


def test_an_address_is_one_plain_address():
    refused = ["", "a", "a@b", "a@@b.example", "a b@c.example", "<a@b.example>", "a@b.example\n"]
    refused += ["à@b.example", "a@b..example", f"{'a' * 65}@b.example", f"a@{'b' * 260}.example"]

    assert [text for text in refused if is_address(text)] == []
    assert is_address("o'neil+pec@posta-certificata.impresa.example")
