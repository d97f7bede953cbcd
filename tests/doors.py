"""A real value for every part of an address there is: what the generated tests of doors open."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from casusregie.core import clock, crypto
from casusregie.core.models import Party
from casusregie.desks.services import import_read
from families.models import DocumentGiven, DocumentUpload, Person, SafeContact
from families.services import (
    DocumentData,
    LifeEventData,
    PersonData,
    document_release,
    fact_note,
    person_add,
    relation_add,
    same_ask,
)
from families.services.document import document_add
from families.services.event import event_note
from network.choices import Domain, GroundBasis, SignalKind, TimeCategory, WithdrawalReason
from network.models import Attachment, DraftFile, TimeEntry
from network.services import (
    AppointmentData,
    RoleData,
    StayData,
    WithdrawalData,
    appointment_make,
    caution_note,
    contact_withdraw,
    draft_put,
    organisation_add,
    professional_add,
    role_give,
    signal_send,
    stay_begin,
)
from processplan import services as plan_services
from safety.services import check_plan
from tests.cast import Cast, log, make_case
from tests.pictures import photo
from tests.plans import make_line


def _around(cast: Cast) -> dict[str, str]:
    """A confidential fact, and the role of somebody without an account who told something."""
    now, today = cast.now, clock.local_date(cast.now)
    mother = Person.objects.get(party__ref=cast.mother)
    fact = fact_note(case=cast.case, by=cast.owner, concerns=mother, value="Dorpsstraat 1", may_know=[], now=now)
    daughter = Person.objects.get(party__ref=cast.daughter)
    tie = relation_add(case=cast.case, by=cast.owner, kind="parent", one=mother, other=daughter)
    school = organisation_add(name="School", domain=Domain.YOUTH, by=cast.owner)
    teacher = professional_add(name="Juf", function="leerkracht", organisation=school, by=cast.owner)
    data = RoleData(teacher, "mentor", "Ziet haar.", today, None, GroundBasis.CONSENT, "het plan", today)
    role = role_give(case=cast.case, by=cast.owner, data=data, now=now)
    signal = signal_send(role=role, by=cast.owner, kind=SignalKind.PROGRESS, text="Goed.", now=now)
    check = check_plan(case=cast.case, by=cast.owner, due_on=today, text="Bellen", now=now)
    draft = draft_put(case=cast.case, author=cast.owner, key=uuid4(), fields={"body": ["Bezig."]}, now=now)
    return {
        "fact_ref": fact.ref,
        "role_ref": role.ref,
        "signal_ref": signal.ref,
        "check_ref": check.follow_up.ref,
        "draft_ref": draft.ref,
        "tie": f"r{tie.pk}",
        "link_ref": _link(cast, daughter),
    }


def _link(cast: Cast, daughter: Person) -> str:
    """The question whether the daughter stands in a case of the other team too."""
    elsewhere = make_case(cast.stranger, "Elders")
    other = person_add(case=elsewhere, data=PersonData(given_name="Noor"), by=cast.stranger)
    return same_ask(one=daughter, other=other, case=cast.case, by=cast.owner, now=cast.now).ref


def _visit(cast: Cast) -> dict[str, str]:
    """An appointment of the next week, something to beware of, and the owner inside somewhere for an hour."""
    case, by, now = cast.case, cast.owner, cast.now
    data = AppointmentData(now + timedelta(days=7), participants=[cast.mother])
    stay = StayData(until_at=now + timedelta(hours=1), colleague=cast.colleague)
    return {
        "appointment_ref": appointment_make(case=case, by=by, data=data, now=now).ref,
        "caution_ref": caution_note(case=case, by=by, person=None, kind="dog", note="", now=now).ref,
        "stay_ref": stay_begin(case=case, by=by, data=stay, now=now).ref,
    }


def _unplaced(cast: Cast) -> str:
    """A contact that the owner withdrew without knowing of which family it is."""
    contact = log(cast.case, cast.owner, body="Van een ander gezin.")
    data = WithdrawalData(None, WithdrawalReason.WRONG_FAMILY)
    contact_withdraw(contact=contact, by=cast.owner, data=data, now=cast.now)
    return contact.ref


def _line(cast: Cast) -> dict[str, Any]:
    """A plan that was offered, an item of it, a pattern and an evaluation to come."""
    line = make_line(cast)
    version = line.offer()
    steps = ["Er wordt geroepen", "Zij trekt zich terug"]
    pattern = plan_services.pattern_make(case=cast.case, by=cast.owner, title="Rondje", steps=steps)
    moment = plan_services.evaluation_plan(
        case=cast.case, by=cast.owner, planned_at=cast.now + timedelta(days=7), attendees=[line.mother], now=cast.now
    )
    return {
        "number": version.number,
        "kind": "doel",
        "item_ref": line.plan.items.first().ref,
        "pattern_ref": pattern.ref,
        "evaluation_ref": moment.ref,
    }


def _files(cast: Cast) -> dict[str, str]:
    """A photo of the contact, and one that waits in what the owner is writing; sealed by hand, which is quick."""
    seal = partial(crypto.encrypt_bytes, cast.case.ref)
    sealed = {"name": seal(b"foto.jpg"), "original": seal(photo()), "shown": seal(photo())}
    columns = {**sealed, "kind": "jpeg", "size": 100, "sha256": "0" * 64, "added_at": cast.now}
    waiting = DraftFile.objects.create(case=cast.case, author=cast.owner, key=uuid4(), **columns)
    held = Attachment.objects.create(contact=cast.contact, added_by=cast.owner, **columns)
    return {"file_ref": waiting.ref, "attachment_ref": held.ref}


def _document(cast: Cast) -> dict[str, str]:
    """A photo that is open to the team after the deputy looked, that was given once, and one that waits in a form."""
    case, by, now, day = cast.case, cast.owner, cast.now, clock.local_date(cast.now)
    seal = partial(crypto.encrypt_bytes, case.ref)
    sealed = {"name": seal(b"foto.jpg"), "original": seal(photo()), "shown": seal(photo())}
    columns = {**sealed, "kind": "jpeg", "size": 100, "sha256": "0" * 64, "added_at": now}
    key = uuid4()
    DocumentUpload.objects.create(case=case, author=by, key=key, **columns)
    data = DocumentData("photo", "Foto van de deur", day, [cast.mother], source_party=cast.mother, for_team=True)
    row = document_add(case=case, by=by, data=data, key=key, now=now)
    file = row.files.get()
    document_release(file=file, by=cast.deputy, reader=None, now=clock.now())
    given = DocumentGiven.objects.create(file=file, reader=Party.objects.get(ref=cast.mother), by=by, at=now)
    waiting = DocumentUpload.objects.create(case=case, author=by, key=uuid4(), **columns)
    return {"document_ref": row.ref, "given_ref": given.ref, "upload_ref": waiting.ref}


def _event(cast: Cast) -> LifeEventData:
    return LifeEventData("move", "Verhuisd", clock.local_date(cast.now), of=[cast.mother], told_by=cast.mother)


CASELOAD = b"nummer;gezinsnaam;voornaam\r\n1;Ingevoerd;Anna\r\n"
# What an address needs behind its path to be a page.
QUERY = {"plan-pdf": "?voor=dossier"}


@pytest.fixture
def refs(cast: Cast, insight_ref: str) -> dict[str, Any]:
    """A real value for every part of an address; a new kind of part must be added here, or the matrix fails."""
    return {
        "ref": cast.case.ref,
        "contact_ref": cast.contact.ref,
        "withdrawn_ref": _unplaced(cast),
        "follow_up_ref": cast.follow_up.ref,
        "party_ref": cast.mother,
        "way_id": SafeContact.objects.get(person__party__ref=cast.mother).pk,
        "insight_ref": insight_ref,
        **_around(cast),
        **_visit(cast),
        **_files(cast),
        **_document(cast),
        **_line(cast),
        "event_ref": event_note(case=cast.case, by=cast.owner, data=_event(cast), now=cast.now).ref,
        "what": "bekend",
        "import_ref": import_read(by=cast.owner, data=CASELOAD, now=cast.now).ref,
        "entry_ref": TimeEntry.objects.create(
            user=cast.owner, on=clock.local_date(cast.now), minutes=30, category=TimeCategory.TRAVEL, made_at=cast.now
        ).ref,
        "code": "0000000000000000",
    }
