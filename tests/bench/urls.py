"""The product's addresses, and those of what they are compared with."""

from django.urls import path

from casusregie.urls import handler400, handler403, handler404, handler500, urlpatterns
from tests.bench import views
from tests.bench.floors import case, caseload, note
from tests.bench.rivals import site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *urlpatterns,
    path("bench/admin/", site.urls),
    # floors
    path("bench/vloer/casussen/", caseload.mine),
    path("bench/vloer/caseload/", caseload.team),
    path("bench/vloer/casussen/<str:ref>/", case.timeline),
    path("bench/vloer/casussen/<str:ref>/contact/", note.insert),
    # the same pages without the question who may
    path("bench/rechten/casussen/", views.list_without_rights),
    path("bench/rechten/casussen/<str:ref>/", views.case_without_rights),
]
