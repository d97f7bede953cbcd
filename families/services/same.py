"""One human in two cases: asked, agreed to by the team leaders of both, undone. The scanner then reads the facts of both."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casusregie.core import audit
from casusregie.core.models import User
from casusregie.reminders.services import promise_make, promises_settle
from families.choices import SameAct, SameState
from families.models import Case, ConflictOfInterest, Person, SamePerson, SamePersonEvent
from families.names import fold
from families.selectors.same import teams_to_ask
from families.services.fact import facts_search_again

SAME = "same-person"


@transaction.atomic
def same_ask(*, one: Person, other: Person, case: Case, by: User, now: datetime, is_leader: bool = False) -> SamePerson:
    """Ask whether two persons of different cases are one human; a team leader who asks has agreed for her own team.

    `case` is the one from which it is asked. Raises ValidationError for two persons of one family, and for a pair that
    is linked or was asked already.
    """
    if one.case_id == other.case_id:
        raise ValidationError(_("These two stand in the same family."))
    first, second = sorted((one, other), key=lambda person: person.pk)
    link, made = SamePerson.objects.select_for_update(of=("self",)).get_or_create(
        one=first, other=second, defaults={"noted_by": by, "noted_at": now, "state": SameState.ASKED}
    )
    if not made and link.state in (SameState.ASKED, SameState.LINKED):
        raise ValidationError(_("This was asked already."))
    SamePerson.objects.filter(pk=link.pk).update(state=SameState.ASKED, noted_by=by, noted_at=now)
    link.state = SameState.ASKED
    _said(link, SameAct.ASKED, case, by, now)
    if is_leader:
        return _agree(link, case, by, now)
    _tell(link, now)
    return link


@transaction.atomic
def same_agree(*, link: SamePerson, case: Case, by: User, now: datetime) -> SamePerson:
    """Agree for the team of `case`; when both teams have, the two are linked. Raises ValidationError when it is decided."""
    link = _locked(link)
    if link.state != SameState.ASKED:
        raise ValidationError(_("This was decided meanwhile."))
    return _agree(link, case, by, now)


def _agree(link: SamePerson, case: Case, by: User, now: datetime) -> SamePerson:
    _said(link, SameAct.AGREED, case, by, now)
    if teams_to_ask(link):
        _tell(link, now)
    else:
        SamePerson.objects.filter(pk=link.pk).update(state=SameState.LINKED)
        link.state = SameState.LINKED
        facts_search_again(people=[link.one, link.other])
    _settle(link, now)
    return link


@transaction.atomic
def same_undo(*, link: SamePerson, case: Case, by: User, reason: str, now: datetime) -> None:
    """Undo a link, or say no to one that was asked; what was said stays. Raises ValidationError without a reason."""
    link = _locked(link)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a few words.")})
    if link.state not in (SameState.ASKED, SameState.LINKED):
        raise ValidationError(_("This was decided meanwhile."))
    SamePerson.objects.filter(pk=link.pk).update(state=SameState.UNDONE)
    _said(link, SameAct.UNDONE, case, by, now, reason.strip())
    _settle(link, now, everybody=True)
    facts_search_again(people=[link.one, link.other])


@transaction.atomic
def same_different(*, one: Person, other: Person, case: Case, by: User, now: datetime) -> None:
    """Say that two persons who look alike are two: the hint does not come again. Raises ValidationError when linked."""
    if one.case_id == other.case_id:
        raise ValidationError(_("These two stand in the same family."))
    first, second = sorted((one, other), key=lambda person: person.pk)
    link, made = SamePerson.objects.select_for_update(of=("self",)).get_or_create(
        one=first, other=second, defaults={"noted_by": by, "noted_at": now, "state": SameState.DIFFERENT}
    )
    if not made and link.state in (SameState.ASKED, SameState.LINKED):
        raise ValidationError(_("The team leader was asked about this already."))
    SamePerson.objects.filter(pk=link.pk).update(state=SameState.DIFFERENT)
    _said(link, SameAct.DIFFERENT, case, by, now)


def other_person(*, case_ref: str, name: str, person: Person, by: User) -> Person:
    """The person of another case by its reference and her name there; the same answer whatever is not right.

    Who asks must know both: nothing here tells whether a case or a person exists, or that she may not see it (`by`).
    Raises ValidationError.
    """
    barred = ConflictOfInterest.objects.filter(user=by).values("case")
    rows = Person.objects.filter(case__ref=case_ref.strip().upper()).exclude(case_id=person.case_id)
    rows = rows.exclude(case__in=barred)
    found = [row for row in rows.select_related("case", "party") if fold(row.name.full) == fold(name)]
    if len(found) != 1:
        raise ValidationError(
            {"case_ref": _("Nobody of this name stands under this reference. Ask the director of that case.")}
        )
    return found[0]


def person_named(*, case: Case, name: str) -> Person:
    """The person of a case by her full name, typed by a team leader who sees no list of them. Raises ValidationError."""
    rows = Person.objects.filter(case=case).select_related("case", "party")
    found = [row for row in rows if fold(row.name.full) == fold(name)]
    if len(found) != 1:
        raise ValidationError({"name": _("Nobody of this name stands in this family. Ask the director.")})
    return found[0]


def _locked(link: SamePerson) -> SamePerson:
    rows = SamePerson.objects.select_for_update(of=("self",)).select_related("one__case", "other__case")
    return rows.get(pk=link.pk)


def _said(link: SamePerson, act: str, case: Case, by: User, now: datetime, reason: str = "") -> None:
    SamePersonEvent.objects.create(link=link, act=act, case=case, by=by, at=now, reason=reason)
    audit.record(f"same_person.{act}", case_ref=case.ref, objects=[link.ref])


def _tell(link: SamePerson, now: datetime) -> None:
    """Each team that has not agreed yet is told; one question a case, its own sentence and address."""
    for case in teams_to_ask(link):
        promise_make(kind=SAME, ref=f"{link.ref}:{case.ref}", case_ref=case.ref, due_at=now)


def _settle(link: SamePerson, now: datetime, *, everybody: bool = False) -> None:
    waiting = {case.pk for case in teams_to_ask(link)} if not everybody else set()
    cases = [person.case for person in (link.one, link.other) if person.case_id not in waiting]
    promises_settle(kind=SAME, refs=[f"{link.ref}:{case.ref}" for case in cases], now=now)
