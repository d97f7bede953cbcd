"""Editions as PDF: asked for by a person, made by the worker, kept encrypted under the case's key."""

import logging
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from casusregie.core import audit, crypto
from casusregie.core.models import User
from casusregie.core.queue import after_commit
from families.scanner import place_words
from processplan.choices import RenderState
from processplan.documents import edition_pdf
from processplan.models import EditionRelease, PlanVersion, RenderedEdition
from processplan.selectors import edition_by_key, leaks, pdf_of

LEASE = timedelta(seconds=45)
TASK = "processplan.tasks.edition_render"
_log = logging.getLogger("casusregie.editions")


@transaction.atomic
def edition_ask(*, version: PlanVersion, reader_key: str, now: datetime) -> RenderedEdition:
    """Ask for the PDF of one edition; the one that is there already is given, a failed one is tried again.

    Raises Http404 for a reader that this version has no edition for, and NoGround for a partner without a ground.
    """
    edition = edition_by_key(version, reader_key, now)
    row, made = RenderedEdition.objects.get_or_create(
        version=version, reader=reader_key, sha256=edition.sha256, defaults={"asked_at": now}
    )
    if row.state == RenderState.FAILED:
        row.state, row.problem, row.asked_at, row.leased_until = RenderState.ASKED, "", now, None
        row.save(update_fields=["state", "problem", "asked_at", "leased_until"])
        made = True
    if made:
        audit.record("edition.asked", case_ref=version.case.ref, objects=[f"v{version.number}", reader_key])
        after_commit(TASK, edition_id=row.pk)
    return row


def edition_render(*, edition_id: int, now: datetime) -> bool:
    """Make one PDF that was asked for; a worker killed half-way leaves a lease that runs out, never half a file."""
    with transaction.atomic():
        row = (
            RenderedEdition.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("version__case")
            .filter(pk=edition_id, state=RenderState.ASKED)
            .exclude(leased_until__gt=now)
            .first()
        )
        if row is None:
            return False
        row.leased_until = now + LEASE
        row.save(update_fields=["leased_until"])
    try:
        _make(row, now)
    except Exception as error:  # whatever goes wrong is told to who asked, and can be tried again
        _log.exception("edition %s was not made", row.pk)
        problem = _("Making the PDF failed (%(what)s). Try again.") % {"what": type(error).__name__}
        RenderedEdition.objects.filter(pk=row.pk).update(state=RenderState.FAILED, problem=problem, leased_until=None)
        return False
    return True


def _make(row: RenderedEdition, now: datetime) -> None:
    edition = edition_by_key(row.version, row.reader, now)
    if edition.sha256 != row.sha256:
        raise RuntimeError("changed")
    pdf = edition_pdf(edition)
    places = leaks(row.version, edition, now, pdf)
    if places:
        problem = refused_words(places=places)
        RenderedEdition.objects.filter(pk=row.pk).update(state=RenderState.FAILED, problem=problem, leased_until=None)
        return
    RenderedEdition.objects.filter(pk=row.pk).update(
        state=RenderState.DONE,
        pdf=crypto.encrypt_bytes(row.version.case.ref, pdf),
        made_at=now,
        leased_until=None,
    )


def refused_words(*, places: list[str]) -> str:
    """Why an edition is not released, in a sentence that names places and never what stands there."""
    if places == ["unreadable"]:
        return _("Not released: it could not be searched for what must stay confidential.")
    where = ", ".join(place_words(place) for place in places[:4])
    return _("Not released: what must stay confidential stands in %(where)s.") % {"where": where}


@transaction.atomic
def edition_release(*, edition: RenderedEdition, by: User, now: datetime) -> bytes:
    """Give the file of an edition, once more held against the facts as it leaves (design.md 6); that it left is kept.

    Raises PermissionDenied when something confidential stands in it, or nobody can tell.
    """
    pdf = pdf_of(edition)
    composed = edition_by_key(edition.version, edition.reader, now)
    if not pdf or leaks(edition.version, composed, now, pdf):
        raise PermissionDenied
    EditionRelease.objects.create(edition=edition, by=by, at=now)
    return pdf


def editions_render_waiting(*, now: datetime) -> int:
    """Make what was asked and not made: the queue was away, or a worker was killed; returns how many were made."""
    waiting = RenderedEdition.objects.filter(state=RenderState.ASKED).exclude(leased_until__gt=now)
    ids = list(waiting.order_by("asked_at").values_list("pk", flat=True)[:20])
    return sum(edition_render(edition_id=pk, now=now) for pk in ids)
