"""An identity document as forms: which it is, a photo of it, what stands on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.queries.registering import Draft
from tragitto.candidates.rules.documents import Said
from tragitto.candidates.vocabulary import ReadBy
from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import IdentityRuleSpec
from tragitto.schemes.vocabulary import IdentityKind
from tragitto.web.parts import countries
from tragitto.web.portal.forms.days import DayField, says

#: What a telephone's camera makes, and what a scanner does.
ACCEPTED = "image/*,application/pdf"
_CAPITALS = {"dir": "ltr", "spellcheck": "false", "autocapitalize": "characters", "autocorrect": "off"}


class KindForm(forms.Form):
    """Which document."""

    kind = forms.ChoiceField(
        label=_("Document"), widget=forms.RadioSelect, error_messages={"required": says("choose")}
    )
    use_required_attribute = False

    def __init__(self, *args: Any, draft: Draft, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.kind, in_language(each.title, language)) for each in draft.spec.identities]


class PhotoForm(forms.Form):
    """One photo."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("Lay it flat in good light. All four corners must be in the picture."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("Choose a photo, or take one."),
            "empty": _("This file is empty: choose another one."),
        },
    )
    use_required_attribute = False


class DocumentForm(forms.Form):
    """What stands on a document; `mrz` = its machine-readable lines, as read from the photo or typed."""

    surnames = forms.CharField(
        label=_("Surnames (family name)"), max_length=200, required=False, widget=forms.TextInput(_CAPITALS)
    )
    given_names = forms.CharField(
        label=_("Given names (first names)"),
        max_length=200,
        required=False,
        widget=forms.TextInput(_CAPITALS),
    )
    number = forms.CharField(
        label=_("Number of the document"), max_length=32, required=False, widget=forms.TextInput(_CAPITALS)
    )
    personal_number = forms.CharField(
        label=_("Your national number (CIN)"),
        help_text=_("If the document has one."),
        max_length=32,
        required=False,
        widget=forms.TextInput(_CAPITALS),
    )
    issuing_state = forms.ChoiceField(label=_("Country that issued it"), required=False)
    birth_on = DayField(label=_("Date of birth"), says=says("no_day"), required=False)
    expires_on = DayField(label=_("Valid until"), says=says("no_day"), required=False)
    mrz = forms.CharField(
        label=_("The lines with the < signs"),
        help_text=_("They stand at the bottom or on the back. You may leave this empty."),
        max_length=200,
        required=False,
        widget=forms.Textarea(_CAPITALS | {"rows": 3, "class": "code", "wrap": "off"}),
    )
    read_by = forms.ChoiceField(
        choices=[(word.value, word.value) for word in (ReadBy.TYPED, ReadBy.PHOTO)], widget=forms.HiddenInput
    )
    use_required_attribute = False
    hides_optional = True

    def __init__(
        self, *args: Any, draft: Draft, rule: IdentityRuleSpec, language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.draft, self.rule = draft, rule
        listed = countries.choices(language, draft.spec.origin)
        states = [each for each in listed if not rule.states or each[0] in rule.states]
        field = self.fields["issuing_state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *states] if len(states) > 1 else states
        if not rule.has_mrz:
            del self.fields["mrz"]

    def entry(self) -> Said:
        """The document as it was told; its nationality is that of the lines, or the person's."""
        told = dict(self.cleaned_data)
        read_by = ReadBy(told.pop("read_by"))
        nationality = self.draft.candidate.identity.nationality
        return Said(kind=IdentityKind(self.rule.kind), read_by=read_by, nationality=nationality, **told)
