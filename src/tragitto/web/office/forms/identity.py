"""Forms about who somebody is: a photo, what stands on a document, that both were compared."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.models import CandidateFile
from tragitto.candidates.rules.documents import Said
from tragitto.candidates.vocabulary import ReadBy, SeenAs
from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import RosterSpec
from tragitto.schemes.vocabulary import IdentityKind
from tragitto.web.office.identity_words import FIELDS

_CAPITALS = {"dir": "ltr", "spellcheck": "false", "autocapitalize": "characters"}


def _text(name: str, most: int, *, is_required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=FIELDS[name],
        max_length=most,
        required=is_required,
        widget=forms.TextInput(attrs=_CAPITALS),
    )


def _day(name: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=FIELDS[name], required=False, widget=widget)


class PhotoForm(forms.Form):
    """A photo of a document that the person brought or sent."""

    photo = forms.FileField(
        label=_("Photo of the document"),
        help_text=_("JPEG, PNG, TIFF or PDF. Only what can be seen is kept, without the data of the camera."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )


class DocumentForm(forms.Form):
    """What stands on a document, copied letter by letter."""

    kind = forms.ChoiceField(label=_("Document"))
    number = _text("number", 32, is_required=True)
    personal_number = _text("personal_number", 32)
    issuing_state = _text("issuing_state", 3, is_required=True)
    nationality = _text("nationality", 3)
    surnames = _text("surnames", 200)
    given_names = _text("given_names", 200)
    birth_on = _day("birth_on")
    issued_on = _day("issued_on")
    expires_on = _day("expires_on")
    mrz = forms.CharField(
        label=_("Lines at the bottom or on the back (MRZ)"),
        help_text=_("With their “<” signs, each line as it stands. Their check digits are verified."),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs=_CAPITALS | {"rows": 3, "class": "code", "wrap": "off"}),
    )
    pictures = forms.MultipleChoiceField(
        label=_("Photos that show it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *given: Any, roster: RosterSpec, photos: Sequence[CandidateFile], language: str, **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.photos = {each.code: each for each in photos}
        kinds = [(each.kind, in_language(each.title, language)) for each in roster.identities]
        for name, choices in (("kind", kinds), ("pictures", [(code, code) for code in self.photos])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)
            field.choices = choices
        if not self.photos:
            del self.fields["pictures"]

    @property
    def said(self) -> Said:
        """What was written."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in {"pictures", "kind"}}
        return Said(kind=IdentityKind(self.cleaned_data["kind"]), read_by=ReadBy.TYPED, **told)

    @property
    def shown_on(self) -> list[CandidateFile]:
        """The photos that were ticked."""
        return [self.photos[code] for code in self.cleaned_data.get("pictures", [])]


class ConfirmForm(forms.Form):
    """With what the keeper compared the document."""

    seen = forms.ChoiceField(
        label=_("I compared every letter with"),
        choices=[(SeenAs.PHOTO, _("the photo")), (SeenAs.PAPER, _("the document itself"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you compared it with.")},
    )
