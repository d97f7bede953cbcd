"""Prints every confidential fact of the demo; refuses any other database."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casusregie.core import clock
from casusregie.core.models import Installation
from casusregie.demo.canaries import canaries


class Command(BaseCommand):
    """JSON lines: marker, literal, variants, kind, case, may_know."""

    help = "Print every confidential fact of the demo, as JSON lines."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each fact; a town's own database is never opened this way."""
        if not settings.DEMO or not Installation.objects.filter(is_demo=True).exists():
            raise CommandError("demo_canaries: only in the demo.")
        for line in canaries(clock.now()):
            self.stdout.write(json.dumps(line, ensure_ascii=False))
