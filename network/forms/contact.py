"""What a contact form accepts, and the sentence when it does not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casusregie.core import clock
from casusregie.core.forms import TapsField
from network.choices import Channel, ContactOutcome, Purpose, SpokenSafety
from network.forms.draft import DraftedForm
from network.lines import MAX_TEXT
from network.selectors import ParticipantChoice
from network.services import AppointmentData, ContactData

EARLIEST = datetime(2000, 1, 1, tzinfo=clock.LOCAL)
DURATIONS = (5, 10, 15, 30, 45, 60)
MOST_PEOPLE = 50
# A contact is often written down while it is still going on; longer than this ahead is a slip of the pen.
STILL_GOING_ON = timedelta(hours=2)


class ParticipantsField(forms.MultipleChoiceField):
    """People by party reference; somebody of another case is answered at the field."""

    default_error_messages = {"invalid_choice": _("This person does not belong to this family.")}

    def validate(self, value: list[str]) -> None:
        """At most fifty people, each of this family. Raises ValidationError."""
        if len(value) > MOST_PEOPLE:
            raise ValidationError(
                _("At most %(most)s people fit in one contact; this one has %(n)s. Divide them over two."),
                params={"most": MOST_PEOPLE, "n": len(value)},
            )
        super().validate(value)


@dataclass(frozen=True)
class SafetyRow:
    """One person in the part that asks how safe it is."""

    ref: str
    name: str
    said: str
    is_there: bool

    @property
    def options(self) -> list[tuple[str, str]]:
        """The three answers."""
        return [(str(value), str(label)) for value, label in SpokenSafety.choices]


class ContactForm(DraftedForm):
    """One contact. `now` is the moment of asking, `people` who can be chosen."""

    body = forms.CharField(
        label=_("What happened"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "autofocus": True, "data-count": MAX_TEXT}),
    )
    participants = ParticipantsField(label=_("With whom"), required=False, widget=forms.CheckboxSelectMultiple)
    channel = forms.ChoiceField(
        label=_("How"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it went.")},
    )
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
        error_messages={"required": _("When was this? Choose the day and the hour.")},
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    purposes = forms.MultipleChoiceField(
        label=_("What for"), choices=Purpose.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    safety = TapsField(prefix="safe", allowed=SpokenSafety.values, label=_("How safe"))
    follow_up_on = forms.DateField(
        label=_("Follow up on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )
    follow_up_text = forms.CharField(label=_("What to do then"), required=False, max_length=300)
    next_at = forms.DateTimeField(
        label=_("Next appointment"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    next_place = forms.CharField(label=_("Where"), max_length=300, required=False)
    next_place_is_hidden = forms.BooleanField(label=_("This place is confidential"), required=False)
    next_reason = forms.CharField(label=_("Together all the same, because"), max_length=500, required=False)
    # The appointment that this contact is about; saved, it is held.
    appointment = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, people: list[ParticipantChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.people = now, people
        self.fields["participants"].choices = [  # type: ignore[attr-defined]  # a choice field
            (person.ref, f"{person.name}, {person.who}" if person.who else person.name) for person in people
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
        """A contact says something and is over; a follow-up says what and when; who spoke of safety was there."""
        data = super().clean() or self.cleaned_data
        self._check_end(data)
        if (data.get("next_place") or "").strip() and not data.get("next_at") and "next_at" not in self.errors:
            self.add_error("next_at", _("When is this appointment?"))
        self._check_safety(data)
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

    def _check_end(self, data: dict[str, Any]) -> None:
        start, minutes = data.get("started_at"), data.get("duration_minutes") or 0
        end = start + timedelta(minutes=minutes) if start else None
        if end and end > self.now + STILL_GOING_ON:
            words = _(
                "This would last until %(end)s, and that is still to come. Check when it began and how long it took."
            )
            until = f"{end.astimezone(clock.LOCAL):%H:%M}"
            self.add_error("duration_minutes", ValidationError(words, params={"end": until}))

    def _check_safety(self, data: dict[str, Any]) -> None:
        there = set(data.get("participants") or [])
        names = [person.name for person in self.people if person.ref in (data.get("safety") or {}).keys() - there]
        if names and "participants" not in self.errors:
            words = _("%(names)s did not take part. Choose them under With whom, or leave this open.")
            self.add_error("safety", ValidationError(words, params={"names": ", ".join(names)}))

    @property
    def safety_rows(self) -> list["SafetyRow"]:
        """A row for each member of the family, those chosen first known by `is_there`."""
        said = self["safety"].value() or {}
        there = set(self["participants"].value() or [])
        return [
            SafetyRow(person.ref, person.name, said.get(person.ref, ""), person.ref in there)
            for person in self.people
            if person.is_family
        ]

    def data_of(self) -> ContactData:
        """What the services take."""
        data = self.cleaned_data
        there = set(data["participants"])
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
            safety={ref: said for ref, said in (data["safety"] or {}).items() if ref in there},
            next=self._next(),
        )

    def _next(self) -> AppointmentData | None:
        """The next appointment, with the same people."""
        data = self.cleaned_data
        if not data.get("next_at"):
            return None
        return AppointmentData(
            starts_at=data["next_at"],
            participants=list(data["participants"]),
            place=data["next_place"].strip(),
            place_is_hidden=data["next_place_is_hidden"],
            together_reason=data["next_reason"].strip(),
        )


class CorrectionForm(ContactForm):
    """A correction: the same fields, why, and which version was seen; what is to come is made elsewhere."""

    follow_up_on = None  # type: ignore[assignment]  # Django's way of leaving a field out
    follow_up_text = None  # type: ignore[assignment]
    next_at = None  # type: ignore[assignment]
    next_place = None  # type: ignore[assignment]
    next_place_is_hidden = None  # type: ignore[assignment]
    next_reason = None  # type: ignore[assignment]
    appointment = None  # type: ignore[assignment]
    reason = forms.CharField(
        label=_("Why is this corrected"),
        max_length=500,
        error_messages={"required": _("Write in one sentence why you correct this.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def data_of(self) -> ContactData:
        """What the services take."""
        self.cleaned_data.setdefault("follow_up_on", None)
        self.cleaned_data.setdefault("follow_up_text", "")
        return super().data_of()
