"""What the forms of the safety room accept."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casusregie.core import clock
from casusregie.core.forms import KeyedForm
from families.access import CaseAccess
from safety.choices import CheckOutcome, IncidentSource

EARLIEST = datetime(2000, 1, 1, tzinfo=clock.LOCAL)


class IncidentForm(KeyedForm):
    """Something unsafe that happened."""

    text = forms.CharField(label=_("What happened"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}))
    source = forms.ChoiceField(
        label=_("From whom do you know"), choices=IncidentSource.choices, widget=forms.RadioSelect
    )
    happened_at = forms.DateTimeField(
        label=_("When"),
        input_formats=["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.initial.setdefault("happened_at", timezone.localtime(now).replace(second=0, microsecond=0))

    def clean_happened_at(self) -> datetime:
        """Not before 2000 and not in the future."""
        moment: datetime = self.cleaned_data["happened_at"]
        if moment > self.now + timedelta(minutes=15):
            raise ValidationError(_("This moment is still to come."))
        if moment < EARLIEST:
            raise ValidationError(_("This is before the year 2000. Check the year."))
        return moment


class IncidentPartForm(forms.Form):
    """Something unsafe that was told in a contact: the contact says when. Left empty, nothing happened."""

    prefix = "incident"
    text = forms.CharField(
        label=_("What happened"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.ChoiceField(
        label=_("From whom do you know"), choices=IncidentSource.choices, required=False, widget=forms.RadioSelect
    )

    @property
    def is_used(self) -> bool:
        """Whether anything was filled in."""
        return any(str(self[name].value() or "").strip() for name in self.fields)

    def clean(self) -> dict[str, Any]:
        """What happened and from whom it is known belong together."""
        data = super().clean() or self.cleaned_data
        for name, words in (("text", _("Write what happened.")), ("source", _("From whom do you know this?"))):
            if self.is_used and not (data.get(name) or "").strip() and name not in self.errors:
                self.add_error(name, words)
        return data

    def content(self) -> dict[str, Any]:
        """What the services take."""
        return {"text": self.cleaned_data["text"].strip(), "source": self.cleaned_data["source"]}


def incident_part(access: CaseAccess, data: Any, now: datetime) -> IncidentPartForm:
    """The part of the form of a contact that asks whether something unsafe happened: for whoever may log."""
    return IncidentPartForm(data)


class ScoreForm(forms.Form):
    """How safe one person says it is."""

    voice = forms.ChoiceField(label=_("Who says this"))
    value = forms.TypedChoiceField(
        label=_("How safe is it, from 0 to 10"),
        coerce=int,
        choices=[(n, str(n)) for n in range(11)],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("In own words"), max_length=1000, required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = people  # type: ignore[attr-defined]  # a choice field


class CheckForm(forms.Form):
    """A check of safety on a day."""

    due_on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    text = forms.CharField(label=_("What do you look at"), max_length=300)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> date:
        """Today or later, at most five years ahead."""
        day: date = self.cleaned_data["due_on"]
        if day < self.today:
            raise ValidationError(_("This day has passed. Choose today or later."))
        if day > self.today + timedelta(days=5 * 366):
            raise ValidationError(_("This is more than five years ahead. Check the year."))
        return day


class CheckDoneForm(forms.Form):
    """What came out of a check."""

    outcome = forms.ChoiceField(label=_("What came out"), choices=CheckOutcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("What was seen or heard"), max_length=1000, required=False)
