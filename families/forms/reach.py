"""What the forms of reaching somebody safely accept: a way, an answer about it, what is agreed, and approaching a third."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core.forms import KeyedForm
from families.choices import Allowed, ReachChannel, Safe
from families.forms.fields import Choices, day_field
from families.services.reach import AgreementData, WayData

DAYS = (
    ("mon", _("mon")),
    ("tue", _("tue")),
    ("wed", _("wed")),
    ("thu", _("thu")),
    ("fri", _("fri")),
    ("sat", _("sat")),
    ("sun", _("sun")),
)
TERMS = (
    ("", _("as proposed")),
    ("7", _("a week")),
    ("14", _("two weeks")),
    ("30", _("30 days")),
    ("60", _("60 days")),
    ("90", _("90 days")),
)


def answers() -> Choices:
    """Safe or not safe, in the language of who reads."""
    return [(str(value), str(label)) for value, label in Safe.choices if value != Safe.UNKNOWN]


class WayForm(KeyedForm):
    """A way to reach somebody."""

    channel = forms.ChoiceField(
        label=_("How"), choices=ReachChannel.choices, initial=ReachChannel.PHONE, widget=forms.RadioSelect
    )
    value = forms.CharField(label=_("Number, address, or through whom"), max_length=200)
    note = forms.CharField(label=_("What to mind"), max_length=500, required=False)
    safe = forms.ChoiceField(
        label=_("Is it safe to use this"), choices=Safe.choices, initial=Safe.UNKNOWN, widget=forms.RadioSelect
    )

    def data_of(self, today: date) -> WayData:
        """What the services take."""
        data = self.cleaned_data
        confirmed = today if data["safe"] != Safe.UNKNOWN else None
        return WayData(data["channel"], data["value"], data["note"], data["safe"], confirmed)


class WayConfirmForm(forms.Form):
    """Whether a way is safe, as of today."""

    way = forms.IntegerField(widget=forms.HiddenInput)
    safe = forms.ChoiceField(choices=answers)


class _SaidForm(KeyedForm):
    """Something that somebody said on a day that is not to come."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("said_on", today)

    def clean_said_on(self) -> date:
        """Not in the future, and not longer ago than a year: what holds is asked anew."""
        day: date = self.cleaned_data["said_on"]
        if day > self.today:
            raise ValidationError(_("This day is still to come."))
        if (self.today - day).days > 366:
            raise ValidationError(_("This is more than a year ago. Ask it anew, or check the year."))
        return day


class AgreementForm(_SaidForm):
    """What is agreed with somebody about reaching her. Nothing is obligatory, but something must be said."""

    voicemail = forms.ChoiceField(
        label=_("Leave a voicemail"), choices=Allowed.choices, initial=Allowed.UNKNOWN, widget=forms.RadioSelect
    )
    post = forms.ChoiceField(
        label=_("Send post"), choices=Allowed.choices, initial=Allowed.UNKNOWN, widget=forms.RadioSelect
    )
    paper = forms.ChoiceField(
        label=_("Paper may lie at home"), choices=Allowed.choices, initial=Allowed.UNKNOWN, widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label=_("On which days"), choices=DAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    from_time = forms.TimeField(
        label=_("From what hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    until_time = forms.TimeField(
        label=_("Until what hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    not_times = forms.CharField(label=_("When not"), max_length=200, required=False)
    not_near = forms.CharField(label=_("Do not call when near"), max_length=200, required=False)
    who_may = forms.CharField(label=_("Who may answer"), max_length=200, required=False)
    who_not = forms.CharField(label=_("Who must not hear it"), max_length=200, required=False)
    reads_along = forms.CharField(label=_("Who reads along on telephone or account"), max_length=200, required=False)
    name_to_use = forms.CharField(label=_("Who we say we are"), max_length=120, required=False)
    code_word = forms.CharField(label=_("Code word"), max_length=60, required=False)
    remark = forms.CharField(
        label=_("What else to mind"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    said_on = day_field(_("Talked through on"), required=True)
    holds_days = forms.TypedChoiceField(
        label=_("How long this holds"),
        choices=TERMS,
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    holds_reason = forms.CharField(label=_("Why this long"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def clean(self) -> dict[str, Any]:
        """Hours that can be, a reason beside a term that was chosen, and at least one thing said."""
        data = super().clean() or self.cleaned_data
        self._check_hours(data)
        if data.get("holds_days") and not data.get("holds_reason"):
            self.add_error("holds_reason", _("Why does it hold longer or shorter than proposed?"))
        if not self.errors and self.data_of().is_empty:
            raise ValidationError(_("Fill in at least one thing."))
        return data

    def _check_hours(self, data: dict[str, Any]) -> None:
        start, end = data.get("from_time"), data.get("until_time")
        if start and end and end <= start:
            self.add_error("until_time", _("This is not after the first hour. For the night, write it under When not."))
        elif start and not end and "until_time" not in self.errors:
            self.add_error("until_time", _("Until what time?"))
        elif end and not start and "from_time" not in self.errors:
            self.add_error("from_time", _("From what time?"))

    def data_of(self) -> AgreementData:
        """What the services take."""
        data = self.cleaned_data
        told = {name: data[name] for name in AgreementData.__dataclass_fields__ if name in data}
        hours = {name: _hour(data.get(name)) for name in ("from_time", "until_time")}
        reason = data.get("holds_reason", "") if data.get("holds_days") else ""
        return AgreementData(**{**told, **hours, "holds_reason": reason})


def _hour(moment: time | None) -> str:
    return f"{moment:%H:%M}" if moment else ""


class ApproachForm(_SaidForm):
    """Whether somebody of the family finds it safe that a third is approached, and what may be said."""

    said_by = forms.ChoiceField(label=_("Who says so"), widget=forms.RadioSelect)
    answer = forms.ChoiceField(label=_("Is it safe to approach this person"), choices=answers, widget=forms.RadioSelect)
    may_say = forms.CharField(
        label=_("What may be said"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    said_on = day_field(_("Said on"), required=True)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said_by"].choices = list(people)  # type: ignore[attr-defined]  # a choice field
