"""Form parts that every app uses: the login form, the key against double sending, text that keeps what was typed."""

import uuid
from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.utils.translation import gettext_lazy as _


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # the package carries no types
    """allauth's form without 'remember me', and with the name under which axes counts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def user_credentials(self) -> dict[str, Any]:
        """What is handed to the backends; axes counts under `login`."""
        credentials: dict[str, Any] = super().user_credentials()
        credentials["login"] = self.cleaned_data["login"].lower()
        return credentials


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
