"""The names that become initials in the Privacystand: of one case, or of all cases of a reader."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from casusregie.core.choices import Right
from casusregie.core.models import User
from families.access import cases_in, scope_for, team_scope_for
from families.choices import SameState
from families.models import Case, Person, SamePerson
from families.names import PREFIXES

# Words in the name of a case that are nobody's name.
_NOT_A_NAME = {"casus", "gezin", "familie", "fam", "huishouden", "zaak"}
_LONG_ENOUGH = 4


def privacy_names(user: User, case_ref: str, now: datetime) -> Iterator[str]:
    """Full names, each part of them, and the names of cases; two queries for one case, five for all."""
    cases = list(_cases(user, case_ref, now))
    for _pk, name in cases:
        yield name
        yield from (word for word in _words(name) if word[0].isupper() and len(word) >= _LONG_ENOUGH)
    ids = [pk for pk, _name in cases]
    people = Person.objects.filter(Q(case_id__in=ids) | _linked(user, ids))
    for label, official, *parts in people.values_list(
        "party__label", "official_names", "given_name", "infix", "surname", "partner_infix", "partner_surname"
    ):
        yield label
        if official:
            yield official
            yield from _words(official)
        yield from _of_person(*parts)


def _linked(user: User, case_ids: list[int]) -> Q:
    """Who is asked about as the same human stands in another case, and may be called otherwise there.

    Only who arranges reads of it, and nobody any more once these were said to be two.
    """
    if not user.has_right(Right.CASE_ARRANGE):
        return Q(pk__in=[])
    links = SamePerson.objects.filter(Q(one__case__in=case_ids) | Q(other__case__in=case_ids))
    links = links.exclude(state=SameState.DIFFERENT)
    return Q(pk__in=links.values("one")) | Q(pk__in=links.values("other"))


def _cases(user: User, case_ref: str, now: datetime) -> Iterator[tuple[int, str]]:
    if case_ref:
        yield from Case.objects.filter(ref=case_ref).values_list("pk", "name")
        return
    yield from cases_in(scope_for(user, now)).values_list("pk", "name")
    if user.has_right(Right.CASE_HEAD):
        yield from cases_in(team_scope_for(user)).values_list("pk", "name")


def _of_person(given: str, infix: str, surname: str, partner_infix: str, partner: str) -> Iterator[str]:
    families = [f"{infix} {surname}".strip(), f"{partner_infix} {partner}".strip()]
    wholes = [given, surname, partner, *families, *(f"{given} {family}" for family in families)]
    yield from (whole for whole in wholes if whole.strip())
    for part in (given, surname, partner):
        yield from _words(part)


def _words(name: str) -> list[str]:
    """The words of a name that stand for somebody by themselves: no prefix, no letter alone."""
    words = name.replace("-", " ").split()
    return [word for word in words if len(word) > 1 and word.casefold() not in PREFIXES | _NOT_A_NAME]
