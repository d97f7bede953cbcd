"""What the pages of this room share: whom one chooses from, and a form that is accepted once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from casusregie.core import clock
from casusregie.core.forms import KeyedForm
from casusregie.core.submissions import SameKeyOtherContent, Sent
from casusregie.core.web import form_page, put_errors
from families import selectors
from families.access import (
    CaseAccess,
)


def people_choices(access: CaseAccess, now: datetime, *, without: str = "") -> list[tuple[str, str]]:
    """The persons of the family to choose from, by party reference."""
    people = selectors.persons(access, clock.local_date(now))
    return [(person.ref, person.name) for person in people if person.ref != without]


def send_once(
    request: HttpRequest, template: str, form: KeyedForm, context: dict[str, Any], save: Callable[[], Sent]
) -> HttpResponse:
    """A form that is accepted once: to what it made, or back with everything typed."""
    if form.is_valid():
        try:
            sent = save()
            messages.success(request, _("Noted."))
            return redirect(sent.url)
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent as error:
            return form_page(request, template, form, {**context, "earlier": error.result_url}, 409)
    return form_page(request, template, form, context)
