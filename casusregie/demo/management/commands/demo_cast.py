"""Names what is in the demo."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from casusregie.demo.cast import parts


class Command(BaseCommand):
    """JSON lines: what, ref, url."""

    help = "Print who plays whom in the demo, as JSON lines."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each part."""
        for part in parts():
            self.stdout.write(json.dumps(part, ensure_ascii=False))
