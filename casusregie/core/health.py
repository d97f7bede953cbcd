"""Whether the house stands: asked by a balancer and by who watches the installation."""

from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from kombu import Connection

from casusregie.core.slots import checks


def web() -> dict[str, str]:
    """This process and its database."""
    return {"database": _database()}


def everything(now: datetime) -> dict[str, str]:
    """Database, queue, and what the rooms above registered (the sweep)."""
    parts = {"database": _database(), "queue": _queue()}
    for name, check in checks().items():
        try:
            parts[name] = "ok" if check(now) else "late"
        except DatabaseError:
            parts[name] = "unknown"
    return parts


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unavailable"
    return "ok"


def _queue() -> str:
    try:
        with Connection(settings.REDIS_URL, connect_timeout=1, transport_options={"socket_timeout": 1}) as queue:
            queue.ensure_connection(max_retries=1, interval_start=0, timeout=1)
            queue.default_channel.client.ping()  # type: ignore[attr-defined]  # the Redis channel has it
    except Exception:  # whatever the client raises, the queue is not to be had
        return "unavailable"
    return "ok"
