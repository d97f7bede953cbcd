"""The database as the last line: what the application's role may do with each table (design.md 7.5)."""

from django.apps import apps
from django.conf import settings
from django.db import connections, models

_READ_ONLY = ("django_migrations",)


def append_only_models() -> list[type[models.Model]]:
    """Every model whose rows are only ever added; a model says so with `append_only = True`."""
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def append_only_tables() -> list[str]:
    """Their tables, sorted."""
    return sorted(model._meta.db_table for model in append_only_models())


def never_deleted_tables() -> list[str]:
    """Tables whose rows may change but stay; a model says so with `never_deleted = True`."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "never_deleted", False))


def grant(alias: str = "default", role: str = "") -> None:
    """Give the application's role what it needs and no more; run by the owner after every migration, repeatable."""
    role = role or settings.APPLICATION_ROLE
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == role:
            return
        quoted = connections[alias].ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        present = set(connections[alias].introspection.table_names(cursor))
        for table in append_only_tables():
            if table in present:
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}")
        for table in never_deleted_tables():
            if table in present:
                cursor.execute(f"REVOKE DELETE, TRUNCATE ON {table} FROM {quoted}")
        # History that waits beside its table while a database stands at an earlier form is the owner's alone.
        for table in sorted(name for name in present if name.endswith("_aside")):
            cursor.execute(f"REVOKE ALL ON {table} FROM {quoted}")
        for table in _READ_ONLY:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}")
