"""What searching without an index costs: every note is read for the words, whoever may read it. Nothing else is in it."""

from django.db import connection


def every_note(words: str) -> int:
    """The number of notes with all of these words (or this phrase) somewhere in them."""
    wanted = [words.strip('"')] if words.startswith('"') else words.split()
    condition = " AND ".join(["text ILIKE %s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM network_contactline WHERE {condition}", [f"%{word}%" for word in wanted])
        return int(cursor.fetchone()[0])
