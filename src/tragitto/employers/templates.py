"""Knows where the answers stand on the printed forms of the calls."""

from tragitto.records.registries import TEMPLATES
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Form
from tragitto_pec.forms_code import Code, Template


@TEMPLATES.register("forms_of_calls")
def printed_form(code: Code) -> Template | None:
    """The places of the call's form that bears this code; None for another call, version or layout.

    One query.
    """
    # Laying out loads fonts and what shapes letters: half a second that only the reader of a scan should pay.
    from tragitto.schemes.blanks import template_of

    form = Form.objects.filter(call__code=code.call, code=code.form, version=code.version).first()
    if form is None:
        return None
    template = template_of(code.call, schemes.form_spec(form), code.language)
    return template if template.fits(code) else None
