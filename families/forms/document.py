"""What the forms of documents accept."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core.choices import Circle
from casusregie.core.forms import FileForm, KeyedForm
from families.choices import DocumentKind
from families.forms.fields import Choices, day_field
from families.services.document import DocumentData


class UploadForm(FileForm, KeyedForm):
    """A form with one file. The file is kept as soon as it came, so that no other error asks for it again."""

    # Under which key it waits; with scripts it was sent before the form.
    waiting_files = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False

    def clean_file(self) -> Any:
        """Not over the limit, when one came along."""
        return super().clean_file() if self.cleaned_data.get("file") else None

    @property
    def upload_key(self) -> UUID:
        """The key under which its file waits."""
        data = getattr(self, "cleaned_data", {})
        if not hasattr(self, "_upload_key"):
            self._upload_key: UUID = data.get("waiting_files") or data.get("key") or uuid4()
        return self._upload_key


class _SaidForm(forms.Form):
    """What is said of a document: what it is, about whom, from whom, of when, and who reads it."""

    title = forms.CharField(label=_("What is it called"), max_length=120)
    kind = forms.ChoiceField(label=_("What kind"), choices=[("", _("choose")), *DocumentKind.choices])
    about = forms.MultipleChoiceField(
        label=_("About whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose about whom this is.")},
    )
    dated_on = day_field(_("Date of the document"))
    received_on = day_field(_("Received on"), required=True)
    source_party = forms.ChoiceField(label=_("Received from"), required=False)
    source = forms.CharField(label=_("Or from"), max_length=120, required=False)
    readers = forms.ChoiceField(
        label=_("Who reads it"),
        choices=[(Circle.STEWARDS, _("only director and deputy")), (Circle.TEAM, _("the whole case team"))],
        widget=forms.RadioSelect,
        initial=Circle.STEWARDS,
    )

    def __init__(self, *args: Any, people: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["about"].choices = people  # type: ignore[attr-defined]  # a choice field
        self.fields["source_party"].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]

    def _been(self, name: str) -> date | None:
        day: date | None = self.cleaned_data.get(name)
        if day is not None and day > self.today:
            raise ValidationError(_("This day is still to come."))
        if day is not None and day.year < self.today.year - 150:
            raise ValidationError(_("This is more than 150 years ago. Check the year."))
        return day

    def clean_dated_on(self) -> date | None:
        """A day that has been, or none."""
        return self._been("dated_on")

    def clean_received_on(self) -> date | None:
        """A day that has been."""
        return self._been("received_on")

    def clean(self) -> dict[str, Any]:
        """Received when it was there, and from somebody."""
        data = super().clean() or self.cleaned_data
        dated, received = data.get("dated_on"), data.get("received_on")
        if dated and received and dated > received:
            self.add_error("received_on", _("This is before the date of the document."))
        if not data.get("source_party") and not data.get("source") and "source_party" not in self.errors:
            self.add_error("source", _("Say from whom or from where this came."))
        return data

    def data_of(self) -> DocumentData:
        """What the services take."""
        data = self.cleaned_data
        return DocumentData(
            kind=data["kind"],
            title=data["title"],
            about=list(data["about"]),
            dated_on=data["dated_on"],
            received_on=data["received_on"],
            source_party=data["source_party"],
            source=data["source"],
            for_team=data["readers"] == Circle.TEAM,
        )


class DocumentForm(_SaidForm, UploadForm):
    """A new document with its file."""


class DocumentChangeForm(_SaidForm):
    """What is said of a document, anew, with why."""

    reason = forms.CharField(label=_("Why do you change this"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DocumentReplaceForm(UploadForm):
    """Another file in the place of the newest, with why."""

    reason = forms.CharField(label=_("Why does another file take its place"), max_length=300)
    number = forms.IntegerField(widget=forms.HiddenInput)


class DocumentGiveForm(KeyedForm):
    """To whom of the family a file is given."""

    reader = forms.ChoiceField(
        label=_("To whom"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to whom."), "invalid_choice": _("Choose to whom.")},
    )
    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, readers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].choices = readers  # type: ignore[attr-defined]  # a choice field


class DocumentReleaseForm(forms.Form):
    """For whom a second person lets a file without text go, after looking."""

    TEAM = "team"

    reader = forms.ChoiceField(
        label=_("It may go to"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to whom."), "invalid_choice": _("Choose to whom.")},
    )
    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, readers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].choices = [(self.TEAM, _("the case team")), *readers]  # type: ignore[attr-defined]
