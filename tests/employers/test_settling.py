"""What holds once people have spoken, and which instant a call counts."""

from dataclasses import replace

import pytest

from tests.employers.making import Sent, letter, modulo, rome
from tragitto.employers.reading import counted_instant
from tragitto.employers.rules import Judgeable, completeness, effective, is_settled
from tragitto.employers.vocabulary import InstantKind
from tragitto.records.vocabulary import Kind, Verdict
from tragitto.schemes.vocabulary import CountedInstant

AT = rome(2025, 7, 31, 23, 50)


@pytest.mark.parametrize(
    ("failing", "judged", "settled"),
    [
        ("refuse", "", False),
        ("refuse", "unknown", False),
        ("warn", "", False),
        ("warn", "unknown", True),
        ("refuse", "unmet", True),
        ("complete", "met", True),
    ],
)
def test_settled_means_a_person_has_given_an_answer(failing, judged, settled):
    assert is_settled(Judgeable("in_time", failing, "met", judged)) == settled


def test_a_person_outweighs_the_judge():
    assert effective(Judgeable("in_time", "refuse", "met", "unmet")) == "unmet"
    assert effective(Judgeable("in_time", "refuse", "met")) == "met"


@pytest.mark.parametrize(
    ("states", "complete"),
    [(("unmet", "unknown"), False), (("met", "unknown"), None), (("met", "met"), True), ((), None)],
)
def test_complete_is_what_nobody_and_nothing_doubts(states, complete):
    findings = [Judgeable("forms_complete", "complete", state) for state in states]
    other = Judgeable("in_time", "refuse", "unmet")

    assert completeness([*findings, other], frozenset({"forms_complete"})) is complete


@pytest.mark.django_db
def test_the_acceptance_counts_where_the_call_says_so(lombardia):
    message = letter(lombardia, modulo(lombardia), sent=Sent(at=AT))

    assert counted_instant(message, lombardia) == (AT, InstantKind.ACCEPTED)


@pytest.mark.django_db
def test_a_delivery_counts_only_once_its_receipt_is_there(lombardia):
    lombardia.counted_instant = CountedInstant.DELIVERED
    message = letter(lombardia, modulo(lombardia), sent=Sent(at=AT, identifier="one"))

    delivered = rome(2025, 7, 31, 23, 51)
    receipt = Sent(at=delivered, identifier="one", kind=Kind.AVVENUTA_CONSEGNA)

    assert counted_instant(message, lombardia) == (None, InstantKind.NONE)
    letter(lombardia, sent=replace(receipt, delivered_to="altro@pec.example"))
    assert counted_instant(message, lombardia) == (None, InstantKind.NONE)
    letter(lombardia, sent=replace(receipt, delivered_to=lombardia.mailbox.upper()))
    assert counted_instant(message, lombardia) == (delivered, InstantKind.DELIVERED)


@pytest.mark.django_db
def test_our_own_receipt_counts_for_filings_on_line(lombardia):
    lombardia.counted_instant = CountedInstant.RECEIVED
    sent = Sent(at=AT, verdict=Verdict.UNCERTIFIED, kind=Kind.ORDINARIA)

    message = letter(lombardia, modulo(lombardia), sent=sent)

    assert counted_instant(message, lombardia) == (message.arrived_at, InstantKind.RECEIVED)
