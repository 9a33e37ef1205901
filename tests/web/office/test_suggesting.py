"""The desk's first suggestion: shown row by row, accepted in one act, never behind the officer's back."""

import pytest
from django.urls import reverse

from tests.web.office import mail
from tests.web.office.test_costs import cost
from tests.web.office.world import HOUSE, OFFICE_DAY
from tragitto.employers.models import Expression
from tragitto.ledger.models import Entry
from tragitto.records import actions as records
from tragitto.records.models import Message, Trouble
from tragitto_pec.rehearsal import Letter


def address(name: str, message: Message) -> str:
    return reverse(f"office:{name}", args=[message.code])


def waiting(world, **facts: str) -> Message:
    own = Message.objects.waiting().filter(office=world.call.publisher.code)
    return own.filter(**facts).order_by("pk")[0]


def asked(world, sender: str, subject: str = "Una domanda") -> Message:
    """A certified message to the call's mailbox with nothing but words in it."""
    letter = Letter(sender=sender, recipients=(world.call.mailbox,), subject=subject, text="Buongiorno")
    raw = world.post.provider.envelope(letter, at=OFFICE_DAY)
    return records.take_in(raw, door="cli", mailbox=world.call.mailbox, actor=HOUSE, at=OFFICE_DAY).message


@pytest.fixture
def known(world, expression) -> Message:
    """A further message of an employer who is known: another copy of its form in a letter of its own."""
    first = expression.current.message
    form = first.attachments.filter(form__isnull=False).order_by("position")[0]
    message = waiting(world, kind="posta-certificata", verdict="valid")
    mail.attached(message, name=form.name, document=form.document, form=form.form)
    return message


def test_a_row_shows_the_strongest_suggestion_with_its_reasons(carla_in, known, expression):
    page = carla_in.get(address("suggestion", known))

    assert page.context["best"].where_code == expression.code
    assert page.context["best"].reason
    assert expression.employer.name.replace("'", "&#x27;") in page.text


def test_accepting_places_it_and_leads_back_to_what_waits(carla_in, known, expression):
    answer = carla_in.post(address("accept", known), {"where": expression.code}, follow=True)

    known.refresh_from_db()
    assert (known.state, answer.redirect_chain[0][0]) == ("filed", "/office/sorting/#waiting")
    assert Expression.objects.get(versions__message=known) == expression
    assert f"({known.code}) was placed: " in answer.text


def test_a_suggestion_that_changed_meanwhile_is_not_accepted(carla_in, known):
    answer = carla_in.post(address("accept", known), {"where": "E-ANOTHER"}, follow=True)

    known.refresh_from_db()
    assert known.state == "sorting"
    assert "The suggestion has changed meanwhile" in answer.text


def test_an_altered_message_has_no_suggestion_to_accept(carla_in, world):
    altered = waiting(world, verdict="altered")

    assert carla_in.get(address("suggestion", altered)).context["best"] is None
    carla_in.post(address("accept", altered), {"where": world.call.code})
    assert waiting(world, verdict="altered") == altered


def test_a_printed_form_is_transcribed_before_its_message_is_accepted(carla_in, known, world, expression):
    file = mail.attached(known, scan=mail.scan_of(world.call))

    page = carla_in.get(address("suggestion", known))
    carla_in.post(address("accept", known), {"where": expression.code})

    known.refresh_from_db()
    assert reverse("office:transcription", args=[known.code, file.code]) in page.text
    assert known.state == "sorting"


@pytest.mark.parametrize("is_known", [False, True], ids=["from a stranger", "from who filed before"])
def test_what_came_without_any_form_cannot_be_placed_by_one_key(carla_in, world, expression, is_known):
    question = asked(world, expression.current.message.sender if is_known else mail.BRUNO)

    page = carla_in.get(address("suggestion", question))
    best = page.context["best"]
    answer = carla_in.post(address("accept", question), {"where": best.where_code}, follow=True)

    assert (best.where_code, "data-accepts" in page.text) == (world.call.code, False)
    for text in (page.text, answer.text):
        assert "No form of the call came with it: choose the call and say who files by hand." in text
    question.refresh_from_db()
    assert question.state == "sorting"


def test_what_came_without_any_form_cannot_be_added_by_one_key(carla_in, world, expression):
    """The house can think of the expression, but a version without any form is for a person to make."""
    question = asked(world, mail.BRUNO, subject=f"Domanda su {expression.code}")

    page = carla_in.get(address("suggestion", question))

    assert (page.context["best"].where_code, "data-accepts" in page.text) == (expression.code, False)


def test_an_anomaly_without_a_form_cannot_be_placed_by_one_key(carla_in, world):
    anomaly = waiting(world, kind="anomalia")

    assert "data-accepts" not in carla_in.get(address("suggestion", anomaly)).text


def test_a_form_that_names_nobody_asks_who_files(carla_in, world, expression):
    form = expression.current.message.attachments.filter(form__isnull=False).order_by("position")[0]
    question = asked(world, mail.BRUNO)
    nobody = {**form.form, "fields": {**form.form["fields"], "enterprise_codice_fiscale": ""}}
    mail.attached(question, name=form.name, document=form.document, form=nobody)

    page = carla_in.get(address("suggestion", question)).text

    assert "data-accepts" not in page
    assert "The form does not say who files" in page


def test_the_button_is_not_called_like_a_receipt(carla_in, known):
    page = carla_in.get(address("suggestion", known)).text

    assert "Place here" in page


def test_placing_by_a_suggestion_says_that_the_printed_form_comes_first(carla_in, world):
    question = waiting(world, kind="posta-certificata", verdict="valid")
    mail.attached(question, scan=mail.scan_of(world.call))
    offered = carla_in.get(address("message", question)).context["placing"].suggestions
    number = next(at for at, one in enumerate(offered) if "codice_fiscale" not in one.choice)

    page = carla_in.post(address("place", question), {"suggestion": str(number)})

    assert "Transcribe the printed form first" in page.text


def test_accepting_twice_places_once(carla_in, known, expression):
    for _time in range(2):
        carla_in.post(address("accept", known), {"where": expression.code})

    assert known.filings.filter(act="filed").count() == 1


@pytest.mark.parametrize("files", [0, 2])
def test_a_suggestion_costs_the_same_with_more_messages_at_the_desk(carla_in, known, world, files):
    before = cost(carla_in, address("suggestion", known))
    other = waiting(world, verdict="uncertified")
    for number in range(files):
        mail.attached(other, name=f"nota-{number}.txt", format="text")

    assert cost(carla_in, address("suggestion", known)) == before


def test_an_unreadable_message_is_read_again_from_its_page(carla_in, world):
    unreadable = waiting(world, verdict="unreadable")
    assert "Read it again" in carla_in.get(address("message", unreadable)).text

    answer = carla_in.post(address("try_again", unreadable), follow=True)

    unreadable.refresh_from_db()
    assert (unreadable.verdict, unreadable.state) == ("unreadable", "sorting")
    assert "it has come through all steps now" in answer.text


def test_what_was_read_is_not_read_again(carla_in, world):
    question = waiting(world, kind="posta-certificata", verdict="valid")

    answer = carla_in.post(address("try_again", question), follow=True)

    assert "Only a message that could not be read" in answer.text


def test_what_ended_its_process_again_and_again_is_not_tried_in_this_one(carla_in, world):
    unreadable = waiting(world, verdict="unreadable")
    moments = {"first_at": OFFICE_DAY, "last_at": OFFICE_DAY}
    Trouble.objects.create(message=unreadable, step="open", problem="worker_died", tries=5, **moments)

    answer = carla_in.post(address("try_again", unreadable), follow=True)

    assert "leaves it alone now" in answer.text
    assert not Entry.objects.filter(verb="message.read_again").exists()


def test_a_step_that_failed_is_tried_again_now(carla_in, world):
    kept = records.keep(
        b"From: a@b.example\r\nSubject: Rimasta ferma\r\n\r\nBuongiorno",
        door="cli",
        actor=HOUSE,
        at=OFFICE_DAY,
    ).message
    moments = {"first_at": OFFICE_DAY, "last_at": OFFICE_DAY}
    Trouble.objects.create(message=kept, step="open", problem="reader_stopped", tries=2, **moments)
    assert "Try again now" in carla_in.get(reverse("office:sorting")).text

    carla_in.post(address("try_again", kept))

    kept.refresh_from_db()
    assert kept.state == "sorting"
    assert not kept.troubles.filter(solved_at=None).exists()
