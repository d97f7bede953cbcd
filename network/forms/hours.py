"""What the forms of hours accept: a line by one tap, and the period of a file."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core.forms import KeyedForm
from network.choices import TimeCategory

MINUTES = (15, 30, 45, 60)
# A line is noted about now; what was forgotten longer ago is somebody's memory, not her time.
LONGEST_AGO = 92
LONGEST_PERIOD = 366


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class TimeForm(KeyedForm):
    """One tap: `line` is a category and minutes ("travel:30"). `cases` are those she works in (reference, name)."""

    line = forms.ChoiceField(
        label=_("What and how long"),
        choices=[(f"{category}:{minutes}", "") for category in TimeCategory.values for minutes in MINUTES],
        error_messages={"required": _("Tap how long something took.")},
    )
    on = _day(_("On"))
    case = forms.ChoiceField(label=_("For which family"), required=False)

    def __init__(self, *args: Any, today: date, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["case"].choices = [("", _("none in particular")), *cases]  # type: ignore[attr-defined]
        self.initial.setdefault("on", today)

    def clean_on(self) -> date:
        """Today or before, at most three months."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError(_("This day is still to come."))
        if day < self.today - timedelta(days=LONGEST_AGO):
            raise ValidationError(_("This is more than three months ago. Check the day."))
        return day

    @property
    def category(self) -> str:
        """What was tapped."""
        return str(self.cleaned_data["line"].partition(":")[0])

    @property
    def minutes(self) -> int:
        """How long was tapped."""
        return int(self.cleaned_data["line"].partition(":")[2])


class PeriodForm(forms.Form):
    """From when until when a file goes, and which kind of file."""

    since = _day(_("From"))
    until = _day(_("Until and including"))
    kind = forms.ChoiceField(choices=[("csv", "CSV"), ("xlsx", "Excel")], required=False)

    def clean(self) -> dict[str, Any]:
        """At most a year, and an end after the beginning."""
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        elif since and until and (until - since).days >= LONGEST_PERIOD:
            self.add_error("until", _("At most a year fits in one file."))
        return data
