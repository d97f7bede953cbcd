"""Photos and files of a contact: judged, copied and sealed; added while writing, or to a contact that stands."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from casusregie.core import audit, crypto, files
from casusregie.core.models import User
from families.models import Case
from network.models import Attachment, Contact, Draft, DraftFile

# A file whose writing never became a draft waits this long for its page.
_WAITS = timedelta(days=1)


def draft_file_add(*, case: Case, by: User, key: UUID, name: str, data: bytes, now: datetime) -> DraftFile:
    """Keep a file for the contact that is being written under `key`; the same file twice is once.

    Raises ValidationError with a sentence for what cannot be attached, or for one more than ten.
    """
    sealed = files.sealed(case.ref, name, data)
    with transaction.atomic():
        _one_at_a_time(key.int)
        there = DraftFile.objects.filter(case=case, key=key)
        same = there.filter(sha256=sealed["sha256"]).first()
        if same is not None:
            return same
        _room_for_one(there.count())
        row = DraftFile.objects.create(case=case, author=by, key=key, added_at=now, **sealed)
        audit.record("draft_file.added", case_ref=case.ref, objects=[row.ref])
        return row


@transaction.atomic
def draft_file_remove(*, file: DraftFile, by: User) -> None:
    """Take a file away that was not saved yet; nothing of it stays."""
    DraftFile.objects.filter(pk=file.pk).delete()
    audit.record("draft_file.removed", case_ref=file.case.ref, objects=[file.ref])


def attachment_add(*, contact: Contact, by: User, name: str, data: bytes, now: datetime) -> Attachment:
    """Add a file to a contact that stands already; the same file twice is once. Raises ValidationError."""
    sealed = files.sealed(contact.case.ref, name, data)
    with transaction.atomic():
        locked = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
        if locked.withdrawn_at is not None:
            raise ValidationError(_("A colleague found that this contact is of another family."))
        there = Attachment.objects.filter(contact=locked)
        same = there.filter(sha256=sealed["sha256"]).first()
        if same is not None:
            return same
        _room_for_one(there.count())
        row = Attachment.objects.create(contact=locked, added_by=by, added_at=now, **sealed)
        audit.record("attachment.added", case_ref=contact.case.ref, objects=[contact.ref, row.ref])
        return row


def attachments_take(*, contact: Contact, by: User, key: UUID, now: datetime) -> int:
    """Make the files that waited under `key` attachments of this contact, in the caller's transaction; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"key": key, "case": contact.case_id, "contact": contact.pk})
        refs = [ref for (ref,) in cursor.fetchall()]
    if refs:
        audit.record("attachment.added", case_ref=contact.case.ref, objects=[contact.ref, *refs])
    return len(refs)


# Moved inside the database: ten photos never travel to the web process and back.
_TAKE = """
    WITH gone AS (DELETE FROM network_draftfile WHERE key = %(key)s AND case_id = %(case)s RETURNING *)
    INSERT INTO network_attachment
           (ref, contact_id, name, kind, size, sha256, original, shown, added_by_id, added_at)
    SELECT ref, %(contact)s, name, kind, size, sha256, original, shown, author_id, added_at FROM gone ORDER BY id
    RETURNING ref
"""


def original_opened(*, attachment: Attachment, by: User) -> bytes:
    """The original as it came, for who asked for it on purpose; the access log says so. Raises CannotDecrypt."""
    audit.record(
        "attachment.original_opened",
        case_ref=attachment.contact.case.ref,
        objects=[attachment.contact.ref, attachment.ref],
    )
    return crypto.decrypt_bytes(attachment.contact.case.ref, attachment.original)


def draft_files_clear(*, now: datetime) -> int:
    """Delete files that wait for more than a day without a draft; returns how many."""
    drafts = Draft.objects.filter(key=OuterRef("key"))
    found, _each = DraftFile.objects.filter(~Exists(drafts), added_at__lt=now - _WAITS).delete()
    return found


def _one_at_a_time(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number & 0x7FFF_FFFF_FFFF_FFFF])


def _room_for_one(count: int) -> None:
    if count >= files.MAX_FILES:
        raise ValidationError(_("At most %(n)s files fit at one contact.") % {"n": files.MAX_FILES})
