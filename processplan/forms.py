"""What the forms of the plan room accept."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casusregie.core.choices import Right
from casusregie.core.forms import KeyedForm, TapsField
from families.access import CaseAccess
from processplan.choices import ItemKind, RecognitionAnswer, Rhythm, SignatureKind, StepState
from processplan.selectors import StepRow, steps_open

FURTHEST = timedelta(days=5 * 366)
# A drawn signature is one SVG path of moves and lines; more than this is no signature.
LONGEST_DRAWING = 60_000


def _moment(label: Any, *, required: bool = True) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("This is no moment that exists. Check day and time.")},
    )


def _to_come(moment: datetime | None, now: datetime) -> datetime | None:
    if moment and moment < now:
        raise ValidationError(_("This moment has passed. Choose one that is still to come."))
    if moment and moment > now + FURTHEST:
        raise ValidationError(_("This is more than five years ahead. Check the year."))
    return moment


class ActionsPartForm(forms.Form):
    """How far the actions of the plan are, in the form of a contact; only what was tapped changes."""

    states = TapsField(prefix="action", allowed=StepState.values, label=_("Actions"))

    def __init__(self, *args: Any, access: CaseAccess, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access, self.now = access, now

    @property
    def is_used(self) -> bool:
        """Whether anything was tapped."""
        return bool(self["states"].value())

    @cached_property
    def rows(self) -> list[StepRow]:
        """The open actions of the working plan, each with what was tapped; asked only when they are needed."""
        return steps_open(self.access, self["states"].value() or {}, self.now)

    def clean_states(self) -> dict[str, str]:
        """Only actions that are open in this plan. Raises ValidationError."""
        tapped: dict[str, str] = self.cleaned_data["states"] or {}
        if tapped.keys() - {row.ref for row in self.rows}:
            raise ValidationError(_("One of these actions is not open any more. Look in the plan how far it is."))
        return tapped

    def content(self) -> dict[str, Any]:
        """What the services take."""
        return dict(self.cleaned_data["states"])


def actions_part(access: CaseAccess, data: Any, now: datetime) -> ActionsPartForm | None:
    """The part of the form of a contact about the actions: for who directs the case."""
    return ActionsPartForm(data, access=access, now=now) if access.may(Right.CASE_DIRECT) else None


class ThemeForm(forms.Form):
    """A theme."""

    title = forms.CharField(label=_("Theme"), max_length=120)


class StatementForm(forms.Form):
    """What a voice says about a theme."""

    theme = forms.ChoiceField(label=_("About"))
    voice = forms.ChoiceField(label=_("Who says this"))
    text = forms.CharField(label=_("In own words"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    closed = forms.BooleanField(label=_("Only I and my deputy read this"), required=False)

    def __init__(self, *args: Any, themes: list[tuple[str, str]], people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = themes  # type: ignore[attr-defined]  # a choice field
        self.fields["voice"].choices = people  # type: ignore[attr-defined]


class TakeOverForm(forms.Form):
    """A statement of the contact log, under a theme."""

    line = forms.IntegerField(widget=forms.HiddenInput)
    theme = forms.CharField(max_length=16)


class PatternForm(forms.Form):
    """A circle of steps, one on a line."""

    title = forms.CharField(label=_("What do you call this pattern"), max_length=120)
    steps = forms.CharField(
        label=_("The steps of the circle, one on a line"), widget=forms.Textarea(attrs={"rows": 6}), max_length=2000
    )

    def clean_steps(self) -> list[str]:
        """The lines, each short enough to stand in a circle."""
        lines = [line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if any(len(line) > 160 for line in lines):
            raise ValidationError(_("A step has at most 160 signs."))
        return lines


class RecognitionForm(forms.Form):
    """Whether a voice recognises a pattern."""

    voice = forms.ChoiceField(label=_("Who"))
    answer = forms.ChoiceField(label=_("Recognises this"), choices=RecognitionAnswer.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In own words"), max_length=500, required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = people  # type: ignore[attr-defined]  # a choice field


class PlanForm(forms.Form):
    """The common goal and the rhythm; `revision` is what was seen when the page was opened."""

    common_goal = forms.CharField(
        label=_("What do we want together"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    rhythm = forms.ChoiceField(label=_("We evaluate"), choices=Rhythm.choices)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ItemForm(forms.Form):
    """A goal, an action or an agreement, and who reads it."""

    text = forms.CharField(label=_("In plain words"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.ChoiceField(label=_("Who does this"), required=False)
    goal = forms.ChoiceField(label=_("For which goal"), required=False)
    due_on = forms.DateField(
        label=_("By"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    is_common = forms.BooleanField(label=_("Everybody who signs reads this"), required=False)
    readers = forms.MultipleChoiceField(label=_("Also read by"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        kind: str,
        owners: list[tuple[str, str]],
        goals: list[tuple[str, str]],
        people: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = people  # type: ignore[attr-defined]  # a choice field
        self.fields["owner"].choices = [("", _("choose")), *owners]  # type: ignore[attr-defined]
        self.fields["goal"].choices = [("", _("no goal in particular")), *goals]  # type: ignore[attr-defined]
        if kind != ItemKind.STEP:
            for name in ("owner", "goal", "due_on"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """An action has somebody who does it."""
        data = super().clean() or self.cleaned_data
        if "owner" in self.fields and not data.get("owner") and "owner" not in self.errors:
            self.add_error("owner", _("Choose who does this."))
        return data


class StepStateForm(forms.Form):
    """How far an action is."""

    state = forms.ChoiceField(choices=StepState.choices)


class SignatoriesForm(forms.Form):
    """Who is asked to sign."""

    people = forms.MultipleChoiceField(
        label=_("Who is asked to sign"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]  # a choice field


class ActivateForm(forms.Form):
    """Why a plan comes in force without all signatures."""

    reason = forms.CharField(label=_("Why, when not everybody has signed"), max_length=500, required=False)


class SignForm(forms.Form):
    """Signing at the table: by hand, by name, or read and not signed; with own words when somebody wants.

    `kind` is the button that was pressed; who presses *sign* and drew nothing signs with the name she wrote.
    """

    kind = forms.ChoiceField(
        choices=SignatureKind.choices,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose one of the two buttons at the bottom.")},
    )
    drawing = forms.CharField(
        required=False,
        widget=forms.HiddenInput,
        max_length=LONGEST_DRAWING,
        error_messages={"max_length": _("This drawing is too large. Clear the field and sign once more.")},
    )
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    statement = forms.CharField(
        label=_("Do you want to say something about the plan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    shown_sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def clean_drawing(self) -> str:
        """Moves and lines with whole numbers and nothing else: it is drawn into documents."""
        drawing: str = self.cleaned_data["drawing"].strip()
        if drawing and not set(drawing) <= set("ML 0123456789."):
            raise ValidationError(_("This is no signature. Clear the field and sign once more."))
        return drawing if "L" in drawing else ""

    def clean(self) -> dict[str, Any]:
        """A signature has its mark; who only reads leaves none, whatever was in the field."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == SignatureKind.READ:
            return data | {"drawing": "", "name": ""}
        if data.get("kind") == SignatureKind.DRAWN and not data.get("drawing") and "drawing" not in self.errors:
            if data.get("name"):
                return data | {"kind": SignatureKind.TYPED}
            self.add_error("name", _("Draw your signature, or write your name."))
        return data


class EvaluationForm(KeyedForm):
    """A moment to come."""

    planned_at = _moment(_("When"))
    attendees = forms.MultipleChoiceField(label=_("Who comes"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, now: datetime, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["attendees"].choices = people  # type: ignore[attr-defined]  # a choice field

    def clean_planned_at(self) -> datetime | None:
        """Still to come."""
        return _to_come(self.cleaned_data["planned_at"], self.now)


class OutcomeForm(forms.Form):
    """What came out of a moment, in four lines, and when the next one is."""

    goes_well = forms.CharField(label=_("What goes well"), max_length=1000, required=False)
    not_yet = forms.CharField(label=_("What does not go well yet"), max_length=1000, required=False)
    changes = forms.CharField(label=_("What we change"), max_length=1000, required=False)
    safety = forms.CharField(label=_("How safe it is now"), max_length=1000, required=False)
    came = forms.MultipleChoiceField(label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple)
    next_at = _moment(_("Next moment"), required=False)

    def __init__(self, *args: Any, now: datetime, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["came"].choices = people  # type: ignore[attr-defined]  # a choice field

    def clean_next_at(self) -> datetime | None:
        """Still to come."""
        return _to_come(self.cleaned_data["next_at"], self.now)
