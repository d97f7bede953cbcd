"""Is the access log whole?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from casusregie.core import sealing


class Command(BaseCommand):
    """Walks the chain over the access log; names the first broken link and ends with 1 when there is one."""

    help = "Verify the access log."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict."""
        verdict = sealing.verify()
        self.stdout.write(verdict.sentence)
        if not verdict.whole:
            sys.exit(1)
