"""Fields that several forms of this room have."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families.scanner import tells_an_address

Choices = list[tuple[str, str]]


def day_field(label: Any, *, required: bool = False) -> forms.DateField:
    """A day, as a browser sends it or as people write it here; not required unless said."""
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def moment_field(label: Any) -> forms.DateTimeField:
    """A day with its hour, on the clock of the Netherlands, as a browser sends it; never required."""
    return forms.DateTimeField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class HomeNameField(forms.CharField):
    """What a home is called; an address is refused, because where it is, is confidential."""

    def __init__(self, *, help_text: Any = "") -> None:
        super().__init__(label=gettext_lazy("A new home is called"), max_length=60, required=False, help_text=help_text)

    def validate(self, value: str) -> None:
        """Raises ValidationError for an address."""
        super().validate(value)
        if tells_an_address(value):
            raise ValidationError(_("This is an address. Give the home a name; the address is confidential."))
