"""Receipts: the same facts give the same bytes, anybody can check them, nobody can change them."""

import json

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tragitto.cli.receipt import check
from tragitto.kernel.canonical import canonical_json
from tragitto.records import receipts
from tragitto.records.receipts import KeyMissing, PublicKey, WrongKey, WrongReceipt

FACTS = {
    "filing": "S-7KQ3M9C",
    "call": "veneto",
    "received_at": "2025-07-31T23:59:59.000000+02:00",
    "zone": "Europe/Rome",
    "papers": [],
    "content_sha256": "0" * 64,
    "protocol": {
        "register": "office",
        "year": 2025,
        "number": 7,
        "registered_at": "2025-08-01T00:00:04+02:00",
    },
    "office": {"code": "office", "name": "Ufficio"},
}


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    """A house that is about to give its first receipt."""
    settings.VAR = tmp_path / "house"
    settings.VAR.mkdir()
    receipts.make_key()


def said(*arguments):
    result = CliRunner().invoke(check, [str(each) for each in arguments])
    return result.exit_code, result.output


def test_a_receipt_says_what_it_was_given():
    assert receipts.checked(receipts.signed(FACTS), receipts.public_keys()) == FACTS


def test_the_same_facts_give_the_same_bytes():
    assert receipts.signed(FACTS) == receipts.signed(dict(reversed(FACTS.items())))


def test_the_key_is_made_once_and_is_nobody_elses(settings):
    first = receipts.public_key().number

    assert receipts.make_key().number == first
    assert (settings.VAR / receipts.FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert {path.name for path in settings.VAR.iterdir()} == {receipts.FILE_NAME, receipts.PUBLIC_NAME}


def test_without_a_key_nothing_is_signed_and_none_is_made_in_passing(settings):
    (settings.VAR / receipts.FILE_NAME).unlink()

    with pytest.raises(KeyMissing):
        receipts.signed(FACTS)
    assert not receipts.has_key()


def test_a_changed_key_leaves_older_receipts_good():
    old, first = receipts.signed(FACTS), receipts.public_key()

    second = receipts.make_key(anew=True)

    assert [key.number for key in receipts.public_keys()] == [second.number, first.number]
    assert receipts.checked(old, receipts.public_keys()) == FACTS
    assert receipts.checked(receipts.signed(FACTS), receipts.public_keys()) == FACTS
    with pytest.raises(WrongReceipt, match="another key"):
        receipts.checked(old, [second])


def test_a_key_that_was_lost_still_says_which_receipts_were_ours(settings):
    old = receipts.signed(FACTS)
    (settings.VAR / receipts.FILE_NAME).unlink()

    receipts.make_key()

    assert receipts.checked(old, receipts.public_keys()) == FACTS


def test_what_is_read_is_what_was_signed():
    """A value that stands there twice reads as the first in one program and as the last in another."""
    raw = receipts.signed(FACTS)
    twice = raw.replace(b'{"receipt":{', b'{"receipt":{"filing":"S-OTHER",')

    with pytest.raises(WrongReceipt, match="stands there twice"):
        receipts.checked(twice, receipts.public_keys())


def test_what_stands_outside_the_signature_is_found():
    told = json.loads(receipts.signed(FACTS)) | {"more": "words"}

    with pytest.raises(WrongReceipt, match="something was added"):
        receipts.checked(canonical_json(told), receipts.public_keys())


def test_a_line_end_that_an_editor_added_does_no_harm():
    assert receipts.checked(receipts.signed(FACTS) + b"\n", receipts.public_keys()) == FACTS


def test_keys_are_published_as_a_set():
    shown = json.dumps(receipts.as_set(receipts.public_keys())).encode()

    (key,) = receipts.public_keys_in(shown)
    assert key.number == receipts.public_key().number


@pytest.mark.parametrize("path", [("filing",), ("received_at",), ("protocol", "number"), ("office", "name")])
def test_one_value_changed_is_found(path):
    told = json.loads(receipts.signed(FACTS))
    here = told["receipt"]
    for word in path[:-1]:
        here = here[word]
    here[path[-1]] = "other"

    with pytest.raises(WrongReceipt, match="changed after it was signed"):
        receipts.checked(canonical_json(told), receipts.public_keys())


def test_a_value_added_is_found():
    told = json.loads(receipts.signed(FACTS))
    told["receipt"]["more"] = 1

    with pytest.raises(WrongReceipt):
        receipts.checked(canonical_json(told), receipts.public_keys())


def test_anothers_key_is_named():
    other = PublicKey(Ed25519PrivateKey.generate().public_key())

    with pytest.raises(WrongReceipt, match="another key"):
        receipts.checked(receipts.signed(FACTS), [other])


def test_another_house_cannot_take_our_name():
    """A receipt signed elsewhere that names our key is no receipt of ours."""
    told = json.loads(receipts.signed(FACTS))
    stranger = Ed25519PrivateKey.generate()
    told["signature"]["value"] = receipts._text_of(stranger.sign(canonical_json(told["receipt"])))

    with pytest.raises(WrongReceipt):
        receipts.checked(canonical_json(told), receipts.public_keys())


@given(
    raw=st.one_of(
        st.binary(max_size=60),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["receipt", "signature", "key", "value", "keys", "x"]), inner, max_size=3
                )
            ),
            max_leaves=8,
        ).map(lambda told: json.dumps(told).encode()),
    )
)
def test_whatever_is_given_is_refused_in_words(raw):
    key = PublicKey(Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key())

    with pytest.raises(WrongReceipt):
        receipts.checked(raw, [key])
    with pytest.raises(WrongKey):
        receipts.public_keys_in(raw)


def test_the_command_says_what_a_receipt_states(tmp_path):
    file = tmp_path / "S-7KQ3M9C.json"
    file.write_bytes(receipts.signed(FACTS))

    status, text = said(file)

    assert status == 0
    assert "genuine" in text
    assert "S-7KQ3M9C under the call veneto" in text
    assert "2025-07-31T23:59:59.000000+02:00 (Europe/Rome)" in text


def test_the_command_works_with_a_published_key_alone(tmp_path, settings):
    file, key = tmp_path / "receipt.json", tmp_path / "key.json"
    file.write_bytes(receipts.signed(FACTS))
    key.write_text(json.dumps(receipts.as_set(receipts.public_keys())))
    settings.VAR = tmp_path / "elsewhere"

    assert said(file, "--key", key)[0] == 0
    assert not settings.VAR.exists()


def test_the_command_finds_a_changed_one(tmp_path):
    file = tmp_path / "receipt.json"
    file.write_bytes(receipts.signed(FACTS).replace(b"23:59:59", b"23:59:58"))

    status, text = said(file)

    assert status == 1
    assert "NOT GENUINE. It was changed after it was signed" in text


def test_without_a_key_the_command_makes_none(tmp_path, settings):
    file = tmp_path / "receipt.json"
    file.write_bytes(b"{}")
    for path in settings.VAR.iterdir():
        path.unlink()

    status, text = said(file)

    assert status == 1
    assert "name the key with --key FILE" in text
    assert list(settings.VAR.iterdir()) == []


def test_a_file_that_is_no_key_is_refused(tmp_path):
    file = tmp_path / "receipt.json"
    file.write_bytes(receipts.signed(FACTS))

    status, text = said(file, "--key", file)

    assert status == 1
    assert "holds no public key for receipts" in text
