"""Pages of the network room, a file per noun."""

from network.views import (
    appointment,
    attachment,
    chat,
    contact,
    door,
    draft,
    follow_up,
    hours,
    line,
    reach,
    role,
    search,
    visit,
    voice,
    withdrawal,
)

__all__ = [
    "appointment",
    "attachment",
    "chat",
    "contact",
    "door",
    "draft",
    "follow_up",
    "hours",
    "line",
    "reach",
    "role",
    "search",
    "visit",
    "voice",
    "withdrawal",
]
