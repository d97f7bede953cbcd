"""Rows that an earlier form of a table cannot hold, kept aside while a database stands at that form.

Going back must neither fail on a filled table nor throw history away: the whole table is copied as it is, what the
earlier form cannot hold is taken out, and going forward again puts everything back as it was. Only the owner's role
migrates, so only it can let the trigger of an append-only table rest for this.
"""

from django.db import migrations


def kept_aside(table: str, *changes: str) -> migrations.RunSQL:
    """The operation to put last in a migration: going back it makes room by `changes`, going forward it restores.

    `changes` are statements without a semicolon. What belongs to a row that is gone by then (`child_id`, `one_id` … of
    a person whose file was destroyed) does not come back.
    """
    back = [
        "SET CONSTRAINTS ALL IMMEDIATE",
        # Not written over: a step back that was broken off is taken again.
        f"CREATE TABLE IF NOT EXISTS {table}_aside AS TABLE {table}",
        f"REVOKE ALL ON {table}_aside FROM PUBLIC",
        f"ALTER TABLE {table} DISABLE TRIGGER USER",
        *changes,
        f"ALTER TABLE {table} ENABLE TRIGGER USER",
    ]
    return migrations.RunSQL([_FORTH.replace("TABLE_", table)], back)


_FORTH = """
    DO $$
    DECLARE
        names text;
        present text;
    BEGIN
        IF to_regclass('TABLE__aside') IS NULL THEN
            RETURN;
        END IF;
        SELECT string_agg(quote_ident(column_name), ', ') INTO names
          FROM information_schema.columns WHERE table_name = 'TABLE__aside' AND table_schema = current_schema();
        SELECT coalesce(string_agg(format('(a.%I IS NULL OR EXISTS (SELECT 1 FROM families_person p WHERE p.id = a.%I))',
                                          column_name, column_name), ' AND '), 'true') INTO present
          FROM information_schema.columns
         WHERE table_name = 'TABLE__aside' AND table_schema = current_schema()
           AND column_name IN ('child_id', 'holder_id', 'one_id', 'other_id');
        -- A table with checks that wait for the end cannot be altered.
        SET CONSTRAINTS ALL IMMEDIATE;
        ALTER TABLE TABLE_ DISABLE TRIGGER USER;
        DELETE FROM TABLE_ r USING TABLE__aside a WHERE a.id = r.id;
        EXECUTE format('INSERT INTO TABLE_ (%s) SELECT %s FROM TABLE__aside a WHERE %s', names, names, present);
        ALTER TABLE TABLE_ ENABLE TRIGGER USER;
        DROP TABLE TABLE__aside;
    END
    $$
"""
