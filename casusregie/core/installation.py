"""Whether this start and this database belong together: the demo in the demo, a town's own in its own."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from casusregie.core.models import Installation, User


def is_empty() -> bool:
    """Whether nobody has an account here yet."""
    return not User.objects.exists()


def refuse_wrong_pairing() -> None:
    """Raise ImproperlyConfigured (one line) when the demo switch meets a town's database, or the other way round."""
    if Installation._meta.db_table not in connection.introspection.table_names():
        return
    marked = Installation.objects.filter(is_demo=True).exists()
    if marked and not settings.DEMO:
        raise ImproperlyConfigured("DATABASE_URL: this database carries the demo mark and is refused outside the demo.")
    if settings.DEMO and not marked and not is_empty():
        raise ImproperlyConfigured("CASUSREGIE_DEMO: this database is somebody's own and is refused by the demo.")
