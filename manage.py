#!/usr/bin/env python3
"""Django's commands, for a person at a terminal: finds the virtual environment, starts the embedded servers when the
command needs a database and DATABASE_URL is not set, and says a wrong environment variable in one line."""

import importlib.util
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Commands that never ask the database anything, so that no server is started for them.
NO_DATABASE = {
    "", "collectstatic", "compilemessages", "diffsettings", "findstatic", "help", "makemessages", "spectacular",
    "startapp", "startproject", "version",
}  # fmt: skip
NO_DATABASE_FLAGS = {"--help", "-h", "--version"}


def use_virtual_environment() -> None:
    """Go on with `.venv` when this Python has no Django. Ends the process when there is none either."""
    if importlib.util.find_spec("django") is not None:
        return
    python = HERE / ".venv" / "bin" / "python"
    if python.exists() and Path(sys.prefix).resolve() != python.parent.parent.resolve():
        os.execv(python, [str(python), *sys.argv])  # noqa: S606 - our own interpreter, no shell
    sys.exit("Django is not installed here: run `make install` first.")


def needs_database(arguments: list[str]) -> bool:
    """Whether a command line asks for a database."""
    command = arguments[0] if arguments else ""
    return command not in NO_DATABASE and not NO_DATABASE_FLAGS.intersection(arguments)


def main() -> None:
    """Run one command."""
    use_virtual_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casusregie.settings")
    # Only now can these be found.
    from django.conf import settings  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    from casusregie import launch  # noqa: PLC0415

    embedded = not os.environ.get("DATABASE_URL", "").strip()
    try:
        # The settings first: a wrong variable is said before any server is started for nothing.
        _ = settings.SECRET_KEY
        if embedded and needs_database(sys.argv[1:]):
            launch.ensure_servers()
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, launch.LaunchError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
