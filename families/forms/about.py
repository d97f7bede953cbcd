"""What the forms about one person accept: speech, municipality, number, moving house, one human in two cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casusregie.core.forms import KeyedForm
from families.choices import HomeKind, Interpreter, Language, NumberReason, Plain
from families.forms.fields import Choices, HomeNameField, day_field
from families.services.home import HomeData
from families.services.speech import ResidenceData, SpeechData


class SpeechForm(KeyedForm):
    """How one speaks with somebody."""

    languages = forms.MultipleChoiceField(
        label=_("Speaks"), choices=Language.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    other_language = forms.CharField(label=_("Another language"), max_length=60, required=False)
    interpreter = forms.ChoiceField(
        label=_("Interpreter"),
        choices=[("", _("not needed")), *Interpreter.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    interpreter_who = forms.CharField(label=_("Who interprets"), max_length=120, required=False)
    plain = forms.MultipleChoiceField(
        label=_("What makes it clear"), choices=Plain.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def data_of(self) -> SpeechData:
        """What the services take."""
        data = self.cleaned_data
        return SpeechData(
            languages=tuple(data["languages"]),
            other_language=data["other_language"],
            interpreter=data["interpreter"],
            interpreter_who=data["interpreter_who"],
            plain=tuple(data["plain"]),
        )


class ResidenceForm(KeyedForm):
    """Which municipality is responsible, from which day."""

    municipality = forms.CharField(label=_("Municipality"), max_length=80, required=False)
    since = day_field(_("From"))
    checked_where = forms.CharField(label=_("Where was this looked up"), max_length=120, required=False)
    is_hidden = forms.BooleanField(label=_("Nobody outside the team may know which one"), required=False)

    def data_of(self) -> ResidenceData:
        """What the services take."""
        data = self.cleaned_data
        return ResidenceData(data["municipality"], data["since"], data["checked_where"], data["is_hidden"])


class NumberForm(forms.Form):
    """A citizen service number, as it is typed; the services judge it."""

    number = forms.CharField(
        label=_("Citizen service number (BSN)"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class NumberShowForm(KeyedForm):
    """Why somebody looks at a number; each answer shows it once."""

    reason = forms.ChoiceField(label=_("Why do you need it"), choices=NumberReason.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In your own words"), max_length=200, required=False)


class MoveForm(KeyedForm):
    """Who lives in which home from which day on."""

    since = day_field(_("From which day"), required=True)
    household = forms.TypedChoiceField(label=_("Goes to live in"), coerce=int, required=False, empty_value=None)
    label = HomeNameField()
    kind = forms.ChoiceField(
        label=_("What kind of home is that"),
        choices=HomeKind.choices,
        initial=HomeKind.OTHER,
        required=False,
        widget=forms.RadioSelect,
    )
    as_second = forms.BooleanField(label=_("As a second home: the main home stays"), required=False)
    along = forms.MultipleChoiceField(label=_("Who goes along"), required=False, widget=forms.CheckboxSelectMultiple)
    source = forms.CharField(label=_("How do you know"), max_length=200, required=False)

    def __init__(self, *args: Any, people: Choices, homes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["along"].choices = people  # type: ignore[attr-defined]  # a choice field
        self.fields["household"].choices = [("", _("a new home")), *homes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A home that is there, or a name for a new one."""
        data = super().clean() or self.cleaned_data
        if not data.get("household") and not data.get("label") and not {"household", "label"} & set(self.errors):
            self.add_error("label", _("Choose a home, or give a new one a name."))
        return data

    def data_of(self) -> HomeData:
        """What the services take."""
        data = self.cleaned_data
        home = data["household"]
        return HomeData(
            household=home,
            label="" if home else data["label"],
            since=data["since"],
            is_main=not data["as_second"],
            source=data["source"],
            kind=data["kind"] or HomeKind.OTHER,
        )


class SameAnswerForm(forms.Form):
    """Whether somebody of another case is the same human or another one."""

    case = forms.CharField(max_length=16, widget=forms.HiddenInput)
    person = forms.CharField(max_length=16, widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=[("same", "same"), ("different", "different")])


class SameAskForm(forms.Form):
    """A team leader asks: the name in this family, and the reference and the name there."""

    name = forms.CharField(label=_("Full name in this family"), max_length=200)
    case_ref = forms.CharField(label=_("Reference of the other case"), max_length=16)
    name_there = forms.CharField(label=_("Full name there, when it is another"), max_length=200, required=False)


class SameUndoForm(forms.Form):
    """Agree with a link, or undo it with a reason."""

    answer = forms.ChoiceField(choices=[("agree", "agree"), ("undo", "undo")])
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)
