"""What this room has stored that could leave: documents that were given, or that a colleague of the team opened."""

from collections.abc import Iterator
from datetime import datetime

from casusregie.core import crypto
from casusregie.core.choices import Outcome, Relation
from casusregie.core.models import AccessLog, Party
from families.choices import Door
from families.models import Case, DocumentFile, DocumentGiven
from families.scanner.stores import Stored
from families.selectors.document import stored_name

# The access log's words for a reader who got the bytes of a file.
_OPENINGS = ("GET:document-file", "GET:document-small")
_STEWARDS = (Relation.DIRECTOR, Relation.DEPUTY)


def document_stores(case: Case, now: datetime) -> Iterator[Stored]:
    """Every file of a document that somebody has: given to one of the family, or opened by a colleague; when.

    Also of a document that was taken back: what is at somebody's home is not taken back with it.
    """
    moments: dict[tuple[int, int], list[datetime]] = {}
    given_out = DocumentGiven.objects.filter(file__document__case=case)
    for file_id, reader_id, at in given_out.values_list("file_id", "reader_id", "at"):
        moments.setdefault((file_id, reader_id), []).append(at)
    for key, at in _opened(case):
        moments.setdefault(key, []).append(at)
    readers = Party.objects.in_bulk({reader_id for _file, reader_id in moments})
    files = DocumentFile.objects.filter(pk__in={file_id for file_id, _reader in moments}).select_related("document")
    for file in files.order_by("pk").iterator(chunk_size=4):
        data = _bytes(case, file)
        for (file_id, reader_id), given in sorted(moments.items()):
            if file_id == file.pk:
                yield Stored(
                    door=Door.DOCUMENT,
                    what=f"{file.document.ref}:{file.number}",
                    reader=readers[reader_id].ref,
                    reader_ids=(reader_id,),
                    files=((stored_name(file), data),),
                    given=(min(given), max(given), len(given)),
                )


def _opened(case: Case) -> Iterator[tuple[tuple[int, int], datetime]]:
    """File and reader of each time that somebody opened the bytes of a document that is open to the team."""
    numbers = dict(DocumentFile.objects.filter(document__case=case).values_list("ref", "pk"))
    if not numbers:
        return
    rows = AccessLog.objects.filter(
        case_ref=case.ref, action__in=_OPENINGS, outcome=Outcome.ALLOWED, objects_seen__overlap=list(numbers)
    ).exclude(relation__in=_STEWARDS)
    found = list(rows.order_by("at").values_list("actor_id", "objects_seen", "at"))
    parties = dict(Party.objects.filter(user__in={actor for actor, _refs, _at in found}).values_list("user__pk", "pk"))
    for actor, refs, at in found:
        for ref in refs:
            if ref in numbers and actor in parties:
                yield (numbers[ref], parties[actor]), at


def _bytes(case: Case, file: DocumentFile) -> bytes:
    try:
        return crypto.decrypt_bytes(case.ref, file.shown)
    except crypto.CannotDecrypt:
        # No bytes are no file: the search calls that unreadable.
        return b""
