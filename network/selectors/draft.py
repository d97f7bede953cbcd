"""Drafts as they are offered back: on the desk, in a case, at an empty form."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto, dates
from casusregie.core.choices import Right
from casusregie.core.models import User
from families.access import CaseAccess, CaseScope, cases_in
from network.access import DRAFT_IS_OLD_AFTER, drafts_held
from network.models import Draft

MOST = 20


@dataclass(frozen=True)
class DraftView:
    """A draft in a list. `when` is when it was last kept, `opening` its first words, `by` who wrote it if another."""

    ref: str
    case_ref: str
    case_name: str
    when: str
    opening: str
    url: str
    is_old: bool
    is_correction: bool
    is_discarded: bool
    by: str


def drafts_of(user: User, scope: CaseScope, now: datetime, limit: int = MOST) -> list[DraftView]:
    """Her drafts in the cases she works in, and those that passed on to her as director, newest first; two queries.

    What she threw away in the last ten minutes is among them, marked, so that it can be put back.
    """
    rows = drafts_held(user, now).filter(case__in=cases_in(scope))
    return _views(list(rows.select_related("case", "contact", "author").order_by("-saved_at")[:limit]), user, now)


def drafts_in(access: CaseAccess, now: datetime, limit: int = MOST) -> list[DraftView]:
    """`drafts_of` for one case; nothing for who reads only."""
    if not access.may(Right.CONTACT_LOG):
        return []
    rows = drafts_held(access.user, now).filter(case=access.case)
    return _views(
        list(rows.select_related("case", "contact", "author").order_by("-saved_at")[:limit]), access.user, now
    )


def draft_waiting(access: CaseAccess, now: datetime, contact_ref: str = "") -> DraftView | None:
    """The newest draft of hers for this form: a new contact, or the correction of the contact with this reference."""
    rows = drafts_held(access.user, now).filter(case=access.case, discarded_at__isnull=True)
    rows = rows.filter(contact__ref=contact_ref) if contact_ref else rows.filter(contact__isnull=True)
    row = rows.select_related("case", "contact", "author").order_by("-saved_at").first()
    return _views([row], access.user, now)[0] if row else None


def draft_fields(access: CaseAccess, draft: Draft) -> dict[str, list[str]]:
    """What the form held, field by field, as it was sent; `draft` comes from `draft_for`."""
    fields: dict[str, list[str]] = json.loads(crypto.decrypt(access.case.ref, draft.content))["fields"]
    return fields


def draft_url(draft: Draft) -> str:
    """Where this draft is written on: the form of a new contact, or of the correction it belongs to."""
    if draft.contact is not None:
        path = reverse("contact-correct", args=[draft.case.ref, draft.contact.ref])
    else:
        path = reverse("contact-new", args=[draft.case.ref])
    return f"{path}?concept={draft.ref}"


def _views(rows: list[Draft], user: User, now: datetime) -> list[DraftView]:
    audit.seen(row.ref for row in rows)
    contents: list[dict[str, Any]] = [
        json.loads(text) for text in crypto.decrypt_all((row.case.ref, row.content) for row in rows)
    ]
    return [
        DraftView(
            ref=row.ref,
            case_ref=row.case.ref,
            case_name=row.case.name,
            when=_moment(row.saved_at, now),
            opening=_opening(content["fields"]),
            url=draft_url(row),
            is_old=row.started_at <= now - DRAFT_IS_OLD_AFTER,
            is_correction=row.contact_id is not None,
            is_discarded=row.discarded_at is not None,
            by=row.author.name if row.author_id != user.pk else "",
        )
        for row, content in zip(rows, contents, strict=True)
    ]


def _opening(fields: dict[str, list[str]]) -> str:
    body = " ".join((fields.get("body") or [""])[0].split())
    return str(Truncator(body).chars(70))


def _moment(moment: datetime, now: datetime) -> str:
    """ "vandaag 14:03", "gisteren 16:20", "do 26 nov"."""
    day, today = dates.day_of(moment), clock.local_date(now)
    if day == today:
        return _("today at %(time)s") % {"time": dates.clock_time(moment)}
    if (today - day).days == 1:
        return _("yesterday at %(time)s") % {"time": dates.clock_time(moment)}
    return dates.short(day, today)
