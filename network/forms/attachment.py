"""The part of a contact's form that holds its files."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from casusregie.core import files
from casusregie.core.models import User
from casusregie.core.slots import FormPart, PartForm
from families.access import CaseAccess
from network.models import Contact
from network.services import attachments_take


class FilesForm(forms.Form):
    """The part of a contact's form that says under which key its files wait; empty when there are none."""

    waiting_files = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @property
    def is_used(self) -> bool:
        """Whether there are files."""
        return bool(self.is_bound and self.data.get("waiting_files"))

    @property
    def most(self) -> int:
        """How many fit."""
        return files.MAX_FILES

    @property
    def megabytes(self) -> int:
        """How large one can be."""
        return files.MEGABYTES

    @property
    def max_bytes(self) -> int:
        """The same in bytes, for the script that looks before sending."""
        return files.MAX_BYTES

    @property
    def accept(self) -> str:
        """What a device may offer to choose from."""
        return files.ACCEPT

    def content(self) -> dict[str, Any]:
        """The key."""
        return {"files": self.cleaned_data["waiting_files"]}


def _make(access: CaseAccess, data: Mapping[str, Any] | None, now: datetime) -> PartForm:
    return FilesForm(data)


def _save(content: dict[str, Any], contact: Contact, by: User, now: datetime) -> None:
    attachments_take(contact=contact, by=by, key=content["files"], now=now)


FILES = FormPart("files", "network/_log_files.html", _make, _save)
