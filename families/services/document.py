"""Documents of a family: added, described anew, replaced, taken back; looked at by a second person, and given."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto, files
from casusregie.core.choices import Circle, FileKind
from casusregie.core.models import Audience, Party, Submission, User
from casusregie.core.submissions import Sent, once
from families.models import (
    Case,
    Document,
    DocumentFile,
    DocumentGiven,
    DocumentRelease,
    DocumentUpload,
    DocumentVersion,
    Person,
)
from families.scanner import has_text_layer
from families.selectors.document import file_for_reader, release_of
from families.services.fact import HeldBack, held_back_note

# A file that was chosen and never saved waits this long for its form.
_WAITS = timedelta(days=1)


@dataclass(frozen=True)
class DocumentData:
    """What a form says of a document; `about` and `source_party` are party references, days local dates."""

    kind: str
    title: str
    received_on: date
    about: list[str] = field(default_factory=list)
    dated_on: date | None = None
    source_party: str = ""
    source: str = ""
    for_team: bool = False


# --- The file that waits for its form ---------------------------------------------------------------------------------


def document_upload_keep(*, case: Case, by: User, key: UUID, name: str, data: bytes, now: datetime) -> DocumentUpload:
    """Keep the file that was chosen in a form under the key of that form; another one takes its place.

    Raises ValidationError with a sentence for what cannot be kept.
    """
    sealed = files.sealed(case.ref, name, data)
    with transaction.atomic():
        _one_at_a_time(key)
        there = DocumentUpload.objects.filter(case=case, author=by, key=key)
        same = there.filter(sha256=sealed["sha256"]).first()
        if same is not None:
            return same
        there.delete()
        row = DocumentUpload.objects.create(case=case, author=by, key=key, added_at=now, **sealed)
        audit.record("document_upload.kept", case_ref=case.ref, objects=[row.ref])
        return row


@transaction.atomic
def document_upload_remove(*, upload: DocumentUpload, by: User) -> None:
    """Take a file away that was not saved yet; nothing of it stays."""
    DocumentUpload.objects.filter(pk=upload.pk).delete()
    audit.record("document_upload.removed", case_ref=upload.case.ref, objects=[upload.ref])


def document_uploads_clear(*, now: datetime) -> int:
    """Delete files that wait for more than a day; returns how many."""
    found, _each = DocumentUpload.objects.filter(added_at__lt=now - _WAITS).delete()
    return found


def _one_at_a_time(key: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int & 0x7FFF_FFFF_FFFF_FFFF])


def _file_take(document: Document, by: User, key: UUID, number: int, reason: str, now: datetime) -> DocumentFile:
    """Make the file that waits under the key a file of the document. Raises ValidationError when there is none."""
    waiting = DocumentUpload.objects.select_for_update().filter(case=document.case, author=by, key=key).first()
    if waiting is None:
        raise ValidationError({"file": _("Choose a file.")})
    shown = crypto.decrypt_bytes(document.case.ref, waiting.shown)
    row = DocumentFile.objects.create(
        ref=waiting.ref,
        document=document,
        number=number,
        has_text=waiting.kind == FileKind.PDF and has_text_layer("document.pdf", shown),
        added_by=by,
        added_at=now,
        reason=reason,
        **{name: getattr(waiting, name) for name in ("name", "kind", "size", "sha256", "original", "shown")},
    )
    waiting.delete()
    return row


# --- Adding, describing anew, replacing, taking back ------------------------------------------------------------------


@transaction.atomic
def document_add(*, case: Case, by: User, data: DocumentData, key: UUID, now: datetime) -> Document:
    """Add a document with the file that waits under `key`; only director and deputy read it unless it is for the team.

    Raises ValidationError: without a file, about nobody or somebody of another family, without a source, for a day that
    is still to come.
    """
    about, source_party = _check(case, data, now)
    document = Document.objects.create(
        case=case,
        added_by=by,
        added_at=now,
        audience=Audience.objects.create(scope=case.ref, circle=_circle(data)),
        **_described(case, data, source_party),
    )
    document.about.set(about)
    _version_keep(document, about, data, by, "", now)
    file = _file_take(document, by, key, 1, "", now)
    audit.record("document.added", case_ref=case.ref, objects=[document.ref, file.ref, *_refs(about)])
    return document


def document_add_once(*, case: Case, by: User, data: DocumentData, key: UUID, upload_key: UUID, now: datetime) -> Sent:
    """`document_add` for a form: the same form with the same file twice is one document.

    `upload_key` is the one under which its file waits. Raises as `document_add` does, and SameKeyOtherContent.
    """

    def make() -> str:
        row = document_add(case=case, by=by, data=data, key=upload_key, now=now)
        return reverse("document", args=[case.ref, row.ref])

    content = {"case": case.ref, "file": _hash_of(case, by, upload_key, key), "said": _digest(key, data)}
    sent = once(key=key, user=by, form="document", content=content, now=now, make=make)
    return _come_again(sent, case, by, upload_key)


def _come_again(sent: Sent, case: Case, by: User, upload_key: UUID) -> Sent:
    """A form that came twice may have brought its file twice; the second one waits for nothing."""
    if not sent.new:
        DocumentUpload.objects.filter(case=case, author=by, key=upload_key).delete()
    return sent


def _hash_of(case: Case, by: User, upload_key: UUID, key: UUID) -> str:
    """The hash of the file that waits; when that was taken already, of the one that this form made."""
    waiting = DocumentUpload.objects.filter(case=case, author=by, key=upload_key).values_list("sha256", flat=True)
    before = Submission.objects.filter(key=key, user_id=by.pk).values_list("result_url", flat=True)
    if not waiting and before:
        address, _sign, number = before[0].partition("#v")
        ref = address.rstrip("/").rpartition("/")[2]
        made = DocumentFile.objects.filter(document__case=case, document__ref=ref, number=int(number or 1))
        return made.values_list("sha256", flat=True).first() or ""
    return waiting[0] if waiting else ""


def _digest(key: UUID, data: DocumentData) -> str:
    """What was said, recognisable and unreadable: a title can tell what must stay confidential."""
    said = json.dumps(data.__dict__, default=str, sort_keys=True)
    return hmac.new(crypto.derived_key("submission"), f"{key}:{said}".encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def document_change(
    *, document: Document, by: User, data: DocumentData, reason: str, seen_version: int, now: datetime
) -> Document:
    """Describe a document anew: what was said of it stays, with who and why. Its file does not change.

    Raises ValidationError without a reason, for another version than was seen, for one that was taken back, and as
    `document_add` does.
    """
    row = _locked(document)
    if row.version != seen_version:
        raise ValidationError(_("A colleague changed this meanwhile. Look at what it says now first."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a few words.")})
    about, source_party = _check(row.case, data, now)
    for name, value in _described(row.case, data, source_party).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    row.about.set(about)
    Audience.objects.filter(pk=row.audience_id).update(circle=_circle(data))
    _version_keep(row, about, data, by, reason.strip(), now)
    audit.record("document.changed", case_ref=row.case.ref, objects=[row.ref, *_refs(about)])
    return row


def document_replace_once(
    *, document: Document, by: User, reason: str, seen_number: int, key: UUID, upload_key: UUID, now: datetime
) -> Sent:
    """Put another file in the place of the newest; the old one stays, with who and why. The same form twice is once.

    Raises ValidationError without a reason or a file, for the same file, for another newest file than was seen, for a
    document that was taken back; and SameKeyOtherContent.
    """
    case = document.case

    def make() -> str:
        file = _replace(document, by, reason, seen_number, upload_key, now)
        return f"{reverse('document', args=[case.ref, document.ref])}#v{file.number}"

    said = {"document": document.ref, "reason": reason, "number": seen_number}
    content = {**said, "file": _hash_of(case, by, upload_key, key)}
    sent = once(key=key, user=by, form="document-replace", content=content, now=now, make=make)
    return _come_again(sent, case, by, upload_key)


def _replace(
    document: Document, by: User, reason: str, seen_number: int, upload_key: UUID, now: datetime
) -> DocumentFile:
    row = _locked(document)
    newest = row.files.order_by("-number").defer("original", "shown")[0]
    if newest.number != seen_number:
        raise ValidationError(_("A colleague replaced this file meanwhile. Look at the new one first."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a few words.")})
    file = _file_take(row, by, upload_key, newest.number + 1, reason.strip(), now)
    if file.sha256 == newest.sha256:
        raise ValidationError({"file": _("This is the file that stands there already.")})
    audit.record("document.replaced", case_ref=row.case.ref, objects=[row.ref, file.ref])
    return file


@transaction.atomic
def document_take_back(*, document: Document, by: User, reason: str, now: datetime) -> None:
    """Take a document back (another family's, or the wrong one): gone for every reader at once; the row stays.

    Raises ValidationError without a reason.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this is taken back.")})
    row = _locked(document)
    row.withdrawn_at, row.withdrawn_by, row.withdrawal_reason = now, by, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    audit.record("document.taken_back", case_ref=row.case.ref, objects=[row.ref])


def _locked(document: Document) -> Document:
    row = Document.objects.select_for_update(of=("self",)).select_related("case").get(pk=document.pk)
    if row.withdrawn_at is not None:
        raise ValidationError(_("A colleague took this document back."))
    return row


def _check(case: Case, data: DocumentData, now: datetime) -> tuple[list[Person], Party | None]:
    today = clock.local_date(now)
    people = {row.party.ref: row for row in Person.objects.filter(case=case).select_related("party")}
    about = [people[ref] for ref in data.about if ref in people]
    if not about or len(about) != len(data.about):
        raise ValidationError({"about": _("Choose about whom this is.")})
    if data.source_party and data.source_party not in people:
        raise ValidationError({"source_party": _("This person does not belong to this family.")})
    if not data.source_party and not data.source.strip():
        raise ValidationError({"source": _("Say from whom or from where this came.")})
    for name in ("dated_on", "received_on"):
        day = getattr(data, name)
        if day is not None and day > today:
            raise ValidationError({name: _("This day is still to come.")})
    if data.dated_on and data.dated_on > data.received_on:
        raise ValidationError({"received_on": _("This is before the date of the document.")})
    return about, people[data.source_party].party if data.source_party else None


def _described(case: Case, data: DocumentData, source_party: Party | None) -> dict[str, object]:
    words = data.source.strip()
    return {
        "kind": data.kind,
        "title": crypto.encrypt(case.ref, data.title.strip()),
        "source_party": source_party,
        "source": crypto.encrypt(case.ref, words) if words else None,
        "dated_on": data.dated_on,
        "received_on": data.received_on,
    }


def _circle(data: DocumentData) -> Circle:
    return Circle.TEAM if data.for_team else Circle.STEWARDS


def _version_keep(
    document: Document, about: Sequence[Person], data: DocumentData, by: User, reason: str, now: datetime
) -> None:
    names = ("kind", "title", "source_party", "source", "dated_on", "received_on", "version")
    DocumentVersion.objects.create(
        document=document,
        about_ids=sorted(person.pk for person in about),
        circle=_circle(data),
        by=by,
        at=now,
        reason=reason,
        **{name: getattr(document, name) for name in names},
    )


def _refs(people: Iterable[Person]) -> list[str]:
    return [person.party.ref for person in people]


# --- What leaves ------------------------------------------------------------------------------------------------------


@transaction.atomic
def document_release(*, file: DocumentFile, by: User, reader: Party | None, now: datetime) -> DocumentRelease:
    """A second person looked at a file without text and lets it go to one reader, or (None) to the case team.

    A later fact asks for another look. Raises ValidationError for her own file, for one that the scanner reads itself,
    and for a reader of another family.
    """
    if file.has_text:
        raise ValidationError(_("Every page of this is read by the scanner: nobody has to look first."))
    if file.added_by_id == by.pk:
        raise ValidationError(_("You added this yourself. Somebody else has to look."))
    _readable_by(file, reader)
    there = release_of(file, reader)
    if there is not None:
        return there
    row = DocumentRelease.objects.create(file=file, reader=reader, added_by_id=file.added_by_id, by=by, at=now)
    objects = [file.document.ref, file.ref, *([reader.ref] if reader else [])]
    audit.record("document.released", case_ref=file.document.case.ref, objects=objects)
    return row


def _readable_by(file: DocumentFile, reader: Party | None) -> None:
    case = file.document.case
    alive = Person.objects.filter(case=case, party=reader, died_on__isnull=True)
    if reader is not None and not alive.exists():
        raise ValidationError({"reader": _("This person does not belong to this family.")})


def document_give_once(*, file: DocumentFile, by: User, reader: Party, key: UUID, now: datetime) -> Sent:
    """Give a file to somebody of the family, on paper or on a screen: what left is a row. The same form twice is once.

    Raises NotGiven when something stands in it that this reader may not know, or somebody has to look first;
    ValidationError for a reader of another family and a file that was replaced; SameKeyOtherContent.
    """
    case = file.document.case

    def make() -> str:
        given = _give(file, by, reader, now)
        return f"{reverse('document', args=[case.ref, file.document.ref])}#g-{given.ref}"

    content = {"file": file.ref, "reader": reader.ref}
    return once(key=key, user=by, form="document-give", content=content, now=now, make=make)


def _give(file: DocumentFile, by: User, reader: Party, now: datetime) -> DocumentGiven:
    document = _locked(file.document)
    if document.files.filter(number__gt=file.number).exists():
        raise ValidationError(_("A colleague replaced this file meanwhile. Look at the new one first."))
    _readable_by(file, reader)
    file_for_reader(file, reader, now)
    given = DocumentGiven.objects.create(file=file, reader=reader, by=by, at=now)
    audit.record("document.given", case_ref=document.case.ref, objects=[document.ref, file.ref, reader.ref])
    return given


def document_given_opened(*, given: DocumentGiven, by: User, now: datetime) -> bytes:
    """The bytes of what was given, once more held against the facts as they leave; the access log says so.

    Raises NotGiven when something was noted meanwhile that this reader may not know.
    """
    data = file_for_reader(given.file, given.reader, now)
    document = given.file.document
    objects = [document.ref, given.file.ref, given.ref, given.reader.ref]
    audit.record("document.given_opened", case_ref=document.case.ref, objects=objects)
    return data


def document_original_opened(*, file: DocumentFile, by: User) -> bytes:
    """The original as it came, for who asked for it on purpose; the access log says so. Raises CannotDecrypt."""
    case = file.document.case
    audit.record("document.original_opened", case_ref=case.ref, objects=[file.document.ref, file.ref])
    return crypto.decrypt_bytes(case.ref, file.original)


def documents_held_back(*, case: Case, reader: Party, held: Iterable[tuple[str, str, str]], now: datetime) -> None:
    """Tell director and deputy what was kept from a colleague: reference of the document, which fact, and where."""
    by_document: dict[str, list[HeldBack]] = {}
    for ref, secret, place in held:
        by_document.setdefault(ref, []).append(HeldBack(secret, place))
    for ref, found in by_document.items():
        held_back_note(case=case, what=ref, reader=reader.ref, held=found, now=now)
