"""Whose voice is heard, how often that was chosen, and who is out of sight: one statement answers it everywhere.

Heard is who took part in a contact in which somebody was reached, or whose own words were written down in one; via
somebody counts what that person took part in. An attempt never counts, nor a contact that was withdrawn. Who died is
not a voice, and a closed case has none that are out of sight.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from casusregie.core import audit, clock, dates
from families.access import CaseAccess, CaseScope
from families.choices import OPEN_STATUSES
from families.models import Case
from network.choices import PROPOSED_DAYS, Channel, VoiceMode


@dataclass(frozen=True)
class VoiceView:
    """One voice of one case, in words: what was chosen, when she was last heard, and what that means today."""

    party_ref: str
    name: str
    described_as: str
    case_ref: str
    case_name: str
    mode: str
    mode_label: str
    every_days: int | None
    is_proposed: bool
    reason: str
    last_heard_on: date | None
    last_heard: str
    how: str
    due_on: date | None
    is_out_of_sight: bool
    is_review_due: bool
    since: str
    words: str
    via: str
    via_ref: str

    @property
    def url(self) -> str:
        """The page of the voices of this case."""
        return reverse("voices", args=[self.case_ref])

    @property
    def choose_url(self) -> str:
        """The form in which this voice's rhythm is chosen."""
        return reverse("voice-choose", args=[self.case_ref, self.party_ref])

    @property
    def asks(self) -> bool:
        """Whether something has to be done about this voice today."""
        return self.is_out_of_sight or self.is_review_due


class _Row(NamedTuple):
    """One person with the newest choice for her and the newest contact in which she was heard."""

    case_ref: str
    case_name: str
    party_ref: str
    name: str
    described_as: str
    mode: str | None
    every_days: int | None
    is_chosen: bool
    reason: str
    review_on: date | None
    via: str
    via_ref: str
    heard_at: datetime | None
    channel: str | None
    heard_via: bool
    asks_on: date | None


_OPEN = ", ".join(repr(status.value) for status in OPEN_STATUSES)
_PROPOSED = " ".join(f"WHEN '{colour}' THEN {days}" for colour, days in PROPOSED_DAYS.items())
_DAY = "AT TIME ZONE 'Europe/Amsterdam')::date"
# `asks_on` is the first day on which a voice asks something: the day after her rhythm ran out, or the day on which a
# pause is to be looked at again. Nothing is asked of who died, in a closed case, and of who lives elsewhere unchosen.
_VOICES = f"""
      FROM families_case c
      JOIN families_person p ON p.case_id = c.id
      JOIN core_party y ON y.id = p.party_id
      LEFT JOIN LATERAL (
           SELECT * FROM network_voicechoice o WHERE o.case_id = c.id AND o.party_id = p.party_id
            ORDER BY o.id DESC LIMIT 1) v ON true
      LEFT JOIN core_party w ON w.id = v.via_id
      CROSS JOIN LATERAL (
           SELECT CASE WHEN v.id IS NOT NULL THEN v.mode WHEN p.in_household THEN 'rhythm' END AS mode,
                  CASE WHEN v.id IS NOT NULL THEN v.every_days
                       WHEN p.in_household THEN CASE c.intensity {_PROPOSED} END END AS every_days) r
      LEFT JOIN LATERAL (
           SELECT k.started_at, k.channel, EXISTS (
                  SELECT FROM network_contactparticipant q
                   WHERE q.contact_id = k.id AND q.version = k.version AND q.party_id = p.party_id) AS is_there
             FROM network_contact k
            WHERE k.case_id = c.id AND k.outcome = 'reached' AND k.withdrawn_at IS NULL AND (EXISTS (
                  SELECT FROM network_contactparticipant q
                   WHERE q.contact_id = k.id AND q.version = k.version AND q.party_id IN (p.party_id, v.via_id))
                  OR EXISTS (
                  SELECT FROM network_contactline l
                   WHERE l.contact_id = k.id AND l.version = k.version AND l.voice_id = p.party_id))
            ORDER BY k.started_at DESC, k.id DESC LIMIT 1) h ON true
      CROSS JOIN LATERAL (
           SELECT CASE WHEN p.died_on IS NOT NULL OR c.status NOT IN ({_OPEN}) THEN NULL
                       WHEN r.mode = 'paused' THEN v.review_on
                       ELSE coalesce((h.started_at {_DAY}, greatest(c.opened_on, (v.chosen_at {_DAY}))
                            + r.every_days + 1 END AS asks_on) a
"""  # noqa: S608 - constants of our own
_COLUMNS = """
    SELECT c.ref, c.name, y.ref, y.label, p.described_as, r.mode, r.every_days, v.id IS NOT NULL, coalesce(v.reason, ''),
           v.review_on, coalesce(w.label, ''), coalesce(w.ref, ''), h.started_at, h.channel,
           v.via_id IS NOT NULL AND NOT h.is_there, a.asks_on
"""


def voices_of(where: CaseAccess | Case, now: datetime) -> list[VoiceView]:
    """Every living person of a case as a voice, the household first; one query."""
    case = where.case if isinstance(where, CaseAccess) else where
    order = "ORDER BY p.in_household DESC, p.sort_key, p.id"
    views = _views("c.id = %s AND p.died_on IS NULL", [case.pk], order, now)
    audit.seen(view.party_ref for view in views)
    return views


def out_of_sight(scope: CaseScope, now: datetime, limit: int = 200) -> list[VoiceView]:
    """Who is out of sight in these cases, and whose pause is to be looked at again, the longest first; one query."""
    where, params = _in_scope(scope)
    asking = f"{where} AND c.status IN ({_OPEN}) AND p.died_on IS NULL AND a.asks_on <= %s"
    order = "ORDER BY a.asks_on, c.sort_key, c.id, p.sort_key, p.id LIMIT %s"
    return _views(asking, [*params, clock.local_date(now), limit], order, now)


def out_of_sight_counts(scope: CaseScope, now: datetime) -> list[tuple[str, str, int, int]]:
    """(reference, name, voices out of sight, pauses to look at) of each case in which there are any; one query."""
    where, params = _in_scope(scope)
    sql = (
        "SELECT c.ref, c.name, count(*) FILTER (WHERE r.mode <> 'paused'), count(*) FILTER (WHERE r.mode = 'paused')"
        f" {_VOICES} WHERE {where} AND c.status IN ({_OPEN}) AND p.died_on IS NULL AND a.asks_on <= %s"
        " GROUP BY c.id ORDER BY min(a.asks_on), c.sort_key"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, clock.local_date(now)])
        return list(cursor.fetchall())


def voice_view(access: CaseAccess, party_ref: str, now: datetime) -> VoiceView | None:
    """One voice of a case; None when she died or does not belong to it."""
    return next((voice for voice in voices_of(access, now) if voice.party_ref == party_ref), None)


def voices_named(refs: Sequence[str], now: datetime) -> list[VoiceView]:
    """The voices behind these parties, whatever the case; for what is promised about them."""
    return _views("y.ref = ANY(%s)", [list(refs)], "", now)


class Asking(NamedTuple):
    """From which day a voice asks something; without a day it asks nothing."""

    party_ref: str
    case_ref: str
    asks_on: date | None


def voices_asking(case_ids: Sequence[int], heard: Sequence[int] | None = None) -> list[Asking]:
    """From which day each person of these cases asks something, also who died and also in closed cases; one query.

    With `heard` only these parties, and whoever is heard through one of them.
    """
    where, params = "c.id = ANY(%s)", [list(case_ids)]
    if heard is not None:
        where, params = f"{where} AND (p.party_id = ANY(%s) OR v.via_id = ANY(%s))", [*params, list(heard), list(heard)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT y.ref, c.ref, a.asks_on {_VOICES} WHERE {where} ORDER BY y.ref", params)
        return [Asking(*row) for row in cursor.fetchall()]


def _in_scope(scope: CaseScope) -> tuple[str, list[Any]]:
    if scope.team_id is not None:
        return "c.team_id = %s AND c.id <> ALL(%s::bigint[])", [scope.team_id, list(scope.excluded_ids)]
    return (
        "(c.director_id = ANY(%s) OR c.id = ANY(%s::bigint[])) AND c.id <> ALL(%s::bigint[])",
        [list(scope.director_ids), list(scope.case_ids), list(scope.excluded_ids)],
    )


def _views(where: str, params: list[Any], order: str, now: datetime) -> list[VoiceView]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_COLUMNS} {_VOICES} WHERE {where} {order}", params)
        found = [_Row(*row) for row in cursor.fetchall()]
    return [_view(row, clock.local_date(now)) for row in found]


def _view(row: _Row, today: date) -> VoiceView:
    heard_on = dates.day_of(row.heard_at) if row.heard_at else None
    is_paused = row.mode == VoiceMode.PAUSED
    asks = row.asks_on is not None and row.asks_on <= today
    due_on = row.asks_on - timedelta(days=0 if is_paused else 1) if row.asks_on else None
    return VoiceView(
        party_ref=row.party_ref,
        name=row.name,
        described_as=row.described_as,
        case_ref=row.case_ref,
        case_name=row.case_name,
        mode=row.mode or "",
        mode_label=_mode(row),
        every_days=row.every_days,
        is_proposed=row.mode is not None and not row.is_chosen,
        reason=row.reason,
        last_heard_on=heard_on,
        last_heard=dates.days_ago(heard_on, today),
        how=_how(row),
        due_on=due_on,
        is_out_of_sight=asks and not is_paused,
        is_review_due=asks and is_paused,
        since=dates.short(row.asks_on, today) if asks and row.asks_on else "",
        words=_words(row, heard_on, due_on, today),
        via=row.via,
        via_ref=row.via_ref,
    )


def every(days: int) -> str:
    """A rhythm in words: "elke week", "elke 2 weken", "elke maand", "elke 10 dagen"."""
    if days in (30, 91):
        return _("every month") if days == 30 else _("every three months")
    if days % 7 == 0:
        return npgettext("rhythm", "every week", "every %(n)s weeks", days // 7) % {"n": days // 7}
    return npgettext("rhythm", "every day", "every %(n)s days", days) % {"n": days}


def _mode(row: _Row) -> str:
    """What was chosen, in words."""
    if row.mode is None:
        return _("not chosen yet")
    if row.mode == VoiceMode.PAUSED:
        return _("deliberately not now")
    rhythm = every(row.every_days or 0)
    if row.mode == VoiceMode.VIA:
        return _("via %(who)s, %(rhythm)s") % {"who": row.via, "rhythm": rhythm}
    if row.mode == VoiceMode.TOO_YOUNG:
        return _("too young, %(who)s speaks, %(rhythm)s") % {"who": row.via, "rhythm": rhythm}
    return rhythm


def _how(row: _Row) -> str:
    """How she was last heard; whether her words were written down is not told, as not everybody may read those."""
    if row.channel is None:
        return ""
    how = str(Channel(row.channel).label)
    return _("%(how)s, via %(who)s") % {"how": how, "who": row.via} if row.heard_via else how


def _words(row: _Row, heard_on: date | None, due_on: date | None, today: date) -> str:
    """What it means today: out of sight since when, a pause until when, or when she is to be heard again."""
    if due_on is None:
        return ""
    if row.mode == VoiceMode.PAUSED:
        if due_on > today:
            return _("pause until %(day)s") % {"day": dates.short(due_on, today)}
        return _("look at the pause again: %(due)s") % {"due": dates.days_late(due_on, today)}
    if due_on >= today:
        return _("to be heard by %(day)s") % {"day": _by(due_on, today)}
    if heard_on is None:
        return _("not heard yet")
    silent = (today - heard_on).days
    return ngettext("not heard for %(n)s day", "not heard for %(n)s days", silent) % {"n": silent}


def _by(day: date, today: date) -> str:
    return _("today") if day == today else dates.short(day, today)


@dataclass(frozen=True)
class Unreached:
    """Attempts in a row after which nobody was reached, of one person or (without a name) of the whole case."""

    case_ref: str
    case_name: str
    party_ref: str
    name: str
    times: int
    last: str
    last_on: date
    channel_label: str


# Older attempts are no news: then it is the voice that is out of sight.
_TRIED_WITHIN = timedelta(days=60)
# What was arranged at or after the last attempt takes it off the desk: somebody thought about what to do next.
_UNREACHED = """
    WITH recent AS (
         SELECT c.id AS case_id, k.id, k.version, k.started_at, k.recorded_at, k.channel, k.outcome = 'reached' AS reached
           FROM families_case c JOIN network_contact k ON k.case_id = c.id
          WHERE {where} AND c.status IN ({open}) AND k.withdrawn_at IS NULL AND k.started_at > %s
    ), tried AS (
         SELECT r.*, q.party_id FROM recent r
           JOIN network_contactparticipant q ON q.contact_id = r.id AND q.version = r.version
           JOIN core_party y ON y.id = q.party_id AND y.kind = 'person'
         UNION ALL SELECT r.*, NULL FROM recent r
    ), since AS (
         SELECT t.*, count(*) FILTER (WHERE reached) OVER (
                PARTITION BY case_id, party_id ORDER BY started_at DESC, id DESC) AS reaches FROM tried t
    ), runs AS (
         SELECT case_id, party_id, count(*) AS times, max(started_at) AS last_at, max(recorded_at) AS recorded_at,
                (array_agg(channel ORDER BY started_at DESC, id DESC))[1] AS channel
           FROM since WHERE reaches = 0 GROUP BY case_id, party_id HAVING count(*) >= 2
    )
    SELECT c.ref, c.name, coalesce(y.ref, ''), coalesce(y.label, ''), r.times, r.last_at, r.channel
      FROM runs r JOIN families_case c ON c.id = r.case_id LEFT JOIN core_party y ON y.id = r.party_id
      LEFT JOIN families_person p ON p.party_id = r.party_id
     WHERE p.died_on IS NULL
       AND (r.party_id IS NOT NULL OR NOT EXISTS (
            SELECT FROM runs o WHERE o.case_id = r.case_id AND o.party_id IS NOT NULL))
       AND NOT EXISTS (SELECT FROM network_followup f
            WHERE f.case_id = r.case_id AND f.done_at IS NULL AND f.withdrawn_at IS NULL AND f.made_at >= r.recorded_at)
       AND NOT EXISTS (SELECT FROM network_appointment n
            WHERE n.case_id = r.case_id AND n.cancelled_at IS NULL AND n.contact_id IS NULL AND n.made_at >= r.recorded_at)
     ORDER BY r.last_at, c.id, r.party_id LIMIT %s
"""


def unreached_twice(scope: CaseScope, now: datetime, limit: int = 50) -> list[Unreached]:
    """Where the last two attempts or more reached nobody and nothing was arranged since; one query.

    A person whom the attempts name stands by herself; a case only when its attempts name no such person.
    """
    where, params = _in_scope(scope)
    with connection.cursor() as cursor:
        cursor.execute(_UNREACHED.format(where=where, open=_OPEN), [*params, now - _TRIED_WITHIN, limit])
        found = cursor.fetchall()
    today = clock.local_date(now)
    return [
        Unreached(
            case_ref,
            case_name,
            party_ref,
            name,
            times,
            dates.days_ago(dates.day_of(last_at), today),
            dates.day_of(last_at),
            str(Channel(channel).label),
        )
        for case_ref, case_name, party_ref, name, times, last_at, channel in found
    ]
