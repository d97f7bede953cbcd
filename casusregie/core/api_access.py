"""The API's doors: closed unless a view declares a right, and 401 for who is not logged in."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication as DRFSessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from casusregie.core.access import check_right
from casusregie.core.models import User

if TYPE_CHECKING:
    from rest_framework.views import APIView


class SessionAuthentication(DRFSessionAuthentication):
    """The session of the pages, with an answer 401 (not 403) for nobody."""

    def authenticate_header(self, request: Request) -> str:
        """The header that makes the framework answer 401."""
        return "Session"


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names the session."""

    target_class = "casusregie.core.api_access.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The cookie of the pages."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class DenyUnlessDeclared(BasePermission):
    """Refuses a view that declares no right, and a user who lacks it."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """True only for a declared right that the user has; an outsider gets 404, a colleague 403."""
        right = getattr(view, "access", None)
        if right is None or not isinstance(request.user, User):
            return False
        check_right(request.user, right)
        return True
