"""What this database is."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casusregie.core import installation


class Command(BaseCommand):
    """Answers whether the database is empty (exit 0) or not (1), and whether it belongs to this start."""

    help = "Checks the installation; --is-empty answers with the exit code."

    def add_arguments(self, parser: CommandParser) -> None:
        """One question at a time."""
        parser.add_argument("--is-empty", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a wrong pairing in one line; then answer."""
        installation.refuse_wrong_pairing()
        if options["is_empty"]:
            sys.exit(0 if installation.is_empty() else 1)
        self.stdout.write("empty" if installation.is_empty() else "in use")
