"""What the form of a search accepts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core.choices import PartyKind
from network.choices import Channel, Purpose
from network.selectors import ParticipantChoice, search_words

MAX_SIGNS, MAX_WORDS = 300, 25


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class SearchForm(forms.Form):
    """Words, filters or both. `people` can be chosen in one case; over all cases it is the kind of people."""

    words = forms.CharField(label=_("Search in what was written"), required=False, empty_value="")
    who = forms.ChoiceField(label=_("With whom"), required=False)
    channel = forms.ChoiceField(label=_("How"), choices=[("", _("everything")), *Channel.choices], required=False)
    purpose = forms.ChoiceField(label=_("What for"), choices=[("", _("everything")), *Purpose.choices], required=False)
    since = _day(_("From"))
    until = _day(_("Until and including"))

    def __init__(self, *args: Any, people: list[ParticipantChoice] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [
            (PartyKind.PERSON, _("somebody of the family")),
            (PartyKind.PROFESSIONAL, _("a professional")),
            (PartyKind.USER, _("a colleague")),
        ]
        named = kinds if people is None else [(person.ref, person.name) for person in people]
        self.fields["who"].choices = [("", _("everybody")), *named]  # type: ignore[attr-defined]  # a choice field
        self.fields["words"].widget.attrs |= {"type": "search", "autocomplete": "off", "enterkeyhint": "search"}

    def clean_words(self) -> str:
        """At most 300 signs and 25 words, and something in it that can be looked for."""
        words: str = self.cleaned_data["words"]
        if len(words) > MAX_SIGNS:
            raise ValidationError(_("At most %(n)s signs. Leave out what matters less."), params={"n": MAX_SIGNS})
        if len(words.split()) > MAX_WORDS:
            raise ValidationError(_("At most %(n)s words. Leave out what matters less."), params={"n": MAX_WORDS})
        if not words:
            return words
        found = search_words(words)
        if not found.has_words:
            raise ValidationError(
                _("Words like “de”, “het” and “een” stand everywhere. Add a word that says what it is about.")
            )
        if not found.has_wanted:
            raise ValidationError(_("Write at least one word that has to be in it; a minus sign only leaves out."))
        return words

    def clean(self) -> dict[str, Any]:
        """Something to look for, in a period that ends after it begins."""
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        if not self.errors and not any(data.values()):
            self.add_error("words", _("Write a word, or choose one of the filters."))
        return data

    def terms(self) -> dict[str, str]:
        """What is kept under the search's random id."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is on or wrong, so that the page shows the filters open."""
        names = ("who", "channel", "purpose", "since", "until")
        return any(self[name].value() or self[name].errors for name in names)
