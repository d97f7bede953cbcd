"""What is said of a way after a contact."""

from django import forms

from families.choices import Safe


def _answers() -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in Safe.choices if value != Safe.UNKNOWN]


class SafeForm(forms.Form):
    """Whose way it was, which, and whether it was safe."""

    person = forms.CharField(max_length=16)
    way = forms.IntegerField(min_value=1, max_value=2**62)
    safe = forms.ChoiceField(choices=_answers)
