from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

BATCH = 2_000
# As it is written in network.services.search, for a stretch of contacts; one that is there already stays.
_FILL = """
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
     WHERE k.id > %(after)s AND k.id <= %(until)s AND k.withdrawn_at IS NULL
       AND NOT EXISTS (SELECT FROM network_contactsearch s WHERE s.contact_id = k.id)
        ON CONFLICT (contact_id) DO NOTHING
"""


def fill(apps, schema_editor):
    """A stretch at a time, each committed by itself: nobody waits, and an interrupted migration goes on."""
    with schema_editor.connection.cursor() as cursor:
        after = 0
        while True:
            cursor.execute('SELECT max(id) FROM (SELECT id FROM network_contact WHERE id > %s ORDER BY id LIMIT %s) k', [after, BATCH])
            until = cursor.fetchone()[0]
            if until is None:
                return
            cursor.execute(_FILL, {'after': after, 'until': until})
            after = until


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('network', '0008_contact_search'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        AddIndexConcurrently(
            model_name='contact',
            index=models.Index(fields=['author', 'started_at'], name='contact_author_day'),
        ),
    ]
