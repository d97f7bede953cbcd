"""What the form for a contact in the wrong case accepts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casusregie.core.forms import KeyedForm
from network.choices import WithdrawalReason

UNKNOWN = "-"


class WithdrawalForm(KeyedForm):
    """The right case out of her own (`cases`: reference and name), or that she does not know; and why."""

    right_case = forms.ChoiceField(
        label=_("Of which family is it"),
        error_messages={
            "required": _("Choose a family, or say that you do not know yet."),
            "invalid_choice": _("This case is not yours. Choose one of your own, or say that you do not know."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Why did it stand here"),
        choices=WithdrawalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it stood here.")},
    )

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["right_case"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _("Choose a family")),
            *cases,
            (UNKNOWN, _("I do not know which yet")),
        ]

    @property
    def right_ref(self) -> str:
        """The reference of the right case; empty when she does not know which."""
        chosen: str = self.cleaned_data["right_case"]
        return "" if chosen == UNKNOWN else chosen


class PlaceForm(KeyedForm):
    """The right case of a contact that was withdrawn before, out of her own (`cases`: reference and name)."""

    right_case = forms.ChoiceField(
        label=_("Of which family is it"),
        error_messages={
            "required": _("Choose the family it is of."),
            "invalid_choice": _("This case is not yours. Choose one of your own."),
        },
    )

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["right_case"].choices = [("", _("Choose a family")), *cases]  # type: ignore[attr-defined]
