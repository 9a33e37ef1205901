"""The printed forms of the calls are found by the code on their pages, and no other is taken for them."""

from dataclasses import replace

import pytest

from tragitto.records.registries import template_of
from tragitto.schemes import queries as schemes
from tragitto.schemes.blanks import template_of as laid_out
from tragitto_pec.forms_code import Code

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(lombardia) -> Code:
    """What stands on the first page of the call's main form, printed today."""
    form = lombardia.forms.get(role="main")
    template = laid_out(lombardia.code, schemes.form_spec(form))
    return Code(lombardia.code, form.code, form.version, template.language, template.layout, 1, "TR")


@pytest.mark.parametrize(
    "change", [{"call": "another"}, {"form": "another"}, {"version": 99}, {"layout": "00000000"}]
)
def test_a_page_printed_otherwise_is_no_form_of_the_call(code, change):
    assert template_of(replace(code, **change)) is None


def test_a_page_of_the_call_is_known_with_its_places(code):
    template = template_of(code)

    assert template is not None
    assert template.fits(code)
    assert "enterprise_codice_fiscale" in {place.name for place in template.places}
