"""Fills an empty database with the invented municipality."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casusregie.core import clock
from casusregie.demo import municipality
from casusregie.demo.line import editions_make


class Command(BaseCommand):
    """Refuses anything but an empty database of the demo."""

    help = "Fill an empty database with an invented municipality; the same seed gives the same one."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much, and from which seed."""
        parser.add_argument("--cases", type=int, default=municipality.FULL)
        parser.add_argument("--contacts-per-case", type=int, default=4, help="of generated cases only")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say in one line what there is."""
        if options["cases"] < 0 or not 0 <= options["contacts_per_case"] <= 1000:
            raise CommandError("demo_data: --cases is 0 or more, --contacts-per-case from 0 to 1000.")
        try:
            made = municipality.fill(
                now=clock.now(),
                cases=options["cases"],
                contacts_per_case=options["contacts_per_case"],
                seed=options["seed"],
            )
        except municipality.Refused as error:
            raise CommandError(str(error)) from error
        editions_make(clock.now())
        self.stdout.write(
            f"Oosterwaard: {made.told} told cases, {made.generated} generated, {made.thin} thin closed ones; 10 logins."
        )
