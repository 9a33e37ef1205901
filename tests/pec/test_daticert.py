"""The certification data: strict reading, because every looseness is somebody's second meaning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pec import hostile
from tests.pec.stage import LETTER, NOON, PROVIDER, deciding, reading
from tragitto_pec import CERTIFIED_KINDS, Daticert, Kind, Recipient, Verdict
from tragitto_pec.daticert import DaticertError, parse
from tragitto_pec.rehearsal import parts

DATA = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)
XML = parts.daticert_xml(DATA).decode()
GIORNO, ORA = "<giorno>01/07/2025</giorno>", "<ora>12:00:00</ora>"

# Characters that XML can carry and that are not trimmed as spaces around a value.
words = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cc", "Z"]))
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(
    kind=st.sampled_from(sorted(CERTIFIED_KINDS)),
    at=st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1), timezones=zones),
    subject=words,
    provider=words,
    certified=st.lists(st.sampled_from([True, False]), min_size=1, max_size=5),
)
def test_what_is_written_is_read(kind, at, subject, provider, certified):
    data = Daticert(
        kind=kind,
        at=at.replace(microsecond=0),
        sender="bruno@pec.impresa.example",
        recipients=tuple(Recipient(f"r{n}@pec.example", flag) for n, flag in enumerate(certified)),
        subject=subject,
        provider=provider,
        identifier="opec1@pec.example",
        reply_to="bruno@pec.impresa.example",
    )

    assert parse(parts.daticert_xml(data)) == data


def test_the_data_of_the_stage_are_read():
    """Without this, every refusal below could come from the data they change."""
    assert parse(XML.encode()) == replace(DATA, reply_to=LETTER.sender)


def test_a_trailing_line_end_of_some_providers_is_nothing():
    assert parse(XML.encode() + b"\n\r\n").at == NOON


def test_a_one_byte_encoding_is_read():
    latin = XML.replace("UTF-8", "ISO-8859-1").replace("interesse", "attività").encode("latin-1")

    assert parse(latin).subject == "Manifestazione di attività"


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        pytest.param(GIORNO, "", id="no day"),
        pytest.param(GIORNO, GIORNO * 2, id="two days"),
        pytest.param(ORA, ORA * 2, id="two hours"),
        pytest.param(GIORNO, "<giorno>31/02/2025</giorno>", id="no such day"),
        pytest.param(GIORNO, "<giorno>2025-07-01</giorno>", id="another form of the day"),
        pytest.param(GIORNO, "<giorno>٠١/07/2025</giorno>", id="digits of another script"),
        pytest.param(ORA, "<ora>24:00:00</ora>", id="no such hour"),
        pytest.param(ORA, "<ora>12:00</ora>", id="no seconds"),
        pytest.param('zona="+0200"', "", id="no zone"),
        pytest.param('zona="+0200"', 'zona="CEST"', id="a named zone"),
        pytest.param('zona="+0200"', 'zona="+9900"', id="no such zone"),
        pytest.param("<data ", "<data zona='+0000'><giorno/><ora/></data><data ", id="two certified times"),
        pytest.param('tipo="posta-certificata"', 'tipo="raccomandata"', id="unknown kind"),
        pytest.param("<dati>", "<dati>stray", id="stray text"),
        pytest.param("<identificativo>", "<identificativo/><identificativo>", id="two identifiers"),
        pytest.param("<destinatari ", "<altri ", id="not well formed"),
        pytest.param("postacert", "ricevuta", id="another root"),
        pytest.param("bruno@pec.impresa.example</mittente>", "</mittente>", id="no sender"),
        pytest.param("<postacert", "<!DOCTYPE postacert><postacert", id="document type"),
        pytest.param(
            "<postacert",
            '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><postacert',
            id="entities",
        ),
        pytest.param(
            "<postacert", '<!DOCTYPE p SYSTEM "http://stranger.example/x.dtd"><postacert', id="outer"
        ),
        pytest.param("<dati>", "<a>" * 50 + "</a>" * 50 + "<dati>", id="too deep"),
        pytest.param("<dati>", "<a/>" * 6000 + "<dati>", id="too many"),
        pytest.param("<dati>", "<!--" + "x" * 300_000 + "--><dati>", id="too large"),
    ],
)
def test_what_is_not_exactly_as_it_must_be_is_refused(was, becomes):
    assert was in XML
    raw = hostile.sealed_xml(XML.replace(was, becomes).encode())

    result = reading(raw)

    assert (result.verdict, deciding(result)) == (Verdict.UNCERTIFIED, ["daticert-unreadable"])
    assert (result.kind, result.certified_at) == (Kind.FIRMATA_SCONOSCIUTA, None)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_wide_encodings_are_refused(encoding):
    with pytest.raises(DaticertError):
        parse(XML.replace("UTF-8", "UTF-16").encode(encoding))


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_data_or_an_error(raw):
    try:
        data = parse(raw)
    except DaticertError:
        data = None

    assert data is None


def test_the_time_is_an_instant():
    assert parse(XML.encode()).at.astimezone(UTC) == NOON
