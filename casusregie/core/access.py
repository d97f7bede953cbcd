"""Who may: rights per view, and the one `may_read` of the whole product."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from casusregie.core.choices import Circle, Right
from casusregie.core.models import User

PUBLIC = "public"
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Circles:
    """The parties in the circles of one case at one moment."""

    stewards: frozenset[int]
    team: frozenset[int]


class Readership(Protocol):
    """Whoever may read something: a stored `Audience`, or one that was frozen with the text it belongs to."""

    @property
    def scope(self) -> str:
        """The case whose circles count."""

    @property
    def circle(self) -> str:
        """The circle that reads along besides the stewards."""

    def named(self, at: datetime) -> Iterable[int]:
        """The parties that read by name at a moment."""


_circles: list[Callable[[str, datetime], Circles]] = []


def register_circles(function: Callable[[str, datetime], Circles]) -> None:
    """The app that owns cases says here who stands in a case's circles; the kernel knows no case."""
    _circles[:] = [function]


def circles_of(scope: str, at: datetime) -> Circles:
    """The circles of the case `scope` at `at`; nobody when no app answers (fail closed)."""
    return _circles[0](scope, at) if _circles else Circles(frozenset(), frozenset())


def may_read(
    party_id: int, audience: Readership | None, at: datetime, *, scope: str = "", circles: Circles | None = None
) -> bool:
    """Whether this party may read what carries this audience at this moment: the only place that decides it.

    Without an audience only the director and the deputy of `scope` may. `circles` saves asking again in a list; readers
    by name must then be prefetched on the audience.
    """
    scope = audience.scope if audience is not None else scope
    around = circles if circles is not None else circles_of(scope, at)
    if party_id in around.stewards:
        return True
    if audience is None:
        return False
    if audience.circle == Circle.TEAM and party_id in around.team:
        return True
    return party_id in audience.named(at)


def check_right(user: User, right: Right) -> None:
    """Refuse who lacks a right: 403 to who knows the house, 404 to an outsider (design.md 7)."""
    if user.has_right(right):
        return
    if user.has_right(Right.INTERNAL):
        raise PermissionDenied
    raise Http404


def requires(right: Right) -> Callable[[View], View]:
    """Declare and check the right of a view that is not about one case."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User):
                raise Http404
            check_right(request.user, right)
            return view(request, *args, **kwargs)

        guarded.access = right  # type: ignore[attr-defined]  # the declaration that the resolver walk reads
        return guarded

    return decorate


def public(view: View) -> View:
    """Declare that a view is for everybody; the list of such addresses is short and held by a test."""
    view.access = PUBLIC  # type: ignore[attr-defined]  # the declaration that the resolver walk reads
    return login_not_required(view)
