"""Who can be chosen as having taken part in a contact."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from casusregie.core.choices import PartyKind
from families.access import CaseAccess
from families.selectors.speech import SPEECH_COLUMNS, SPEECH_JOIN, speech_of
from network.access import parties_in, voices_in
from network.lines import marks


@dataclass(frozen=True)
class ParticipantChoice:
    """Somebody who can be marked as having been there."""

    ref: str
    name: str
    who: str
    is_family: bool
    # What stands behind the @ of a line in her own words; empty for a colleague, whose words are report.
    mark: str = ""
    # Language, interpreter and plain words, in one line; empty when there is nothing to arrange.
    speech: str = ""


_ALIVE = f"""
    SELECT p.party_id, p.described_as, {SPEECH_COLUMNS} FROM families_person p {SPEECH_JOIN}
     WHERE p.case_id = %s AND p.died_on IS NULL ORDER BY p.in_household DESC, p.sort_key
"""  # noqa: S608 - the names of the table's own columns


def participant_choices(access: CaseAccess, now: datetime) -> list[ParticipantChoice]:
    """The persons of the family first, those of the household before others, then the case team; three queries,
    one more when two of them have the same name.
    """
    parties = parties_in(access.case, now)
    voices = voices_in(access.case, parties)
    mark = dict(zip((voice.party_id for voice in voices), marks([voice.name for voice in voices]), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_ALIVE, [access.case.pk])
        rows = cursor.fetchall()
    described: dict[int, str] = {row[0]: row[1] for row in rows}
    speech = {row[0]: view.asks for row in rows if (view := speech_of(*row[2:]))}
    order = {party_id: place for place, party_id in enumerate(described)}
    family = [party for party in parties if party.pk in described]
    family.sort(key=lambda party: order[party.pk])
    team = [party for party in parties if party.kind == PartyKind.USER and party.pk != access.user.party_id]
    partners = [party for party in parties if party.kind == PartyKind.PROFESSIONAL]
    return [
        *(
            ParticipantChoice(
                party.ref, party.label, described[party.pk], True, mark[party.pk], speech.get(party.pk, "")
            )
            for party in family
        ),
        *(ParticipantChoice(party.ref, party.label, _("partner"), False, mark[party.pk]) for party in partners),
        *(ParticipantChoice(party.ref, party.label, _("colleague"), False) for party in team),
    ]


# Whom the latest contacts were with: the one she just spoke to is most likely the one she speaks to now.
_RECENT = """
    SELECT y.ref FROM (
           SELECT id, version, started_at FROM network_contact WHERE case_id = %s AND withdrawn_at IS NULL
            ORDER BY started_at DESC, id DESC LIMIT 12) k
      JOIN network_contactparticipant p ON p.contact_id = k.id AND p.version = k.version
      JOIN core_party y ON y.id = p.party_id
     GROUP BY y.ref ORDER BY max(k.started_at) DESC, y.ref LIMIT %s
"""


def recent_participants(access: CaseAccess, limit: int = 6) -> list[str]:
    """The party references of whom the latest contacts were with, the last one first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_RECENT, [access.case.pk, limit])
        return [ref for (ref,) in cursor.fetchall()]
