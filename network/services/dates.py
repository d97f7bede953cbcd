"""The dates of a case by which lists sort, computed again from the contacts and follow-ups themselves."""

from django.db import connection

# One definition of "last contact" and "next due", for one case, for all, and for the check of both (design.md 9).
_TRUTH = """
    SELECT c.id,
           (SELECT max(k.started_at) FROM network_contact k
             WHERE k.case_id = c.id AND k.withdrawn_at IS NULL AND k.outcome = 'reached' AND EXISTS (
                   SELECT 1 FROM network_contactparticipant p JOIN core_party y ON y.id = p.party_id
                    WHERE p.contact_id = k.id AND p.version = k.version AND y.kind = 'person')) AS last_contact_at,
           (SELECT min(f.due_on) FROM network_followup f
             WHERE f.case_id = c.id AND f.done_at IS NULL AND f.withdrawn_at IS NULL) AS next_due_on
      FROM families_case c
"""


def case_dates_refresh(*, case_id: int) -> None:
    """Compute the dates of one case again, in the caller's transaction."""
    _apply("WHERE c.id = %s", [case_id])


def case_dates_refresh_all() -> int:
    """Compute them for every case and mend what differs; returns how many did (0 unless something was restored)."""
    return _apply("", [])


def _apply(where: str, params: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE families_case SET last_contact_at = t.last_contact_at, next_due_on = t.next_due_on"  # noqa: S608  # constants only; the one value is a parameter
            f" FROM ({_TRUTH} {where}) t WHERE families_case.id = t.id AND (families_case.last_contact_at,"
            " families_case.next_due_on) IS DISTINCT FROM (t.last_contact_at, t.next_due_on)",
            params,
        )
        return int(cursor.rowcount)
