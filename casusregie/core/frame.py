"""The frame around every page: which desks, who is logged in, whether this is the demo."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casusregie.core import clock, slots
from casusregie.core.choices import Right
from casusregie.core.models import User
from casusregie.core.privacy import SESSION_KEY


@dataclass(frozen=True)
class NavItem:
    """One place in the rail or the bottom bar."""

    label: str
    url: str
    icon: str
    current: bool
    badge: str = ""


@dataclass(frozen=True)
class Frame:
    """What the frame shows."""

    logged_in: bool
    user_name: str
    nav: list[NavItem]
    is_demo: bool
    lock_after_seconds: int
    # The forms of the frame stand in patterns, where the tag of a template finds no request.
    csrf: str = ""
    banner: slots.Banner | None = None
    # Privacystand: whether it is on, where it is switched, and the page to come back to.
    privacy: bool = False
    privacy_url: str = ""
    here: str = ""


# right, address, icon (the words are translated at reading)
_PLACES = (
    (Right.DESK_TODAY, "today", "sun"),
    (Right.CASE_LIST, "case-list", "folder"),
    (Right.DESK_CASELOAD, "caseload", "table-properties"),
    (Right.DESK_ROLES, "my-roles", "id-card"),
    (Right.MESSAGES, "messages", "bell"),
    (Right.DESK_OUTCOMES, "outcomes", "chart-line"),
    (Right.CASE_LIST, "search", "search"),
    (Right.DESK_TODAY, "hours", "clock"),
    (Right.DESK_CASELOAD, "team-hours", "clock"),
    (Right.AUDIT_VIEW, "logbook", "scroll-text"),
    (Right.ADMINISTER, "administration", "settings"),
)


@lru_cache(maxsize=32)
def _word(name: str, language: str | None) -> str:
    return {
        "today": _("Today"),
        "case-list": _("Cases"),
        "caseload": _("Caseload"),
        "my-roles": _("My roles"),
        "messages": _("Messages"),
        "outcomes": _("Outcomes"),
        "search": _("Search"),
        "hours": _("Hours"),
        "team-hours": _("Hours of the team"),
        "logbook": _("Logbook"),
        "administration": _("Administration"),
    }[name]


@lru_cache(maxsize=32)
def _address(name: str) -> str:
    return reverse(name)


def places(user: User, path: str = "") -> list[NavItem]:
    """The desks this person has, in the order of the rail."""
    language = get_language()
    return [
        NavItem(_word(name, language), _address(name), icon, path.startswith(_address(name)), _badge(name, user))
        for right, name, icon in _PLACES
        if user.has_right(right)
    ]


MOST = 99


def _badge(name: str, user: User) -> str:
    """What waits in a place; nothing when the database is gone, for the page that says so has this frame too."""
    try:
        count = slots.badge(name, user, clock.now())
    except DatabaseError:
        return ""
    return f"{MOST}+" if count > MOST else str(count or "")


def _inside(user: User) -> slots.Banner | None:
    """What stands on top while she is inside somewhere; nobody else's page asks for it."""
    if user.inside_until is None:
        return None
    try:
        return slots.banner(user, clock.now())
    except DatabaseError:
        return None


def home(user: User) -> str:
    """Where `/` leads: the desk of her work (contract: demo logins); her account when she has none."""
    for right, name in (
        (Right.DESK_TODAY, "today"),
        (Right.DESK_CASELOAD, "caseload"),
        (Right.DESK_ROLES, "my-roles"),
        (Right.ADMINISTER, "administration"),
        (Right.AUDIT_VIEW, "logbook"),
        (Right.DESK_OUTCOMES, "outcomes"),
    ):
        if user.has_right(right):
            return reverse(name)
    return reverse("account")


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor. On an error page that has no user or no database the frame is bare."""
    user = getattr(request, "user", None)
    bare = getattr(request, "bare_frame", False)
    if bare or not isinstance(user, User):
        return {"frame": Frame(False, "", [], settings.DEMO, settings.IDLE_LOCK_SECONDS)}
    nav = places(user, request.path)
    here = request.get_full_path() if request.method == "GET" else request.path
    if getattr(request, "is_error", False):
        here = "/"
    on, switch = bool(request.session.get(SESSION_KEY)), _address("privacy")
    token = get_token(request)
    shown = Frame(
        True,
        user.name,
        nav,
        settings.DEMO,
        settings.IDLE_LOCK_SECONDS,
        token,
        _inside(user),
        privacy=on,
        privacy_url=switch,
        here=here,
    )
    return {"frame": shown}
