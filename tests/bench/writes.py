"""Benchmarks of what is written."""

import time
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from casusregie.core import clock
from casusregie.desks.services import import_ask, import_read, import_write
from families.models import Case, Person
from tests.bench.measure import Page, compare, report, server, session, user, write
from tests.bench.pages import case_of

_TEXT = "Moeder gebeld over de overdracht op school. Zij wil dat de intern begeleider erbij is.\n" * 4


def log_contact(target: float) -> None:
    """The form of a contact with a voice in it, sent whole; against a minimal view that inserts one row."""
    ref, key = case_of("notes"), session("notes")
    person = Person.objects.select_related("party").filter(case__ref=ref).order_by("pk")[0]
    moment = (clock.now() - timedelta(hours=1)).astimezone(clock.LOCAL)

    def fields() -> dict[str, object]:
        return {
            "key": str(uuid.uuid4()),
            "started_at": f"{moment:%Y-%m-%dT%H:%M}",
            "channel": "phone",
            "outcome": "reached",
            "duration_minutes": "15",
            "purposes": ["trust", "practical"],
            "participants": [person.party.ref],
            "body": f"{_TEXT}@{person.party.label}: Ik wil rust.",
            "follow_up_on": "",
            "follow_up_text": "",
        }

    ours = Page(server(), f"/casussen/{ref}/contacten/nieuw/", key, status=302)
    floor = Page(server(settings.FLOOR_MIDDLEWARE), f"/bench/vloer/casussen/{ref}/contact/", key, status=302)
    before = Case.objects.get(ref=ref).contacts.count()
    found = compare(lambda: ours(fields()), lambda: floor(fields()))
    if Case.objects.get(ref=ref).contacts.count() - before != 2 * len(found.ours) + 6:
        raise AssertionError("not every contact that was sent is there")
    report("log-contact", {"with a voice": found}, target)


def caseload_import(rows: int, seconds: float) -> None:
    """A file of so many persons, three a family: read, checked and written; rolled back, so that nothing else moves."""
    lines = [f"{n // 3};Gezin{n // 3};Naam{n};Gezin{n // 3};moeder;06 {n:08};ja" for n in range(rows)]
    heading = "nummer;gezinsnaam;voornaam;achternaam;wie;bereikbaar op;veilig"
    data = "\r\n".join([heading, *lines]).encode()
    with transaction.atomic():
        began = time.perf_counter()
        row = import_read(by=user("notes"), data=data, now=clock.now())
        import_ask(row=row, leave_out=False, now=clock.now())
        written = import_write(import_id=row.pk, now=clock.now())
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    if written != -(-rows // 3):
        raise AssertionError("not every family of the file is there")
    write(
        {
            "name": "import",
            "ratio": round(took / seconds, 3),
            "unit": "s",
            "n": rows,
            "median": round(took, 3),
            "p95": round(took, 3),
            "floor": seconds,
            "target": 1,
            "holds": took <= seconds,
        }
    )
