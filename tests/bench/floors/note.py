"""The floor under logging a contact: a minimal Django view that inserts one row of the same table and leads on."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from casusregie.core import clock
from families.models import Case
from network.models import Contact


def insert(request: HttpRequest, ref: str) -> HttpResponse:
    """One row, with what the form says."""
    sent = request.POST
    case_id = Case.objects.values_list("pk", flat=True).get(ref=ref)
    Contact.objects.create(
        case_id=case_id,
        author_id=request.user.pk,
        started_at=datetime.fromisoformat(sent["started_at"]).replace(tzinfo=clock.LOCAL),
        channel=sent["channel"],
        duration_minutes=int(sent["duration_minutes"]),
        purposes=sent.getlist("purposes"),
        correction_reason=sent["body"][:500],
        recorded_at=clock.now(),
    )
    return HttpResponseRedirect(f"/casussen/{ref}/contacten/")
