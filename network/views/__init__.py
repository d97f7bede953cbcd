"""Pages of the network room, a file per noun."""

from network.views import contact, follow_up, role

__all__ = ["contact", "follow_up", "role"]
