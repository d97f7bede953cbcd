"""What must never change is refused by PostgreSQL itself, whatever the code does."""

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.db.utils import InternalError

from casusregie.core.models import AccessLog
from casusregie.core.protection import append_only_models, append_only_tables
from tests.cast import Cast


def test_the_tests_run_as_the_applications_role(db: None) -> None:
    """Otherwise every other test here would prove nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, usesuper FROM pg_user WHERE usename = current_user")
        assert cursor.fetchone() == (settings.APPLICATION_ROLE, False)


def test_audit_and_contact_history_are_append_only() -> None:
    """The tables of the issue, by name: a model that loses its mark fails here."""
    assert {
        "core_accesslog",
        "core_auditseal",
        "network_contactevent",
        "network_contactline",
        "network_contactparticipant",
        "families_caseevent",
        "processplan_planversion",
        "processplan_versionevent",
        "processplan_signature",
        "safety_incident",
        "safety_safetyscore",
    } <= set(append_only_tables())


@pytest.mark.parametrize("table", append_only_tables())
@pytest.mark.parametrize("statement", ["UPDATE {t} SET id = id", "DELETE FROM {t}", "TRUNCATE {t} CASCADE"])
def test_raw_sql_as_the_application_is_refused(table: str, statement: str, cast: Cast) -> None:
    """Also with every trigger switched off by a setting: the role has no such right."""
    column = next(model._meta.pk.column for model in append_only_models() if model._meta.db_table == table)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{*}', true)")
        cursor.execute(statement.format(t=table).replace("id = id", f"{column} = {column}"))


@pytest.mark.parametrize("model", append_only_models(), ids=lambda model: model.__name__)
def test_a_trigger_stands_beside_the_right(model: type) -> None:
    """Even the owner's role does not change these by accident."""
    names = [trigger.name for trigger in model._meta.triggers]  # type: ignore[attr-defined]
    assert "append_only" in names


def test_the_application_cannot_switch_triggers_off_or_change_tables(db: None) -> None:
    """No ALTER, no DROP, no CREATE, no session_replication_role."""
    for statement in (
        "ALTER TABLE core_accesslog DISABLE TRIGGER ALL",
        "DROP TABLE core_accesslog",
        "CREATE TABLE mine (id int)",
        "SET session_replication_role = replica",
    ):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_application_cannot_write_the_list_of_migrations(db: None) -> None:
    """Otherwise it could hide one."""
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")


def test_a_row_can_still_be_added(cast: Cast) -> None:
    """The counterpart of the refusals: adding works."""
    before = AccessLog.objects.count()
    AccessLog.objects.create(action="test", outcome="allowed")
    assert AccessLog.objects.count() == before + 1
