"""The first account of a town, made where the keys are."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from casusregie.core.models import Role, Team, User
from casusregie.core.services import user_create


class Command(BaseCommand):
    """Makes an account; asks for the password, or reads it from standard input."""

    help = "Make an account: account_create EMAIL NAME --role case-director --team 'Team 1'"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, with which bundles of rights, in which team."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", action="append", required=True, dest="roles")
        parser.add_argument("--team", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create it, or say in one line why not."""
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
        try:
            validate_password(password, User(email=options["email"], name=options["name"]))
            team = Team.objects.get_or_create(name=options["team"])[0] if options["team"] else None
            user = user_create(
                email=options["email"], name=options["name"], roles=options["roles"], team=team, password=password
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Role.DoesNotExist as error:
            known = ", ".join(Role.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"Unknown role; known: {known}") from error
        except IntegrityError as error:
            raise CommandError(f"{options['email']} has an account already.") from error
        self.stdout.write(f"{user.email} can log in.")
