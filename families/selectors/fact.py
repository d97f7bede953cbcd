"""Confidential facts by whom they are about; what they are is opened on a page of its own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from casusregie.core import audit, crypto, dates
from casusregie.core.models import AudienceReader
from families.access import CaseAccess
from families.choices import FactKind
from families.models import ConfidentialFact


@dataclass(frozen=True)
class FactView:
    """That something is confidential, about whom and who may know; never what it is."""

    ref: str
    concerns: str
    kind_label: str
    may_know: list[str]
    noted: str


def facts(access: CaseAccess, now: datetime) -> list[FactView]:
    """The confidential facts of a case by whom they are about, without what they are; two queries."""
    readers = AudienceReader.objects.filter(since__lte=now).exclude(until__lte=now).select_related("party")
    rows = (
        ConfidentialFact.objects.filter(case=access.case)
        .select_related("concerns", "audience")
        .prefetch_related(Prefetch("audience__readers", queryset=readers.order_by("party__label")))
        .order_by("concerns__sort_key", "pk")
    )
    views = [_fact(row) for row in rows]
    audit.seen(view.ref for view in views)
    return views


def _fact(row: ConfidentialFact) -> FactView:
    return FactView(
        row.ref,
        row.concerns.name.full,
        str(FactKind(row.kind).label),
        [reader.party.label for reader in row.audience.readers.all()],
        dates.long(dates.day_of(row.noted_at)),
    )


def fact_text(fact: ConfidentialFact) -> str:
    """What the fact is, opened; for a page of its own, whose reading is logged."""
    return crypto.decrypt(fact.case.ref, fact.value)


def fact_view(fact: ConfidentialFact) -> FactView:
    """One fact, without what it is."""
    return _fact(fact)


def not_to_mention(access: CaseAccess, party_ids: Collection[int], now: datetime) -> dict[int, list[FactView]]:
    """Per person who will be there: the confidential facts this person may not know; two queries, none for others.

    For director and deputy only. Whom a fact is about knows it herself. That it was shown is logged with its reference.
    """
    if not access.is_steward or not party_ids:
        return {}
    readers = AudienceReader.objects.filter(since__lte=now).exclude(until__lte=now).select_related("party")
    rows = (
        ConfidentialFact.objects.filter(case=access.case)
        .select_related("concerns", "audience")
        .prefetch_related(Prefetch("audience__readers", queryset=readers.order_by("party__label")))
        .order_by("concerns__sort_key", "pk")
    )
    found: dict[int, list[FactView]] = {}
    for row in rows:
        knows = {row.concerns.party_id, *(reader.party_id for reader in row.audience.readers.all())}
        for party_id in party_ids:
            if party_id not in knows:
                found.setdefault(party_id, []).append(_fact(row))
    audit.seen({view.ref: None for views in found.values() for view in views})
    return found
