"""What the forms of the timeline accept."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core.dates import read_day
from casusregie.core.forms import KeyedForm
from families.choices import (
    LifeEventKind,
)
from families.forms.fields import Choices
from families.services.event import LifeEventData


class LifeEventForm(KeyedForm):
    """An event in somebody's life, with where it is known from."""

    text = forms.CharField(label=_("What happened"), max_length=300)
    on = forms.CharField(label=_("When"), max_length=20)
    until = forms.CharField(label=_("Until"), max_length=20, required=False)
    of = forms.MultipleChoiceField(label=_("In whose life"), widget=forms.CheckboxSelectMultiple)
    kind = forms.ChoiceField(label=_("What kind"), choices=LifeEventKind.choices, widget=forms.RadioSelect)
    told_by = forms.ChoiceField(label=_("Told by"), required=False)
    source = forms.CharField(label=_("Or known from"), max_length=120, required=False)
    closed = forms.BooleanField(label=_("Only for director and deputy"), required=False)

    def __init__(self, *args: Any, people: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["of"].choices = people  # type: ignore[attr-defined]  # a choice field
        self.fields["told_by"].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]

    def _when(self, name: str) -> tuple[date | None, str]:
        text: str = self.cleaned_data.get(name) or ""
        if not text:
            return None, ""
        found = read_day(text)
        if found is None:
            raise ValidationError(_("Write a day, a month or a year: 12-5-2019, 5-2019 or 2019."))
        if found[0] > self.today:
            raise ValidationError(_("This day is still to come."))
        if found[0].year < self.today.year - 150:
            raise ValidationError(_("This is more than 150 years ago. Check the year."))
        return found

    def clean_on(self) -> tuple[date | None, str]:
        """A day, a month or a year that has been."""
        return self._when("on")

    def clean_until(self) -> tuple[date | None, str]:
        """The same, or nothing."""
        return self._when("until")

    def clean(self) -> dict[str, Any]:
        """It ends after it began, and somebody told it."""
        data = super().clean() or self.cleaned_data
        on, until = (data.get(name, (None, ""))[0] for name in ("on", "until"))
        if on and until and until < on:
            self.add_error("until", _("This is before it began."))
        if not data.get("told_by") and not data.get("source") and "told_by" not in self.errors:
            self.add_error("source", _("Say from whom or from where this is known."))
        return data

    def data_of(self) -> LifeEventData:
        """What the services take."""
        data = self.cleaned_data
        (on, precision), (until, _precision) = data["on"], data["until"]
        return LifeEventData(
            kind=data["kind"],
            text=data["text"],
            on=on,
            precision=precision,
            until=until,
            of=list(data["of"]),
            told_by=data["told_by"],
            source=data["source"],
            closed=data["closed"],
        )


class TakeBackForm(forms.Form):
    """Why something that was noted is taken back."""

    reason = forms.CharField(label=_("Why is this taken back"), max_length=300)
