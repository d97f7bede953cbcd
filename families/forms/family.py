"""What the forms of a case, its team and looking inside accept."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casusregie.core import clock
from casusregie.core.forms import KeyedForm
from families.choices import (
    Intensity,
    MemberRole,
    ReachChannel,
    Safe,
    WorkingForm,
)
from families.forms.fields import day_field
from families.services.person import PersonData
from families.services.reach import WayData


class CaseOpenForm(KeyedForm):
    """A case in 30 seconds: a name, somebody, and a way to reach her."""

    name = forms.CharField(label=_("Family name, or a neutral name"), max_length=120)
    given_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    infix = forms.CharField(label=_("Prefix"), max_length=20, required=False)
    surname = forms.CharField(label=_("Surname"), max_length=80, required=False)
    described_as = forms.CharField(label=_("Who is this in the family"), max_length=80, required=False)
    channel = forms.ChoiceField(
        label=_("How can this person be reached"),
        choices=ReachChannel.choices,
        initial=ReachChannel.PHONE,
        widget=forms.RadioSelect,
    )
    way = forms.CharField(label=_("Number, address, or through whom"), max_length=200)
    safe = forms.ChoiceField(
        label=_("Is it safe to use this"), choices=Safe.choices, initial=Safe.UNKNOWN, widget=forms.RadioSelect
    )
    intensity = forms.ChoiceField(
        label=_("Intensity"), choices=Intensity.choices, initial=Intensity.RED, widget=forms.RadioSelect
    )

    guard = forms.CharField(label=_("Who keeps watch over safety meanwhile"), max_length=160, required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody has a name."""
        data = super().clean() or self.cleaned_data
        if not data.get("given_name") and not data.get("surname") and not self.errors:
            self.add_error("given_name", _("Fill in a first name or a surname."))
        return data

    def first(self) -> PersonData:
        """The first person."""
        data = self.cleaned_data
        return PersonData(
            given_name=data["given_name"],
            infix=data["infix"],
            surname=data["surname"],
            described_as=data["described_as"],
        )

    def reach(self, today: date) -> WayData:
        """How to reach her."""
        data = self.cleaned_data
        confirmed = today if data["safe"] != Safe.UNKNOWN else None
        return WayData(channel=data["channel"], value=data["way"], safe=data["safe"], confirmed_on=confirmed)


class CaseChangeForm(forms.Form):
    """Status, intensity and working form, with a reason."""

    status = forms.ChoiceField(label=_("Status"))
    intensity = forms.ChoiceField(label=_("Intensity"), choices=Intensity.choices, widget=forms.RadioSelect)
    working_form = forms.ChoiceField(
        label=_("Together or apart"), choices=WorkingForm.choices, required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Why"), max_length=500)

    def __init__(self, *args: Any, statuses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = statuses  # type: ignore[attr-defined]  # a choice field


class MemberForm(forms.Form):
    """A deputy or second worker, until a day if that is known."""

    user = forms.TypedChoiceField(label=_("Colleague"), coerce=int)
    role = forms.ChoiceField(label=_("As"), choices=MemberRole.choices, widget=forms.RadioSelect)
    until = day_field(_("Until and including"))

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = people  # type: ignore[attr-defined]  # a choice field

    def until_moment(self) -> datetime | None:
        """The end of the last day, aware, in the Netherlands."""
        day: date | None = self.cleaned_data["until"]
        return datetime.combine(day + timedelta(days=1), datetime.min.time(), clock.LOCAL) if day else None


class MemberEndForm(forms.Form):
    """Whose place ends."""

    member = forms.IntegerField(widget=forms.HiddenInput)


class ColleagueForm(forms.Form):
    """One colleague: to direct the case, or to be barred from it."""

    user = forms.TypedChoiceField(label=_("Colleague"), coerce=int)
    reason = forms.CharField(label=_("Why"), max_length=500)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = people  # type: ignore[attr-defined]  # a choice field


class InsightForm(forms.Form):
    """Why somebody looks inside."""

    reason = forms.CharField(
        label=_("Why do you look inside"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": _("Write the reason in a sentence: the case director reads it.")},
    )
