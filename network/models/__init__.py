"""The tables of the network room, a file per noun."""

from network.models.appointment import Appointment, AppointmentParty
from network.models.attachment import Attachment
from network.models.contact import Contact, ContactLine, ContactParticipant
from network.models.draft import Draft, DraftFile
from network.models.follow_up import FollowUp
from network.models.hours import TimeEntry
from network.models.role import CaseRole, Organisation, Professional, RoleSignal, SharingGround
from network.models.search import ContactSearch
from network.models.visit import Caution, Stay
from network.models.voice import VoiceChoice
from network.models.withdrawal import Withdrawal, WithdrawalPlaced

__all__ = [
    "Appointment",
    "AppointmentParty",
    "Attachment",
    "CaseRole",
    "Caution",
    "Contact",
    "ContactLine",
    "ContactParticipant",
    "ContactSearch",
    "Draft",
    "DraftFile",
    "FollowUp",
    "Organisation",
    "Professional",
    "RoleSignal",
    "SharingGround",
    "Stay",
    "TimeEntry",
    "VoiceChoice",
    "Withdrawal",
    "WithdrawalPlaced",
]
