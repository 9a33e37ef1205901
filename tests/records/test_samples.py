"""Real certified mail of the folder TRAGITTO_SAMPLES, through the whole room; never part of the project."""

import os
from pathlib import Path

import pytest

from tragitto.records import queries

pytestmark = pytest.mark.django_db
FOLDER = Path(os.environ.get("TRAGITTO_SAMPLES", "")) / "pec"
EXPECTED = {
    "01": ("posta-certificata", "valid", "sorting"),
    "03": ("accettazione", "valid", "sorting"),
    "04": ("avvenuta-consegna", "valid", "sorting"),
    "07": ("posta-certificata", "valid", "sorting"),
    "08": ("posta-certificata", "altered", "sorting"),
    "18": ("ordinaria", "uncertified", "sorting"),
}


@pytest.mark.skipif("TRAGITTO_SAMPLES" not in os.environ, reason="needs real messages in TRAGITTO_SAMPLES")
@pytest.mark.parametrize("sample", EXPECTED)
def test_a_real_message_is_kept_read_and_registered(take, sample):
    (file,) = FOLDER.glob(f"{sample}_*.eml")

    message = take(file.read_bytes())

    assert (message.kind, message.verdict, message.state) == EXPECTED[sample]
    assert bool(message.certified_at) == (message.verdict == "valid")
    assert message.entry.number == 1
    assert all(queries.content(attachment.document) for attachment in message.attachments.all())
