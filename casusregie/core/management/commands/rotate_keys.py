"""A new master key."""

from typing import Any

from django.core.management.base import BaseCommand

from casusregie.core import crypto


class Command(BaseCommand):
    """Wraps every case key under the first key of CASUSREGIE_KEYS; afterwards the old one may be left out."""

    help = "Rewrap all case keys under the newest master key."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rewrap and say how many."""
        self.stdout.write(f"{crypto.rewrap_all()} keys rewrapped")
