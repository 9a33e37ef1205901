"""The rail of the office."""

from types import ModuleType

import pytest
from django.urls import include, path

from tragitto.web.parts import navigation

#: Two pages of an office, one inside the other.
PAGES = [path("office/", lambda r: None, name="queue"), path("office/calls/", lambda r: None, name="calls")]


@pytest.fixture
def two_pages(settings):
    """An installation that has these pages alone."""
    addresses = ModuleType("addresses")
    addresses.urlpatterns = [path("", include((PAGES, "office")))]
    settings.ROOT_URLCONF = addresses


@pytest.mark.parametrize(
    ("here", "label"), [("/office/", "office:queue"), ("/office/calls/L-1/", "office:calls")]
)
def test_the_nearest_page_is_the_current_one(two_pages, here, label):
    by_name = {place.label: place.name for place in navigation.OFFICE}

    current = [by_name[link.label] for link in navigation.office_links(here) if link.is_current]

    assert current == [label]


def test_a_page_this_installation_does_not_offer_is_left_out(two_pages):
    assert [link.url for link in navigation.office_links("/")] == ["/office/", "/office/calls/"]
