"""The chain over the access log: sealed each minute, and able to name the first broken link.

Rows are inserted unchained (a chain at insert makes readers wait for each other: stack.md, Audit chain). A set of rows
is complete when its transactions are older than the oldest one still running; such a set gets one seal. Each row has a
code under a key that is not in the database as such, and the seal's head holds the head before it. The head also
leaves the database: to the process log and to a file beside the data.
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from casusregie.core import crypto
from casusregie.core.models import AccessLog, AuditSeal

CODE = 16
BATCH = 20_000
_FIELDS = (
    "id",
    "at",
    "xid",
    "actor_id",
    "relation",
    "on_behalf_of_id",
    "action",
    "outcome",
    "case_ref",
    "objects_seen",
    "ground",
    "origin",
    "session",
    "request",
)
_head_log = logging.getLogger("casusregie.audit.head")


@dataclass(frozen=True)
class Verdict:
    """Whether the log is whole; if not, `sentence` names the first broken link."""

    whole: bool
    sentence: str
    rows: int


def head_file() -> Path:
    """Where the heads are kept outside the database, one JSON line a seal."""
    return Path(settings.DATA_DIR) / "audit-heads.jsonl"


def seal(now: datetime) -> int:
    """Seal all complete rows; returns how many. Two at once are kept apart by an advisory lock."""
    sealed = 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('audit-seal'))")
            if not cursor.fetchone()[0]:
                return 0
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            below = int(cursor.fetchone()[0])
        last = AuditSeal.objects.order_by("-pk").first()
        sealed, new = _seal_window(last, below, now)
    if new is not None:
        _publish(new)
    return sealed


def _seal_window(last: AuditSeal | None, below: int, now: datetime) -> tuple[int, AuditSeal | None]:
    start, after_id = (last.to_xid, last.after_id) if last else (0, 0)
    if last and below < last.to_xid:
        # A restored server counts its transactions anew: go on by number of row instead.
        start, after_id = 0, last.last_id
    rows = list(_window(start, below, after_id).values_list(*_FIELDS))
    if not rows:
        return 0, None
    key = crypto.derived_key("audit")
    codes = [_row_code(key, row) for row in rows]
    head = _head(key, bytes(last.head) if last else b"", codes)
    new = AuditSeal.objects.create(
        sealed_at=now,
        from_xid=start,
        to_xid=below,
        after_id=after_id,
        rows=len(rows),
        last_id=max(rows[-1][0], last.last_id if last else 0),
        row_codes=b"".join(codes),
        head=head,
    )
    return len(rows), new


def _window(start: int, below: int, after_id: int):  # type: ignore[no-untyped-def]  # a queryset of tuples
    return AccessLog.objects.filter(xid__gte=start, xid__lt=below, pk__gt=after_id).order_by("pk")


def _row_code(key: bytes, row: tuple[object, ...]) -> bytes:
    plain = [value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for value in row]
    return hmac.new(key, json.dumps(plain, ensure_ascii=True).encode(), hashlib.sha256).digest()[:CODE]


def _head(key: bytes, before: bytes, codes: Iterable[bytes]) -> bytes:
    return hmac.new(key, before + b"".join(codes), hashlib.sha256).digest()


def _publish(seal_row: AuditSeal) -> None:
    line = json.dumps({"seal": seal_row.pk, "rows": seal_row.rows, "head": bytes(seal_row.head).hex()})
    _head_log.info("audit head %s", line)
    path = head_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def _published() -> dict[int, str]:
    path = head_file()
    if not path.exists():
        return {}
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {line["seal"]: line["head"] for line in lines}


def verify() -> Verdict:
    """Walk the whole chain; the verdict names the first row or seal that does not fit."""
    key = crypto.derived_key("audit")
    before, rows, heads = b"", 0, _published()
    seen: set[int] = set()
    for seal_row in AuditSeal.objects.order_by("pk").iterator(chunk_size=50):
        broken = _check(seal_row, key, before)
        if not broken and heads.get(seal_row.pk, bytes(seal_row.head).hex()) != bytes(seal_row.head).hex():
            broken = _("seal %(seal)s differs from the head that left the database") % {"seal": seal_row.pk}
        if broken:
            return Verdict(False, broken, rows)
        before, rows = bytes(seal_row.head), rows + seal_row.rows
        seen.add(seal_row.pk)
    missing = sorted(set(heads) - seen)
    if missing:
        return Verdict(False, _("seal %(seal)s was published and is gone") % {"seal": missing[0]}, rows)
    return Verdict(True, _("%(rows)s sealed rows, all whole") % {"rows": rows}, rows)


def _check(seal_row: AuditSeal, key: bytes, before: bytes) -> str:
    codes = list(_codes(bytes(seal_row.row_codes)))
    if not hmac.compare_digest(_head(key, before, codes), bytes(seal_row.head)):
        return _("seal %(seal)s does not follow from the one before") % {"seal": seal_row.pk}
    rows = list(_window(seal_row.from_xid, seal_row.to_xid, seal_row.after_id).values_list(*_FIELDS))
    for row, code in zip(rows, codes, strict=False):
        if _row_code(key, row) != code:
            return _("row %(row)s was changed, or a row before it is gone or added (seal %(seal)s)") % {
                "row": row[0],
                "seal": seal_row.pk,
            }
    if len(rows) != len(codes):
        return _("seal %(seal)s holds %(want)s rows and the log has %(have)s") % {
            "seal": seal_row.pk,
            "want": len(codes),
            "have": len(rows),
        }
    return ""


def _codes(blob: bytes) -> Iterator[bytes]:
    for start in range(0, len(blob), CODE):
        yield blob[start : start + CODE]
