"""What is amiss with a mailbox stands on the pages of the office that reads it, and on nobody else's."""

import pytest
from django.urls import reverse

from tests.web.office.world import OFFICE_DAY
from tragitto.kernel.actors import Actor
from tragitto.records.actions.troubles import About, note
from tragitto.records.vocabulary import Problem

PAGES = ["office:home", "office:sorting", "office:mailboxes"]


def amiss(mailbox: str) -> None:
    about = About(file_name=f"{mailbox}/Bruno Bianchi;uidvalidity=1;uid=7")
    note(about, problem=Problem.MAIL_NOT_FETCHED, detail="", actor=Actor.system("imap"), at=OFFICE_DAY)


@pytest.mark.parametrize("page", PAGES)
def test_the_office_sees_where_it_is(carla_in, world, page):
    amiss(world.call.mailbox)

    assert f"{world.call.mailbox}/Bruno Bianchi" in carla_in.get(reverse(page)).text


@pytest.mark.parametrize("page", PAGES)
def test_another_office_sees_nothing_of_it(carla_in, world, page):
    others = [call.mailbox for call in world.calls.values() if call.publisher != world.call.publisher]
    amiss(others[0])

    assert "Bruno Bianchi" not in carla_in.get(reverse(page)).text
