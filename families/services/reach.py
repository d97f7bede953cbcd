"""Reaching somebody without danger: the ways, what is agreed about them, who may be approached, and the promise to ask."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto
from casusregie.core.models import Party, User
from casusregie.core.submissions import Sent, once
from casusregie.reminders.services import promises_reconcile
from families.choices import Allowed, ReachChannel, Safe
from families.models import Approach, Case, Person, ReachAgreement, SafeAnswer, SafeContact
from families.selectors.term import directors_of, reach_asking, reach_terms

KIND = "reach"
# Directors taken together by the nightly round: about a thousand cases in one statement.
DIRECTORS = 20


@dataclass(frozen=True)
class WayData:
    """How somebody can be reached: a number, an address, or in words."""

    channel: str = ReachChannel.PHONE
    value: str = ""
    note: str = ""
    safe: str = Safe.UNKNOWN
    confirmed_on: date | None = None


@dataclass(frozen=True)
class AgreementData:
    """What is agreed about reaching somebody. Times as "09:00"; `holds_days` None: as long as is proposed.

    `voicemail`, `post` and `paper` say whether something may be left behind (`Allowed`).
    """

    days: list[str] = field(default_factory=list)
    from_time: str = ""
    until_time: str = ""
    not_times: str = ""
    who_may: str = ""
    who_not: str = ""
    name_to_use: str = ""
    code_word: str = ""
    voicemail: str = Allowed.UNKNOWN
    post: str = Allowed.UNKNOWN
    paper: str = Allowed.UNKNOWN
    reads_along: str = ""
    not_near: str = ""
    remark: str = ""
    holds_days: int | None = None
    holds_reason: str = ""

    @property
    def content(self) -> dict[str, Any]:
        """What is kept encrypted: everything but the term."""
        return {name: value for name, value in asdict(self).items() if name != "holds_days"}

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was filled in."""
        return self == AgreementData()


class AgreementChanged(Exception):
    """A colleague noted a newer version of the agreement meanwhile."""


# --- Ways --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def safe_contact_add(*, person: Person, way: WayData, by: User, now: datetime | None = None) -> SafeContact:
    """Add a way to reach a person, encrypted under her case's key. Unknown is not safe.

    Raises ValidationError for a way that stands with her already.
    """
    scope = person.case.ref
    Person.objects.select_for_update().get(pk=person.pk)
    _check_once(person, way)
    row = SafeContact.objects.create(
        person=person,
        channel=way.channel,
        value=crypto.encrypt(scope, way.value),
        note=crypto.encrypt(scope, way.note) if way.note else None,
        safe=way.safe,
        confirmed_on=way.confirmed_on,
    )
    if way.safe != Safe.UNKNOWN and way.confirmed_on is not None:
        moment = {"noted_at": now} if now else {}
        SafeAnswer.objects.create(way=row, safe=way.safe, said_on=way.confirmed_on, noted_by=by, **moment)
    audit.record("safe_contact.added", case_ref=scope, objects=[person.party.ref])
    return row


def _check_once(person: Person, way: WayData) -> None:
    """The same number twice could be safe and not safe at once."""
    there = list(SafeContact.objects.filter(person=person, channel=way.channel).order_by("pk"))
    opened = crypto.decrypt_all((person.case.ref, row.value) for row in there) if there else []
    if _plain(way.value) in {_plain(value) for value in opened}:
        raise ValidationError({"value": _("This way stands here already. Say there whether it is safe.")})


def _plain(value: str) -> str:
    """A number or address as it is compared: without signs and spaces, and a Dutch number from its first digit."""
    plain = re.sub(r"[\s().\-/]", "", value).casefold()
    return re.sub(r"^(?:\+|00)31(?:0)?(?=\d)", "0", plain)


def safe_contact_add_once(*, person: Person, way: WayData, by: User, key: UUID, now: datetime) -> Sent:
    """`safe_contact_add` for a form: the same form twice is one way. Raises also SameKeyOtherContent."""

    def make() -> str:
        safe_contact_add(person=person, way=way, by=by, now=now)
        reach_reconcile(case=person.case, now=now)
        return _page(person)

    content = {"person": person.pk, **asdict(way)}
    return once(key=key, user=by, form="way", content=content, now=now, make=make)


def _page(person: Person) -> str:
    return f"{reverse('person', args=[person.case.ref, person.party.ref])}#reach"


@transaction.atomic
def safe_contact_answer(
    *, person: Person, way_id: int, safe: str, said_on: date, by: User, now: datetime, source: str = ""
) -> None:
    """Note that a way was safe, or not, on a day; `source` is the contact in which that showed.

    The newest day counts: what is heard of an earlier day never undoes a later answer. The same answer from the same
    contact again changes nothing. Raises ValidationError for a way of somebody else.
    """
    way = SafeContact.objects.select_for_update().filter(person=person, pk=way_id).first()
    if way is None:
        raise ValidationError(_("This way to reach her is not known here."))
    if _is_new(way, safe, said_on, source):
        SafeAnswer.objects.create(way=way, safe=safe, said_on=said_on, source=source, noted_by=by, noted_at=now)
        _bring_up_to_date(way)
        reach_reconcile(case=person.case, now=now)
    audit.record("safe_contact.confirmed", case_ref=person.case.ref, objects=[person.party.ref, f"way:{way.pk}"])


def _is_new(way: SafeContact, safe: str, said_on: date, source: str) -> bool:
    if not source:
        # The same from a contact is not enough: what that says lapses when it is withdrawn.
        own = SafeAnswer.objects.filter(way=way, source="", safe=safe, said_on=said_on)
        return (way.safe, way.confirmed_on) != (safe, said_on) or not own.exists()
    said = SafeAnswer.objects.filter(way=way, source=source).order_by("-pk").first()
    return said is None or said.safe != safe


def _bring_up_to_date(way: SafeContact) -> None:
    """The newest day of all answers counts, and on one day the last; of a contact only its own last answer.

    A yes from before a no that lapsed does not count either: nobody asked since.
    """
    said: dict[str, list[SafeAnswer]] = {}
    for answer in SafeAnswer.objects.filter(way=way).order_by("pk"):
        said.setdefault(answer.source or f"#{answer.pk}", []).append(answer)
    valid = [answers[-1] for answers in said.values() if answers[-1].safe != Safe.UNKNOWN]
    lapsed = [rows[-1] for rows in said.values() if [row.safe for row in rows[-2:]] == [Safe.NO, Safe.UNKNOWN]]
    newest = max(valid, key=_place, default=None)
    if newest and newest.safe == Safe.YES and any(_place(answer) > _place(newest) for answer in lapsed):
        newest = None
    way.safe, way.confirmed_on = (newest.safe, newest.said_on) if newest else (Safe.UNKNOWN, None)
    way.save(update_fields=["safe", "confirmed_on"])


def _place(answer: SafeAnswer) -> tuple[date, int]:
    return answer.said_on, answer.pk


@transaction.atomic
def safe_answers_lapse(
    *, case: Case, source: str, keep: Collection[int], said_on: date, by: User, now: datetime
) -> None:
    """Undo what a contact said of ways, because it was withdrawn or corrected.

    `keep` are the ways it still is about, as far as it was on the day `said_on`.

    Each way goes back to the newest of its other answers, and without one to not known. That it was not safe moves along
    with a contact that was on another day; where it lapses, no older yes comes back. The answers stay readable.
    """
    ways = SafeContact.objects.select_for_update(of=("self",)).filter(person__case=case, answers__source=source)
    lapsed = {way.pk: way for way in ways.order_by("pk")}
    for way in lapsed.values():
        said = SafeAnswer.objects.filter(way=way, source=source).order_by("-pk")[0]
        if said.safe != Safe.UNKNOWN and (way.pk not in keep or said.said_on != said_on):
            moved = said.safe == Safe.NO and way.pk in keep
            answer = (Safe.NO, said_on) if moved else (Safe.UNKNOWN, said.said_on)
            SafeAnswer.objects.create(
                way=way, safe=answer[0], said_on=answer[1], source=source, noted_by=by, noted_at=now
            )
            _bring_up_to_date(way)
    if lapsed:
        reach_reconcile(case=case, now=now)
        audit.record("safe_contact.lapsed", case_ref=case.ref, objects=[source])


# --- What is agreed ----------------------------------------------------------------------------------------------------


@transaction.atomic
def agreement_note(
    *, person: Person, data: AgreementData, said_on: date, by: User, now: datetime, seen_version: int | None = None
) -> ReachAgreement:
    """Note what is agreed with somebody on a day as a new version; what was agreed before stays readable.

    Raises ValidationError when nothing was filled in, and AgreementChanged when `seen_version` is not the newest.
    """
    if data.is_empty:
        raise ValidationError(_("Fill in at least one thing."))
    Person.objects.select_for_update().get(pk=person.pk)
    newest = ReachAgreement.objects.filter(person=person).aggregate(n=Max("version"))["n"] or 0
    if seen_version is not None and seen_version != newest:
        raise AgreementChanged
    row = ReachAgreement.objects.create(
        person=person,
        version=newest + 1,
        content=crypto.encrypt(person.case.ref, json.dumps(data.content)),
        holds_days=data.holds_days,
        confirmed_on=said_on,
        noted_by=by,
        noted_at=now,
    )
    reach_reconcile(case=person.case, now=now)
    audit.record("reach.agreed", case_ref=person.case.ref, objects=[person.party.ref, row.ref])
    return row


def agreement_note_once(
    *, person: Person, data: AgreementData, said_on: date, by: User, seen_version: int, key: UUID, now: datetime
) -> Sent:
    """`agreement_note` for a form: the same form twice is one version. Raises also SameKeyOtherContent."""

    def make() -> str:
        agreement_note(person=person, data=data, said_on=said_on, by=by, now=now, seen_version=seen_version)
        return _page(person)

    content = {"person": person.pk, "said_on": said_on, "version": seen_version, **asdict(data)}
    return once(key=key, user=by, form="reach", content=content, now=now, make=make)


@transaction.atomic
def reach_confirm(*, person: Person, said_on: date, by: User, now: datetime) -> None:
    """Somebody said that all of it still holds: every way that was safe, and what was agreed. Twice a day is once."""
    # Locked before it is read: a colleague may be noting that one of them is not safe.
    for way in SafeContact.objects.select_for_update().filter(person=person, safe=Safe.YES).order_by("pk"):
        safe_contact_answer(person=person, way_id=way.pk, safe=Safe.YES, said_on=said_on, by=by, now=now)
    Person.objects.select_for_update().get(pk=person.pk)
    newest = ReachAgreement.objects.filter(person=person).order_by("-version").first()
    if newest is not None and newest.confirmed_on < said_on:
        ReachAgreement.objects.create(
            person=person,
            version=newest.version + 1,
            content=newest.content,
            holds_days=newest.holds_days,
            confirmed_on=said_on,
            noted_by=by,
            noted_at=now,
        )
    audit.record("reach.confirmed", case_ref=person.case.ref, objects=[person.party.ref])


# --- Approaching a third -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ApproachData:
    """What somebody of the family said about approaching a third: `said_by` is who said so, `answer` safe or not."""

    said_by: Person
    answer: str
    said_on: date
    may_say: str = ""


@transaction.atomic
def approach_note(*, case: Case, party: Party, data: ApproachData, by: User, now: datetime) -> Approach:
    """Note whether somebody finds it safe that a third is approached; what was said before stays.

    Raises ValidationError when somebody would answer for herself, belongs to another family, or uses violence and is not
    hurt herself.
    """
    terms = reach_terms("p.case_id = %(case)s", {"case": case.pk}, clock.local_date(now))
    term = terms.get(data.said_by.pk)
    if data.said_by.party_id == party.pk or term is None or not term.may_answer:
        raise ValidationError({"said_by": _("Choose somebody else of this family.")})
    row = Approach.objects.create(
        case=case,
        party=party,
        said_by=data.said_by,
        answer=data.answer,
        may_say=crypto.encrypt(case.ref, data.may_say) if data.may_say else None,
        said_on=data.said_on,
        noted_by=by,
        noted_at=now,
    )
    audit.record("approach.noted", case_ref=case.ref, objects=[party.ref, row.ref])
    return row


def approach_note_once(
    *, case: Case, party: Party, data: ApproachData, back: str, by: User, key: UUID, now: datetime
) -> Sent:
    """`approach_note` for a form that leads to `back`: the same form twice is one answer. Raises SameKeyOtherContent."""

    def make() -> str:
        approach_note(case=case, party=party, data=data, by=by, now=now)
        return back

    content: Mapping[str, object] = {
        "case": case.ref,
        "party": party.ref,
        "said_by": data.said_by.pk,
        "answer": data.answer,
        "said_on": data.said_on,
        "may_say": data.may_say,
    }
    return once(key=key, user=by, form="approach", content=content, now=now, make=make)


# --- The promise to ask again ------------------------------------------------------------------------------------------


def reach_reconcile(*, case: Case, now: datetime) -> int:
    """Bring the promise to the director of one case in step with what is true, in the caller's transaction."""
    return _reconcile(directors_of([case.pk]), now)


def reach_reconcile_all(*, now: datetime) -> int:
    """The same for everybody who directs; returns how many promises changed (again: none)."""
    everybody = sorted(directors_of().items())
    changed = 0
    for start in range(0, len(everybody), DIRECTORS):
        with transaction.atomic():
            changed += _reconcile(dict(everybody[start : start + DIRECTORS]), now)
    return changed


def _reconcile(directing: Mapping[int, str], now: datetime) -> int:
    """One promise for each director, however many people must be asked: it falls due on the newest day that asks."""
    asking = reach_asking(directing, clock.local_date(now)) if directing else {}
    return promises_reconcile(
        kind=KIND,
        wanted=[
            (ref, "", datetime.combine(asking[pk], time(8, 0), clock.LOCAL))
            for pk, ref in directing.items()
            if pk in asking
        ],
        gone=[ref for pk, ref in directing.items() if pk not in asking],
        now=now,
    )
