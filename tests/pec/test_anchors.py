"""The anchors shipped with the library, and what an anchor file must be like."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tragitto_pec import PUBLIC, anchors

SINCE_2011 = datetime(2014, 11, 7, tzinfo=UTC)
SINCE_2018 = datetime(2018, 12, 8, tzinfo=UTC)
TODAY = datetime(2026, 11, 1, tzinfo=UTC)


def test_two_authorities_are_pinned_and_no_public_root():
    assert [anchor.name for anchor in PUBLIC.anchors] == ["DigitPA CA1", "AgID CA1"]


@pytest.mark.parametrize(
    ("moment", "names"),
    [(SINCE_2011, ["DigitPA CA1"]), (SINCE_2018, ["AgID CA1"]), (TODAY, ["AgID CA1"])],
)
def test_each_authority_counts_in_its_period(moment, names):
    assert [anchor.name for anchor in PUBLIC.anchors if anchors.in_force(anchor, moment)] == names


def test_the_end_of_a_period_is_not_part_of_it():
    digitpa = PUBLIC.anchors[0]

    assert anchors.in_force(digitpa, digitpa.valid_from)
    assert not anchors.in_force(digitpa, digitpa.valid_until)


def test_sha1_is_tolerated_for_seals_and_no_longer_for_certificates():
    assert PUBLIC.seal_digest("sha1", TODAY).weak
    assert PUBLIC.certificate_digest("sha1", TODAY) is None
    assert PUBLIC.certificate_digest("sha1", SINCE_2011).weak


def test_md5_is_tolerated_nowhere():
    assert (PUBLIC.seal_digest("md5", SINCE_2011), PUBLIC.certificate_digest("md5", SINCE_2011)) == (
        None,
    ) * 2


@pytest.mark.parametrize(
    ("bits", "moment", "is_admitted"),
    [(1024, SINCE_2011, True), (1024, SINCE_2018, False), (2048, TODAY, True), (2047, TODAY, False)],
)
def test_keys_of_providers_grew(bits, moment, is_admitted):
    assert PUBLIC.admits_key("rsa", bits, moment) is is_admitted


def test_a_moment_without_offset_is_refused():
    text = (anchors.files("tragitto_pec") / "anchors.toml").read_text(encoding="utf-8")

    with pytest.raises(ValueError, match="offset"):
        anchors.load(text.replace("2018-01-14T16:28:50Z", "2018-01-14T16:28:50"))


def test_an_unknown_key_in_the_file_is_refused():
    with pytest.raises(TypeError):
        anchors.load('policy = ""\nmailbox = ""\nanchors = [{nome = "x"}]\n')
