"""The servers of the tests; a plugin, because Django's settings are read before any conftest."""

import os
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / ".local" / "test"
os.environ["CASUSREGIE_DATA"] = str(DATA)
os.environ["CASUSREGIE_TESTING"] = "1"
# The browser's tests drive Playwright's loop in the thread that also asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
for _name in ("DATABASE_URL", "CASUSREGIE_OWNER_URL", "REDIS_URL", "CASUSREGIE_DEMO", "SECRET_KEY", "CASUSREGIE_KEYS"):
    os.environ.pop(_name, None)


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded servers once; the last process out stops them."""
    from casusregie import launch

    if not config.option.collectonly:
        launch.ensure_servers(DATA, throwaway=True)
