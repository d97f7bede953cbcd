"""Who can be chosen as having taken part in a contact."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from casusregie.core.choices import PartyKind
from families.access import CaseAccess, PartyOf
from families.selectors.speech import SPEECH_COLUMNS, SPEECH_JOIN, speech_of
from network.access import TAKE_PART, take_part_asked, voices_in
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


# Somebody of the family who died is known, and cannot be chosen.
_CHOICES = f"""
    SELECT t.id, t.ref, t.kind, t.label, p.described_as, {SPEECH_COLUMNS}
      FROM ({TAKE_PART}) t LEFT JOIN families_person p ON p.party_id = t.id AND p.died_on IS NULL {SPEECH_JOIN}
     ORDER BY p.in_household DESC NULLS LAST, p.sort_key, t.place, t.by, t.label, t.id
"""  # noqa: S608 - constants only


@dataclass(frozen=True)
class TakingPart:
    """Who can be chosen, and everybody who can be meant in a text: who died and she herself too."""

    choices: list[ParticipantChoice]
    parties: list[PartyOf]


def participant_choices(access: CaseAccess, now: datetime) -> list[ParticipantChoice]:
    """The persons of the family first, those of the household before others, then the case team; one query."""
    return taking_part(access, now).choices


def taking_part(access: CaseAccess, now: datetime) -> TakingPart:
    """The same with everybody who can be meant, for who saves what was chosen; one query.

    One more when two of them have the same name.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHOICES, take_part_asked(access.case, now))
        found = [(PartyOf(*row[:4]), row[4], speech_of(*row[5:])) for row in cursor.fetchall()]
    parties = [party for party, _described, _speech in found]
    voices = voices_in(parties)
    mark = dict(zip((voice.party_id for voice in voices), marks([voice.name for voice in voices]), strict=True))
    others = [party for party, described, _speech in found if described is None and party.pk != access.user.party_id]
    team = [party for party in others if party.kind == PartyKind.USER]
    partners = [party for party in others if party.kind == PartyKind.PROFESSIONAL]
    choices = [
        *(
            ParticipantChoice(party.ref, party.label, described, True, mark[party.pk], speech.asks if speech else "")
            for party, described, speech in found
            if described is not None
        ),
        *(ParticipantChoice(party.ref, party.label, _("partner"), False, mark[party.pk]) for party in partners),
        *(ParticipantChoice(party.ref, party.label, _("colleague"), False) for party in team),
    ]
    return TakingPart(choices, parties)


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
