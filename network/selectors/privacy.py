"""The names of professionals that become initials in the Privacystand."""

from collections.abc import Iterator
from datetime import datetime

from casusregie.core.models import User
from families.access import cases_in, scope_for
from families.names import PREFIXES
from network.models import CaseRole


def professional_names(user: User, case_ref: str, now: datetime) -> Iterator[str]:
    """Who has or had a role in this case, or in the cases of this reader: full names and each part; two queries."""
    roles = CaseRole.objects.filter(case__ref=case_ref)
    if not case_ref:
        roles = CaseRole.objects.filter(case__in=cases_in(scope_for(user, now)))
    for label in set(roles.values_list("professional__party__label", flat=True)):
        yield label
        yield from (word for word in label.split() if len(word) > 1 and word.casefold() not in PREFIXES)
