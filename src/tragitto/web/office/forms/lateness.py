"""Forms about a late filing: propose to admit it on a ground the call names, decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import FilingSpec
from tragitto.web.office.forms.telling import TellingField


class ProposeLateForm(forms.Form):
    """Which of the call's exceptions, and what shows that it holds."""

    exception = forms.ChoiceField(label=_("Exception of the call"), widget=forms.RadioSelect)
    reason = TellingField(
        label=_("Reason"), help_text=_("What shows that the exception holds; it becomes part of the file.")
    )

    def __init__(self, *args: Any, filing: FilingSpec, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["exception"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, in_language(each.title, language)) for each in filing.exceptions]


class DecideLateForm(forms.Form):
    """Whether the second person admits it, and why."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[("admit", _("Admit it as an exception")), ("refuse", _("It stays late"))],
    )
    ground = TellingField(label=_("Ground"), help_text=_("It becomes part of the file."))
