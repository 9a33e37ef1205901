"""Real messages, where somebody has them: the folder that TRAGITTO_SAMPLES names."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tragitto_pec import read
from tragitto_pec.confined import Confined
from tragitto_pec.forms import read_fields

FOLDER = Path(os.environ.get("TRAGITTO_SAMPLES", ""))

pytestmark = pytest.mark.skipif("TRAGITTO_SAMPLES" not in os.environ, reason="TRAGITTO_SAMPLES is not set")

EXPECTED = {
    "01_transport_aruba2014_completa": ("posta-certificata", "valid", "2014-11-07T16:52:00+01:00", []),
    "03_accettazione_aruba2014": ("accettazione", "valid", "2014-11-14T18:26:32+01:00", []),
    "04_consegna_aruba2014": ("avvenuta-consegna", "valid", "2014-11-14T18:26:32+01:00", []),
    "07_transport_sogei2018_breve_2att": (
        "posta-certificata",
        "valid",
        "2018-12-08T12:26:18+01:00",
        [446, 63126],
    ),
    "08_transport_sogei2018_altered_b64": ("posta-certificata", "altered", None, [450, 12499]),
    "18_ordinary_dsn_failure": ("ordinaria", "uncertified", None, [4663, 466, 586, 2539]),
}


def sample(name: str) -> bytes:
    """The bytes of a real message."""
    return (FOLDER / "pec" / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_message_is_read_right(name):
    line = read(sample(name)).as_json()

    sizes = [attachment["size"] for attachment in line["attachments"]]
    assert (line["kind"], line["verdict"], line["certified_at"], sizes) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_message_is_read_the_same_whatever_its_line_ends(name):
    lf = sample(name).replace(b"\r\n", b"\n")
    crlf = lf.replace(b"\n", b"\r\n")

    assert read(lf).attachments == read(crlf).attachments
    assert read(lf).certified_at == read(crlf).certified_at


@pytest.mark.parametrize("name", EXPECTED)
def test_openssl_agrees_about_a_real_message(name):
    if not shutil.which("openssl"):
        pytest.skip("no openssl command here")
    command = ["openssl", "cms", "-verify", "-noverify", "-out", "/dev/null"]

    run = subprocess.run(command, input=sample(name), capture_output=True, check=False)

    assert (run.returncode == 0) is read(sample(name)).is_valid


def test_a_real_bounce_says_whom_it_did_not_reach_and_which_message_came_back():
    result = read(sample("18_ordinary_dsn_failure"))

    assert (result.automatic, [delivery.action for delivery in result.deliveries]) == ("bounce", ["failed"])
    assert (bool(result.deliveries[0].status), len(result.replies_to)) == (True, 1)


@pytest.mark.parametrize("name", ["03_accettazione_aruba2014", "04_consegna_aruba2014"])
def test_a_real_receipt_names_its_message_and_files_nothing(name):
    result = read(sample(name))

    assert (result.is_receipt, result.submitted) == (True, ())
    assert result.identifier
    assert result.original_message_id == result.reference


def test_the_limited_process_agrees():
    with Confined() as confined:
        assert [confined.read(sample(name)) for name in EXPECTED] == [read(sample(name)) for name in EXPECTED]


def test_signed_files_are_no_reason_to_fail():
    files = sorted([*(FOLDER / "pdf").iterdir(), *(FOLDER / "p7m").iterdir()])

    assert {read_fields(file.read_bytes()).problem for file in files} == {"no-form", "not-a-pdf"}
