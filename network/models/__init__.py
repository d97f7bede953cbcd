"""The tables of the network room, a file per noun."""

from network.models.contact import Contact, ContactLine, ContactParticipant
from network.models.follow_up import FollowUp

__all__ = ["Contact", "ContactLine", "ContactParticipant", "FollowUp"]
