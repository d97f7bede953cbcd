"""How each person of a family may be reached: whether it is safe comes before anything else.

Director and deputy read everything; a second worker what she needs to know before a visit, never a number, a code word
or who reads along; somebody who looks inside with a reason only whether it is safe.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, crypto, dates
from casusregie.core.choices import Relation as Standing
from families.access import CaseAccess
from families.choices import ReachChannel, Safe
from families.models import Person, SafeContact
from families.selectors.agreement import (
    FOR_SECOND,
    AgreementView,
    agreed_lines,
    code_word_problem,
    noted_words,
)
from families.selectors.apart import RUNNING_APART
from families.selectors.term import TERM_COLUMNS, TERMS, Term, reach_terms


@dataclass(frozen=True)
class WayView:
    """One way to reach somebody: what is known of its safety in words, and its number only where it is safe now.

    `value` is empty for who may not read it, and as long as it is not confirmed as safe: then it is opened by itself
    (`way_shown`), which the access log tells.
    """

    id: int
    channel: str
    channel_label: str
    safe: str
    is_safe: bool
    stale: bool
    confirmed: str
    words: str
    note: str
    value: str = ""
    show_url: str = ""

    @property
    def icon(self) -> str:
        """The shape beside the words: safe, unsafe, or not known now."""
        if self.is_safe:
            return "shield-check"
        return "octagon-alert" if self.safe == Safe.NO else "shield-question-mark"


@dataclass(frozen=True)
class ApproachAnswer:
    """What one person answered: may this third be approached, and what may be said."""

    who: str
    is_yes: bool
    words: str
    may_say: str


@dataclass(frozen=True)
class ApproachView:
    """Whether somebody of the surroundings may be approached; not asked is no."""

    answers: list[ApproachAnswer]

    @property
    def is_safe(self) -> bool:
        """Whether everybody who was asked finds it safe, and somebody was."""
        return bool(self.answers) and all(answer.is_yes for answer in self.answers)

    @property
    def words(self) -> str:
        """In a few words, for a line."""
        if not self.answers:
            return _("not asked yet whether this person may be approached")
        return _("may be approached") if self.is_safe else _("may not be approached")


@dataclass(frozen=True)
class ReachView:
    """How one person may be reached; `approach` only for who stands around the family.

    `homes` are the names of the homes she lives in, each with whether it is her main one; `apart_from` are those whom she
    may not meet.
    """

    party_id: int
    ref: str
    name: str
    term: Term
    ways: list[WayView] = field(default_factory=list)
    agreement: AgreementView | None = None
    approach: ApproachView | None = None
    homes: list[tuple[str, bool]] = field(default_factory=list)
    apart_from: list[str] = field(default_factory=list)

    @property
    def is_safe(self) -> bool:
        """Whether every way that is known is safe; nothing known is not."""
        return bool(self.ways) and all(way.is_safe for way in self.ways)

    @property
    def has_safe_way(self) -> bool:
        """Whether at least one way is safe."""
        return any(way.is_safe for way in self.ways)

    @property
    def text_way(self) -> WayView | None:
        """The safe way by which a text can be sent: where writing was agreed, else her telephone; None without one.

        A telephone is not written to where writing is known and not safe now, and nothing where somebody reads along.
        """
        if self.agreement and any(line.key == "reads_along" for line in self.agreement.lines):
            return None
        safe = {way.channel: way for way in reversed(self.ways) if way.is_safe}
        writes = any(way.channel == ReachChannel.APP for way in self.ways)
        return safe.get(ReachChannel.APP) or (None if writes else safe.get(ReachChannel.PHONE))

    @property
    def state(self) -> str:
        """`safe` when there is a safe way, `stale` when there was one, `no` when one is known to be unsafe, `unknown`."""
        if self.has_safe_way:
            return "safe"
        if any(way.safe == Safe.YES for way in self.ways):
            return "stale"
        return "no" if any(way.safe == Safe.NO for way in self.ways) else "unknown"

    @property
    def words(self) -> str:
        """How reachable, in one line."""
        return {
            "safe": _("reachable: %(how)s") % {"how": ", ".join(self._channels(is_safe=True))},
            "stale": _("ask again whether it is safe"),
            "no": _("not safe: %(how)s") % {"how": ", ".join(self._channels(is_safe=False))},
            "unknown": _("not known how to reach safely"),
        }[self.state]

    def _channels(self, *, is_safe: bool) -> list[str]:
        return list(dict.fromkeys(way.channel_label for way in self.ways if way.is_safe == is_safe))


class _Row(NamedTuple):
    """A living person with her ways, answers about approaching her, homes and whom she may not meet, as JSON."""

    party_id: int
    ref: str
    name: str
    ways: list[list[Any]]
    approaches: list[list[Any]]
    homes: list[list[Any]]
    apart: list[str]


# Whose yes counts is what `Term.may_answer` says, today: it does not stay the word of who is noted as using violence since.
_COUNTS = f"""(a.answer <> '{Safe.YES.value}' OR EXISTS (
         SELECT FROM terms v WHERE v.id = a.said_by_id AND (v.is_hurt OR NOT v.uses_violence)))"""
_PEOPLE = f"""
    WITH terms AS ({TERMS.format(where="p.case_id = %(case)s")})
    SELECT {", ".join(f"t.{name}" for name in TERM_COLUMNS)}, p.party_id, y.ref, y.label,
           (SELECT json_agg(json_build_array(w.id, w.channel, encode(w.value, 'hex'), encode(w.note, 'hex'),
                   w.safe, w.confirmed_on) ORDER BY w.id)
              FROM families_safecontact w WHERE w.person_id = p.id),
           (SELECT json_agg(json_build_array(z.label, a.answer, a.said_on, encode(a.may_say, 'hex')) ORDER BY a.id)
              FROM (SELECT DISTINCT ON (said_by_id) * FROM families_approach
                     WHERE party_id = p.party_id AND case_id = p.case_id
                     ORDER BY said_by_id, said_on DESC, id DESC) a
              JOIN families_person s ON s.id = a.said_by_id JOIN core_party z ON z.id = s.party_id
             WHERE {_COUNTS}),
           (SELECT json_agg(json_build_array(h.label, m.is_main) ORDER BY h.label, h.id)
              FROM families_householdmember m JOIN families_household h ON h.id = m.household_id
             WHERE m.person_id = p.id AND m.withdrawn_at IS NULL
               AND (m.since IS NULL OR m.since <= %(today)s) AND (m.until IS NULL OR m.until >= %(today)s)),
           (SELECT json_agg(z.label ORDER BY z.label, z.id) FROM families_keepapart k
              JOIN families_person o ON o.id IN (k.one_id, k.other_id) AND o.id <> p.id
              JOIN core_party z ON z.id = o.party_id
             WHERE p.id IN (k.one_id, k.other_id) AND {RUNNING_APART})
      FROM terms t
      JOIN families_person p ON p.id = t.id JOIN core_party y ON y.id = p.party_id
     WHERE %(whole)s OR p.id = ANY(%(ids)s::bigint[])
     ORDER BY p.in_household DESC, p.sort_key, p.id
"""  # noqa: S608 - constants of our own


class _Reader:
    """What one reader may read of how people are reached, with everything encrypted opened in one go."""

    def __init__(self, access: CaseAccess, *, briefly: bool = False) -> None:
        self.access = access
        self.reads_all = access.is_steward and not briefly
        self.reads_some = (access.is_steward or access.relation == Standing.SECOND) and not briefly
        self._blobs: list[bytes] = []
        self._texts: dict[bytes, str] = {}

    def wants(self, blob: bytes | None) -> None:
        """Say that this text will be asked for."""
        if blob:
            self._blobs.append(blob)

    def open(self) -> None:
        """Open all that was asked for; one query for the key."""
        scope = self.access.case.ref
        opened = crypto.decrypt_all((scope, blob) for blob in self._blobs) if self._blobs else []
        self._texts = dict(zip(self._blobs, opened, strict=True))

    def text(self, blob: bytes | None) -> str:
        """The text, when this reader may read it and it was asked for; else nothing."""
        return self._texts.get(blob, "") if blob else ""


def reach(access: CaseAccess, now: datetime, person_ids: Sequence[int] | None = None) -> list[ReachView]:
    """How everybody of this family (or only these persons) may be reached; two queries, whatever their number."""
    return _reached(_Reader(access), now, person_ids)


def _reached(reader: "_Reader", now: datetime, person_ids: Sequence[int] | None = None) -> list[ReachView]:
    access, today = reader.access, dates.day_of(now)
    asked: dict[str, Any] = {
        "case": access.case.pk,
        "today": today,
        "now": now,
        "whole": person_ids is None,
        "ids": list(person_ids or []),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, asked)
        found = [(Term(*row[: len(TERM_COLUMNS)]), _row(*row[len(TERM_COLUMNS) :])) for row in cursor.fetchall()]
    for term, row in found:
        _ask(reader, row, term, today)
    reader.open()
    return [_view(reader, row, term, today) for term, row in found]


def _row(party_id: int, ref: str, name: str, *lists: list[Any] | None) -> _Row:
    """What nothing stands in is an empty list."""
    return _Row(party_id, ref, name, *(some or [] for some in lists))


def reach_briefly(access: CaseAccess, now: datetime) -> list[ReachView]:
    """The same for a list: how reachable in words, with nothing encrypted opened; one query."""
    return _reached(_Reader(access, briefly=True), now)


def reach_of(access: CaseAccess, person_id: int, now: datetime) -> ReachView | None:
    """How one person may be reached; None when she died."""
    return next(iter(reach(access, now, [person_id])), None)


def _ask(reader: _Reader, row: _Row, term: Term, today: date) -> None:
    if reader.reads_some:
        reader.wants(bytes(term.content) if term.content else None)
        for _who, _answer, _on, may_say in row.approaches:
            reader.wants(_blob(may_say))
    if reader.reads_all:
        for _id, _channel, value, note, safe, confirmed in row.ways:
            reader.wants(_blob(note))
            if safe == Safe.YES and term.holds(_day(confirmed), today):
                reader.wants(_blob(value))


def _blob(encoded: str | None) -> bytes | None:
    return bytes.fromhex(encoded) if encoded else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _view(reader: _Reader, row: _Row, term: Term, today: date) -> ReachView:
    ways = [_way(reader, row, way, term, today) for way in row.ways]
    # What is safe stands first: that is the one to use.
    ways.sort(key=lambda way: not way.is_safe)
    return ReachView(
        party_id=row.party_id,
        ref=row.ref,
        name=row.name,
        term=term,
        ways=ways,
        agreement=_agreement(reader, term, today),
        approach=ApproachView([_approach(reader, *answer) for answer in row.approaches])
        if not term.is_inside
        else None,
        homes=[(label, is_main) for label, is_main in row.homes],
        apart_from=row.apart,
    )


def _way(reader: _Reader, row: _Row, way: list[Any], term: Term, today: date) -> WayView:
    number, channel, value, note, safe, confirmed = way
    confirmed_on = _day(confirmed)
    holds = term.holds(confirmed_on, today)
    case_ref = reader.access.case.ref
    return WayView(
        id=number,
        channel=channel,
        channel_label=str(ReachChannel(channel).label),
        safe=safe,
        is_safe=safe == Safe.YES and holds,
        stale=not holds,
        confirmed=dates.long(confirmed_on) if confirmed_on else "",
        words=_words(safe, confirmed_on, holds=holds),
        note=reader.text(_blob(note)),
        value=reader.text(_blob(value)),
        show_url=reverse("way-show", args=[case_ref, row.ref, number]) if reader.reads_all else "",
    )


def _words(safe: str, confirmed_on: date | None, *, holds: bool) -> str:
    day = {"day": dates.long(confirmed_on) if confirmed_on else ""}
    if safe == Safe.YES:
        return (
            _("safe, confirmed on %(day)s") if holds else _("not safe now: last confirmed on %(day)s, ask again")
        ) % day
    if safe == Safe.NO:
        return _("not safe, heard on %(day)s") % day if confirmed_on else _("not safe")
    return _("not safe as long as nobody asked")


def _approach(reader: _Reader, who: str, answer: str, said_on: str, may_say: str | None) -> ApproachAnswer:
    words = {"who": who, "day": dates.long(date.fromisoformat(said_on))}
    is_yes = answer == Safe.YES
    said = _("%(who)s finds it safe, %(day)s") if is_yes else _("%(who)s does not find it safe, %(day)s")
    return ApproachAnswer(who, is_yes, said % words, reader.text(_blob(may_say)))


def _agreement(reader: _Reader, term: Term, today: date) -> AgreementView | None:
    if term.version is None or term.content is None or not reader.reads_some:
        return None
    content = json.loads(reader.text(bytes(term.content)))
    lines = agreed_lines(content)
    return AgreementView(
        version=term.version,
        lines=lines if reader.reads_all else [line for line in lines if line.key in FOR_SECOND],
        confirmed=dates.long(term.agreed_on) if term.agreed_on else "",
        is_stale=not term.holds(term.agreed_on, today),
        noted=noted_words(term.noted_at, term.noted_by or ""),
        unfindable=code_word_problem(content) if reader.reads_all else "",
    )


def way_shown(access: CaseAccess, way: SafeContact, now: datetime) -> WayView | None:
    """One way with its number, whatever is known of its safety: for who asked for it, which the access log tells.

    None when the person died.
    """
    person = reach_of(access, way.person_id, now)
    found = next((one for one in person.ways if one.id == way.pk), None) if person else None
    if found is None:
        return None
    audit.seen([f"way:{way.pk}"])
    return replace(found, value=crypto.decrypt(access.case.ref, way.value))


_APPROACHES = f"""
    WITH terms AS ({TERMS.format(where="p.case_id = %(case)s")})
    SELECT a.ref, z.label, a.answer, a.said_on::text, encode(a.may_say, 'hex')
      FROM (SELECT DISTINCT ON (y.ref, n.said_by_id) y.ref, n.said_by_id, n.answer, n.said_on, n.may_say
              FROM families_approach n JOIN core_party y ON y.id = n.party_id
             WHERE n.case_id = %(case)s AND y.ref = ANY(%(refs)s)
             ORDER BY y.ref, n.said_by_id, n.said_on DESC, n.id DESC) a
      JOIN families_person s ON s.id = a.said_by_id JOIN core_party z ON z.id = s.party_id
     WHERE {_COUNTS} ORDER BY a.ref, a.said_by_id
"""  # noqa: S608 - constants of our own


def approaches(access: CaseAccess, party_refs: Sequence[str], today: date) -> dict[str, ApproachView]:
    """Whether each of these parties, who are no persons of the family, may be approached; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_APPROACHES, {"case": access.case.pk, "refs": list(party_refs), "today": today})
        rows = cursor.fetchall()
    reader = _Reader(access)
    for row in rows if reader.reads_some else ():
        reader.wants(_blob(row[4]))
    reader.open()
    return {ref: ApproachView([_approach(reader, *row[1:]) for row in rows if row[0] == ref]) for ref in party_refs}


def may_answer_for(access: CaseAccess, person_id: int, today: date) -> list[tuple[str, str]]:
    """Who of the family can say whether somebody may be approached: who is hurt first, then the household, by name.

    As (reference, name), without the person it is about (0: nobody of the family) and without who uses violence and is
    not hurt herself: it is not for that person to say. Two queries.
    """
    terms = reach_terms("p.case_id = %(case)s", {"case": access.case.pk}, today)
    may = [pk for pk, term in terms.items() if pk != person_id and term.may_answer]
    rows = Person.objects.filter(pk__in=may).select_related("party")
    ordered = sorted(rows, key=lambda row: (not terms[row.pk].is_hurt, not row.in_household, row.sort_key, row.pk))
    return [(row.party.ref, row.name.full) for row in ordered]
