"""The site map: each room its own addresses. Order matters once: `casussen/nieuw/` before `casussen/<ref>/`."""

from django.urls import include, path

handler400 = "casusregie.core.errors.bad_request"
handler403 = "casusregie.core.errors.forbidden"
handler404 = "casusregie.core.errors.not_found"
handler500 = "casusregie.core.errors.server_error"

urlpatterns = [
    path("", include("casusregie.core.urls")),
    path("", include("families.urls")),
    path("", include("network.urls")),
    path("", include("safety.urls")),
    path("", include("processplan.urls")),
    path("", include("casusregie.reminders.urls")),
    path("", include("casusregie.desks.urls")),
    path("api/", include("casusregie.desks.api_urls")),
]
