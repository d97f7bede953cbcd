"""The access log: what this request does, written so that nobody waits and nothing is forgotten.

Two ways in. A change is written by its service with `record`, in the same transaction: if the change is undone, so is
its row, and the middleware then writes that something was undone. A read is described with `seen` and written once by
the middleware, after the view and before the answer leaves: an answer without its row does not leave.
No content and no names: references, numbers and closed words only (domain.md c).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection, transaction

from casusregie.core.choices import Outcome


@dataclass
class Trail:
    """What is known of the actor and the request while it runs."""

    actor_id: int | None = None
    origin: str = ""
    session: str = ""
    request: str = ""
    relation: str = ""
    on_behalf_of_id: int | None = None
    case_ref: str = ""
    ground: str = ""
    objects: list[str] = field(default_factory=list)
    written: bool = False


_trail: ContextVar[Trail | None] = ContextVar("audit_trail", default=None)


def current() -> Trail:
    """The trail of this request; outside a request (a task, a command) an anonymous one."""
    trail = _trail.get()
    return trail if trail is not None else Trail(origin="system")


@contextmanager
def trail(value: Trail) -> Iterator[Trail]:
    """Makes `value` the trail of everything inside."""
    token = _trail.set(value)
    try:
        yield value
    finally:
        _trail.reset(token)


def case_seen(*, case_ref: str, relation: str, on_behalf_of_id: int | None = None, ground: str = "") -> None:
    """Say which case this request is about and in which quality the actor stands to it (NEN 7513: on whose behalf)."""
    now = current()
    now.case_ref, now.relation, now.on_behalf_of_id, now.ground = case_ref, relation, on_behalf_of_id, ground


def seen(refs: Iterable[str]) -> None:
    """Say which objects were shown (references only, at most 200 a request: a list is one row)."""
    objects = current().objects
    objects.extend(str(ref) for ref in refs)
    del objects[200:]


def record(action: str, *, case_ref: str = "", objects: Iterable[str] = (), ground: str = "") -> None:
    """Write what is done now, in the caller's transaction.

    `action` is a closed word such as `contact.logged`; `objects` are references; `ground` a closed word or reference.
    """
    now = current()
    _insert(now, action, Outcome.ALLOWED, case_ref or now.case_ref, list(objects), ground or now.ground)
    transaction.on_commit(lambda: setattr(now, "written", True))


def close(action: str, outcome: Outcome) -> None:
    """Write the one row of a request that wrote none itself; called by the middleware, outside any transaction."""
    now = current()
    if now.written and outcome == Outcome.ALLOWED:
        return
    _insert(now, action, outcome, now.case_ref, now.objects, now.ground)


# Every request writes such a row: written out, it costs half of what a model's save does.
_INSERT = (
    "INSERT INTO core_accesslog (actor_id, relation, on_behalf_of_id, action, outcome, case_ref, objects_seen, ground,"
    " origin, session, request) VALUES (%s, %s, %s, %s, %s, %s, %s::varchar[], %s, %s, %s, %s)"
)


def _insert(now: Trail, action: str, outcome: Outcome, case_ref: str, objects: list[str], ground: str) -> None:
    who = (now.actor_id, str(now.relation), now.on_behalf_of_id)
    what = (action[:60], str(outcome), case_ref[:16], objects, ground[:60])
    where = (now.origin[:64], now.session[:16], now.request[:16])
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, (*who, *what, *where))
