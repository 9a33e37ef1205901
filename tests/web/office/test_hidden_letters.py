"""What a call hides from reviewers stays hidden in letters, answers and their messages."""

import pytest
from django.urls import reverse

from tests.web.office import lettering
from tragitto.employers import actions
from tragitto.employers.models import Letter
from tragitto.employers.queries import pages
from tragitto.records.models import Filing
from tragitto.records.vocabulary import Act
from tragitto.schemes import queries as schemes
from tragitto.schemes.pack import ReviewSpec


def at(name: str, *arguments: object) -> str:
    return reverse(f"office:{name}", args=arguments)


@pytest.fixture
def hiding(monkeypatch):
    """The call hides the enterprise from reviewers."""
    spec = ReviewSpec(hidden=("enterprise",))
    monkeypatch.setattr(schemes, "review_of", lambda call: spec)


@pytest.fixture
def letter(world, expression) -> Letter:
    notice = lettering.announced(world, expression)
    assert notice.recipient
    return notice


@pytest.mark.usefixtures("hiding")
def test_a_reviewer_sees_neither_addressee_nor_document(dario_in, carla_in, letter):
    outgoing = letter.outgoing
    ways = (
        at("letter_file", letter.code),
        at("letter_picture", letter.code, 1),
        at("outgoing", outgoing.code),
        at("message", outgoing.message.code),
    )
    page = dario_in.get(at("letter", letter.code)).text

    assert [dario_in.get(way).status_code for way in ways] == [403] * 4
    assert (letter.recipient in page, "set aside" in page) == (False, True)
    assert letter.recipient not in dario_in.get(at("sent")).text
    assert [carla_in.get(way).status_code for way in ways] == [200] * 4
    assert letter.recipient in carla_in.get(at("letter", letter.code)).text


@pytest.mark.usefixtures("hiding")
def test_words_about_a_hidden_fact_are_veiled_for_reviewers_alone(dario_in, carla_in, letter, world):
    name = letter.expression.employer.name
    told = {"letter": letter, "text": f"La {name} ha aperto.", "at": letter.written_at}
    actions.take_observation(**told, actor=lettering.officer(world))

    address = at("letter", letter.code)
    assert f"La {name} ha aperto." in carla_in.get(address).text
    assert "ha aperto." in dario_in.get(address).text
    assert f"La {name} ha aperto." not in dario_in.get(address).text


@pytest.mark.usefixtures("hiding")
def test_any_message_filed_to_the_case_is_set_aside(world, expression, letter):
    reviewer, officer = lettering.reviewer(world), lettering.officer(world)
    message = expression.current.message
    Filing.objects.create(message=message, act=Act.FILED, where=expression.code, by="x", at=letter.written_at)

    hides = [pages.hides_files(actor=who, message=message) for who in (reviewer, officer)]

    assert hides == [True, False]
