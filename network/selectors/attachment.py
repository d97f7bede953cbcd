"""Files of a contact as lists show them, and the bytes that are looked at. Names only for director and deputy."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, crypto, dates, files
from casusregie.core.choices import FileKind
from casusregie.core.files import FileView, size_words
from families.access import CaseAccess
from network.access import draft_files_held
from network.models import Attachment, Contact, DraftFile


def attachments_of(access: CaseAccess, contact: Contact) -> list[FileView]:
    """The files of a contact, in the order in which they came; two queries at most, without their bytes."""
    rows = Attachment.objects.filter(contact=contact).select_related("added_by").defer("original", "shown")
    found = list(rows.order_by("pk"))
    audit.seen(row.ref for row in found)
    names = _names(access, found)
    return [_attachment(access, row, name) for row, name in zip(found, names, strict=True)]


def draft_files(access: CaseAccess, key: UUID, now: datetime) -> list[FileView]:
    """The files that wait under the key of a form, for whom the draft is; two queries at most."""
    rows = draft_files_held(access, now).filter(key=key).defer("original", "shown")
    found = list(rows.order_by("pk"))
    names = _names(access, found)
    return [_draft_file(access, row, name) for row, name in zip(found, names, strict=True)]


def shown(access: CaseAccess, row: Attachment) -> bytes:
    """The copy without metadata. Raises CannotDecrypt."""
    return crypto.decrypt_bytes(access.case.ref, row.shown)


def small(access: CaseAccess, row: Attachment | DraftFile) -> bytes:
    """The copy of a picture, small. Raises CannotDecrypt, ValidationError."""
    return files.thumbnail(crypto.decrypt_bytes(access.case.ref, row.shown), FileKind(row.kind))


def _names(access: CaseAccess, rows: list[Attachment] | list[DraftFile]) -> list[str]:
    if not access.is_steward or not rows:
        return ["" for _row in rows]
    return crypto.decrypt_all((access.case.ref, row.name) for row in rows)


def _attachment(access: CaseAccess, row: Attachment, name: str) -> FileView:
    kind, ref = FileKind(row.kind), access.case.ref
    hers = access.is_steward
    day = f"{dates.short(dates.day_of(row.added_at))} {dates.clock_time(row.added_at)}"
    return FileView(
        row.ref,
        str(kind.label),
        size_words(row.size),
        kind is not FileKind.PDF,
        name,
        reverse("attachment-small", args=[ref, row.ref]) if hers and kind is not FileKind.PDF else "",
        reverse("attachment", args=[ref, row.ref]) if hers else "",
        reverse("attachment-original", args=[ref, row.ref]) if hers else "",
        added=_("%(when)s, %(who)s") % {"when": day, "who": row.added_by.name},
    )


def _draft_file(access: CaseAccess, row: DraftFile, name: str) -> FileView:
    kind, ref = FileKind(row.kind), access.case.ref
    hers = access.is_steward and kind is not FileKind.PDF
    return FileView(
        row.ref,
        str(kind.label),
        size_words(row.size),
        kind is not FileKind.PDF,
        name,
        reverse("draft-file-small", args=[ref, row.ref]) if hers else "",
        remove_url=reverse("draft-file-remove", args=[ref, row.ref]),
    )
