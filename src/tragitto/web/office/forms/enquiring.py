"""Forms of an account manager: a request by telephone, a contact, an answer, needs, who has it, closing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.models import User
from tragitto.employers.actions import Need, Said
from tragitto.employers.rules.lists import province_names
from tragitto.employers.vocabulary import ContactChannel, ContactOutcome
from tragitto.kernel.texts import in_language
from tragitto.schemes.models import Call, Profile
from tragitto.web.office import enquiry_words
from tragitto.web.office.forms.telling import TellingField
from tragitto.web.office.word import Word
from tragitto.web.parts.enquiring import EnquiryForm

MINUTES = "%Y-%m-%dT%H:%M"
#: So many rows of needs are offered besides those that are filled in, and so many at most.
FURTHER, MOST_ROWS = 2, 20


class TelephonedForm(EnquiryForm):
    """What somebody says on the telephone who asks for information; an e-mail address is not needed."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, call=call, **kwargs)
        self.fields["contact_name"].label = _("Who calls")
        self.fields["question"].label = _("What they ask")
        self.fields["contact_phone"].help_text = _("With the prefix, such as +39 035 1234567.")
        email = self.fields["contact_email"]
        email.required, email.help_text = False, _("If they have one: they then get the code of the request.")
        for field in self.fields.values():
            # The browser of the officer knows other people's names and numbers.
            field.widget.attrs["autocomplete"] = "off"


class ContactForm(forms.Form):
    """How and when somebody spoke with the enterprise, and what came of it."""

    channel = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect)
    happened_at = forms.DateTimeField(
        label=_("When"),
        input_formats=[MINUTES, f"{MINUTES}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES),
    )
    note = TellingField(label=_("What was said"), help_text=_("Whoever goes on from here reads this first."))
    again_on = forms.DateField(
        label=_("Call again on"),
        help_text=_("If a day was agreed. Otherwise the working days of the call are counted."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        minute = timezone.localtime(now).replace(second=0, microsecond=0)
        kwargs.setdefault("initial", {"channel": "phone", "happened_at": minute})
        super().__init__(*args, **kwargs)
        _offer(self.fields["channel"], _said(enquiry_words.CHANNELS))
        _offer(self.fields["outcome"], _said(enquiry_words.OUTCOMES))

    def said(self) -> Said:
        """The answers as the action takes them; only after the form was found valid."""
        told = self.cleaned_data
        return Said(
            channel=ContactChannel(told["channel"]),
            outcome=ContactOutcome(told["outcome"]),
            happened_at=told["happened_at"],
            note=told["note"],
            again_on=told["again_on"],
        )


class AnswerForm(forms.Form):
    """A text to the enterprise, and whether it invites it to file."""

    text = TellingField(label=_("Text"), rows=8)
    invites = forms.BooleanField(
        label=_("It invites the enterprise to file: the request is over then."), required=False
    )


class NeedForm(forms.Form):
    """One row of what the enterprise needs; an empty row is left out."""

    profile = forms.ChoiceField(label=_("Profile"), required=False)
    workers = forms.IntegerField(label=_("People"), required=False, min_value=1, max_value=9999)
    province = forms.ChoiceField(label=_("Province"), required=False)
    start = forms.DateField(
        label=_("From when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    skills = forms.CharField(
        label=_("Skills"), required=False, max_length=1000, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    hides_optional = True

    def __init__(self, *args: Any, profiles: Sequence[Profile], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.code, in_language(each.title, language)) for each in profiles]
        provinces = [(code, f"{name} ({code})") for code, name in province_names().items()]
        _offer(self.fields["profile"], [("", _("None")), *named])
        _offer(self.fields["province"], [("", _("Choose a province")), *sorted(provinces, key=_by_name)])

    def clean(self) -> dict[str, Any]:
        """Asks for number and province where a profile was chosen, and for the profile where it was not."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("profile"):
            for name in ("workers", "province"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Say this too, or choose no profile."))
        elif any(data.get(name) for name in ("workers", "start", "skills")):
            self.add_error("profile", _("Choose the profile that is needed."))
        return data

    def need(self) -> Need | None:
        """The row as the action takes it, None for an empty one; only after it was found valid."""
        told = self.cleaned_data
        if not told.get("profile"):
            return None
        start = told["start"].isoformat() if told["start"] else ""
        return Need(told["profile"], told["workers"], told["province"], told["skills"].strip(), start)


NeedsForm = forms.formset_factory(NeedForm, extra=FURTHER, max_num=MOST_ROWS)


class AssignForm(forms.Form):
    """Who has the request from now on, and why."""

    manager = forms.ChoiceField(
        label=_("Account manager"),
        error_messages={"invalid_choice": _("This person is no case officer of the office today.")},
    )
    why = TellingField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, managers: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["manager"], [(each.code, each.full_name or each.code) for each in managers])


class CloseForm(forms.Form):
    """Why nothing more is to be done."""

    reason = TellingField(label=_("Reason"), help_text=_("It becomes part of the file."))


def _said(words: Mapping[str, Word]) -> list[tuple[str, object]]:
    return [(code, word.text) for code, word in words.items()]


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1]


def _offer(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
