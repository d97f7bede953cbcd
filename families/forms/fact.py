"""What the forms of confidential facts accept: what, about whom, by which words it is found, and who may know."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casusregie.core.forms import KeyedForm
from families.choices import FactKind
from families.scanner import problem_with, proposals

Choices = list[tuple[str, str]]
_MOST_TERMS = 20


class FactForm(KeyedForm):
    """A confidential fact. The words to search for are proposed, and count once they were looked at."""

    kind = forms.ChoiceField(label=_("What is it"), choices=FactKind.choices, initial=FactKind.ADDRESS)
    concerns = forms.ChoiceField(label=_("About whom"))
    value = forms.CharField(
        label=_("What must stay confidential"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    terms = forms.CharField(
        label=_("Words to search for, one a line"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    no_wording = forms.BooleanField(label=_("There are no fixed words for this: remind me instead"), required=False)
    may_know = forms.MultipleChoiceField(label=_("Who may know"), required=False, widget=forms.CheckboxSelectMultiple)
    also = forms.MultipleChoiceField(label=_("Also about"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Choices, readers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns"].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]  # a choice field
        self.fields["also"].choices = people  # type: ignore[attr-defined]
        self.fields["may_know"].choices = readers  # type: ignore[attr-defined]

    def clean_terms(self) -> str:
        """Each line specific enough to be found again, and to be found only where it counts."""
        lines = _lines(self.cleaned_data["terms"])
        problems = [problem for line in lines if (problem := problem_with(line))]
        if len(lines) > _MOST_TERMS:
            problems.append(_("At most %(n)s words or phrases.") % {"n": _MOST_TERMS})
        if problems:
            raise ValidationError(problems)
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        """Words to search for, or said in so many words that there are none."""
        data = super().clean() or self.cleaned_data
        if data.get("no_wording"):
            data["terms"] = ""
        elif "value" in data and "terms" in data and not data["terms"]:
            self._propose(data.get("kind", ""), data["value"])
        return data

    def _propose(self, kind: str, value: str) -> None:
        found = proposals(kind, value)
        typed = QueryDict(mutable=True)
        for name in self.data:
            typed.setlist(name, self.data.getlist(name))  # type: ignore[attr-defined]  # a POST
        typed[self.add_prefix("terms")] = "\n".join(found)
        self.data = typed
        if found:
            sentence = _("These words are searched for. Look whether they are right, and save once more.")
        else:
            sentence = _("Write the words by which this is recognised, or tick that there are none.")
        self.add_error("terms", sentence)

    def terms_of(self) -> tuple[str, ...]:
        """The confirmed words."""
        return tuple(_lines(self.cleaned_data["terms"]))


class FactChangeForm(FactForm):
    """Another version of a fact, with a reason; whose it is does not change."""

    reason = forms.CharField(label=_("Why do you change this"), max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["concerns"]


class FactEndForm(forms.Form):
    """Why a fact need not be kept from anybody any more."""

    end_reason = forms.CharField(label=_("Why is this no longer confidential"), max_length=500)


class FactLookForm(forms.Form):
    """Why somebody who may know reads a fact now."""

    reason = forms.CharField(
        label=_("Why do you need this now"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": _("Write the reason in a sentence: the case director reads it.")},
    )


def _lines(text: str) -> list[str]:
    found = {line.strip().casefold(): line.strip() for line in text.splitlines() if line.strip()}
    return list(found.values())
