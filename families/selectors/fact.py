"""Confidential facts by whom they are about; what one is, is opened on a page of its own."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from casusregie.core import audit, crypto, dates, slots
from casusregie.core.access import may_read
from casusregie.core.choices import Relation as Standing
from casusregie.core.models import AudienceReader, Party
from families.access import CaseAccess, parties_of, reading_of
from families.choices import Door, FactKind
from families.models import Case, ConfidentialFact, Document, FactFinding, Person, SafeContact
from families.scanner import CannotLook, Secret, Watch, fact_terms, place_words, watch


@dataclass(frozen=True)
class FactView:
    """That something is confidential, about whom and who may know; never what it is."""

    ref: str
    concerns: str
    kind_label: str
    may_know: list[str]
    noted: str
    also: list[str] = field(default_factory=list)
    is_ended: bool = False
    can_be_found: bool = True


# What a list shows of each fact: whom it is about, who may know it now, and the words it is found by as they are kept.
_LISTED = """
    SELECT f.ref, f.kind, f.terms, f.noted_at, f.ended_at IS NOT NULL, y.label,
           ARRAY(SELECT z.label FROM families_confidentialfact_also b JOIN families_person q ON q.id = b.person_id
                   JOIN core_party z ON z.id = q.party_id WHERE b.confidentialfact_id = f.id ORDER BY q.sort_key, q.id),
           ARRAY(SELECT z.label FROM core_audiencereader r JOIN core_party z ON z.id = r.party_id
                  WHERE r.audience_id = f.audience_id AND r.since <= %(now)s AND (r.until IS NULL OR r.until > %(now)s)
                  ORDER BY z.label)
      FROM families_confidentialfact f JOIN families_person p ON p.id = f.concerns_id
      JOIN core_party y ON y.id = p.party_id
     WHERE f.case_id = %(case)s ORDER BY f.ended_at NULLS FIRST, p.sort_key, f.id
"""


class _Listed(NamedTuple):
    """One row of that list."""

    ref: str
    kind: str
    terms: memoryview | None
    noted_at: datetime
    is_ended: bool
    concerns: str
    also: list[str]
    may_know: list[str]


def facts(access: CaseAccess, now: datetime) -> list[FactView]:
    """The confidential facts of a case, those that hold first, by whom they are about, without what they are.

    One query, and one for the key when nothing else of the case was opened yet.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, {"case": access.case.pk, "now": now})
        rows = [_Listed(*row) for row in cursor.fetchall()]
    audit.seen(row.ref for row in rows)
    return [
        FactView(
            ref=row.ref,
            concerns=row.concerns,
            kind_label=str(FactKind(row.kind).label),
            may_know=row.may_know,
            noted=dates.long(dates.day_of(row.noted_at)),
            also=row.also,
            is_ended=row.is_ended,
            can_be_found=_has_wording(access, row.terms),
        )
        for row in rows
    ]


def _has_wording(access: CaseAccess, terms: memoryview | None) -> bool:
    """Whether a search can find it: not without fixed words, nor when it cannot be opened now."""
    try:
        return terms is None or access.opened(terms) != "[]"
    except crypto.CannotDecrypt:
        return False


def facts_named(access: CaseAccess, now: datetime) -> list[FactView]:
    """The facts that somebody of the case team who is no steward may know by name; she gives a reason to read one."""
    around = reading_of(access).circles(access.case.pk, access.user.party_id)
    rows = _rows(access, now).filter(ended_at__isnull=True).order_by("concerns__sort_key", "pk")
    mine = [row for row in rows if may_read(access.user.party_id, row.audience, now, circles=around)]
    audit.seen(row.ref for row in mine)
    return [_fact(row, True) for row in mine]


def facts_about(access: CaseAccess, party_id: int, now: datetime) -> list[FactView]:
    """The facts that hold about one person, without what they are; at most four queries.

    All for director and deputy; a second worker those she may know by name; somebody who only looks inside none.
    """
    if not access.is_steward and access.relation != Standing.SECOND:
        return []
    about = Q(concerns__party_id=party_id) | Q(
        pk__in=ConfidentialFact.also.through.objects.filter(person__party_id=party_id).values("confidentialfact_id")
    )
    rows = list(_rows(access, now).filter(about, ended_at__isnull=True).order_by("kind", "pk"))
    if not access.is_steward:
        around = reading_of(access).circles(access.case.pk, access.user.party_id)
        rows = [row for row in rows if may_read(access.user.party_id, row.audience, now, circles=around)]
    audit.seen(row.ref for row in rows)
    return [_fact(row, True) for row in rows]


def _rows(access: CaseAccess, now: datetime) -> Any:
    readers = AudienceReader.objects.filter(since__lte=now).exclude(until__lte=now).select_related("party")
    return (
        ConfidentialFact.objects.filter(case=access.case)
        .select_related("concerns", "audience")
        .prefetch_related(Prefetch("audience__readers", queryset=readers.order_by("party__label")), "also")
    )


def _fact(row: ConfidentialFact, can_be_found: bool) -> FactView:
    return FactView(
        ref=row.ref,
        concerns=row.concerns.name.full,
        kind_label=str(FactKind(row.kind).label),
        may_know=[reader.party.label for reader in row.audience.readers.all()],
        noted=dates.long(dates.day_of(row.noted_at)),
        also=[person.name.full for person in row.also.all()],
        is_ended=row.ended_at is not None,
        can_be_found=can_be_found,
    )


@dataclass(frozen=True)
class FactVersionView:
    """What a fact said in an earlier version."""

    number: int
    when: str
    who: str
    why: str
    text: str


@dataclass(frozen=True)
class FactPage:
    """One fact opened: what it is, by which words it is found, its history, and what was given out already."""

    fact: FactView
    text: str
    terms: list[str]
    history: list[FactVersionView]
    looks: list[tuple[str, str, str]]
    findings: list["FindingView"]
    searched: str
    ended: tuple[str, str, str] | None
    version: int


def fact_page(access: CaseAccess, fact: ConfidentialFact, now: datetime) -> FactPage:
    """One fact for director and deputy, with everything about it; its reading is logged."""
    opened = crypto.opener(access.case.ref)
    row = _rows(access, now).get(pk=fact.pk)
    terms = fact_terms(row, opened)
    versions = [
        FactVersionView(
            one.version, _moment(one.at), one.by.name, one.reason, f"{FactKind(one.kind).label}: {opened(one.value)}"
        )
        for one in row.versions.select_related("by").order_by("-version")
    ]
    looks = [(one.user.name, _moment(one.at), one.reason) for one in row.looks.select_related("user").order_by("-pk")]
    return FactPage(
        fact=_fact(row, bool(terms)),
        text=opened(row.value),
        terms=terms,
        history=versions,
        looks=looks,
        findings=_findings(row.findings.all()),
        searched=_moment(row.searched_at) if row.searched_at and row.searched_version >= row.version else "",
        ended=(_moment(row.ended_at), row.ended_by.name, row.end_reason) if row.ended_at and row.ended_by else None,
        version=row.version,
    )


def fact_text(fact: ConfidentialFact) -> str:
    """What the fact is, opened; for a page of its own, whose reading is logged."""
    return crypto.decrypt(fact.case.ref, fact.value)


def fact_view(access: CaseAccess, fact: ConfidentialFact, now: datetime) -> FactView:
    """One fact, without what it is."""
    return _fact(_rows(access, now).get(pk=fact.pk), True)


def not_to_mention(access: CaseAccess, party_ids: Collection[int], now: datetime) -> dict[int, list[FactView]]:
    """Per person who will be there: the confidential facts this person may not know; two queries, none for others.

    For director and deputy only. Whom a fact is about knows it herself. That it was shown is logged with its reference.
    """
    if not access.is_steward or not party_ids:
        return {}
    rows = _rows(access, now).filter(ended_at__isnull=True).order_by("concerns__sort_key", "pk")
    found: dict[int, list[FactView]] = {}
    for row in rows:
        knows = {row.concerns.party_id, *(reader.party_id for reader in row.audience.readers.all())}
        for party_id in party_ids:
            if party_id not in knows:
                found.setdefault(party_id, []).append(_fact(row, True))
    audit.seen({view.ref: None for views in found.values() for view in views})
    return found


def fact_initial(fact: ConfidentialFact, now: datetime) -> dict[str, Any]:
    """A fact as its form starts from."""
    opened = crypto.opener(fact.case.ref)
    terms: list[str] = json.loads(opened(fact.terms)) if fact.terms is not None else fact_terms(fact, opened)
    named = fact.audience.named(now)
    return {
        "kind": fact.kind,
        "value": opened(fact.value),
        "terms": "\n".join(terms),
        "no_wording": not terms,
        "may_know": list(Party.objects.filter(pk__in=named).values_list("ref", flat=True)),
        "also": list(fact.also.values_list("party__ref", flat=True)),
        "version": fact.version,
    }


def who_may_be_told(access: CaseAccess, now: datetime) -> list[tuple[str, str]]:
    """Who can be named as knowing: the family, the case team, and partners with a role (the room above fills those)."""
    mine = {access.case.director.party_id if access.case.director else 0}
    inside = [(party.ref, party.label) for party in parties_of(access.case, now) if party.pk not in mine]
    outside = [(item.value, item.label) for item in slots.items("case.readers", access.case.ref, now)]
    return list(dict([*inside, *outside]).items())


def told_parties(access: CaseAccess, refs: Iterable[str], now: datetime) -> list[Party]:
    """The parties behind these references, of those who can be named."""
    allowed = {ref for ref, _name in who_may_be_told(access, now)}
    return list(Party.objects.filter(ref__in=[ref for ref in refs if ref in allowed]).order_by("pk"))


# --- What was found ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FindingView:
    """Something confidential in what is stored, or held back on a page."""

    ref: str
    about: str
    door: str
    what: str
    reader: str
    place: str
    given: str
    is_given: bool
    found: str
    is_new: bool
    fact_ref: str
    # The document that is still there, to go to.
    document_ref: str = ""


def findings(access: CaseAccess) -> list[FindingView]:
    """Everything that was found in this case, newest first."""
    return _findings(FactFinding.objects.filter(case=access.case))


def findings_unseen(access: CaseAccess) -> int:
    """How many findings the director has not looked at; only for director and deputy."""
    return FactFinding.objects.filter(case=access.case, noticed_at__isnull=True).count() if access.is_steward else 0


def _findings(rows: Any) -> list[FindingView]:
    found = list(rows.select_related("fact__concerns").order_by("-given_count", "-found_at", "pk")[:200])
    names = dict(Party.objects.filter(ref__in={row.reader for row in found}).values_list("ref", "label"))
    ways = {int(row.secret[4:]) for row in found if row.secret.startswith("way:")}
    people = dict(SafeContact.objects.filter(pk__in=ways).values_list("pk", "person__party__label"))
    agreed = {int(row.secret.rpartition(":")[2]) for row in found if row.secret.startswith("agreed-")}
    people_agreed = dict(Person.objects.filter(pk__in=agreed).values_list("pk", "party__label")) if agreed else {}
    titles = _titles([row for row in found if row.door == Door.DOCUMENT])
    return [
        _finding(row, names, people_agreed if row.secret.startswith("agreed-") else people, titles) for row in found
    ]


def _titles(rows: Sequence[FactFinding]) -> dict[str, str]:
    """By reference the titles of the documents in which something was found, for director and deputy."""
    refs = {row.what.partition(":")[0] for row in rows}
    documents = Document.objects.filter(ref__in=refs, withdrawn_at__isnull=True).select_related("case") if refs else ()
    return {row.ref: crypto.decrypt(row.case.ref, row.title) for row in documents}


def _finding(
    row: FactFinding, names: Mapping[str, str], people: Mapping[int, str], titles: Mapping[str, str]
) -> FindingView:
    document = row.what.partition(":")[0] if row.door == Door.DOCUMENT else ""
    what, _colon, number = row.secret.partition(":")
    if row.fact is not None:
        about = f"{FactKind(row.fact.kind).label}: {row.fact.concerns.name.full}"
    elif what == "fact":
        about = _("something confidential of the same person in another case")
    elif what == "way" or what.startswith("agreed-"):
        words = _("a way to reach %(who)s") if what == "way" else _("an agreement on reaching %(who)s")
        about = words % {"who": people.get(int(number), "…")}
    else:
        about = _kept_label(what)
    return FindingView(
        ref=row.ref,
        about=about,
        door=row.door,
        what=row.what.removeprefix("v") if row.door == Door.EDITION else titles.get(document, ""),
        reader=names.get(row.reader, _("what everybody signs")),
        place=_("it could not be searched") if row.place == "unreadable" else place_words(row.place),
        given=_given(row),
        is_given=bool(row.given_count),
        found=_moment(row.found_at),
        is_new=row.noticed_at is None,
        fact_ref=row.fact.ref if row.fact else "",
        document_ref=document if document in titles else "",
    )


def _given(row: FactFinding) -> str:
    if not row.given_count or row.given_first is None or row.given_last is None:
        return ""
    if row.given_count == 1:
        return _("given on %(day)s") % {"day": _moment(row.given_first)}
    return _("given %(n)s times, first on %(first)s, last on %(last)s") % {
        "n": row.given_count,
        "first": _moment(row.given_first),
        "last": _moment(row.given_last),
    }


def _moment(at: datetime | None) -> str:
    return f"{dates.long(dates.day_of(at))}, {dates.clock_time(at)}" if at else ""


# --- Live pages and typing ---------------------------------------------------------------------------------------------


class PageGuard:
    """What one reader who stands outside may see on a live page: an item that holds a fact is absent as a whole.

    `held_back` says afterwards what was left out, for the director. When the facts cannot be opened nothing is shown.
    """

    def __init__(self, guard: Watch | None, party_id: int) -> None:
        self._guard, self._party_id = guard, party_id
        self.held_back: list[tuple[str, str]] = []

    def shows(self, place: str, *texts: str) -> bool:
        """Whether these texts, as one item at `place`, hold nothing that this reader may not know."""
        if self._guard is None:
            return False
        found = self._guard.hits({place: "\n".join(texts)}, [self._party_id])
        self.held_back += [(f"{one.secret.key[0]}:{one.secret.key[1]}", place) for one in found]
        return not found


def page_guard(case: Case, party_id: int, now: datetime) -> PageGuard:
    """The guard of a live page about one case, for one reader."""
    try:
        return PageGuard(watch(case, now), party_id)
    except CannotLook:
        return PageGuard(None, party_id)


@dataclass(frozen=True)
class Touch:
    """A text that is being written touches a fact: what, of whom, and who of its readers may not know it."""

    kind_label: str
    concerns: str
    not_for: list[str]


def touches(access: CaseAccess, text: str, reader_refs: Sequence[str], now: datetime) -> list[Touch]:
    """Which facts a text touches that not all of these readers (party references) may know; for stewards only.

    Without readers it says what is touched at all. Nothing of the text is kept.
    """
    if not access.is_steward or not text.strip():
        return []
    guard = watch(access.case, now)
    readers = list(Party.objects.filter(ref__in=list(reader_refs)[:50]).order_by("label"))
    found: dict[tuple[str, str], Touch] = {}
    for one in guard.finds({"text": text}):
        unknowing = [party.label for party in readers if not guard.all_know(one.secret, [party.pk])]
        if unknowing or not readers:
            label = secret_label(one.secret)
            found[label, one.secret.concerns] = Touch(label, one.secret.concerns, unknowing)
    return list(found.values())


def secret_label(secret: Secret) -> str:
    """The kind of a secret in words."""
    labels = {str(value): str(label) for value, label in FactKind.choices}
    if secret.key[0] == "fact":
        return labels.get(secret.kind, _("a way to reach somebody"))
    return _kept_label(secret.key[0])


def _kept_label(what: str) -> str:
    """What is kept beside the facts, in words."""
    if what.startswith("agreed-"):
        return _("an agreement on reaching")
    labels = {"number": _("citizen service number"), "town": _("municipality that gives a place away")}
    return labels.get(what, _("a way to reach"))


def unfindable(case: Case, now: datetime, reader_ids: Iterable[int] | None = None) -> list[tuple[str, str, str]]:
    """The facts that no scanner can find, as kind, of whom and reference: somebody has to read for them herself."""
    try:
        rows = watch(case, now).unfindable(reader_ids)
    except CannotLook:
        return []
    return [(secret_label(row), row.concerns, row.ref) for row in rows]
