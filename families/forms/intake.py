"""What the forms of the intake accept."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from families.choices import (
    AskedBy,
    Between,
    DirectionAt,
    KnownAnswer,
    Position,
    ReferralSource,
    ViolenceType,
    Wish,
)
from families.forms.fields import Choices, day_field


class IntakeForm(forms.Form):
    """A part of the intake: `today` for its days, `people` for whom it may be about."""

    def __init__(self, *args: Any, today: date, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if "person" in self.fields:
            self.fields["person"].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]  # a choice field
        for name in {"received_on", "since", "on"} & self.fields.keys():
            self.initial.setdefault(name, today)

    def _has_been(self, name: str) -> date:
        """Not in the future."""
        day: date = self.cleaned_data[name]
        if day > self.today:
            raise ValidationError(_("This day is still to come."))
        return day


class ReferralForm(IntakeForm):
    """Who came with this family; the lower half only when Veilig Thuis or another handed it over."""

    source = forms.ChoiceField(label=_("From whom"), choices=ReferralSource.choices, widget=forms.RadioSelect)
    question = forms.CharField(
        label=_("With which question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    received_on = day_field(_("Received on"), required=True)
    spoken_with = forms.CharField(label=_("Talked through with"), max_length=160, required=False)
    spoken_on = day_field(_("Talked through on"))
    conditions = forms.CharField(
        label=_("Safety conditions"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    watched_by = forms.CharField(label=_("Who keeps watching"), max_length=160, required=False)
    watched_until = day_field(_("Until and including"))

    def clean_received_on(self) -> date:
        """Not in the future."""
        return self._has_been("received_on")


class WeighingForm(IntakeForm):
    """What kind of violence, between whom, what was tried, and whether a case director is needed."""

    violence = forms.MultipleChoiceField(
        label=_("What kind of violence"), choices=ViolenceType.choices, widget=forms.CheckboxSelectMultiple
    )
    between = forms.MultipleChoiceField(
        label=_("Between whom"), choices=Between.choices, widget=forms.CheckboxSelectMultiple
    )
    tried = forms.CharField(
        label=_("What was tried before"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    needs_director = forms.TypedChoiceField(
        label=_("What is needed"),
        choices=[("1", _("a case director")), ("0", _("lighter help is enough"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class PositionForm(IntakeForm):
    """In which position somebody is, in one pattern, in a period."""

    person = forms.ChoiceField(label=_("Who"))
    position = forms.ChoiceField(label=_("Position"), choices=Position.choices, widget=forms.RadioSelect)
    pattern = forms.CharField(label=_("In which pattern"), max_length=200)
    since = day_field(_("From"), required=True)
    until = day_field(_("Until and including"))


class SpokenAloneForm(IntakeForm):
    """An adult was spoken to alone, and what she wants."""

    person = forms.ChoiceField(label=_("Who"))
    wish = forms.ChoiceField(label=_("Work together"), choices=Wish.choices, widget=forms.RadioSelect)
    is_at_risk = forms.BooleanField(label=_("This person is at risk"), required=False)
    on = day_field(_("Spoken to alone on"), required=True)

    def clean_on(self) -> date:
        """Not in the future."""
        return self._has_been("on")


class DirectionForm(IntakeForm):
    """Where formal direction lies from a day on."""

    at = forms.ChoiceField(label=_("Where"), choices=DirectionAt.choices, widget=forms.RadioSelect)
    decides = forms.CharField(label=_("Who decides on a difference of view"), max_length=200)
    since = day_field(_("From"), required=True)
    returns_on = day_field(_("Comes back on"))


class KnownForm(IntakeForm):
    """Who asked whether this family is known, and what was answered: two taps, the second one saves."""

    asked_by = forms.ChoiceField(label=_("Who asked"), choices=AskedBy.choices, widget=forms.RadioSelect)
    answer = forms.ChoiceField(choices=KnownAnswer.choices, error_messages={"required": _("Tap what you answered.")})


class AskedForm(forms.Form):
    """Who asked about a family that is not among one's own."""

    asked_by = forms.ChoiceField(label=_("Who asked"), choices=AskedBy.choices, widget=forms.RadioSelect)
