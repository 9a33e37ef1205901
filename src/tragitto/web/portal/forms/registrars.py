"""A file of people to be tried, and the word to enter them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.models import Batch
from tragitto.kernel.texts import in_language
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of


class UploadForm(forms.Form):
    """For which roster, and the file."""

    scheme = forms.ChoiceField(label=_("For which roster?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("The list of people"),
        help_text=_("A spreadsheet (XLSX, ODS, XLS) or CSV, at most 10 MB and 20,000 people."),
        allow_empty_file=True,
        max_length=500,
        error_messages={"required": _("Choose a file.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, schemes: Sequence[Scheme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken: Batch | None = None
        self.schemes = schemes
        language = get_language() or "it"
        choices = [(each.code, in_language(roster_of(each).title, language)) for each in schemes]
        if len(choices) > 1:
            self.fields["scheme"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["scheme"]

    def upload(self) -> tuple[str, str, Any]:
        """The scheme, the name of the file, and the file."""
        file = self.cleaned_data["file"]
        return str(self.cleaned_data.get("scheme") or self.schemes[0].code), str(file.name), file

    def note(self, batch: Batch) -> None:
        """Keep which batch the file became."""
        self.taken = batch


class ApplyForm(forms.Form):
    """Whether the rows that are refused are left out; asked where there are some."""

    leave_out = forms.BooleanField(required=False)
    use_required_attribute = False

    def __init__(self, *args: Any, batch: Batch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        refused = batch.counts.get("refused", 0)
        if refused:
            label = ngettext(
                "Leave out the %(count)s refused row",
                "Leave out the %(count)s refused rows",
                refused,
            )
            self.fields["leave_out"].label = label % {"count": refused}
        else:
            del self.fields["leave_out"]

    @property
    def leaves_out(self) -> bool:
        """Whether refused rows are left out."""
        return bool(self.cleaned_data.get("leave_out"))
