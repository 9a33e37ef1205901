"""Mending a day at the desk: who takes a free hour, and who said yes to another one."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tragitto.selection.models import MeetingDay, Shortlisted
from tragitto.selection.queries.mending import Room, Seat, Step
from tragitto.web.parts.meeting_times import slot_said
from tragitto_matching.calendar import Slot


class SeatsForm(forms.Form):
    """Who of those without an hour takes which free one; a running one only after somebody was called."""

    seats = forms.MultipleChoiceField(
        label=_("Book these"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one."),
            "invalid_choice": _("The day has changed since this was proposed: read the new proposal."),
        },
    )

    def __init__(self, data: object = None, *, found: Sequence[Seat], day: MeetingDay, at: datetime) -> None:
        self.known = {f"{each.pair.code}@{each.slot.begins_at.isoformat()}": each for each in found}
        ticked = [word for word, each in self.known.items() if not each.has_begun(at)]
        super().__init__(data, initial={"seats": ticked})  # type: ignore[arg-type]
        self.fields["seats"].choices = [  # type: ignore[attr-defined]
            (word, _said(each, day, at)) for word, each in self.known.items()
        ]

    @property
    def chosen(self) -> list[tuple[Shortlisted, datetime]]:
        """The pairs ticked, with the moment at which each begins."""
        ticked = [self.known[word] for word in self.cleaned_data["seats"]]
        return [(each.pair, each.slot.begins_at) for each in ticked]


def _said(seat: Seat, day: MeetingDay, at: datetime) -> SafeString:
    notes = []
    if seat.lost:
        notes.append(_("the firm did not come or could not"))
    if seat.has_begun(at):
        notes.append(_("it is running: call them first"))
    if seat.lacks_interpreter:
        notes.append(_("no interpreter is free then"))
    said = slot_said(seat.slot, day)
    firm, person = seat.pair.post.position.expression.employer.name, seat.pair.candidate.code
    line = format_html('{} · <bdi class="code" dir="ltr">{}</bdi> · <bdi>{}</bdi>', said, person, firm)
    return (
        format_html("{} ({})", line, format_html_join(", ", "{}", ((each,) for each in notes)))
        if notes
        else line
    )


class RoomForm(forms.Form):
    """Who was asked to move and said yes, so that somebody who lost an hour has one again."""

    agreed = forms.MultipleChoiceField(
        label=_("They were asked and said yes"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Nobody is moved without a yes: ask each of them, and tick who agreed."),
            "invalid_choice": _("The day has changed since this was proposed: read the new proposal."),
        },
    )

    def __init__(self, data: object = None, *, room: Room | None, day: MeetingDay) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        steps = room.steps if room else ()
        self.fields["agreed"].choices = [(each.word, _step(each, day)) for each in steps]  # type: ignore[attr-defined]
        self.needed = {each.word for each in steps}

    def clean_agreed(self) -> list[str]:
        """Everybody who would move, or nobody."""
        ticked: list[str] = self.cleaned_data["agreed"]
        if set(ticked) != self.needed:
            text = _("Nobody is moved without a yes: ask each of them, and tick who agreed.")
            raise forms.ValidationError(text)
        return ticked


def _step(step: Step, day: MeetingDay) -> SafeString:
    it = step.meeting
    before = Slot(number=0, begins_at=it.starts_at, ends_at=it.ends_at, local=())
    parts = {"before": slot_said(before, day), "after": slot_said(step.slot, day)}
    said = format_html(gettext("from {before} to {after}"), **parts)
    line = '<bdi class="code" dir="ltr">{}</bdi> · <bdi>{}</bdi>: {}'
    return format_html(line, it.candidate.code, it.employer.name, said)
