"""What the forms of an appointment accept."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core import clock
from casusregie.core.forms import KeyedForm
from network.choices import Channel
from network.forms.contact import ParticipantsField
from network.selectors import ParticipantChoice
from network.services import MOST_PEOPLE, AppointmentData, too_many

LENGTHS = (30, 45, 60, 90, 120)


class FewParticipantsField(ParticipantsField):
    """People by party reference, no more than an appointment holds."""

    def validate(self, value: Any) -> None:
        """The number first: a thousand wrong ones are one sentence, not a thousand."""
        if len(value) > MOST_PEOPLE:
            raise ValidationError(too_many(count=len(value)))
        super().validate(value)


class AppointmentForm(KeyedForm):
    """One appointment. `now` is the moment of asking, `people` who can be chosen."""

    participants = FewParticipantsField(label=_("With whom"), required=False, widget=forms.CheckboxSelectMultiple)
    starts_at = forms.DateTimeField(
        label=_("When"),
        error_messages={"required": _("Choose the day and the hour.")},
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    duration_minutes = forms.IntegerField(
        label=_("How long"),
        min_value=1,
        max_value=1440,
        initial=60,
        error_messages={"required": _("How many minutes will it take?")},
    )
    channel = forms.ChoiceField(
        label=_("How"), choices=Channel.choices, initial=Channel.VISIT, widget=forms.RadioSelect
    )
    subject = forms.CharField(label=_("What for"), max_length=200, required=False)
    place = forms.CharField(label=_("Where"), max_length=300, required=False)
    place_is_hidden = forms.BooleanField(label=_("This place is confidential"), required=False)
    together_reason = forms.CharField(label=_("Together all the same, because"), max_length=500, required=False)

    def __init__(self, *args: Any, now: datetime, people: list[ParticipantChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["participants"].choices = [  # type: ignore[attr-defined]  # a choice field
            (person.ref, f"{person.name}, {person.who}" if person.who else person.name) for person in people
        ]
        self.initial.setdefault("starts_at", _next_hour(now))

    def clean(self) -> dict[str, Any]:
        """An appointment is with somebody or for something."""
        data = super().clean() or self.cleaned_data
        if not data.get("participants") and not (data.get("subject") or "").strip() and not self.errors:
            self.add_error("participants", _("Choose with whom, or write what it is for."))
        return data

    def data_of(self) -> AppointmentData:
        """What the services take."""
        data = self.cleaned_data
        return AppointmentData(
            starts_at=data["starts_at"],
            duration_minutes=data["duration_minutes"],
            channel=data["channel"],
            participants=list(data["participants"]),
            subject=data["subject"].strip(),
            place=data.get("place", "").strip(),
            place_is_hidden=data.get("place_is_hidden", False),
            together_reason=data["together_reason"].strip(),
        )


class AppointmentChangeForm(AppointmentForm):
    """A change: the same fields and which state was seen; without the place for who may not know it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, knows_place: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.knows_place = knows_place
        if not knows_place:
            del self.fields["place"], self.fields["place_is_hidden"]


class CancelForm(forms.Form):
    """Why an appointment is called off."""

    reason = forms.CharField(
        label=_("Why"), max_length=500, error_messages={"required": _("Write in one sentence why this is called off.")}
    )


def _next_hour(now: datetime) -> datetime:
    """Tomorrow at the whole hour that comes, within the hours in which people make appointments."""
    local = now.astimezone(clock.LOCAL) + timedelta(days=1, hours=1)
    return local.replace(hour=min(max(local.hour, 10), 17), minute=0, second=0, microsecond=0)
