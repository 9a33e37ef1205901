"""How forms are drawn: labels above, the optional marked, errors said in words and linked."""

from django.forms import BoundField, CheckboxInput, Select, SelectMultiple
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect, Widget
from django.template.base import Template
from django.utils.safestring import SafeString

#: Such answers are read from left to right in every language.
_LEFT_TO_RIGHT = frozenset({"email", "tel", "url", "number", "password"})
#: Django's own wrap the label around the box; ours stands beside it, where it can be styled.
_CHOICES = frozenset({"django/forms/widgets/radio.html", "django/forms/widgets/checkbox_select.html"})
_DIRECTED = frozenset({"text", "search"})


class Renderer(TemplatesSetting):
    """Our form and field templates for every form of the house, allauth's included."""

    form_template_name = "parts/form/form.html"
    field_template_name = "parts/form/field.html"

    def get_template(self, template_name: str) -> Template | None:
        """The template, ours for lists of choices, wherever the apps stand in the settings."""
        name = "parts/form/choices.html" if template_name in _CHOICES else template_name
        return super().get_template(name)


def is_ticked(field: BoundField) -> bool:
    """Whether the field is one box to tick, whose label stands beside it."""
    return isinstance(field.field.widget, CheckboxInput)


def control(field: BoundField) -> SafeString:
    """The field's widget in the kit's clothes, with the direction its answers are written in.

    A placeholder is dropped: it vanishes when needed, and the label has said it already.
    """
    widget = field.field.widget
    attributes: dict[str, str | bool] = {"placeholder": False}
    if css := _class(widget):
        attributes["class"] = " ".join(filter(None, [str(widget.attrs.get("class", "")), css]))
    direction = _direction(widget)
    if direction and "dir" not in widget.attrs:
        attributes["dir"] = direction
    return field.as_widget(attrs=attributes)


def first_control(field: BoundField) -> str:
    """The id of the control that an error message leads to: of a group, its first."""
    if isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple)):
        return f"{field.auto_id}_0"
    return field.id_for_label


def _class(widget: Widget) -> str:
    if isinstance(widget, (CheckboxInput, RadioSelect, CheckboxSelectMultiple)):
        return ""
    return (
        "form-select"
        if isinstance(widget, Select) and not isinstance(widget, SelectMultiple)
        else "form-control"
    )


def _direction(widget: Widget) -> str:
    kind = str(getattr(widget, "input_type", None) or "text")
    if kind in _LEFT_TO_RIGHT:
        return "ltr"
    is_text = kind in _DIRECTED and not isinstance(widget, (Select, RadioSelect, CheckboxSelectMultiple))
    return "auto" if is_text else ""
