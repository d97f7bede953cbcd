"""Pages of the network room, a file per noun."""

from network.views import appointment, contact, door, draft, follow_up, role, voice, withdrawal

__all__ = ["appointment", "contact", "door", "draft", "follow_up", "role", "voice", "withdrawal"]
