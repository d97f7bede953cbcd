"""The facts of a case, ready to be looked for: opened once, kept warm until one of them changes.

A case brings its own facts, the ways to reach its persons with what was agreed about them, their citizen service numbers,
a municipality that gives a place away, and the facts of persons who are known to be the same in another case. Who may
know is asked of `may_read` at every look; only the forms are kept.
"""

import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from django.db import connection
from django.db.models import Max, Q, QuerySet

from casusregie.core import crypto
from casusregie.core.access import Circles, may_read
from casusregie.core.models import Audience, Party
from families.access import circles
from families.choices import PLACES, SameAct, SameState
from families.models import Case, ConfidentialFact, Person, SamePerson
from families.numbers import spellings as number_spellings
from families.scanner.carriers import text_of
from families.scanner.errors import CannotLook, Unreadable
from families.scanner.folding import folded
from families.scanner.matcher import Hit, Matcher
from families.scanner.terms import LONGEST_TERM, problem_with, proposals

_KEPT = 64


@dataclass(frozen=True)
class Secret:
    """One thing that only some may know. `ref` is a fact's, and empty for a way to reach somebody or another case's.

    The key says what it is and its number: `fact`, `way`, or `agreed-` with what was agreed and whose it is.
    """

    key: tuple[str, int]
    ref: str
    kind: str
    concerns: str
    scope: str
    knows: frozenset[int]
    audience: Audience | None
    can_be_found: bool

    def is_known_to(self, party_id: int, now: datetime, around: Mapping[str, Circles]) -> bool:
        """Whether this party may know: whose it is, director and deputy, and who is named."""
        if party_id in self.knows:
            return True
        return may_read(party_id, self.audience, now, scope=self.scope, circles=around[self.scope])


@dataclass(frozen=True)
class Found:
    """Something that a reader may not know stands here."""

    secret: Secret
    where: str
    start: int
    end: int


class Watch:
    """The facts of one case at one moment: what stands in a text, and who of its readers may not know it."""

    def __init__(
        self, secrets: Iterable[Secret], matcher: Matcher, around: Mapping[str, Circles], now: datetime
    ) -> None:
        self.secrets = {secret.key: secret for secret in secrets}
        self._matcher, self._around, self._now = matcher, around, now

    def finds(self, parts: Mapping[str, str]) -> list[Found]:
        """Every fact in these texts, whoever reads."""
        return [self._found(hit) for hit in self._matcher.find(parts)]

    def hits(self, parts: Mapping[str, str], readers: Iterable[int]) -> list[Found]:
        """What stands in these texts and not every one of `readers` (party ids) may know; no reader: nobody knows."""
        told = list(readers)
        return [found for found in self.finds(parts) if not self.all_know(found.secret, told)]

    def hits_in_bytes(self, name: str, data: bytes, readers: Iterable[int]) -> list[Found]:
        """The same of a finished file with its name. Raises Unreadable, also for a part without a text layer."""
        reading = text_of(name, data)
        if reading.unread:
            raise Unreadable(reading.unread[0])
        return self.hits(reading.parts, readers)

    def all_know(self, secret: Secret, readers: Iterable[int]) -> bool:
        """Whether every one of these parties may know it; without readers nobody does."""
        told = list(readers)
        return bool(told) and all(secret.is_known_to(party, self._now, self._around) for party in told)

    def unfindable(self, readers: Iterable[int] | None = None) -> list[Secret]:
        """The facts without fixed wording that not every reader may know: somebody has to read the text herself."""
        told = list(readers) if readers is not None else []
        rows = [secret for secret in self.secrets.values() if not secret.can_be_found and secret.ref]
        return [secret for secret in rows if not self.all_know(secret, told)]

    def _found(self, hit: Hit) -> Found:
        key = hit.fact
        assert isinstance(key, tuple)
        return Found(self.secrets[key], hit.where, hit.start, hit.end)


def watch(case: Case, now: datetime) -> Watch:
    """Everything that must not slip out of this case. Raises CannotLook when a fact cannot be opened."""
    links = list(_links(case))
    facts = _facts_of(case, links)
    kept = _kept(case)
    matcher, findable = _warm(case, facts, kept)
    secrets = [
        Secret(
            ("fact", fact.pk),
            fact.ref if fact.case_id == case.pk else "",
            fact.kind,
            fact.concerns.party.label,
            fact.case.ref,
            _same_as(fact, links),
            fact.audience,
            fact.pk in findable,
        )
        for fact in facts
    ]
    secrets += [Secret((row.what, row.pk), "", row.kind, row.concerns, case.ref, row.knows, None, True) for row in kept]
    around = {scope: circles(scope, now) for scope in {case.ref, *(secret.scope for secret in secrets)}}
    return Watch(secrets, matcher, around, now)


# When what stands beside the facts came to be what it is. That an agreement still holds copies it, and tells nothing new;
# of a way to reach somebody its first answer is the first moment that is known.
_NOTED_IN_CASE = """
    SELECT max(t.at) FROM (
        SELECT v.at FROM families_factversion v JOIN families_confidentialfact f ON f.id = v.fact_id
         WHERE f.ended_at IS NULL
           AND (f.case_id = %(case)s OR f.concerns_id = ANY(%(people)s)
                OR EXISTS (SELECT FROM families_confidentialfact_also b
                            WHERE b.confidentialfact_id = f.id AND b.person_id = ANY(%(people)s)))
        UNION ALL SELECT e.at FROM families_citizennumberevent e JOIN families_person p ON p.id = e.person_id
         WHERE p.case_id = %(case)s AND e.act IN ('noted', 'changed')
        UNION ALL SELECT r.noted_at FROM families_residence r JOIN families_person p ON p.id = r.person_id
         WHERE p.case_id = %(case)s AND r.is_hidden
        UNION ALL SELECT min(a.noted_at) FROM families_reachagreement a JOIN families_person p ON p.id = a.person_id
         WHERE p.case_id = %(case)s GROUP BY a.person_id, a.content
        UNION ALL SELECT min(s.noted_at) FROM families_safeanswer s JOIN families_safecontact w ON w.id = s.way_id
          JOIN families_person p ON p.id = w.person_id
         WHERE p.case_id = %(case)s GROUP BY w.id) t
"""


def newest_fact_at(case: Case) -> datetime | None:
    """When something that must stay confidential here was last noted or changed; None when there is nothing.

    Of who is the same person in another case it counts from when the two were linked, not from when that was asked. A
    way to reach somebody counts from its first answer: when it was added without one is not kept.
    """
    links = list(_links(case).annotate(agreed_at=Max("events__at", filter=Q(events__act=SameAct.AGREED))))
    people = {person for link in links for person in (link.one_id, link.other_id)}
    moments = [link.agreed_at or link.noted_at for link in links]
    with connection.cursor() as cursor:
        cursor.execute(_NOTED_IN_CASE, {"case": case.pk, "people": list(people)})
        moments += [moment for (moment,) in cursor.fetchall()]
    return max((moment for moment in moments if moment is not None), default=None)


@dataclass(frozen=True)
class _Kept:
    """Something beside the facts that must not slip out: a way to reach, what was agreed about it, a number, a town."""

    what: str
    pk: int
    kind: str
    value: bytes
    party_id: int
    concerns: str

    @property
    def knows(self) -> frozenset[int]:
        """Who may know beside director and deputy: whose it is; of a number, which is for no paper at all, nobody."""
        return frozenset() if self.what == "number" else frozenset({self.party_id})

    def terms(self, value: str, names: Collection[str]) -> list[str]:
        """The words by which it is found; `names` are those of everybody in the case, who are no secret."""
        if self.what == "number":
            return number_spellings(value)
        if self.what.startswith("agreed-"):
            return agreed_terms(json.loads(value).get(self.kind) or "", names)
        return [value, f"gemeente {value}"] if self.what == "town" else _whole(self.kind, value)


# Of a person `p`: whether where she stays is confidential now, as her own fact or as one that spreads to her.
_HIDDEN_PLACE = """
    EXISTS (SELECT FROM families_confidentialfact f
             WHERE f.case_id = p.case_id AND f.kind = ANY(%(places)s) AND f.ended_at IS NULL
               AND (f.concerns_id = p.id OR EXISTS (SELECT FROM families_confidentialfact_also a
                                                     WHERE a.confidentialfact_id = f.id AND a.person_id = p.id)))
"""
# A municipality counts until a later row says something else of the same day. The hidden place may be noted after it.
_KEPT_IN_CASE = f"""
    SELECT 'way', w.id, w.channel, w.value, p.party_id, y.label
      FROM families_safecontact w JOIN families_person p ON p.id = w.person_id JOIN core_party y ON y.id = p.party_id
     WHERE p.case_id = %(case)s
    UNION ALL SELECT 'number', n.id, 'number', n.value, p.party_id, y.label
      FROM families_citizennumber n JOIN families_person p ON p.id = n.person_id JOIN core_party y ON y.id = p.party_id
     WHERE p.case_id = %(case)s
    UNION ALL SELECT 'town', r.id, 'town', r.municipality, p.party_id, y.label
      FROM families_residence r JOIN families_person p ON p.id = r.person_id JOIN core_party y ON y.id = p.party_id
     WHERE p.case_id = %(case)s AND r.municipality IS NOT NULL AND (r.is_hidden OR {_HIDDEN_PLACE})
       AND NOT EXISTS (SELECT FROM families_residence l WHERE l.person_id = r.person_id AND l.id > r.id
                          AND l.since IS NOT DISTINCT FROM r.since)
    UNION ALL (SELECT DISTINCT ON (a.person_id) 'agreed', a.person_id, '', a.content, p.party_id, y.label
       FROM families_reachagreement a JOIN families_person p ON p.id = a.person_id JOIN core_party y ON y.id = p.party_id
      WHERE p.case_id = %(case)s ORDER BY a.person_id, a.version DESC)
     ORDER BY 1, 2
"""  # noqa: S608 - constants of our own
# What of an agreement would tell somebody who reads along how to get in between: each is a secret of its own.
SECRET_LINES = ("code_word", "reads_along", "not_near", "who_not")


def has_hidden_place(person: Person) -> bool:
    """Whether where somebody stays is confidential now: then every municipality that was named for her is hidden too."""
    with connection.cursor() as cursor:
        query = f"SELECT FROM families_person p WHERE p.id = %(person)s AND {_HIDDEN_PLACE}"
        cursor.execute(query, {"person": person.pk, "places": sorted(PLACES)})
        return bool(cursor.rowcount)


def _kept(case: Case) -> list[_Kept]:
    with connection.cursor() as cursor:
        cursor.execute(_KEPT_IN_CASE, {"case": case.pk, "places": sorted(PLACES)})
        rows = [_Kept(*row) for row in cursor.fetchall()]
    kept = [row for row in rows if row.what != "agreed"]
    agreed = [row for row in rows if row.what == "agreed"]
    return kept + [replace(row, what=f"agreed-{what}", kind=what) for row in agreed for what in SECRET_LINES]


def _links(case: Case) -> QuerySet[SamePerson]:
    linked = SamePerson.objects.filter(state=SameState.LINKED)
    return linked.filter(Q(one__case=case) | Q(other__case=case)).select_related("one", "other")


def _facts_of(case: Case, links: list[SamePerson]) -> list[ConfidentialFact]:
    """The facts that hold now: of this case, and of who is the same person in another case."""
    people = {person for link in links for person in (link.one_id, link.other_id)}
    mine = Q(case=case) | Q(concerns_id__in=people) | Q(also__in=people) if people else Q(case=case)
    rows = ConfidentialFact.objects.filter(mine, ended_at__isnull=True).select_related(
        "case", "concerns__party", "audience"
    )
    return list(rows.prefetch_related("audience__readers").distinct().order_by("pk"))


def _same_as(fact: ConfidentialFact, links: list[SamePerson]) -> frozenset[int]:
    """Whose fact it is, in whichever case she stands."""
    mine = [link for link in links if fact.concerns_id in (link.one_id, link.other_id)]
    return frozenset({fact.concerns.party_id, *(person.party_id for link in mine for person in (link.one, link.other))})


_lock = Lock()
# case → (digest of what is encrypted, matcher, the facts that have a wording)
_terms_kept: OrderedDict[int, tuple[bytes, Matcher, frozenset[int]]] = OrderedDict()


def _warm(case: Case, facts: list[ConfidentialFact], beside: list[_Kept]) -> tuple[Matcher, frozenset[int]]:
    """The matcher of these facts: the one that was kept when nothing changed, else made anew."""
    code = hashlib.sha256()
    for fact in facts:
        code.update(b"%d:%d:" % (fact.pk, fact.version) + bytes(fact.value) + bytes(fact.terms or b"-"))
    for row in beside:
        code.update(f"{row.what} {row.pk}:".encode() + row.value)
    digest = code.digest()
    with _lock:
        kept = _terms_kept.get(case.pk)
        if kept is not None and kept[0] == digest:
            _terms_kept.move_to_end(case.pk)
            return kept[1:]
    terms = _opened(case, facts, beside)
    matcher = Matcher(terms.items())
    findable = frozenset(pk for (kind, pk), some in terms.items() if kind == "fact" and some)
    with _lock:
        _terms_kept[case.pk] = (digest, matcher, findable)
        while len(_terms_kept) > _KEPT:
            _terms_kept.popitem(last=False)
    return matcher, findable


def _opened(case: Case, facts: list[ConfidentialFact], beside: list[_Kept]) -> dict[tuple[str, int], list[str]]:
    openers = {scope: crypto.opener(scope) for scope in {case.ref, *(fact.case.ref for fact in facts)}}
    try:
        found = {("fact", fact.pk): fact_terms(fact, openers[fact.case.ref]) for fact in facts}
        names = list(Party.objects.filter(scope=case.ref).values_list("label", flat=True)) if beside else []
        return found | {(row.what, row.pk): row.terms(openers[case.ref](row.value), names) for row in beside}
    except (crypto.CannotDecrypt, ValueError) as error:
        raise CannotLook(case.ref) from error


def fact_terms(fact: ConfidentialFact, opened: "crypto.Opener") -> list[str]:
    """The confirmed search terms of a fact; of a fact from before there were any, what its words suggest."""
    if fact.terms is None:
        return _whole(fact.kind, opened(fact.value))
    terms: list[str] = json.loads(opened(fact.terms))
    return terms


def agreed_terms(text: str, names: Collection[str] = ()) -> list[str]:
    """What of an agreed text is searched for: as a whole and by its parts, as far as each is specific enough.

    What is left of a part without the `names` of the family must be telling by itself: who reads along is mostly one of
    them, who stands in every plan. A code word of everyday language would be found everywhere; the page says so.
    """
    known = {folded(word) for name in names for word in name.split()}
    parts = dict.fromkeys(part.strip(" .,") for part in (text, *re.split(r"[\n;]", text)))
    return [part for part in parts if part and not problem_with(_without(part, known)[:LONGEST_TERM])]


def _without(part: str, known: Collection[str]) -> str:
    return " ".join(word for word in re.split(r"[^\w'’]+", part) if folded(word) not in known)


def _whole(kind: str, value: str) -> list[str]:
    return [*proposals(kind, value), value]
