"""Messages of ours: what is proven of each addressee, and what a person decides when something went wrong."""

import pytest
from django.urls import reverse

from tests.web.office import mail
from tests.web.office.test_costs import cost
from tests.web.office.world import OFFICE_DAY
from tragitto.records.models import Intervention, Mailbox, Outgoing, Reconciliation, Watermark
from tragitto.web.office import proofs


@pytest.fixture
def outgoing(world) -> Outgoing:
    return mail.sent(world)


def address(name: str, outgoing: Outgoing) -> str:
    return reverse(f"office:{name}", args=[outgoing.code])


def test_every_addressee_stands_in_the_list_with_a_state(carla_in, outgoing):
    page = carla_in.get(reverse("office:sent"))

    (row,) = page.context["rows"]
    assert [(one.proof.recipient, one.state) for one in row.proofs] == [(mail.BRUNO, "waiting")]
    assert mail.BRUNO in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_message_and_with_three(carla_in, world, count):
    for number in range(count):
        mail.sent(world, key=f"request {number}")

    assert len(carla_in.get(reverse("office:sent")).context["rows"]) == count
    assert cost(carla_in, reverse("office:sent")) == 7


def test_another_office_sees_none_of_it(sara_in, outgoing):
    assert sara_in.get(reverse("office:sent")).context["rows"] == []
    assert sara_in.get(address("outgoing", outgoing)).status_code == 404


def test_a_message_that_waits_is_not_sent_again(carla_in, outgoing):
    page = carla_in.post(address("resend", outgoing), {"reason": "I am in a hurry."})

    assert page.status_code == 422
    assert "I am in a hurry." in page.text
    assert not Intervention.objects.exists()


def test_sending_again_wants_a_reason(carla_in, outgoing):
    assert carla_in.post(address("resend", outgoing), {"reason": " "}).status_code == 422


def test_a_reviewer_sends_nothing(dario_in, outgoing):
    assert dario_in.post(address("resend", outgoing), {"reason": "No."}).status_code == 403


def test_our_own_message_says_where_it_stands(carla_in, outgoing):
    page = carla_in.get(reverse("office:message", args=[outgoing.message.code])).text

    assert "A message of this office." in page
    assert address("outgoing", outgoing) in page


def test_an_uncertain_message_is_sent_again_with_a_reason(carla_in, outgoing):
    Outgoing.objects.filter(pk=outgoing.pk).update(state="uncertain", next_try_at=None)
    assert "Send it again" in carla_in.get(address("outgoing", outgoing)).text

    carla_in.post(address("resend", outgoing), {"reason": "Not in the mailbox's sent folder."})

    outgoing.refresh_from_db()
    assert outgoing.state == "queued"
    assert Intervention.objects.get().reason == "Not in the mailbox's sent folder."


def test_of_several_moments_the_one_that_closes_the_proof_counts(outgoing):
    proof = outgoing.proofs.get()
    states = {}
    for moment, state in (
        ("accepted_at", "accepted"),
        ("warned_at", "warned"),
        ("delivered_at", "delivered"),
    ):
        setattr(proof, moment, OFFICE_DAY)
        states[state] = proofs.standing(proof, outgoing, is_overdue=False).state

    assert list(states) == list(states.values())


def test_what_should_be_here_and_is_not_is_missing(outgoing):
    proof = outgoing.proofs.get()

    assert proofs.standing(proof, outgoing, is_overdue=True).state == "missing"


def test_the_mailboxes_show_what_this_house_does_not_fetch(carla_in, world):
    page = carla_in.get(reverse("office:mailboxes"))

    assert [box.mailbox.address for box in page.context["boxes"]] == [world.call.mailbox.lower()]
    assert "This house does not fetch it" in page.text


def test_without_a_trusted_list_the_mailboxes_page_says_so(carla_in, world):
    assert "have the list loaded" in carla_in.get(reverse("office:mailboxes")).text


def test_a_folder_that_was_compared_shows_what_is_missing(carla_in, world):
    mailbox = Mailbox.objects.get(address=world.call.mailbox.lower())
    where = {"mailbox": mailbox, "folder": "INBOX", "uid_validity": 1}
    Watermark.objects.create(**where, last_uid=12, looked_at=OFFICE_DAY)
    counts = {"on_server": 12, "fetched": 9, "missing": 3, "taken": 1, "known": 1, "gone": 0}
    Reconciliation.objects.create(**where, at=OFFICE_DAY, **counts)

    page = carla_in.get(reverse("office:mailboxes"))

    (box,) = page.context["boxes"]
    assert box.folders["INBOX"].compared.left == 1
    assert "INBOX" in page.text


@pytest.mark.parametrize(
    ("script", "says"),
    [("", "Tesseract with Italian is missing"), ("echo ita", "Tesseract with Italian is here")],
    ids=["not there", "there with Italian"],
)
def test_the_mailboxes_page_says_whether_printed_forms_are_read(
    carla_in, world, tmp_path, monkeypatch, script, says
):
    if script:
        program = tmp_path / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert says in carla_in.get(reverse("office:mailboxes")).text
