"""Choosing how often a voice is heard, and keeping the promises about voices in step with what is true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from casusregie.reminders.services import promises_reconcile
from families.models import Case, Person
from network.access import parties_in
from network.choices import VoiceMode
from network.models import VoiceChoice
from network.selectors.voice import Asking, voices_asking

KIND = "voice"
# Cases taken together by the nightly round: a few thousand persons in one statement.
BATCH = 1_000


@dataclass(frozen=True)
class VoiceData:
    """What the form of a voice says. `every_days` in days; `via` a party reference of the case; `review_on` a day."""

    mode: str
    reason: str
    every_days: int | None = None
    via: str = ""
    review_on: date | None = None


def voice_choose_once(*, case: Case, by: User, person: Person, data: VoiceData, key: UUID, now: datetime) -> Sent:
    """`voice_choose` from a form: the same form twice is one choice. Raises SameKeyOtherContent too."""

    def make() -> str:
        voice_choose(case=case, by=by, person=person, data=data, now=now)
        return reverse("voices", args=[case.ref])

    content = {"case": case.ref, "party": person.party.ref, **data.__dict__}
    return once(key=key, user=by, form="voice", content=content, now=now, make=make)


@transaction.atomic
def voice_choose(*, case: Case, by: User, person: Person, data: VoiceData, now: datetime) -> VoiceChoice:
    """Choose how a voice is heard; what was chosen before stays readable.

    Raises ValidationError for somebody who died, a person of another case, or a pause without a day to come.
    """
    if person.died_on is not None:
        raise ValidationError(_("Somebody who died is not asked for a voice."))
    needs_via = data.mode in (VoiceMode.VIA, VoiceMode.TOO_YOUNG)
    row = VoiceChoice.objects.create(
        case=case,
        party_id=person.party_id,
        mode=data.mode,
        every_days=None if data.mode == VoiceMode.PAUSED else data.every_days,
        via_id=_via(case, person, data.via, now) if needs_via else None,
        reason=data.reason,
        review_on=_review(data, now) if data.mode == VoiceMode.PAUSED else None,
        chosen_by=by,
        chosen_at=now,
    )
    voices_reconcile(case_id=case.pk, now=now)
    audit.record("voice.chosen", case_ref=case.ref, objects=[person.party.ref, row.ref])
    return row


def _via(case: Case, person: Person, ref: str, now: datetime) -> int:
    found = [party.pk for party in parties_in(case, now) if party.ref == ref and party.pk != person.party_id]
    if not found:
        raise ValidationError({"via": _("Choose through whom.")})
    return found[0]


def _review(data: VoiceData, now: datetime) -> date:
    if data.review_on is None or data.review_on <= clock.local_date(now):
        raise ValidationError({"review_on": _("Choose a day to come: a pause has an end.")})
    return data.review_on


def voices_reconcile(*, case_id: int, now: datetime, heard: Sequence[int] | None = None) -> int:
    """Make and move the promises about the voices of one case, in the caller's transaction; returns how many changed.

    `heard`, the parties who were heard just now, leaves out whose promise cannot have changed by that: to look how long
    ago somebody was heard reads back to that contact.
    """
    return _reconcile(voices_asking([case_id], heard), now)


def voices_reconcile_all(*, now: datetime) -> int:
    """The same for every case, a thousand at a time; returns how many promises changed (again: none)."""
    ids = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    changed = 0
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            changed += _reconcile(voices_asking(ids[start : start + BATCH]), now)
    return changed


def _reconcile(asking: Sequence[Asking], now: datetime) -> int:
    return promises_reconcile(
        kind=KIND,
        wanted=[
            (row.party_ref, row.case_ref, datetime.combine(row.asks_on, time(8, 0), clock.LOCAL))
            for row in asking
            if row.asks_on is not None
        ],
        gone=[row.party_ref for row in asking if row.asks_on is None],
        now=now,
    )
