"""What this room has stored that could leave, for the search that follows a new confidential fact."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.http import Http404

from casusregie.core import crypto
from casusregie.core.models import AccessLog, Party
from families.choices import Door
from families.models import Case
from families.scanner.stores import Stored
from network.models import CaseRole
from processplan import editions
from processplan.choices import RenderState, VersionState
from processplan.models import EditionRelease, PlanVersion, RenderedEdition, Signature, VersionEvent
from processplan.selectors import NoGround, edition_by_key, pdf_of, readers_of


def plan_stores(case: Case, now: datetime) -> Iterator[Stored]:
    """Every offered version for every reader, with its PDFs, and when it was given: downloaded, signed, opened."""
    for version in PlanVersion.objects.filter(case=case).order_by("number"):
        version.case = case
        made: dict[str, list[RenderedEdition]] = defaultdict(list)
        for row in RenderedEdition.objects.filter(version=version, state=RenderState.DONE).order_by("pk"):
            row.version = version
            made[row.reader].append(row)
        keys = dict.fromkeys([*(choice.key for choice in readers_of(version, now)), *made])
        for key in keys:
            if key != editions.FILE:
                yield _stored(version, key, made[key], now)


def _stored(version: PlanVersion, key: str, made: list[RenderedEdition], now: datetime) -> Stored:
    signs = tuple(party_id for party_id, _name in editions.thaw(version.content).signatories)
    mine = tuple(Party.objects.filter(ref=key).values_list("pk", flat=True))
    files = tuple(("plan.pdf", _opened(row)) for row in made)
    return Stored(
        door=Door.EDITION,
        what=f"v{version.number}",
        reader=key,
        reader_ids=signs if key == editions.CORE else mine,
        parts=_composed(version, key, now),
        files=files,
        given=_given(version, key, made),
    )


def _opened(row: RenderedEdition) -> bytes:
    try:
        return pdf_of(row)
    except crypto.CannotDecrypt:
        # No bytes are no file: the search calls that unreadable.
        return b""


def _composed(version: PlanVersion, key: str, now: datetime) -> dict[str, str]:
    try:
        return editions.text_of(edition_by_key(version, key, now))
    except (Http404, NoGround):
        return {}


def _given(version: PlanVersion, key: str, made: list[RenderedEdition]) -> tuple[datetime | None, datetime | None, int]:
    """When it was given: each file that left, each answer at the table, each time a partner opened her role."""
    moments = list(EditionRelease.objects.filter(edition__in=made).values_list("at", flat=True))
    moments += Signature.objects.filter(version=version, party__ref=key).values_list("signed_at", flat=True)
    moments += _opened_by_partner(version, key)
    return (min(moments), max(moments), len(moments)) if moments else (None, None, 0)


def _opened_by_partner(version: PlanVersion, key: str) -> list[datetime]:
    """When a partner looked at her role while this version was in force."""
    events = dict(VersionEvent.objects.filter(version=version).values_list("state", "at"))
    since, until = events.get(VersionState.ACTIVE), events.get(VersionState.SUPERSEDED)
    roles = CaseRole.objects.filter(case=version.case, professional__party__ref=key, professional__user__isnull=False)
    pairs = list(roles.values_list("ref", "professional__user_id"))
    if since is None or not pairs:
        return []
    rows = AccessLog.objects.filter(
        actor_id=pairs[0][1], at__gte=since, objects_seen__overlap=[ref for ref, _id in pairs]
    )
    rows = rows.filter(at__lt=until) if until else rows
    return list(rows.order_by("at").values_list("at", flat=True)[:1000])
