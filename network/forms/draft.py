"""A form that is kept while somebody writes in it."""

from typing import Any
from uuid import uuid4

from django import forms

from casusregie.core.forms import KeyedForm


class DraftedForm(KeyedForm):
    """A keyed form that knows how far its draft is, and which open page writes in it; also after an answer with errors."""

    draft_revision = forms.CharField(widget=forms.HiddenInput, required=False)
    draft_page = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("draft_page", uuid4().hex)
