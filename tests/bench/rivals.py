"""Django's own admin on the same tables: same columns, order, rows, filters, one query for the names, no actions."""

from typing import Any, ClassVar

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from families.choices import OPEN_STATUSES
from families.models import Case


class _Site(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        """Everybody who is logged in: the admin's own rights need a table that this product has not."""
        return bool(request.user.is_authenticated)


class CaseAdmin(ModelAdmin):  # type: ignore[type-arg]
    """The list of cases of one director."""

    list_display = ("ref", "name", "intensity", "status", "last_contact_at", "next_due_on", "director")
    list_select_related = ("director",)
    list_per_page = 50
    ordering = ("sort_key", "id")
    actions = None
    # Our page offers these on every list too; an admin without them would draw less than it is compared with.
    list_filter = ("intensity", "status")
    search_fields: ClassVar = ["name", "ref"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """The cases our own list shows."""
        return super().get_queryset(request).filter(director=request.user.pk, status__in=OPEN_STATUSES)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The admin's list in the admin's own template engine."""
        response = super().changelist_view(request, extra_context)
        response.using = "admin"
        return response

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_change_permission = has_add_permission = has_delete_permission = lambda self, request, obj=None: True


site = _Site(name="admin")
site.register(Case, CaseAdmin)
