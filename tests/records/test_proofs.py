"""Receipts close the proof of what was sent, for each addressee, and nothing else does."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import NOON
from tests.records.conftest import BRUNO, OFFICE
from tests.records.posting import (  # noqa: F401
    DAY,
    ELIF,
    HOUR,
    MINUTE,
    SYSTEM,
    connected_post,
    problems,
    proof,
    receiving,
    request_sent,
    request_written,
)
from tragitto.records import actions, ports
from tragitto.records.models import Message, Outgoing, Proof
from tragitto.records.vocabulary import Kind, MessageState, OutgoingState, Problem
from tragitto_pec.reading import Recipient
from tragitto_pec.rehearsal import Letter

pytestmark = pytest.mark.django_db


def test_the_acceptance_is_proven_for_all(sent, receive):
    receipt = receive(Kind.ACCETTAZIONE, sent)

    assert (receipt.state, receipt.receipt_for) == (MessageState.FILED, sent.message)
    assert [(each.accepted_at, each.acceptance) for each in Proof.objects.all()] == [
        (NOON + MINUTE, receipt)
    ] * 2


def test_the_delivery_is_proven_for_the_addressee_it_names(sent, receive):
    receipt = receive(Kind.AVVENUTA_CONSEGNA, sent, delivered_to=BRUNO.upper())

    assert (proof().delivered_at, proof().delivery, proof().is_closed) == (NOON + MINUTE, receipt, True)
    assert not proof(ELIF).is_closed


def test_a_failure_closes_with_its_reason_and_is_a_trouble(sent, receive):
    receipt = receive(
        Kind.ERRORE_CONSEGNA,
        sent,
        delivered_to=BRUNO,
        error="altro",
        error_detail="5.1.1 - casella inesistente",
    )

    assert (proof().failed_at, proof().failure) == (NOON + MINUTE, receipt)
    assert "5.1.1" in proof().reason
    assert problems() == [(Problem.DELIVERY_FAILED, "1 of 2")]


def test_what_the_provider_did_not_accept_fails_for_all(sent, receive):
    receive(Kind.NON_ACCETTAZIONE, sent, error="virus")

    assert [each.failed_at for each in Proof.objects.all()] == [NOON + MINUTE] * 2
    assert problems() == [(Problem.DELIVERY_FAILED, "2 of 2")]


def test_a_virus_found_on_the_way_fails_for_those_it_names(sent, receive):
    receive(Kind.RILEVAZIONE_VIRUS, sent, error="virus", recipients=(Recipient(ELIF, True),))

    assert (proof().is_closed, proof(ELIF).failed_at) == (False, NOON + MINUTE)


def virus_found(receive, sent, *recipients: str, **changes):
    """The notice of a virus found on the way to these."""
    named = tuple(Recipient(recipient, True) for recipient in recipients)
    return receive(Kind.RILEVAZIONE_VIRUS, sent, error="virus", recipients=named, **changes)


def test_the_second_notice_of_a_virus_fails_for_those_it_names(sent, receive):
    first = virus_found(receive, sent, ELIF)

    second = virus_found(receive, sent, BRUNO, at=NOON + HOUR)

    assert first.identifier == second.identifier
    assert (second.state, second.same_as) == (MessageState.FILED, None)
    assert (proof(ELIF).failed_at, proof().failed_at) == (NOON + MINUTE, NOON + HOUR)


def test_the_notice_of_a_virus_that_comes_again_is_linked(sent, receive):
    first = virus_found(receive, sent, ELIF)

    again = virus_found(receive, sent, ELIF, at=NOON + HOUR)

    assert (again.state, again.same_as) == (MessageState.LINKED, first)


def test_an_acceptance_that_comes_again_is_linked_whomever_it_lists(sent, receive):
    first = receive(Kind.ACCETTAZIONE, sent)

    again = receive(Kind.ACCETTAZIONE, sent, recipients=(Recipient(ELIF, True),), at=NOON + HOUR)

    assert again.same_as == first


def test_the_database_takes_the_notice_of_a_virus_once_for_the_same_people(sent, receive):
    virus_found(receive, sent, ELIF)
    other = virus_found(receive, sent, BRUNO, at=NOON + HOUR)

    with pytest.raises(IntegrityError, match="message_once_per_addressees"), transaction.atomic():
        Message.objects.create(**twin_columns(other))


def twin_columns(message: Message) -> dict[str, object]:
    """The columns of one more message that proves the same; only its bytes are others."""
    names = [field.attname for field in Message._meta.concrete_fields if not field.primary_key]
    return {name: getattr(message, name) for name in names} | {"code": "M-2222222", "sha256": "0" * 64}


def test_an_early_warning_closes_nothing(sent, receive):
    receive(Kind.PREAVVISO_ERRORE_CONSEGNA, sent, delivered_to=BRUNO)
    receive(Kind.AVVENUTA_CONSEGNA, sent, delivered_to=BRUNO, at=NOON + HOUR)

    assert (proof().warned_at, proof().delivered_at) == (NOON + MINUTE, NOON + HOUR)


def test_a_receipt_between_providers_proves_nothing(sent, receive):
    receipt = receive(Kind.PRESA_IN_CARICO, sent)

    assert receipt.receipt_for == sent.message
    assert not any((each.accepted_at, each.is_closed) != (None, False) for each in Proof.objects.all())


def test_a_receipt_that_comes_again_changes_nothing(sent, receive):
    first = receive(Kind.AVVENUTA_CONSEGNA, sent, delivered_to=BRUNO)
    receive(
        Kind.AVVENUTA_CONSEGNA, sent, delivered_to=BRUNO, at=NOON + HOUR, identifier="another@gestore.example"
    )

    assert (proof().delivered_at, proof().delivery) == (NOON + MINUTE, first)
    assert problems() == []


@pytest.mark.parametrize(
    ("first", "then"),
    [(Kind.AVVENUTA_CONSEGNA, Kind.ERRORE_CONSEGNA), (Kind.ERRORE_CONSEGNA, Kind.AVVENUTA_CONSEGNA)],
)
def test_a_closed_proof_is_not_opened_by_what_says_otherwise(sent, receive, first, then):
    receive(first, sent, delivered_to=BRUNO)
    closed = proof()

    second = receive(then, sent, delivered_to=BRUNO, at=NOON + HOUR)

    after = proof()
    assert (after.delivered_at, after.failed_at) == (closed.delivered_at, closed.failed_at)
    assert problems() == [(Problem.RECEIPT_CONTRADICTS, second.code)]
    assert second.receipt_for == sent.message


def test_a_provider_that_leaves_our_identifier_out_is_understood_by_its_own(sent, receive):
    receive(Kind.ACCETTAZIONE, sent)

    receive(Kind.AVVENUTA_CONSEGNA, sent, original_message_id=None, delivered_to=BRUNO)

    assert proof().delivered_at == NOON + MINUTE


def test_what_contradicts_itself_is_not_over_because_another_was_reached(sent, receive):
    receive(Kind.AVVENUTA_CONSEGNA, sent, delivered_to=BRUNO)
    second = receive(Kind.ERRORE_CONSEGNA, sent, delivered_to=BRUNO, at=NOON + HOUR)

    receive(Kind.AVVENUTA_CONSEGNA, sent, delivered_to=ELIF, at=NOON + HOUR)

    assert problems() == [(Problem.RECEIPT_CONTRADICTS, second.code)]


# Doubt


def test_the_acceptance_ends_the_doubt(queued, post, receive):
    post.fault_afterwards = ports.SendingUncertain("cut")
    actions.deliver(code=queued.code, actor=SYSTEM, at=NOON)

    receive(Kind.ACCETTAZIONE, queued)
    actions.deliver(code=queued.code, actor=SYSTEM, at=NOON + HOUR)

    outgoing = Outgoing.objects.get()
    assert (outgoing.state, outgoing.sent_at, post.sent) == (OutgoingState.SENT, NOON + MINUTE, [])


def test_the_acceptance_of_what_waits_to_be_sent_again_keeps_it_from_leaving_twice(
    queued, post, receive, carla
):
    post.fault_afterwards = ports.SendingUncertain("cut")
    actions.deliver(code=queued.code, actor=SYSTEM, at=NOON)
    actions.resend(outgoing=queued, reason="Non si trova.", actor=carla, at=NOON + MINUTE)

    receive(Kind.ACCETTAZIONE, queued)
    actions.deliver(code=queued.code, actor=SYSTEM, at=NOON + HOUR)

    assert (Outgoing.objects.get().state, post.sent) == (OutgoingState.SENT, [])


# What proves nothing


def test_a_forged_receipt_proves_nothing(sent, receive, forger):
    receipt = receive(Kind.AVVENUTA_CONSEGNA, sent, seal=forger, delivered_to=BRUNO)

    assert (receipt.state, proof().is_closed) == (MessageState.SORTING, False)


def test_a_genuine_receipt_of_a_stranger_with_our_identifier_proves_nothing(sent, receive):
    receipt = receive(Kind.AVVENUTA_CONSEGNA, sent, sender="altro@pec.altrove.example", delivered_to=BRUNO)

    assert (receipt.state, receipt.receipt_for, proof().is_closed) == (MessageState.SORTING, None, False)


def test_a_delivery_to_somebody_else_closes_nobodys_proof(sent, receive):
    receive(Kind.AVVENUTA_CONSEGNA, sent, delivered_to="altro@pec.altrove.example")

    assert [each.is_closed for each in Proof.objects.all()] == [False, False]


def test_a_receipt_of_a_message_we_do_not_have_goes_to_the_desk(provider, take, mailboxes):
    letter = Letter(OFFICE, (BRUNO,), "Scritta altrove", "")
    stated = replace(provider.statement(Kind.AVVENUTA_CONSEGNA, letter, NOON), delivered_to=BRUNO)

    assert take(provider.seal(stated)).state == MessageState.SORTING


# What the database itself guards


@pytest.mark.parametrize(
    "change",
    [
        {"delivered_at": NOON},
        {"accepted_at": NOON},
        {"failed_at": NOON},
        {"warned_at": NOON},
        {"recipient": "x@y.example"},
    ],
)
def test_nothing_is_proven_without_its_receipt(sent, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.filter(recipient=BRUNO).update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"delivered_at": None, "delivery": None},
        {"delivered_at": NOON + HOUR},
        {"reason": "x"},
        {"accepted_at": None, "acceptance": None},
    ],
)
def test_a_closed_proof_does_not_change(sent, receive, change):
    receive(Kind.ACCETTAZIONE, sent)
    receive(Kind.AVVENUTA_CONSEGNA, sent, delivered_to=BRUNO)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.filter(recipient=BRUNO).update(**change)
