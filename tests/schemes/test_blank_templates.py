"""Where the answers of a form stand: every place on a page of its own, none over another."""

from itertools import combinations

import pytest

from tragitto.schemes.blanks import template_of
from tragitto.schemes.rules import slots
from tragitto.schemes.vocabulary import FieldKind

LANGUAGES = ("it", "fr", "ar", "en")


@pytest.fixture(scope="module", params=["modulo-a", "modulo-b", "allegato-a1", "allegato-a2"])
def form(request, shipped):
    """Each form of the calls."""
    return shipped.form(request.param)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_has_its_place(form, language):
    template = template_of("a-call", form, language)

    wanted = [slot.name for slot in slots(form) if slot.field.kind != FieldKind.SIGNATURE]
    assert [place.name for place in template.places] == wanted
    assert template.signature.name == "signature"


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_do_not_overlap_and_stay_off_the_codes(form, language):
    template = template_of("a-call", form, language)
    areas = [*template.places, template.signature, *template.codes]

    touching = [
        (one, other)
        for one, other in combinations(areas, 2)
        if one.page == other.page
        and one.x0 < other.x1
        and other.x0 < one.x1
        and one.y0 < other.y1
        and other.y0 < one.y1
    ]

    assert touching == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_stay_on_the_page(form, language):
    template = template_of("a-call", form, language)
    width, height = template.pages[0]

    for place in (*template.places, template.signature):
        assert 0 < place.x0 < place.x1 < width
        assert 0 < place.y0 < place.y1 < height


def test_kinds_and_words_to_choose_from_are_said(shipped):
    form = shipped.form("modulo-a")
    places = {place.name: place for place in template_of("a-call", form).places}

    assert [places[name].kind for name in ("enterprise_name", "consents_to_sharing", "size")] == [
        "text",
        "tick",
        "choice",
    ]
    assert [option.value for option in places["size"].options] == ["micro", "small", "medium", "large"]
    assert places["enterprise_name"].options == ()


def test_short_answers_have_short_places_on_one_line(shipped):
    places = {place.name: place for place in template_of("a-call", shipped.form("modulo-a")).places}
    address, province = places["unit_address_1"], places["unit_province_1"]

    assert address.y0 == province.y0
    assert province.x1 - province.x0 < (address.x1 - address.x0) / 2


def test_places_depend_on_the_language_and_say_so(shipped):
    form = shipped.form("modulo-a")

    layouts = {template_of("a-call", form, language).layout for language in LANGUAGES}

    assert len(layouts) == len(LANGUAGES)


def test_the_places_of_a_form_are_always_the_same(form):
    assert template_of("a-call", form, "ar") == template_of("a-call", form, "ar")


def test_a_language_nobody_prints_is_that_of_the_act(form):
    assert template_of("a-call", form, "de") == template_of("a-call", form, "it")
