"""A file to be sent with the answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.employers.vocabulary import PaperKind

KINDS = {
    PaperKind.SIGNED_FORM: _("The form, signed"),
    PaperKind.SIGNED_DELEGATION: _("The delegation, signed by the legal representative"),
    PaperKind.IDENTITY_COPY: _("The copy of the legal representative's identity document"),
    PaperKind.OTHER: _("Something else"),
}


class PaperForm(forms.Form):
    """What the file is, and the file."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, word) for kind, word in KINDS.items()],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG, PNG, TIFF or a signed file (.p7m), at most 20 MB."),
        allow_empty_file=True,
        max_length=500,
        error_messages={"required": _("Choose a file.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.p7m,.jpg,.jpeg,.png,.tif,.tiff"}),
    )
    use_required_attribute = False

    def upload(self) -> tuple[PaperKind, str, Any]:
        """What the file is, its name, and the file."""
        file = self.cleaned_data["file"]
        return PaperKind(self.cleaned_data["kind"]), str(file.name), file
