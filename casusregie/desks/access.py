"""The only way to an import: it belongs to who brought the file."""

from django.http import Http404

from casusregie.core import audit
from casusregie.core.models import User
from casusregie.desks.models import Import


def import_for(user: User, ref: str) -> Import:
    """Her own import. Raises Http404 for anybody else's."""
    row = Import.objects.filter(user=user, ref=ref).first()
    if row is None:
        raise Http404
    audit.seen([ref])
    return row
