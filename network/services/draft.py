"""Drafts: what is being written is on the server within two seconds, and ends when it is saved (design.md 10)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from casusregie.core import audit, crypto
from casusregie.core.models import Submission, User
from casusregie.reminders.services import promise_make
from families.models import Case
from network.access import DRAFT_IS_OLD_AFTER, UNDO_FOR, drafts_held
from network.models import Contact, Draft, DraftFile

KIND = "draft"
MAX_BYTES = 2 * 1024 * 1024
# Guards of the form and what the page says of itself: no part of what was written.
_NOT_WRITTEN = {"csrfmiddlewaretoken", "key", "keep", "draft_revision", "draft_page", "draft_step", "draft_contact"}


class DraftChanged(Exception):
    """Another page wrote on in this draft meanwhile; `draft` is what stands there, None when it is somebody else's."""

    def __init__(self, draft: Draft | None) -> None:
        super().__init__(_("Another device wrote on in this draft."))
        self.draft = draft


class DraftSent(Exception):
    """What this draft was for has been saved already; `url` leads to it."""

    def __init__(self, url: str) -> None:
        super().__init__(_("This was saved already."))
        self.url = url


@dataclass(frozen=True)
class Writer:
    """The open page that writes, and how far it is: an answer that was lost is no other device."""

    page: str = ""
    step: int = 0


@transaction.atomic
def draft_put(
    *,
    case: Case,
    author: User,
    key: UUID,
    fields: Mapping[str, Sequence[str]],
    now: datetime,
    contact: Contact | None = None,
    seen_revision: int = 0,
    writer: Writer | None = None,
) -> Draft:
    """Keep what a form holds under the key of that form: a new draft, or writing on in one that was seen.

    `fields` are the form's fields as they were sent; `contact` is the one being corrected. Raises DraftChanged when the
    stored revision is not `seen_revision` and another page wrote it, DraftSent when the form was saved already, and
    ValidationError for more than 2 MB.
    """
    writer = writer or Writer()
    content = _content(fields, writer)
    _one_at_a_time(key)
    sent = Submission.objects.filter(key=key).first()
    if sent is not None:
        raise DraftSent(sent.result_url if sent.user_id == author.pk else "")
    draft = Draft.objects.filter(key=key).first()
    if draft is None:
        return _first(case, author, key, content, contact, now)
    draft.case = case if draft.case_id == case.pk else draft.case
    if draft.case_id != case.pk or not drafts_held(author, now).filter(pk=draft.pk).exists():
        raise DraftChanged(None)
    if draft.revision != seen_revision:
        last = _last_writer(draft)
        if not writer.page or last.page != writer.page:
            raise DraftChanged(draft)
        if last.step > writer.step:
            # An older sending of the same page that arrives after a newer one changes nothing.
            return draft
    return _write_on(draft, author, content, now)


def _content(fields: Mapping[str, Sequence[str]], writer: Writer) -> str:
    kept = {name: list(values) for name, values in fields.items() if name not in _NOT_WRITTEN}
    content = json.dumps({"fields": kept, "page": writer.page, "step": writer.step}, ensure_ascii=False)
    if len(content.encode()) > MAX_BYTES:
        raise ValidationError(_("A draft holds at most 2 MB; this is more. Divide it over two contacts."))
    return content


_LOCK = "SELECT pg_advisory_xact_lock(%s)"
_END = "DELETE FROM network_draft WHERE key = %s"


def _one_at_a_time(key: UUID) -> None:
    """Until the end of this transaction nobody else keeps or ends this draft: it never comes back after saving."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [_lock_number(key)])


def _lock_number(key: UUID) -> int:
    return key.int & 0x7FFF_FFFF_FFFF_FFFF


def _first(case: Case, author: User, key: UUID, content: str, contact: Contact | None, now: datetime) -> Draft:
    draft = Draft.objects.create(
        case=case,
        author=author,
        contact=contact,
        key=key,
        content=crypto.encrypt(case.ref, content),
        started_at=now,
        saved_at=now,
    )
    promise_make(kind=KIND, ref=draft.ref, case_ref=case.ref, due_at=now + DRAFT_IS_OLD_AFTER)
    audit.record("draft.kept", case_ref=case.ref, objects=[draft.ref])
    return draft


def _last_writer(draft: Draft) -> Writer:
    content = json.loads(crypto.decrypt(draft.case.ref, draft.content))
    return Writer(content["page"], content["step"])


def _write_on(draft: Draft, author: User, content: str, now: datetime) -> Draft:
    draft.author = author
    draft.content = crypto.encrypt(draft.case.ref, content)
    draft.revision += 1
    draft.saved_at, draft.discarded_at = now, None
    draft.save(update_fields=["author", "content", "revision", "saved_at", "discarded_at"])
    audit.record("draft.kept", case_ref=draft.case.ref, objects=[draft.ref])
    return draft


def draft_put_anyway(
    *,
    case: Case,
    author: User,
    key: UUID,
    fields: Mapping[str, Sequence[str]],
    now: datetime,
    contact: Contact | None = None,
    seen_revision: int = 0,
) -> Draft:
    """`draft_put` for a page that cannot be asked again: what does not fit in that draft becomes one of its own.

    Raises ValidationError for more than 2 MB.
    """
    try:
        return draft_put(
            case=case, author=author, key=key, fields=fields, now=now, contact=contact, seen_revision=seen_revision
        )
    except (DraftChanged, DraftSent):
        return draft_put(case=case, author=author, key=uuid4(), fields=fields, now=now, contact=contact)


def draft_end(*, key: UUID, now: datetime) -> None:
    """End the draft of a form that is being saved, in that transaction; its reminder then has nothing to tell."""
    with connection.cursor() as cursor:
        # Two statements in one sending: the second sees what somebody kept while the first waited for her.
        cursor.execute(f"{_LOCK}; {_END}", [_lock_number(key), key])


@transaction.atomic
def draft_discard(*, draft: Draft, by: User, now: datetime) -> None:
    """Throw a draft away; for ten minutes it can be put back."""
    Draft.objects.filter(pk=draft.pk, discarded_at__isnull=True).update(discarded_at=now)
    audit.record("draft.discarded", case_ref=draft.case.ref, objects=[draft.ref])


@transaction.atomic
def draft_restore(*, draft: Draft, by: User) -> None:
    """Put back a draft that was thrown away a moment ago."""
    Draft.objects.filter(pk=draft.pk).update(discarded_at=None)
    audit.record("draft.restored", case_ref=draft.case.ref, objects=[draft.ref])


@transaction.atomic
def drafts_clear(*, now: datetime) -> int:
    """Delete for good what was thrown away ten minutes ago, with the files that waited in it; returns how many."""
    gone = list(Draft.objects.select_for_update().filter(discarded_at__lte=now - UNDO_FOR).values_list("pk", "key"))
    DraftFile.objects.filter(key__in=[key for _pk, key in gone]).delete()
    Draft.objects.filter(pk__in=[pk for pk, _key in gone]).delete()
    return len(gone)
