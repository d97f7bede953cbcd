"""The only way to a contact or a follow-up: through the case it belongs to."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from casusregie.core import audit
from families.access import CaseAccess
from network.models import Contact, FollowUp


def contact_for(access: CaseAccess, ref: str) -> Contact:
    """A contact of this case. Raises Http404 for one of another case."""
    contact = Contact.objects.select_related("author").filter(case=access.case, ref=ref).first()
    if contact is None:
        raise Http404
    contact.case = access.case
    audit.seen([ref])
    return contact


def correctable_contact_for(access: CaseAccess, ref: str) -> Contact:
    """A contact that this reader may correct: director and deputy any, a second worker her own.

    Raises Http404, and PermissionDenied for somebody else's.
    """
    contact = contact_for(access, ref)
    if not access.is_steward and contact.author_id != access.user.pk:
        raise PermissionDenied
    return contact


def follow_up_for(access: CaseAccess, ref: str) -> FollowUp:
    """A follow-up of this case. Raises Http404."""
    row = FollowUp.objects.filter(case=access.case, ref=ref).first()
    if row is None:
        raise Http404
    row.case = access.case
    audit.seen([ref])
    return row
