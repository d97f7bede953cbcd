"""What a contact form accepts, and the sentence when it does not."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casusregie.core import clock
from casusregie.core.forms import KeyedForm
from network.choices import Channel, ContactOutcome, Purpose
from network.lines import MAX_TEXT
from network.selectors import ParticipantChoice
from network.services import ContactData

EARLIEST = datetime(2000, 1, 1, tzinfo=clock.LOCAL)
DURATIONS = (5, 10, 15, 30, 45, 60)


class ParticipantsField(forms.MultipleChoiceField):
    """People by party reference; somebody of another case is answered at the field."""

    default_error_messages = {"invalid_choice": _("This person does not belong to this family.")}


class ContactForm(KeyedForm):
    """One contact. `now` is the moment of asking, `people` who can be chosen."""

    body = forms.CharField(
        label=_("What happened"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "autofocus": True, "data-count": MAX_TEXT}),
    )
    participants = ParticipantsField(label=_("With whom"), required=False, widget=forms.CheckboxSelectMultiple)
    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label=_("Reached?"),
        choices=ContactOutcome.choices,
        required=False,
        initial=ContactOutcome.REACHED,
        widget=forms.RadioSelect,
    )
    duration_minutes = forms.IntegerField(label=_("How long"), min_value=0, max_value=1440, required=False)
    started_at = forms.DateTimeField(
        label=_("When"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    purposes = forms.MultipleChoiceField(
        label=_("What for"), choices=Purpose.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    follow_up_on = forms.DateField(
        label=_("Follow up on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )
    follow_up_text = forms.CharField(label=_("What to do then"), required=False, max_length=300)

    def __init__(self, *args: Any, now: datetime, people: list[ParticipantChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["participants"].choices = [  # type: ignore[attr-defined]  # a choice field
            (person.ref, f"{person.name} ({person.who})" if person.who else person.name) for person in people
        ]
        self.initial.setdefault("started_at", timezone.localtime(now).replace(second=0, microsecond=0))
        self.initial.setdefault("channel", Channel.PHONE)

    def clean_body(self) -> str:
        """The text as it was typed, at most 50,000 characters."""
        body: str = self.cleaned_data["body"]
        if len(body.replace("\r\n", "\n")) > MAX_TEXT:
            raise ValidationError(
                _("At most 50,000 characters fit in one contact; this text has %(n)s. Divide it over two."),
                params={"n": f"{len(body):,}".replace(",", ".")},
            )
        return body

    def clean_started_at(self) -> datetime:
        """Not before 2000 and not in the future: what is to come is an appointment."""
        moment: datetime = self.cleaned_data["started_at"]
        if moment > self.now + timedelta(minutes=15):
            raise ValidationError(_("This moment is still to come. A contact is logged when it has been."))
        if moment < EARLIEST:
            raise ValidationError(_("This is before the year 2000. Check the year."))
        return moment

    def clean_follow_up_on(self) -> Any:
        """Today or later, at most five years ahead."""
        day = self.cleaned_data["follow_up_on"]
        today = clock.local_date(self.now)
        if day and day < today:
            raise ValidationError(_("This day has passed. Choose today or later."))
        if day and day > today + timedelta(days=5 * 366):
            raise ValidationError(_("This is more than five years ahead. Check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        """A contact says something; a follow-up says what and when."""
        data = super().clean() or self.cleaned_data
        if not data.get("outcome") and "outcome" not in self.errors:
            data["outcome"] = ContactOutcome.REACHED
        said = (data.get("body") or "").strip()
        reached = data.get("outcome") == ContactOutcome.REACHED
        if reached and not said and not data.get("participants") and not self.errors:
            self.add_error("body", _("Write what happened, or choose with whom it was."))
        if data.get("follow_up_text") and not data.get("follow_up_on") and "follow_up_on" not in self.errors:
            self.add_error("follow_up_on", _("On which day should this stand on your desk?"))
        if data.get("follow_up_on") and not (data.get("follow_up_text") or "").strip():
            data["follow_up_text"] = str(_("Get in touch"))
        return data

    def data_of(self) -> ContactData:
        """What the services take."""
        data = self.cleaned_data
        return ContactData(
            started_at=data["started_at"],
            channel=data["channel"],
            duration_minutes=data["duration_minutes"] or 0,
            outcome=data["outcome"],
            participants=list(data["participants"]),
            purposes=list(data["purposes"]),
            body=data["body"],
            follow_up_on=data["follow_up_on"],
            follow_up_text=data["follow_up_text"].strip(),
        )


class CorrectionForm(ContactForm):
    """A correction: the same fields, why, and which version was seen; a follow-up is made elsewhere."""

    follow_up_on = None  # type: ignore[assignment]  # Django's way of leaving a field out
    follow_up_text = None  # type: ignore[assignment]
    reason = forms.CharField(label=_("Why is this corrected"), max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def data_of(self) -> ContactData:
        """What the services take."""
        self.cleaned_data.setdefault("follow_up_on", None)
        self.cleaned_data.setdefault("follow_up_text", "")
        return super().data_of()
