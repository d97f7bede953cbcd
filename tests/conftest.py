"""Real servers for the tests, the application's own role, and a fixed cast of people around one family."""

import contextlib
import time
from collections.abc import Iterator

import psycopg
import pytest

pytest_plugins = ["tests.cast", "tests.doors"]

# What a migration filled and a test must find again.
KEEP = {"django_migrations", "core_role", "core_roleright", "django_content_type", "auth_permission"}


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """The owner's role makes and migrates the test database; the tests run as the application's role."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_databases

    worker = getattr(request.config, "workerinput", {}).get("workerid")
    with django_db_blocker.unblock():
        _become(settings.OWNER_DATABASE["USER"])
        if worker:
            settings.DATABASES["default"]["NAME"] = f"casusregie_{worker}"
            connection.settings_dict["NAME"] = f"casusregie_{worker}"
        setup_databases(verbosity=0, interactive=False)
        from casusregie.core.protection import grant

        grant(role=settings.APPLICATION_ROLE)
        _become(settings.APPLICATION_ROLE)
    # The database stays: its server is thrown away, the next run makes it anew, and a thread of a live server that is
    # still closing would make dropping it fail now and then.
    yield


def _become(role: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["USER"] = role


@pytest.fixture(autouse=True, scope="session")
def _flush_as_owner() -> None:
    """After a test that commits, empty the tables as the owner: the application's role may not, and that is the point."""
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = lambda self: truncate()  # type: ignore[method-assign]


def truncate() -> None:
    """Empty every table that a test can have filled."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    params = {**connection.get_connection_params(), "user": settings.OWNER_DATABASE["USER"]}
    for name in ("context", "cursor_factory", "prepare_threshold"):
        params.pop(name, None)
    with psycopg.connect(**params, autocommit=True) as owner:
        tables = [row[0] for row in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        names = ", ".join(f'"{table}"' for table in sorted(set(tables) - KEEP))
        # A page that was closed still says goodbye: what it asked is let finish first, or asked once more.
        busy = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = %s AND state <> 'idle'"
        for _ in range(200):
            if not owner.execute(busy, [settings.APPLICATION_ROLE]).fetchone():
                with contextlib.suppress(psycopg.errors.DeadlockDetected):
                    owner.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
                    return
            time.sleep(0.05)
        owner.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


@pytest.fixture(autouse=True)
def _fresh_language() -> Iterator[None]:
    """A test that speaks English leaves no English behind."""
    from django.utils import translation

    translation.activate("nl")
    yield
    translation.deactivate()
