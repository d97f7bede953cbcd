"""Who of a family may not meet: what was noted, and what follows from the form of working."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db.models import Q
from django.utils.translation import gettext as _

from casusregie.core import dates
from families.choices import Nature, RelationKind, WorkingForm
from families.models import Case, KeepApart, Person, Relation

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


def kept_apart(case: Case, today: date) -> list[ApartView]:
    """The pairs of this family that are kept apart on a day, by name; one query."""
    rows = KeepApart.objects.filter(_running(today), case=case).order_by("one__sort_key", "other__sort_key", "pk")
    found = rows.values_list("pk", "one__party__label", "other__party__label", "reason", "since", "until")
    return [
        ApartView(pk, one, other, reason, dates.long(since), dates.long(until) if until else "")
        for pk, one, other, reason, since, until in found
    ]


def _running(today: date) -> Q:
    return Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gte=today))


def apart_sentences(case: Case, party_ids: Collection[int], today: date) -> list[str]:
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
    noted = KeepApart.objects.filter(_running(today), case=case, one_id__in=names, other_id__in=names)
    sentences = {}
    for one, other, reason in noted.order_by("pk").values_list("one_id", "other_id", "reason"):
        words = {"one": names[one], "other": names[other], "why": reason}
        sentences[frozenset((one, other))] = _("%(one)s and %(other)s may not meet: %(why)s") % words
    if case.working_form != WorkingForm.JOINT:
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
