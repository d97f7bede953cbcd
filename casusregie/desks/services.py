"""Bringing over a caseload: read and shown first, written only when asked for, each case once."""

import json
import logging
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto
from casusregie.core.models import User
from casusregie.core.queue import after_commit
from casusregie.desks.choices import ImportState
from casusregie.desks.columns import cases_of
from casusregie.desks.models import Import, ImportedCase
from casusregie.desks.sheets import read_sheet
from families.models import Case, Person
from families.services import (
    PersonData,
    ResidenceData,
    SpeechData,
    WayData,
    case_open,
    person_add,
    residence_note,
    safe_contact_add,
    speech_note,
)

TASK = "casusregie.desks.tasks.import_write"
LEASE = timedelta(minutes=2)
_log = logging.getLogger("casusregie.import")


@transaction.atomic
def import_read(*, by: User, data: bytes, now: datetime) -> Import:
    """Read a caseload file and keep what is to be written, encrypted, with every fault at its line; nothing is written.

    `data` is the file as it came (CSV or XLSX). Raises NotASheet with the sentence for who brought it.
    """
    cases = cases_of(read_sheet(data), clock.local_date(now))
    row = Import.objects.create(user=by, read_at=now)
    numbers = [case.number for case in cases]
    written = ImportedCase.objects.filter(owner=by, number__in=numbers).exclude(case_ref="")
    known = set(written.values_list("number", flat=True))
    sealed = crypto.encrypt_all(scope(row), [json.dumps(asdict(case), default=str) for case in cases])
    ImportedCase.objects.bulk_create(
        ImportedCase(
            of=row,
            owner=by,
            number=case.number or f"?{case.line}",
            line=case.line,
            content=content,
            faults=len(case.faults),
            is_known=case.number in known,
        )
        for case, content in zip(cases, sealed, strict=True)
    )
    audit.record("import.read", objects=[row.ref])
    return row


def scope(row: Import) -> str:
    """The scope of the key under which an import is kept until it is written."""
    return f"import:{row.ref}"


@transaction.atomic
def import_ask(*, row: Import, leave_out: bool, now: datetime) -> None:
    """Ask for the import to be written. Raises ValidationError when faulty rows were not left out on purpose."""
    if row.state != ImportState.READ:
        return
    if not leave_out and row.cases.filter(faults__gt=0).exists():
        raise ValidationError(_("Some rows are faulty. Mend the file, or leave them out on purpose."))
    row.state, row.leave_out, row.asked_at = ImportState.ASKED, leave_out, now
    row.save(update_fields=["state", "leave_out", "asked_at"])
    audit.record("import.asked", objects=[row.ref])
    after_commit(TASK, import_id=row.pk)


def import_write(*, import_id: int, now: datetime) -> int:
    """Write what was asked for, a case at a time, each in a transaction of its own; returns how many were written now.

    A worker killed half-way leaves a lease that runs out; whoever goes on finds what is written already.
    """
    with transaction.atomic():
        waiting = Import.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            pk=import_id, state=ImportState.ASKED
        )
        row = waiting.exclude(leased_until__gt=now).select_related("user__team").first()
        if row is None:
            return 0
        _lease(row)
    ids = list(_open(row).values_list("pk", flat=True))
    for place, pk in enumerate(ids):
        if place % 50 == 49:
            _lease(row)
        _write(row, pk)
    Import.objects.filter(pk=row.pk).update(state=ImportState.DONE, done_at=clock.now(), leased_until=None)
    return len(ids)


def _lease(row: Import) -> None:
    Import.objects.filter(pk=row.pk).update(leased_until=clock.now() + LEASE)


def _open(row: Import) -> QuerySet[ImportedCase]:
    return row.cases.filter(faults=0, is_known=False, case_ref="").order_by("line")


def _write(row: Import, pk: int) -> None:
    try:
        with transaction.atomic():
            found = ImportedCase.objects.select_for_update().get(pk=pk)
            if found.case_ref:
                return
            case = _case(row, json.loads(crypto.decrypt(scope(row), found.content)))
            # What was brought is now in the case itself; the copy goes.
            ImportedCase.objects.filter(pk=pk).update(case_ref=case.ref, content=b"")
    except IntegrityError:
        # The same number was written by another import of hers at this very moment.
        ImportedCase.objects.filter(pk=pk).update(is_known=True)
    except ValidationError:
        _log.warning("import %s: a row could not be written", row.ref)
        ImportedCase.objects.filter(pk=pk).update(faults=1)


def _case(row: Import, told: dict) -> Case:  # type: ignore[type-arg]  # JSON
    by, now = row.user, clock.now()
    if by.team is None:
        raise ValidationError(_("Your account belongs to no team yet. Ask the administrator."))
    first, *others = told["people"]
    case = case_open(
        by=by,
        name=told["name"],
        team=by.team,
        now=now,
        first=_person(first),
        way=_way(first),
        intensity=told["intensity"],
        opened_on=_day(told["opened_on"]),
    )
    _beside(case.persons.get(), first, by, now)
    for one in others:
        person = person_add(case=case, data=_person(one), by=by)
        _beside(person, one, by, now)
        way = _way(one)
        if way is not None:
            safe_contact_add(person=person, way=way, by=by)
    return case


def _beside(person: Person, told: dict, by: User, now: datetime) -> None:  # type: ignore[type-arg]  # JSON
    """How one speaks with her, and her municipality; a file that was read before these columns were there has neither."""
    if told.get("speech"):
        speech = {**told["speech"], "languages": tuple(told["speech"]["languages"]), "plain": ()}
        speech_note(person=person, data=SpeechData(**speech), by=by, now=now)
    if told.get("municipality"):
        residence_note(person=person, data=ResidenceData(municipality=told["municipality"]), by=by, now=now)


def _person(told: dict) -> PersonData:  # type: ignore[type-arg]  # JSON
    data = dict(told["person"])
    return PersonData(**{**data, "birth_date": _day(data["birth_date"]), "died_on": None})


def _way(told: dict) -> WayData | None:  # type: ignore[type-arg]  # JSON
    return WayData(**told["way"]) if told["way"] else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and text != "None" else None


def imports_write_waiting(*, now: datetime) -> int:
    """Go on with what was asked for and not finished: the queue was away, or a worker was killed."""
    waiting = Import.objects.filter(state=ImportState.ASKED).exclude(Q(leased_until__gt=now))
    return sum(import_write(import_id=pk, now=now) for pk in list(waiting.values_list("pk", flat=True)[:5]))
