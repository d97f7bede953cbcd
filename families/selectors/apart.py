"""Who of a family may not meet: what was noted, and what follows from the form of working."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from django.db.models import Q
from django.utils.translation import gettext as _

from casusregie.core import dates
from families.choices import ApartKind, Nature, RelationKind, WorkingForm
from families.models import Case, KeepApart, Person, Relation
from families.selectors.together import working_form

ADULT = 18


@dataclass(frozen=True)
class ApartView:
    """Two persons who are kept apart, and why."""

    id: int
    one: str
    other: str
    reason: str
    since: str
    until: str
    kind: str = ""
    body: str = ""
    ends_on_the_hour: bool = False


def kept_apart(case: Case, now: datetime) -> list[ApartView]:
    """The pairs of this family that are kept apart now, by name; one query."""
    rows = KeepApart.objects.filter(running_apart(now), case=case).select_related("one__party", "other__party")
    return [
        ApartView(
            row.pk,
            row.one.party.label,
            row.other.party.label,
            row.reason,
            dates.long(row.since),
            end_of(row),
            "" if row.kind == ApartKind.OWN else str(ApartKind(row.kind).label),
            row.body,
            ends_on_the_hour(row),
        )
        for row in rows.order_by("one__sort_key", "other__sort_key", "pk")
    ]


def running_apart(now: datetime) -> Q:
    """What keeps two persons apart at this moment: a decision ends at its own hour, everything else with its day."""
    today = dates.day_of(now)
    ended = Q(until__lt=today) | Q(ends_at__lte=now)
    return Q(since__lte=today, withdrawn_at__isnull=True) & (Q(starts_at__isnull=True) | Q(starts_at__lte=now)) & ~ended


# The same for a statement of our own, of `k`.
RUNNING_APART = """k.since <= %(today)s AND k.withdrawn_at IS NULL
               AND (k.starts_at IS NULL OR k.starts_at <= %(now)s)
               AND (k.until IS NULL OR k.until >= %(today)s) AND (k.ends_at IS NULL OR k.ends_at > %(now)s)"""


def end_of(row: KeepApart) -> str:
    """Until when, in words: the decision's own end with its hour, unless it was ended before."""
    if row.ends_at and ends_on_the_hour(row):
        day = dates.long(dates.day_of(row.ends_at))
        return _("%(day)s, %(time)s") % {"day": day, "time": dates.clock_time(row.ends_at)}
    return dates.long(row.until) if row.until else ""


def ends_on_the_hour(row: KeepApart) -> bool:
    """Whether the decision's own end counts: it has one, and nobody ended it on an earlier day."""
    return row.ends_at is not None and (row.until is None or row.until >= dates.day_of(row.ends_at))


def apart_sentences(case: Case, party_ids: Collection[int], now: datetime) -> list[str]:
    """A sentence for every two of these parties who may not meet or about whom must be asked; at most three queries.

    Noted pairs always; two adults who are or were partners, or have a child together, unless the family is worked with
    together (domain.md i, 5: never put together without a word).
    """
    people = list(
        Person.objects.filter(case=case, party_id__in=party_ids)
        .order_by("sort_key", "pk")
        .values_list("pk", "party__label", "birth_date")
    )
    if len(people) < 2:
        return []
    names = {pk: name for pk, name, _born in people}
    today = dates.day_of(now)
    noted = KeepApart.objects.filter(running_apart(now), case=case, one_id__in=names, other_id__in=names)
    sentences = {}
    for one, other, reason in noted.order_by("pk").values_list("one_id", "other_id", "reason"):
        words = {"one": names[one], "other": names[other], "why": reason}
        sentences[frozenset((one, other))] = _("%(one)s and %(other)s may not meet: %(why)s") % words
    if working_form(case, today) != WorkingForm.JOINT:
        adults = [pk for pk, _name, born in people if born is None or _age(born, today) >= ADULT]
        for pair in _couples(case, adults) - sentences.keys():
            one, other = sorted(pair, key=list(names).index)
            words = {"one": names[one], "other": names[other]}
            sentences[pair] = (
                _("%(one)s and %(other)s are or were partners, and this family is worked with apart.") % words
            )
    return list(sentences.values())


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _couples(case: Case, adults: list[int]) -> set[frozenset[int]]:
    """The pairs among these persons who are or were partners, or are parents of the same child."""
    found: set[frozenset[int]] = set()
    parents: dict[int, set[int]] = {}
    rows = Relation.objects.filter(case=case, one_id__in=adults, withdrawn_at__isnull=True)
    for kind, nature, one, other in rows.values_list("kind", "nature", "one_id", "other_id"):
        if kind == RelationKind.PARENT and nature in ("", Nature.BIOLOGICAL, Nature.ADOPTIVE):
            parents.setdefault(other, set()).add(one)
        elif kind == RelationKind.PARTNER and other in adults:
            found.add(frozenset((one, other)))
    for several in parents.values():
        found |= {frozenset(pair) for pair in combinations(several, 2)}
    return found
