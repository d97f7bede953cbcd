"""What the forms of authority and of who decides accept."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from families.choices import (
    AuthorityBasis,
    AuthoritySource,
    AuthorityStatus,
    RepresentationKind,
)
from families.forms.fields import Choices, day_field
from families.services.authority import AuthorityData


class AuthorityForm(forms.Form):
    """Whether somebody has authority over a child, from when; known only with when and where it was looked up."""

    holder = forms.ChoiceField(label=_("Who"), required=False)
    body = forms.CharField(label=_("Or an organisation"), max_length=120, required=False)
    status = forms.ChoiceField(
        label=_("Authority"), choices=AuthorityStatus.choices, initial=AuthorityStatus.UNKNOWN, widget=forms.RadioSelect
    )
    part = forms.CharField(label=_("Which part"), max_length=200, required=False)
    basis = forms.ChoiceField(label=_("On what it rests"), required=False)
    since = day_field(_("From"))
    until = day_field(_("Until and including"))
    source = forms.ChoiceField(label=_("Looked up in"), required=False)
    checked_on = day_field(_("Checked on"))
    checked_where = forms.CharField(label=_("Checked where"), max_length=120, required=False)
    replaced_on = day_field(_("The court consented instead on"))

    def __init__(self, *args: Any, people: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["holder"].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]  # a choice field
        self.fields["basis"].choices = [("", _("not known")), *AuthorityBasis.choices]  # type: ignore[attr-defined]
        self.fields["source"].choices = [("", _("choose")), *AuthoritySource.choices]  # type: ignore[attr-defined]

    def clean_checked_on(self) -> date | None:
        """Not in the future, and not over twenty years ago."""
        day: date | None = self.cleaned_data["checked_on"]
        if day and day > self.today:
            raise ValidationError(_("This day is still to come."))
        if day and day < self.today - timedelta(days=20 * 366):
            raise ValidationError(_("This is more than twenty years ago. Check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        """One holder; what is known says when and where it was looked up, what is not known says neither."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("holder")) == bool(data.get("body")) and not {"holder", "body"} & self.errors.keys():
            self.add_error("holder", _("Choose somebody of the family, or name one organisation."))
        if data.get("status") == AuthorityStatus.UNKNOWN:
            data |= {"checked_on": None, "checked_where": "", "source": ""}
        elif data.get("status"):
            self._needs_its_check(data)
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return data

    def _needs_its_check(self, data: dict[str, Any]) -> None:
        for name, sentence in (
            ("checked_on", _("When was this checked? Or leave it as not known yet.")),
            ("checked_where", _("Where was this checked? Or leave it as not known yet.")),
        ):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    def data_of(self) -> AuthorityData:
        """What the services take."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("holder", "body")}
        return AuthorityData(**data)


class RepresentationForm(forms.Form):
    """That somebody cannot weigh a decision, or who decides for her."""

    kind = forms.ChoiceField(label=_("What is it"), choices=RepresentationKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Who decides"), max_length=120, required=False)
    since = day_field(_("From"), required=True)
    until = day_field(_("Until and including"))
    checked_where = forms.CharField(label=_("Who says so, or where it stands"), max_length=120)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("since", today)
