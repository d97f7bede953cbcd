"""Fields that several forms of this room have."""

from typing import Any

from django import forms

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
