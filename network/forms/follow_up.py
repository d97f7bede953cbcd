"""What the form of a follow-up accepts."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core import clock
from casusregie.core.forms import KeyedForm

EARLIEST = datetime(2000, 1, 1, tzinfo=clock.LOCAL)


class FollowUpForm(KeyedForm):
    """Something to do on a day, without a contact."""

    text = forms.CharField(
        label=_("What to do"), max_length=300, error_messages={"required": _("Write what you want to do then.")}
    )
    due_on = forms.DateField(
        label=_("On"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day on which this should stand on your desk.")},
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_due_on(self) -> Any:
        """Today or later, at most five years ahead."""
        day = self.cleaned_data["due_on"]
        today = clock.local_date(self.now)
        if day < today:
            raise ValidationError(_("This day has passed. Choose today or later."))
        if day > today + timedelta(days=5 * 366):
            raise ValidationError(_("This is more than five years ahead. Check the year."))
        return day
