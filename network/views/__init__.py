"""Pages of the network room, a file per noun."""

from network.views import contact, draft, follow_up, role

__all__ = ["contact", "draft", "follow_up", "role"]
