"""Writes of the network room, a file per noun."""

from network.services.contact import ContactChanged, ContactData, contact_correct, contact_correct_once, contact_log
from network.services.draft import (
    DraftChanged,
    DraftSent,
    Writer,
    draft_discard,
    draft_end,
    draft_put,
    draft_put_anyway,
    draft_restore,
    drafts_clear,
)
from network.services.follow_up import follow_up_done, follow_up_make, follow_up_reopen, follow_ups_reconcile
from network.services.role import (
    RoleData,
    ground_note,
    organisation_add,
    professional_add,
    role_end,
    role_give,
    role_give_once,
    signal_read,
    signal_send,
    signal_send_once,
)

__all__ = [
    "RoleData",
    "ground_note",
    "organisation_add",
    "professional_add",
    "role_end",
    "role_give",
    "role_give_once",
    "signal_read",
    "signal_send",
    "signal_send_once",
    "ContactChanged",
    "ContactData",
    "contact_correct",
    "contact_correct_once",
    "DraftChanged",
    "DraftSent",
    "Writer",
    "draft_discard",
    "draft_end",
    "draft_put",
    "draft_put_anyway",
    "draft_restore",
    "drafts_clear",
    "contact_log",
    "follow_up_done",
    "follow_up_make",
    "follow_up_reopen",
    "follow_ups_reconcile",
]
