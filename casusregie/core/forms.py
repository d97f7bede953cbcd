"""Form parts that every app uses: the login form, the key against double sending, text that keeps what was typed."""

import uuid
from collections.abc import Collection
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from casusregie.core import files, guessing

# Codes tried on one account in a quarter of an hour, from all addresses together: who tries knows the password.
_CODES_PER_QUARTER = 20


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # the package carries no types
    """allauth's form without 'remember me', and with the name under which axes counts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].max_length = 254
        self.fields["login"].validators.append(MaxLengthValidator(254))
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def user_credentials(self) -> dict[str, Any]:
        """What is handed to the backends; axes counts under `login`."""
        credentials: dict[str, Any] = super().user_credentials()
        credentials["login"] = self.cleaned_data["login"].lower()
        return credentials


class _Counted(forms.Form):
    """A code that is tried counts as a guess, like a password."""

    def clean_code(self) -> str:
        """The code, when it is right; a wrong one counts and waits."""
        request = get_adapter().request
        name = f"code:{self.user.email}"  # type: ignore[attr-defined]  # set by allauth's forms
        if guessing.failures(name) >= _CODES_PER_QUARTER:
            guessing.close(request)
        if getattr(request, "axes_locked_out", False) or guessing.is_closed(request, name):
            raise ValidationError(_("Too many attempts. Try again in a quarter of an hour."))
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # allauth's form beside this one
        except ValidationError:
            guessing.failed(request, name)
            guessing.slow_down(name)
            raise
        guessing.forgive(request, name)
        return code


class CodeForm(_Counted, AuthenticateForm):  # type: ignore[misc]  # the package carries no types
    """The second factor at the login."""


class CodeAgainForm(_Counted, ReauthenticateForm):  # type: ignore[misc]  # as above
    """The second factor again."""


class TapsWidget(forms.Widget):
    """One group of chips for each of many things, sent as `<prefix>-<reference>`."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.prefix = f"{prefix}-"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """References with what was tapped; what was not tapped is not in it."""
        return {key.removeprefix(self.prefix): data[key] for key in data if key.startswith(self.prefix) and data[key]}


class TapsField(forms.Field):
    """What was tapped for each of many things, by reference; every answer is one of `allowed`."""

    def __init__(self, *, prefix: str, allowed: Collection[str], **kwargs: Any) -> None:
        super().__init__(widget=TapsWidget(prefix), required=False, **kwargs)
        self.allowed = allowed

    def validate(self, value: dict[str, str] | None) -> None:
        """Raises ValidationError for an answer that is not offered."""
        if any(tapped not in self.allowed for tapped in (value or {}).values()):
            raise ValidationError(_("Choose one of the answers that stand here."))


class KeyedForm(forms.Form):
    """A form that is accepted once: its hidden key goes along, whatever the browser sends again."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    @property
    def submission_key(self) -> uuid.UUID:
        """The key that came along, or a new one for a client that sent none."""
        key: uuid.UUID | None = self.cleaned_data.get("key")
        return key or uuid.uuid4()

    def content(self) -> dict[str, Any]:
        """What was sent, without the key: the same content under the same key is the same submission."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class FileForm(forms.Form):
    """One file; what it is, is judged by its bytes when it is added."""

    file = forms.FileField(
        label=_("Photo or PDF"),
        widget=forms.FileInput(attrs={"accept": files.ACCEPT}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose it again, or another one."),
            "invalid": _("Choose a file."),
        },
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Not over the limit: known before a byte of it is looked at."""
        found: UploadedFile[Any] = self.cleaned_data["file"]
        if (found.size or 0) > files.MAX_BYTES:
            raise files.too_large()
        return found

    @property
    def file_name(self) -> str:
        """The name that the device gave it."""
        return self.cleaned_data["file"].name or ""

    def data_read(self) -> bytes:
        """Its bytes."""
        data: bytes = self.cleaned_data["file"].read()
        return data


class PhoneForm(forms.Form):
    """Under which number colleagues reach her; empty takes it away."""

    phone = forms.CharField(
        label=_("Work telephone"),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        """Digits with what people write between them."""
        phone: str = " ".join(self.cleaned_data["phone"].split())
        digits = sum(sign.isdigit() for sign in phone)
        if phone and (not set(phone) <= set("0123456789 +-()") or not 8 <= digits <= 15 or "+" in phone[1:]):
            raise ValidationError(_("This is not a telephone number. Write it like 06 12345678 or +31 6 12345678."))
        return phone
