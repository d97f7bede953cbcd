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
