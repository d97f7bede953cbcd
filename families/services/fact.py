"""Confidential facts: noting, changing and ending them, and what follows when one is found in what was given already."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock, crypto
from casusregie.core.choices import Circle
from casusregie.core.models import Audience, AudienceReader, Party, User
from casusregie.core.queue import after_commit
from casusregie.core.submissions import Sent, once
from casusregie.reminders.services import promise_make, promises_settle
from families.choices import PLACES, Door, FactKind, RelationKind, SameState
from families.models import (
    Case,
    ConfidentialFact,
    FactFinding,
    FactLook,
    FactVersion,
    HouseholdMember,
    Person,
    Relation,
    SamePerson,
)
from families.scanner import CannotLook, Unreadable, Watch, problem_with, proposals, watch
from families.scanner.stores import Stored, stored

GIVEN = "fact-given"


@dataclass(frozen=True)
class FactData:
    """What a form says of a fact. `terms` are confirmed search terms; none says that it has no fixed wording."""

    kind: str
    value: str
    terms: tuple[str, ...]
    may_know: tuple[Party, ...] = ()
    also: tuple[Person, ...] = ()


@transaction.atomic
def fact_note(
    *,
    case: Case,
    by: User,
    concerns: Person,
    value: str,
    may_know: list[Party],
    now: datetime,
    kind: str = FactKind.ADDRESS,
    terms: Sequence[str] | None = None,
    also: Iterable[Person] = (),
) -> ConfidentialFact:
    """Note a confidential fact under the case's key; director and deputy always know, others only by name.

    `terms` are the confirmed search terms; without any the proposed ones are taken. A place is the place of the
    children who live there too. Raises ValidationError for a term that is too common, and for somebody of another case.
    """
    chosen = tuple(_suggested(case, kind, value) if terms is None else terms)
    data = FactData(kind, value, chosen, tuple(may_know), tuple(also))
    _check(case, concerns, data)
    audience = Audience.objects.create(scope=case.ref, circle=Circle.STEWARDS)
    fact = ConfidentialFact.objects.create(
        case=case,
        concerns=concerns,
        kind=kind,
        value=crypto.encrypt(case.ref, value),
        terms=crypto.encrypt(case.ref, json.dumps(chosen, ensure_ascii=False)),
        audience=audience,
        noted_by=by,
        noted_at=now,
    )
    _written(fact, data, by, "", now)
    audit.record("fact.noted", case_ref=case.ref, objects=[fact.ref, concerns.party.ref])
    return fact


def _suggested(case: Case, kind: str, value: str) -> list[str]:
    found = proposals(kind, value) or ([] if problem_with(value) else [value])
    return [term for term in found if not _is_a_name(case, term)]


def fact_note_once(*, case: Case, by: User, concerns: Person, data: FactData, key: UUID, now: datetime) -> Sent:
    """`fact_note` for a form: the same form twice is one fact. Raises as it does, and SameKeyOtherContent.

    What is kept to recognise the form is taken with a key of the house: of an address not even a plain digest stays.
    """

    def make() -> str:
        fact = fact_note(
            case=case,
            by=by,
            concerns=concerns,
            value=data.value,
            may_know=list(data.may_know),
            now=now,
            kind=data.kind,
            terms=data.terms,
            also=data.also,
        )
        return f"{reverse('family', args=[case.ref])}#fact-{fact.ref}"

    said = json.dumps([data.kind, data.value, data.terms])
    content = {
        "case": case.ref,
        "concerns": concerns.pk,
        "also": sorted(person.pk for person in data.also),
        "value": hmac.new(crypto.derived_key("submission"), f"{key}:{said}".encode(), hashlib.sha256).hexdigest(),
        "may_know": sorted(party.pk for party in data.may_know),
    }
    return once(key=key, user=by, form="fact", content=content, now=now, make=make)


@transaction.atomic
def fact_change(
    *, fact: ConfidentialFact, by: User, data: FactData, reason: str, seen_version: int, now: datetime
) -> ConfidentialFact:
    """Write a new version of a fact; what it said before stays, with who and why.

    Raises ValidationError without a reason, for a fact that has ended, for another version than was seen, and as
    `fact_note` does.
    """
    row = ConfidentialFact.objects.select_for_update(of=("self",)).select_related("case").get(pk=fact.pk)
    if row.ended_at is not None:
        raise ValidationError(_("This has ended. Note it anew when it holds again."))
    if row.version != seen_version:
        raise ValidationError(_("A colleague changed this meanwhile. Look at what it says now first."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a few words.")})
    _check(row.case, row.concerns, data)
    _remember_first(row, now)
    scope = row.case.ref
    row.kind, row.value = data.kind, crypto.encrypt(scope, data.value)
    row.terms = crypto.encrypt(scope, json.dumps(data.terms, ensure_ascii=False))
    row.version += 1
    row.save(update_fields=["kind", "value", "terms", "version"])
    _written(row, data, by, reason, now)
    audit.record("fact.changed", case_ref=scope, objects=[row.ref, row.concerns.party.ref])
    return row


def _remember_first(fact: ConfidentialFact, now: datetime) -> None:
    """A fact from before there was a history: what it says now becomes its first version."""
    if not fact.versions.filter(version=fact.version).exists():
        known = tuple(Party.objects.filter(pk__in=fact.audience.named(now)))
        _version_kept(fact, known, list(fact.also.values_list("pk", flat=True)), fact.noted_by, "", fact.noted_at)


@transaction.atomic
def fact_end(*, fact: ConfidentialFact, by: User, reason: str, now: datetime) -> None:
    """Say that a fact need not be kept from anybody any more; it stays readable. Raises ValidationError."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a few words.")})
    ended = ConfidentialFact.objects.filter(pk=fact.pk, ended_at__isnull=True)
    if not ended.update(ended_at=now, ended_by=by, end_reason=reason.strip()):
        raise ValidationError(_("This has ended already."))
    audit.record("fact.ended", case_ref=fact.case.ref, objects=[fact.ref, fact.concerns.party.ref])


@transaction.atomic
def fact_look(*, fact: ConfidentialFact, user: User, reason: str, now: datetime) -> None:
    """Keep why somebody who is neither director nor deputy reads a fact now; both see it. Raises ValidationError."""
    if len(reason.strip()) < 10:
        raise ValidationError({"reason": _("Write the reason in a sentence: the case director reads it.")})
    FactLook.objects.create(fact=fact, user=user, reason=reason.strip(), at=now)
    audit.record("fact.looked", case_ref=fact.case.ref, objects=[fact.ref], ground="reason")


def spread(*, kind: str, concerns: Person, today: date) -> list[Person]:
    """Who lives at a hidden place too: the children under eighteen of whom it is, in the same household or home."""
    if kind not in PLACES:
        return []
    rows = Relation.objects.filter(kind=RelationKind.PARENT, one=concerns).select_related("other__party")
    children = [row.other for row in rows]
    if not children:
        return []
    # A child of two homes lives at the hidden one too, whichever is its main home.
    homes = _homes_on(today).filter(person=concerns).values("household")
    there = set(_homes_on(today).filter(household__in=homes, person__in=children).values_list("person", flat=True))
    return [child for child in children if _is_child_there(child, concerns, today, is_home=child.pk in there)]


def _homes_on(day: date) -> QuerySet[HouseholdMember]:
    began, goes_on = Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day)
    return HouseholdMember.objects.filter(began & goes_on, withdrawn_at__isnull=True)


def _is_child_there(child: Person, parent: Person, today: date, *, is_home: bool) -> bool:
    if child.died_on is not None or not (is_home or child.in_household == parent.in_household):
        return False
    return child.birth_date is None or (today.year - child.birth_date.year) <= 18


def _check(case: Case, concerns: Person, data: FactData) -> None:
    if {person.case_id for person in (concerns, *data.also)} != {case.pk}:
        raise ValidationError({"concerns": _("This person does not belong to this family.")})
    if not data.value.strip():
        raise ValidationError({"value": _("Write what must stay confidential.")})
    problems = [problem for term in data.terms if (problem := problem_with(term) or _is_a_name(case, term))]
    if problems:
        raise ValidationError({"terms": problems})


def _is_a_name(case: Case, term: str) -> str:
    """Whether a term is only the name of somebody of the family: it stands in every plan."""
    names = {name.casefold() for pair in case.persons.values_list("given_name", "surname") for name in pair if name}
    if term.strip().casefold() not in names:
        return ""
    return _("“%(term)s” is the name of somebody of this family: it stands in every plan.") % {"term": term}


def _written(fact: ConfidentialFact, data: FactData, by: User, reason: str, now: datetime) -> None:
    """Readers, whom it is about, the version that stays, and a search of what is stored."""
    gone = AudienceReader.objects.filter(audience=fact.audience, until__isnull=True).exclude(party__in=data.may_know)
    gone.filter(since__gte=now).delete()
    gone.update(until=now)
    known = set(fact.audience.named(now))
    new = [party for party in data.may_know if party.pk not in known]
    AudienceReader.objects.bulk_create(AudienceReader(audience=fact.audience, party=party, since=now) for party in new)
    there = spread(kind=data.kind, concerns=fact.concerns, today=clock.local_date(now))
    also = {person.pk: person for person in (*data.also, *there)}
    also.pop(fact.concerns_id, None)
    fact.also.set(also.values())
    _version_kept(fact, data.may_know, list(also), by, reason.strip(), now)
    after_commit("families.tasks.facts_search", fact_id=fact.pk)


def _version_kept(
    fact: ConfidentialFact, may_know: Iterable[Party], also: list[int], by: User, reason: str, now: datetime
) -> None:
    FactVersion.objects.create(
        fact=fact,
        version=fact.version,
        kind=fact.kind,
        value=fact.value,
        terms=fact.terms,
        concerns=fact.concerns,
        also_ids=sorted(also),
        reader_ids=sorted(party.pk for party in may_know),
        by=by,
        at=now,
        reason=reason,
    )


# --- What was given already -------------------------------------------------------------------------------------------


def facts_search_waiting(*, now: datetime) -> int:
    """Search what is stored for every fact that was noted or changed and not searched for yet; returns how many."""
    waiting = ConfidentialFact.objects.filter(searched_version__lt=F("version")).order_by("pk")
    ids = list(waiting.values_list("pk", flat=True)[:50])
    return sum(fact_search(fact_id=fact_id, now=now) for fact_id in ids)


@transaction.atomic
def fact_search(*, fact_id: int, now: datetime) -> bool:
    """Hold everything that is stored against one fact; a row for each finding, and the director is told.

    Stored of its case, and of a case in which somebody it is about is known as the same human. What cannot be read is a
    finding too: nobody can say that it is clean. Returns whether it was searched now.
    """
    rows = ConfidentialFact.objects.select_for_update(skip_locked=True, of=("self",)).select_related("case", "concerns")
    fact = rows.filter(pk=fact_id, searched_version__lt=F("version")).first()
    if fact is None:
        return False
    for case in [fact.case, *_cases_beside(fact)] if fact.ended_at is None else ():
        given = 0
        guard = watch_of(case, now)
        for output in stored(case, now):
            given += sum(_keep(case, fact, output, place, now) for place in _places(fact, output, guard))
        if given:
            tell_of_findings(case=case, now=now)
    ConfidentialFact.objects.filter(pk=fact.pk).update(searched_version=fact.version, searched_at=now)
    return True


def _cases_beside(fact: ConfidentialFact) -> list[Case]:
    """The other cases in which somebody this fact is about is known as the same human."""
    about = [fact.concerns_id, *fact.also.values_list("pk", flat=True)]
    links = SamePerson.objects.filter(state=SameState.LINKED).select_related("one__case", "other__case").order_by("pk")
    rows = links.filter(Q(one__in=about) | Q(other__in=about))
    cases = {person.case_id: person.case for link in rows for person in (link.one, link.other)}
    cases.pop(fact.case_id, None)
    return list(cases.values())


def facts_search_again(*, people: Iterable[Person]) -> None:
    """Let what is stored be held anew against every fact about these persons: whose they are is known in another way."""
    ids = [person.pk for person in people]
    facts = ConfidentialFact.objects.filter(Q(concerns__in=ids) | Q(also__in=ids), ended_at__isnull=True)
    ConfidentialFact.objects.filter(pk__in=facts.values("pk")).update(searched_version=0)
    after_commit("families.tasks.facts_search")


def watch_of(case: Case, now: datetime) -> Watch | None:
    """What must not slip out of a case; None when it cannot be opened."""
    try:
        return watch(case, now)
    except CannotLook:
        return None


def _places(fact: ConfidentialFact, output: Stored, guard: Watch | None) -> list[str]:
    if guard is None:
        return ["unreadable"]
    key = ("fact", fact.pk)
    if key in guard.secrets and guard.all_know(guard.secrets[key], output.reader_ids):
        return []
    places = [one.where for one in guard.hits(output.parts, output.reader_ids) if one.secret.key == key]
    try:
        for name, data in output.files if not places else ():
            places += [one.where for one in guard.hits_in_bytes(name, data, output.reader_ids) if one.secret.key == key]
    except Unreadable:
        return ["unreadable"]
    return list(dict.fromkeys(places))


def _keep(case: Case, fact: ConfidentialFact, output: Stored, place: str, now: datetime) -> int:
    first, last, count = output.given
    mine = fact if fact.case_id == case.pk else None
    FactFinding.objects.update_or_create(
        case=case,
        secret=f"fact:{fact.pk}",
        version=fact.version,
        door=output.door,
        what=output.what[:32],
        reader=output.reader[:16],
        place=place[:40],
        defaults={"fact": mine, "given_first": first, "given_last": last, "given_count": count, "found_at": now},
    )
    return count


@dataclass(frozen=True)
class HeldBack:
    """Something that a page left out: which fact or way (`fact:7`), and where it would have stood."""

    secret: str
    place: str


@transaction.atomic
def held_back_note(*, case: Case, what: str, reader: str, held: Sequence[HeldBack], now: datetime) -> None:
    """Keep that a page left something out for a reader, and tell the director; the same again is told once."""
    new = 0
    for one in held:
        kind, _colon, number = one.secret.partition(":")
        fact = ConfidentialFact.objects.filter(pk=int(number)).first() if kind == "fact" else None
        _row, made = FactFinding.objects.get_or_create(
            case=case,
            secret=one.secret,
            version=fact.version if fact else 0,
            door=Door.PAGE,
            what=what[:32],
            reader=reader[:16],
            place=one.place[:40],
            defaults={"fact": fact if fact and fact.case_id == case.pk else None, "found_at": now},
        )
        new += made
    if new:
        tell_of_findings(case=case, now=now)


def tell_of_findings(*, case: Case, now: datetime) -> None:
    """Tell director and deputy that something confidential was found in what is given or shown."""
    promise_make(kind=GIVEN, ref=case.ref, case_ref=case.ref, due_at=now)


@transaction.atomic
def findings_notice(*, case: Case, by: User, now: datetime) -> None:
    """The director has seen what was found."""
    FactFinding.objects.filter(case=case, noticed_at__isnull=True).update(noticed_at=now, noticed_by=by)
    promises_settle(kind=GIVEN, refs=[case.ref], now=now)
    audit.record("findings.noticed", case_ref=case.ref)
