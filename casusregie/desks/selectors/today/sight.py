"""Who is out of sight, by family, and where nobody was reached twice: what a desk shows below the list of today."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from casusregie.desks.selectors.cells import case_address
from network.selectors import Unreached, VoiceView


@dataclass(frozen=True)
class SilentFamily:
    """A family with the voices in it that are out of sight, or whose pause is to be looked at again."""

    case_name: str
    case_url: str
    voices: list[VoiceView]
    log_url: str
    voices_url: str

    @property
    def only_pauses(self) -> bool:
        """Whether there is nobody to speak with, only something to decide."""
        return all(voice.is_review_due for voice in self.voices)


def silent_families(voices: Iterable[VoiceView]) -> list[SilentFamily]:
    """The voices by family, in the order of the voice that is silent the longest."""
    found: dict[str, list[VoiceView]] = {}
    for voice in voices:
        found.setdefault(voice.case_ref, []).append(voice)
    return [
        SilentFamily(
            group[0].case_name,
            case_address("case-overview").format(ref),
            group,
            _log_url(ref, [voice.party_ref for voice in group if voice.is_out_of_sight]),
            case_address("voices").format(ref),
        )
        for ref, group in found.items()
    ]


def _log_url(case_ref: str, parties: list[str]) -> str:
    """The form of a contact; somebody is chosen in it only when there is no doubt who."""
    path = case_address("contact-new").format(case_ref)
    return f"{path}?{urlencode({'met': parties[0]})}" if len(parties) == 1 else path


@dataclass(frozen=True)
class Tried:
    """Attempts in a row that reached nobody, with the two ways on."""

    case_name: str
    case_url: str
    name: str
    times: int
    last: str
    channel_label: str
    log_url: str
    follow_up_url: str


def tried(rows: Iterable[Unreached]) -> list[Tried]:
    """Where nobody was reached twice or more."""
    return [
        Tried(
            row.case_name,
            case_address("case-overview").format(row.case_ref),
            row.name,
            row.times,
            row.last,
            row.channel_label,
            _log_url(row.case_ref, [row.party_ref] if row.party_ref else []),
            reverse("follow-up-new", args=[row.case_ref]),
        )
        for row in rows
    ]
