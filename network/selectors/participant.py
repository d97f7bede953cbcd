"""Who can be chosen as having taken part in a contact."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from casusregie.core.choices import PartyKind
from families.access import CaseAccess
from network.access import parties_in


@dataclass(frozen=True)
class ParticipantChoice:
    """Somebody who can be marked as having been there."""

    ref: str
    name: str
    who: str
    is_family: bool


_ALIVE = """
    SELECT party_id, described_as FROM families_person WHERE case_id = %s AND died_on IS NULL
     ORDER BY in_household DESC, sort_key
"""


def participant_choices(access: CaseAccess, now: datetime) -> list[ParticipantChoice]:
    """The persons of the family first, those of the household before others, then the case team; two queries."""
    parties = parties_in(access.case, now)
    with connection.cursor() as cursor:
        cursor.execute(_ALIVE, [access.case.pk])
        described: dict[int, str] = dict(cursor.fetchall())
    order = {party_id: place for place, party_id in enumerate(described)}
    family = [party for party in parties if party.pk in described]
    family.sort(key=lambda party: order[party.pk])
    team = [party for party in parties if party.kind == PartyKind.USER and party.pk != access.user.party_id]
    partners = [party for party in parties if party.kind == PartyKind.PROFESSIONAL]
    return [
        *(ParticipantChoice(party.ref, party.label, described[party.pk], True) for party in family),
        *(ParticipantChoice(party.ref, party.label, _("partner"), False) for party in partners),
        *(ParticipantChoice(party.ref, party.label, _("colleague"), False) for party in team),
    ]
