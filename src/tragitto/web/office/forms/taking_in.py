"""The form that brings files of mail into the house."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

#: So many files at once: a folder of a morning, and a page that answers before one loses patience.
MOST_FILES = 50


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One or more files; each is looked at by itself, afterwards."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = list(data or ())
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)s files at once.") % {"most": MOST_FILES})
        return files


class TakeInForm(forms.Form):
    """Which files, and out of which mailbox they were saved."""

    mailbox = forms.ChoiceField(
        label=_("From which mailbox"),
        help_text=_("Only this says for sure whose mail it is."),
        required=False,
    )
    mail = _FilesField(
        label=_("Messages as files (.eml)"),
        help_text=_("Save each message in your mail program as an .eml file; several may be chosen at once."),
        widget=_Several(attrs={"multiple": True, "accept": ".eml,message/rfc822"}),
    )

    def __init__(self, *args: Any, mailboxes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mailbox"]
        assert isinstance(field, forms.ChoiceField)
        known = [(address, address) for address in mailboxes]
        field.choices = [*known, ("", _("I do not know, or none of these"))]

    @property
    def chosen(self) -> Sequence[UploadedFile[Any]]:
        """The files; only after the form was found valid."""
        files: Sequence[UploadedFile[Any]] = self.cleaned_data["mail"]
        return files
