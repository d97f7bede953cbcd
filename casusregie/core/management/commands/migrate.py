"""Django's migrate, and then the rights of the application's role."""

from typing import Any

from django.core.management.commands.migrate import Command as MigrateCommand

from casusregie.core import protection


class Command(MigrateCommand):
    """Runs as the owner's role (settings) and ends by granting the application's role what it may."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then grant."""
        super().handle(*args, **options)
        if not options.get("check_unapplied") and not options.get("plan"):
            protection.grant(options["database"])
