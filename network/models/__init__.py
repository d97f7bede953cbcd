"""The tables of the network room, a file per noun."""

from network.models.contact import Contact, ContactLine, ContactParticipant
from network.models.follow_up import FollowUp
from network.models.role import CaseRole, Organisation, Professional, RoleSignal, SharingGround

__all__ = [
    "CaseRole",
    "Contact",
    "ContactLine",
    "ContactParticipant",
    "FollowUp",
    "Organisation",
    "Professional",
    "RoleSignal",
    "SharingGround",
]
