"""Keeps the words by which contacts are found: written with each version, gone with a withdrawal."""

from collections.abc import Sequence

from django.db import connection

from network.models import Contact, ContactSearch

# One statement for one contact or for a thousand. A statement that not the whole team reads stands in the closed words
# only; when there is none, the closed words are nothing and `words` is all of it.
_WRITE = """
    INSERT INTO network_contactsearch (contact_id, case_id, at, words, closed_words)
    SELECT k.id, k.case_id, k.started_at, to_tsvector('casusregie_dutch', coalesce(t.open_text, '')),
           CASE WHEN t.has_closed THEN to_tsvector('casusregie_dutch', t.all_text) END
      FROM network_contact k CROSS JOIN LATERAL (
           SELECT string_agg(l.text, E'\\n' ORDER BY l.position)
                    FILTER (WHERE l.kind <> 'statement' OR a.circle = 'team') AS open_text,
                  string_agg(l.text, E'\\n' ORDER BY l.position) AS all_text,
                  bool_or(l.kind = 'statement' AND a.circle IS DISTINCT FROM 'team') AS has_closed
             FROM network_contactline l LEFT JOIN core_audience a ON a.id = l.audience_id
            WHERE l.contact_id = k.id AND l.version = k.version) t
     WHERE k.id = ANY(%s) AND k.withdrawn_at IS NULL
        ON CONFLICT (contact_id) DO UPDATE
       SET at = excluded.at, words = excluded.words, closed_words = excluded.closed_words
"""


def search_write(*, contact: Contact) -> None:
    """Make the newest version of a contact findable, in the caller's transaction, after it was written."""
    search_write_all(contact_ids=[contact.pk])


def search_write_all(*, contact_ids: Sequence[int]) -> None:
    """The same for many contacts at once, for those who copy them into the tables."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(contact_ids)])


def search_forget(*, contact: Contact) -> None:
    """From now on nobody finds this contact (it was withdrawn), in the caller's transaction."""
    ContactSearch.objects.filter(pk=contact.pk).delete()
