"""The request as it is, without its row in the access log: what the log costs is the difference."""

from django.http import HttpRequest, HttpResponseBase

from casusregie.core import audit
from casusregie.core.middleware import AuditMiddleware


class SilentMiddleware(AuditMiddleware):
    """Keeps the trail, as the views need it, and writes nothing."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with audit.trail(self._trail(request)):
            return self.get_response(request)
