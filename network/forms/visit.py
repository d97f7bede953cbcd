"""What the forms of cautions and stays accept."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core.forms import KeyedForm
from network.choices import CautionKind
from network.services import stay_until

ADDRESS = ""


class CautionForm(KeyedForm):
    """What to beware of, and with whom."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=CautionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to beware of.")},
    )
    person = forms.ChoiceField(label=_("Where or with whom"), required=False, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What to mind"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(ADDRESS, _("at the address")), *people]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.initial.setdefault("person", ADDRESS)

    def clean(self) -> dict[str, Any]:
        """Something else says what."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == CautionKind.OTHER and not (data.get("note") or "").strip():
            self.add_error("note", _("Write what it is."))
        return data


class StayForm(KeyedForm):
    """Until when she is inside: a number of minutes from now, or a time; and who is told when she is late."""

    minutes = forms.ChoiceField(
        label=_("I go inside for"),
        choices=[("30", _("30 min")), ("60", _("60 min")), ("90", _("90 min"))],
        required=False,
        widget=forms.RadioSelect,
    )
    until = forms.TimeField(
        label=_("or until"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    colleague = forms.TypedChoiceField(
        label=_("Who is told when I am late"),
        coerce=int,
        error_messages={"required": _("Choose the colleague who is told.")},
    )
    place = forms.CharField(label=_("Where I am"), max_length=300, required=False)
    appointment = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, colleagues: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.until_at: datetime | None = None
        self.fields["colleague"].choices = colleagues  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """A time counts before minutes; a time that has passed today is after midnight."""
        data = super().clean() or self.cleaned_data
        if data.get("until") is not None:
            try:
                self.until_at = stay_until(wanted=data["until"], now=self.now)
            except ValidationError as error:
                self.add_error("until", error.message_dict["until"])
        elif data.get("minutes"):
            self.until_at = self.now + timedelta(minutes=int(data["minutes"]))
        elif not {"until", "minutes"} & set(self.errors):
            self.add_error("until", _("Choose how long, or until when."))
        return data

    @property
    def asked(self) -> str:
        """What was chosen, as it was chosen."""
        return str(self.cleaned_data.get("until") or self.cleaned_data.get("minutes") or "")
