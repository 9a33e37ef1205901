"""How forms are drawn."""

import re

from django import forms
from django.utils import translation


class Enquiry(forms.Form):
    """A form with one field of each manner."""

    firm = forms.CharField(
        label="Firm", help_text="As registered.", widget=forms.TextInput({"placeholder": "x"})
    )
    email = forms.EmailField(label="Mailbox", required=False)
    kind = forms.ChoiceField(label="Kind", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    agrees = forms.BooleanField(label="I agree", required=False)


def drawn(form: forms.Form) -> str:
    with translation.override("en"):
        return "".join(line.strip() for line in str(form).splitlines())


def test_a_label_stands_above_and_never_floats():
    assert '<label class="active" for="id_firm">Firm</label>' in drawn(Enquiry())


def test_the_optional_is_marked_and_the_required_is_not():
    html = drawn(Enquiry())

    assert html.count("(optional)") == 1
    assert "*" not in html


def test_a_list_of_filters_marks_nothing():
    form = Enquiry()
    form.hides_optional = True

    assert "(optional)" not in drawn(form)


def test_the_hint_and_the_error_are_tied_to_the_field():
    html = drawn(Enquiry({}))

    assert 'aria-describedby="id_firm_helptext id_firm_error"' in html
    assert 'id="id_firm_helptext"' in html
    assert 'id="id_firm_error"' in html
    assert 'aria-invalid="true"' in html


def test_the_summary_of_errors_leads_to_each_field():
    html = drawn(Enquiry({}))

    assert 'role="alert"' in html
    assert '<a href="#id_firm">' in html
    assert '<a href="#id_kind_0">' in html


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in drawn(Enquiry())


def test_choices_are_grouped_under_their_question():
    html = drawn(Enquiry())

    assert "<legend>Kind</legend>" in html
    assert 'id="id_kind_1"' in html
    assert '<label for="id_kind_1">B</label>' in html


def test_addresses_are_typed_from_left_to_right():
    html = drawn(Enquiry())

    controls = {
        control.split('name="')[1].split('"')[0]: control for control in re.findall("<input[^>]*>", html)
    }
    assert 'dir="ltr"' in controls["email"]
    assert 'dir="auto"' in controls["firm"]


def test_placeholders_are_dropped():
    assert "placeholder" not in drawn(Enquiry())


def test_what_was_typed_is_kept_and_escaped():
    assert "&lt;b&gt;" in drawn(Enquiry({"firm": "<b>"}))
