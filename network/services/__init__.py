"""Writes of the network room, a file per noun."""

from network.services.contact import ContactChanged, ContactData, contact_correct, contact_log
from network.services.follow_up import follow_up_done, follow_up_make, follow_up_reopen, follow_ups_reconcile

__all__ = [
    "ContactChanged",
    "ContactData",
    "contact_correct",
    "contact_log",
    "follow_up_done",
    "follow_up_make",
    "follow_up_reopen",
    "follow_ups_reconcile",
]
