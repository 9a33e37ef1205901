"""The person's page of an invitation that comes of a shortlist: which post, why, what the chances are."""

import pytest
from django.urls import reverse

from tests.selection.making import AMINA, BRUNO, make_round, signed_in
from tests.selection.shortlisted import shown_shortlists


@pytest.fixture
def row():
    return shown_shortlists(make_round(), {0: [0]})[0]


def said(actor, row) -> str:
    address = reverse("portal:invitation", args=[row.candidate.code, row.invitation.code])
    return signed_in(actor).get(address).content.decode()


def test_the_person_reads_why_they_were_proposed(row):
    assert "Italian above the level asked for" in said(AMINA, row)


def test_the_person_reads_how_many_are_asked_for_the_seat(row):
    assert "There is one seat, and up to 3 people are asked at the same time." in said(AMINA, row)


def test_nothing_is_said_of_anybody_else(row):
    assert "PERSON 1" not in said(AMINA, row)


def test_the_firms_person_does_not_find_the_page(row):
    address = reverse("portal:invitation", args=[row.candidate.code, row.invitation.code])

    assert signed_in(BRUNO).get(address).status_code == 404


def test_in_arabic_the_page_is_read_from_right_to_left(row):
    client = signed_in(AMINA)
    client.cookies["django_language"] = "ar"
    address = reverse("portal:invitation", args=[row.candidate.code, row.invitation.code])

    assert 'dir="rtl"' in client.get(address).content.decode()
