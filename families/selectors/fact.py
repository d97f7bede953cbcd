"""Confidential facts by whom they are about; what they are is opened on a page of its own."""

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
