"""Files of mail that an officer brings: each with its own outcome, none lost, none twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.web.office.world import OFFICE_DAY, STORY, actor, enter
from tragitto.records.models import Message
from tragitto.web.office import taking
from tragitto.web.office.forms.taking_in import MOST_FILES

ADDRESS = "/office/sorting/take-in/"
PLAIN = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: Domanda\r\n\r\nBuongiorno"


def eml(content: bytes, name: str = "messaggio.eml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="message/rfc822")


def bring(client: Client, *files: SimpleUploadedFile, mailbox: str = ""):
    return client.post(ADDRESS, {"mail": list(files), "mailbox": mailbox})


def outcomes(answer) -> list[tuple[str, bool]]:
    """Each file and whether it is a new message."""
    return [(one.name, one.is_new) for one in answer.context["outcomes"]]


def test_the_address_is_the_offices(carla_in):
    assert reverse("office:take_in") == ADDRESS


def test_a_message_is_taken_in_by_the_officers_door(carla_in, world):
    answer = bring(carla_in, eml(PLAIN))

    message = Message.objects.get(subject="Domanda")
    assert outcomes(answer) == [("messaggio.eml", True)]
    assert (message.door, message.state) == ("office", "sorting")
    assert reverse("office:message", args=[message.code]) in answer.text


def test_the_mailbox_says_whose_mail_it_is(carla_in, world):
    bring(carla_in, eml(PLAIN), mailbox=world.call.mailbox)

    assert Message.objects.get(subject="Domanda").office == world.call.publisher.code


def test_a_mailbox_of_another_office_cannot_be_named(carla_in, world):
    others = [call.mailbox for call in world.calls.values() if call.publisher != world.call.publisher]

    answer = bring(carla_in, eml(PLAIN), mailbox=others[0])

    assert answer.status_code == 422
    assert not Message.objects.filter(subject="Domanda").exists()


def test_a_filing_brought_as_a_file_is_placed_by_itself(carla_in, world):
    filing = [each for each in STORY.filings if each.call == world.call.code][4]
    posted = world.post.filing(STORY, filing, world.call)

    answer = bring(carla_in, eml(posted.raw), mailbox=world.call.mailbox)

    (one,) = answer.context["outcomes"]
    assert one.message.state == "filed"
    assert "Taken in and placed." in answer.text


def test_the_same_file_again_changes_nothing(carla_in, world):
    bring(carla_in, eml(PLAIN))

    answer = bring(carla_in, eml(PLAIN))

    assert outcomes(answer) == [("messaggio.eml", False)]
    assert "Known already" in answer.text
    assert Message.objects.filter(subject="Domanda").count() == 1


def test_one_file_that_is_no_message_does_not_stop_the_others(carla_in, world):
    before = Message.objects.count()

    answer = bring(carla_in, eml(b"%PDF-1.7 not mail", "modulo.eml"), eml(PLAIN), eml(b"", "vuoto.eml"))

    assert outcomes(answer) == [("modulo.eml", False), ("messaggio.eml", True), ("vuoto.eml", False)]
    assert "this is no e-mail message" in answer.text
    assert Message.objects.count() == before + 1


def test_an_unreadable_message_is_kept_and_waits_at_the_desk(carla_in, world):
    deep = b"From: a@b.example\r\n" + b"X: y\r\n" * 20_000

    answer = bring(carla_in, eml(deep, "strano.eml"))

    (one,) = answer.context["outcomes"]
    assert (one.message.verdict, one.message.state) == ("unreadable", "sorting")


def test_a_file_that_is_too_large_is_refused_in_words(world, carla_herself):
    given = {"mailbox": "", "actor": actor(carla_herself), "at": OFFICE_DAY}

    with translation.override("en"):
        (one,) = taking.take([eml(PLAIN)], **given, most=len(PLAIN) - 1)

    assert one.says == f"Not taken in: larger than {len(PLAIN) - 1}\xa0bytes."
    assert not Message.objects.filter(subject="Domanda").exists()


def test_no_file_is_refused(carla_in):
    answer = carla_in.post(ADDRESS, {"mailbox": ""})

    assert answer.status_code == 422


def test_too_many_files_at_once_are_refused(carla_in, world):
    answer = bring(carla_in, *(eml(PLAIN) for _number in range(MOST_FILES + 1)))

    assert answer.status_code == 422
    assert not Message.objects.filter(subject="Domanda").exists()


def test_a_name_that_hides_something_is_shown_harmlessly(carla_in, world):
    answer = bring(carla_in, eml(PLAIN, "ordine\u202egpj.eml"))

    assert outcomes(answer) == [("ordinegpj.eml", True)]


def test_without_its_token_nothing_is_taken_in(world, carla_herself):
    careful = enter(Client(enforce_csrf_checks=True), carla_herself)

    assert bring(careful, eml(PLAIN)).status_code == 403


@pytest.mark.parametrize("who", ["dario_in", "olga_in"])
def test_who_only_reads_takes_nothing_in(request, world, who):
    assert bring(request.getfixturevalue(who), eml(PLAIN)).status_code == 403
