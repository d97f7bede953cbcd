"""What the form of a voice accepts."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core.forms import KeyedForm
from network.choices import VoiceMode
from network.selectors import every
from network.services.voice import VoiceData

RHYTHMS = (7, 14, 30, 91)
OTHER = "other"
LONGEST_PAUSE = timedelta(days=366)


class VoiceForm(KeyedForm):
    """How often a voice is heard, through whom, or why not now."""

    mode = forms.ChoiceField(
        label=_("How"),
        choices=VoiceMode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you hear this voice.")},
    )
    via = forms.ChoiceField(label=_("Through whom"), required=False)
    rhythm = forms.ChoiceField(label=_("How often at least"), required=False, widget=forms.RadioSelect)
    other_days = forms.IntegerField(label=_("Every how many days"), min_value=1, max_value=366, required=False)
    review_on = forms.DateField(
        label=_("Look at this again on"),
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=300, error_messages={"required": _("Write in one sentence why.")}
    )

    def __init__(self, *args: Any, today: date, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["via"].choices = [("", _("choose somebody")), *people]  # type: ignore[attr-defined]  # a choice field
        words = [(str(days), every(days).capitalize()) for days in RHYTHMS]
        self.fields["rhythm"].choices = [*words, (OTHER, _("Otherwise"))]  # type: ignore[attr-defined]  # as above

    def clean_review_on(self) -> date | None:
        """A day to come, at most a year ahead: a pause without an end is forgetting."""
        day: date | None = self.cleaned_data["review_on"]
        if day is not None and day <= self.today:
            raise ValidationError(_("Choose a day to come: a pause has an end."))
        if day is not None and day > self.today + LONGEST_PAUSE:
            raise ValidationError(_("At most a year ahead. You can pause again then."))
        return day

    def clean(self) -> dict[str, Any]:
        """What the chosen mode needs is there."""
        data = super().clean() or self.cleaned_data
        if data.get("mode") == VoiceMode.PAUSED:
            self._need("review_on", _("Choose the day on which you look at this again."))
            return data
        if data.get("mode") in (VoiceMode.VIA, VoiceMode.TOO_YOUNG):
            self._need("via", _("Choose through whom."))
        self._need("rhythm", _("Choose how often."))
        if data.get("rhythm") == OTHER:
            self._need("other_days", _("Fill in the number of days."))
        return data

    def _need(self, name: str, sentence: Any) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def data_of(self) -> VoiceData:
        """What was chosen, without what its mode does not use."""
        data = self.cleaned_data
        if data["mode"] == VoiceMode.PAUSED:
            return VoiceData(data["mode"], data["reason"], review_on=data["review_on"])
        days = data["other_days"] if data["rhythm"] == OTHER else int(data["rhythm"])
        via = data["via"] if data["mode"] != VoiceMode.RHYTHM else ""
        return VoiceData(data["mode"], data["reason"], every_days=days, via=via)
