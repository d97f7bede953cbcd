"""Small forms of the desks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Role, Team


class CaseSearchForm(forms.Form):
    """Looking for a case by name or reference; sent as a POST, so that no name stands in an address."""

    words = forms.CharField(label=_("Name or reference"), max_length=100, required=False)


class ImportForm(forms.Form):
    """A file with a caseload."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        max_length=255,
        error_messages={"required": _("Choose a CSV or XLSX file.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class LogForm(forms.Form):
    """What to look for in the access log."""

    case_ref = forms.CharField(label=_("Case reference"), max_length=16, required=False)
    actor = forms.CharField(label=_("E-mail address of who looked"), max_length=200, required=False)
    outcome = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)


class AccountForm(forms.Form):
    """A new account: who, where, with which bundles of rights."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("no team")
    )
    roles = forms.ModelMultipleChoiceField(
        label=_("Roles"), queryset=Role.objects.none(), to_field_name="slug", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined]  # a model choice
        self.fields["roles"].queryset = Role.objects.order_by("name")  # type: ignore[attr-defined]
