"""The only way to a contact or a follow-up: through the case it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from casusregie.core import audit, clock
from casusregie.core.choices import Circle, PartyKind, Right
from casusregie.core.models import User
from families.access import PARTIES, CaseAccess, CaseScope, PartyOf, cases_in, parties_asked
from families.models import Case, CaseMember, ConflictOfInterest, Cover, Person
from families.names import fold
from network.lines import Voice
from network.models import (
    Appointment,
    Attachment,
    CaseRole,
    Caution,
    Contact,
    Draft,
    DraftFile,
    FollowUp,
    RoleSignal,
    Stay,
    TimeEntry,
    Withdrawal,
)


def contact_for(access: CaseAccess, ref: str) -> Contact:
    """A contact of this case. Raises Http404 for one of another case, and for one that was withdrawn from it."""
    there = Contact.objects.select_related("author").filter(case=access.case, withdrawn_at__isnull=True)
    contact = there.filter(ref=ref).first()
    if contact is None:
        raise Http404
    contact.case = access.case
    audit.seen([ref])
    return contact


def correctable_contact_for(access: CaseAccess, ref: str) -> Contact:
    """A contact that this reader may correct (`may_correct`). Raises Http404, and PermissionDenied for another."""
    contact = contact_for(access, ref)
    if not may_correct(access, contact):
        raise PermissionDenied
    return contact


def may_correct(access: CaseAccess, contact: Contact) -> bool:
    """Director and deputy correct any contact, a second worker her own as long as nothing in it is closed to her.

    A correction begins with the whole text: who may not read all of it cannot be given it.
    """
    if access.is_steward:
        return True
    lines = contact.lines.filter(version=contact.version, audience__circle=Circle.STEWARDS)
    return contact.author_id == access.user.pk and not lines.exists()


def wrong_contact_for(access: CaseAccess, ref: str) -> Contact:
    """A contact that this reader may say is of another family: director and deputy any, a second worker her own.

    Also one that she said it of before, so that sending the form twice leads to the same. Raises Http404 and
    PermissionDenied.
    """
    before = Contact.objects.filter(case=access.case, ref=ref, withdrawn_by_id=access.user.pk).first()
    if before is not None:
        before.case = access.case
        audit.seen([ref])
        return before
    contact = contact_for(access, ref)
    if not may_withdraw(access, contact):
        raise PermissionDenied
    return contact


def may_withdraw(access: CaseAccess, contact: Contact) -> bool:
    """Whoever wrote it may take it out of the wrong family at once, also when something in it is closed to her."""
    return access.is_steward or contact.author_id == access.user.pk


# For so long who withdrew a contact without knowing the right family can still say which it is.
PLACE_WITHIN = timedelta(days=30)


def unplaced_withdrawals(user: User, now: datetime) -> QuerySet[Withdrawal]:
    """The contacts that this person withdrew herself without knowing the right family, and of which none is known yet."""
    return _unknown_withdrawals(user, now).filter(placed__isnull=True)


def unplaced_withdrawal_for(user: User, ref: str, now: datetime) -> Withdrawal:
    """The withdrawal of the contact with this reference, to say of which family it is.

    Also when she said so before, so that sending the form twice leads to the same. Raises Http404.
    """
    rows = _unknown_withdrawals(user, now).select_related("contact__case", "placed")
    row = rows.filter(contact__ref=ref).first()
    if row is None:
        raise Http404
    audit.case_seen(case_ref=row.contact.case.ref, relation="", ground="withdrawn")
    audit.seen([ref])
    return row


def _unknown_withdrawals(user: User, now: datetime) -> QuerySet[Withdrawal]:
    """Nobody else's, and none of a case in which she has a conflict of interest by now."""
    barred = ConflictOfInterest.objects.filter(user=user).values("case_id")
    hers = Withdrawal.objects.filter(by=user, to_ref="", at__gt=now - PLACE_WITHIN)
    return hers.exclude(contact__case__in=barred)


def follow_up_for(access: CaseAccess, ref: str) -> FollowUp:
    """A follow-up of this case. Raises Http404, also for one that was withdrawn with its contact."""
    row = FollowUp.objects.filter(case=access.case, withdrawn_at__isnull=True, ref=ref).first()
    if row is None:
        raise Http404
    row.case = access.case
    audit.seen([ref])
    return row


# For so long a draft that was thrown away can be put back.
UNDO_FOR = timedelta(minutes=10)
# Older than this, a draft is a reminder (design.md 10).
DRAFT_IS_OLD_AFTER = timedelta(days=30)


def drafts_held(user: User, now: datetime) -> QuerySet[Draft]:
    """The drafts that are this person's now, thrown away just now or not: her own, and those that passed on to her.

    A draft belongs to its author while she works in the case; when she does not any more it is the director's. Whether
    this person herself may still log in the case is asked by whoever calls (`case_page`, `cases_in`).
    """
    inherited = Q(case__director=user) & ~_author_works_there(now)
    drafts = Draft.objects.exclude(discarded_at__lte=now - UNDO_FOR)
    return drafts.filter(Q(author=user) | inherited)


def _author_works_there(now: datetime) -> Q:
    current = Q(since__lte=now) & (Q(until__isnull=True) | Q(until__gt=now))
    member = CaseMember.objects.filter(current, case=OuterRef("case"), user=OuterRef("author"))
    cover = Cover.objects.filter(current, absent=OuterRef("case__director"), deputy=OuterRef("author"))
    barred = ConflictOfInterest.objects.filter(case=OuterRef("case"), user=OuterRef("author"))
    in_team = Q(case__director=F("author")) | Q(Exists(member)) | Q(Exists(cover))
    return Q(author__is_active=True) & in_team & ~Q(Exists(barred))


def draft_for(access: CaseAccess, ref: str, now: datetime | None = None) -> Draft:
    """A draft of this case that is this reader's: her own, or passed on to her. Raises Http404 for every other."""
    drafts = drafts_held(access.user, now or clock.now()).select_related("contact")
    draft = drafts.filter(case=access.case, ref=ref).first() if access.may(Right.CONTACT_LOG) else None
    if draft is None:
        raise Http404
    draft.case = access.case
    audit.seen([ref])
    return draft


def draft_holder(ref: str, now: datetime) -> int | None:
    """The id of whose draft this is now: its author, or the director once she left; None when it is nobody's any more."""
    draft = Draft.objects.filter(ref=ref, discarded_at__isnull=True)
    found = draft.values_list("author_id", "case__director_id", "case_id").first()
    if found is None:
        return None
    author_id, director_id, case_id = found
    holder = author_id if draft.filter(_author_works_there(now)).exists() else director_id
    barred = ConflictOfInterest.objects.filter(case_id=case_id, user_id=holder)
    return None if holder is None or barred.exists() else holder


def appointment_for(access: CaseAccess, ref: str) -> Appointment:
    """An appointment of this case. Raises Http404 for one of another case."""
    row = (
        Appointment.objects.select_related("made_by", "changed_by", "contact").filter(case=access.case, ref=ref).first()
    )
    if row is None:
        raise Http404
    row.case = access.case
    audit.seen([ref])
    return row


def current_roles(today: date) -> Q:
    """The condition of a role that runs on a day."""
    return Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gte=today))


# Both asking for the form of a contact and saving it begin with this: those of the case, and partners with a role now.
TAKE_PART = f"""
    SELECT 1 AS place, p.kind AS by, p.id, p.ref, p.kind, p.label FROM ({PARTIES}) p
    UNION SELECT 2, f.name, y.id, y.ref, y.kind, y.label FROM network_caserole r
      JOIN network_professional f ON f.id = r.professional_id JOIN core_party y ON y.id = f.party_id
     WHERE r.case_id = %(case)s AND r.since <= %(today)s AND (r.until IS NULL OR r.until >= %(today)s)
"""  # noqa: S608 - constants only


def take_part_asked(case: Case, now: datetime) -> dict[str, Any]:
    """What `TAKE_PART` is asked with."""
    return {**parties_asked(case, now), "today": clock.local_date(now)}


def parties_in(case: Case, now: datetime) -> list[PartyOf]:
    """Everybody who can take part in a contact of this case: family, case team, and the professionals with a role now;
    one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, ref, kind, label FROM ({TAKE_PART}) t ORDER BY place, by, label, id",  # noqa: S608 - constants
            take_part_asked(case, now),
        )
        return [PartyOf(*row) for row in cursor.fetchall()]


def voices_in(parties: Iterable[PartyOf]) -> list[Voice]:
    """Those among these parties whose words can be marked: everybody but colleagues, whose words are report.

    Namesakes are told apart by what they are in the family, else by a number: father and son may have the same name.
    One query, only when there are any.
    """
    voices = [party for party in parties if party.kind != PartyKind.USER]
    known = [fold(party.label) for party in voices]
    alike = [party for party in voices if known.count(fold(party.label)) > 1]
    if not alike:
        return [Voice(party.pk, party.label) for party in voices]
    told = Person.objects.filter(party__in=[party.pk for party in alike]).values_list("party_id", "described_as")
    names = {party.pk: party.label for party in voices} | _told_apart(alike, dict(told))
    return [Voice(party.pk, names[party.pk]) for party in voices]


def _told_apart(alike: list[PartyOf], described: dict[int, str]) -> dict[int, str]:
    """A name of their own for people with the same one."""
    ordered = sorted(alike, key=lambda party: party.pk)
    wanted = [f"{party.label} ({described.get(party.pk, '')})" for party in ordered]
    folded = [fold(name) for name in wanted]
    return {
        party.pk: name if described.get(party.pk) and folded.count(fold(name)) == 1 else f"{party.label} ({number})"
        for number, (party, name) in enumerate(zip(ordered, wanted, strict=True), start=1)
    }


def role_in_case(access: CaseAccess, ref: str) -> CaseRole:
    """A role of this case, running or ended. Raises Http404."""
    role = CaseRole.objects.select_related("professional__party").filter(case=access.case, ref=ref).first()
    if role is None:
        raise Http404
    role.case = access.case
    audit.seen([ref])
    return role


def own_role(user: User, ref: str, now: datetime) -> CaseRole:
    """A role that this person has now. Raises Http404 for anybody else's, and for one that has ended."""
    roles = CaseRole.objects.filter(current_roles(clock.local_date(now)), professional__user=user, ref=ref)
    role = roles.select_related("case__director", "professional__party", "professional__organisation").first()
    if role is None:
        audit.case_seen(case_ref="", relation="")
        raise Http404
    audit.case_seen(case_ref=role.case.ref, relation="partner")
    audit.seen([ref])
    return role


def own_roles(user: User, now: datetime) -> QuerySet[CaseRole]:
    """The roles that this person has now."""
    roles = CaseRole.objects.filter(current_roles(clock.local_date(now)), professional__user=user)
    return roles.select_related("case__director", "professional__organisation").order_by("until", "id")


def signal_in_case(access: CaseAccess, ref: str) -> RoleSignal:
    """What a partner told the director of this case. Raises Http404."""
    signal = RoleSignal.objects.select_related("role").filter(role__case=access.case, ref=ref).first()
    if signal is None:
        raise Http404
    signal.role.case = access.case
    audit.seen([ref])
    return signal


def attachment_for(access: CaseAccess, ref: str) -> Attachment:
    """A file of a contact of this case, for director and deputy (design.md 6: bytes without a text layer).

    Raises Http404 for everybody else, for another case's, and for that of a contact that was withdrawn.
    """
    rows = Attachment.objects.filter(contact__case=access.case, contact__withdrawn_at__isnull=True, ref=ref)
    row = rows.select_related("contact").first() if access.is_steward else None
    if row is None:
        raise Http404
    row.contact.case = access.case
    audit.seen([row.contact.ref, ref])
    return row


def draft_files_held(access: CaseAccess, now: datetime) -> QuerySet[DraftFile]:
    """The files that wait for a contact of this reader: those she added herself, and those of drafts that are hers."""
    hers = Q(author=access.user) | Q(key__in=drafts_held(access.user, now).values("key"))
    return DraftFile.objects.filter(hers, case=access.case)


def draft_file_for(access: CaseAccess, ref: str, now: datetime) -> DraftFile:
    """A file that waits for a contact of this reader. Raises Http404."""
    row = draft_files_held(access, now).filter(ref=ref).first()
    if row is None:
        raise Http404
    row.case = access.case
    audit.seen([ref])
    return row


def own_time_entry(user: User, ref: str) -> TimeEntry:
    """A line of working time of this person. Raises Http404 for anybody else's."""
    entry = TimeEntry.objects.filter(user=user, ref=ref).first()
    if entry is None:
        raise Http404
    audit.seen([ref])
    return entry


def work_case(scope: CaseScope, ref: str) -> Case | None:
    """The case with this reference among those somebody works in; None without one. Raises Http404 for another."""
    if not ref:
        return None
    case = cases_in(scope).filter(ref=ref).first()
    if case is None:
        raise Http404
    return case


def caution_for(access: CaseAccess, ref: str) -> Caution:
    """Something to beware of in this case. Raises Http404."""
    row = Caution.objects.filter(case=access.case, ref=ref).first()
    if row is None:
        raise Http404
    row.case = access.case
    audit.seen([ref])
    return row


@dataclass(frozen=True)
class StayGuards:
    """The ids of who is told when somebody has not reported back: the colleague she chose first, then the leaders."""

    first: list[int]
    leaders: list[int]


def stay_guards(stay: Stay) -> StayGuards:
    """Who guards a stay now; nobody with a conflict of interest, nobody whose account is closed.

    Without the colleague it is the leaders at once; a team without a leader is told whole: somebody must go and look.
    """
    barred = ConflictOfInterest.objects.filter(case=stay.case_id).values("user_id")
    able = User.objects.filter(is_active=True).exclude(pk=stay.user_id).exclude(pk__in=barred)
    team = able.filter(team_id=stay.user.team_id) if stay.user.team_id else able.none()
    leaders = set(team.filter(roles__rights__right=Right.CASE_HEAD).values_list("pk", flat=True))
    leaders = leaders or set(team.filter(roles__rights__right=Right.MESSAGES).values_list("pk", flat=True))
    colleague = list(able.filter(pk=stay.colleague_id).values_list("pk", flat=True))
    return StayGuards(colleague or sorted(leaders), sorted(leaders))


def stay_for(user: User, ref: str, now: datetime) -> Stay:
    """A stay: her own always; for who guards it only while she is late and has not reported back. Raises Http404."""
    row = Stay.objects.select_related("case", "user", "colleague", "closed_by").filter(ref=ref).first()
    if row is None or not _opens_stay(row, user, now):
        raise Http404
    audit.case_seen(case_ref=row.case.ref, relation="", ground="stay" if row.user_id == user.pk else "stay-overdue")
    audit.seen([ref])
    return row


def _opens_stay(row: Stay, user: User, now: datetime) -> bool:
    if row.user_id == user.pk:
        return True
    if row.closed_at is not None or row.until_at > now:
        return False
    guards = stay_guards(row)
    return user.pk in {*guards.first, *guards.leaders}


def own_stay(user: User, ref: str, now: datetime) -> Stay:
    """A stay of this person herself. Raises Http404 for everybody else's."""
    row = stay_for(user, ref, now)
    if row.user_id != user.pk:
        raise Http404
    return row
