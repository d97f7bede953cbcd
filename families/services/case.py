"""Opening and changing a case and its team. Every change has a row in the access log, in the same transaction."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, clock
from casusregie.core.models import Team, User
from casusregie.core.submissions import Sent, once
from families.choices import OFFERED, TRANSITIONS, CaseStatus, Intensity, MemberRole, WorkingForm
from families.models import Case, CaseMember, ConflictOfInterest, Cover, Insight
from families.names import family_sort_key, fold
from families.selectors.same import doubles
from families.selectors.together import missing_before_together
from families.services.person import PersonData, person_add
from families.services.reach import WayData, safe_contact_add

INSIGHT_LASTS = timedelta(minutes=60)


@transaction.atomic
def case_open(
    *,
    by: User,
    name: str,
    team: Team,
    now: datetime,
    first: PersonData,
    way: WayData | None = None,
    intensity: str = Intensity.RED,
    opened_on: date | None = None,
    guard: str = "",
) -> Case:
    """Open a case with a name and a way to reach somebody; who opens it directs it.

    With `guard`, who keeps watch over safety meanwhile, it is registered and has no director yet: it stands on top of
    the desk of the team's leader.

    `name` is the family's name or a neutral one; `first` the first person, `way` how to reach her; `opened_on` the day
    on which it was opened elsewhere, today when not given. Raises ValidationError when `by` has no team.
    """
    case = Case.objects.create(
        name=name,
        sort_key=family_sort_key(name),
        search_key=fold(name),
        team=team,
        director=None if guard else by,
        guard=guard,
        status=CaseStatus.REGISTERED if guard else CaseStatus.ACTIVE,
        intensity=intensity,
        opened_on=opened_on or clock.local_date(now),
        changed_by_id=by.pk,
        reason=_("registered") if guard else _("opened"),
    )
    audit.record("case.opened", case_ref=case.ref)
    person = person_add(case=case, data=first, by=by)
    if way is not None and way.value:
        safe_contact_add(person=person, way=way, by=by, now=now)
    return case


def case_open_once(
    *, by: User, name: str, first: PersonData, way: WayData, intensity: str, key: UUID, now: datetime, guard: str = ""
) -> Sent:
    """`case_open` for a form, in the team of who opens it: the same form twice is one case.

    Raises ValidationError when she belongs to no team, and SameKeyOtherContent.
    """
    team = by.team
    if team is None:
        raise ValidationError(_("Your account belongs to no team yet. Ask the administrator."))

    def make() -> str:
        case = case_open(by=by, name=name, team=team, now=now, first=first, way=way, intensity=intensity, guard=guard)
        if guard:
            # Nobody directs it yet, who registered it neither: she finds no page of it.
            return reverse("case-list")
        person = case.persons.select_related("party").get()
        # Who may stand in another case of hers already is asked about on the page of that person.
        if doubles(by, person, now):
            return reverse("person", args=[case.ref, person.party.ref])
        return reverse("case-overview", args=[case.ref])

    content = {"name": name, "intensity": intensity, "guard": guard, **asdict(first), **asdict(way)}
    return once(key=key, user=by, form="case", content=content, now=now, make=make)


@transaction.atomic
def case_change(
    *,
    case: Case,
    by: User,
    now: datetime,
    reason: str,
    status: str | None = None,
    intensity: str | None = None,
    working_form: str | None = None,
) -> Case:
    """Change status, intensity or working form, with a reason that history keeps.

    Raises ValidationError for a status that may not follow the present one, or that another room decides on (closing),
    and for working together as long as an adult was not spoken to alone or who is at risk did not agree (design.md 5).
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if working_form == WorkingForm.JOINT and case.working_form != WorkingForm.JOINT:
        missing = missing_before_together(case, clock.local_date(now))
        if missing:
            first = _("Together only when this has been done. Until then you work apart.")
            raise ValidationError({"working_form": [first, *missing]})
    case.working_form = WorkingForm(working_form) if working_form else case.working_form
    if status and status != case.status:
        if status not in TRANSITIONS[case.status] or status not in OFFERED:
            raise ValidationError({"status": _("This status cannot follow the present one here.")})
        if status in (CaseStatus.ACTIVE, CaseStatus.AFTERCARE) and case.director_id is None:
            raise ValidationError({"status": _("First say who directs this case.")})
        case.status = status
        case.closed_on = clock.local_date(now) if status == CaseStatus.DECLINED else None
    case.intensity = intensity or case.intensity
    _save_state(case, by, reason)
    audit.record("case.changed", case_ref=case.ref)
    return case


@transaction.atomic
def case_arrange(*, case: Case, by: User, director: User, reason: str, now: datetime) -> Case:
    """Give a case to a director; one that had none is being directed from now on.

    Raises ValidationError for somebody of another team, without an account in use, or with a conflict of interest.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    _check_colleague(case, director)
    case.director = director
    if case.status == CaseStatus.REGISTERED:
        case.status = CaseStatus.ACTIVE
    _save_state(case, by, reason)
    CaseMember.objects.filter(case=case, user=director, until__isnull=True).update(until=now)
    audit.record("case.arranged", case_ref=case.ref, objects=[director.party.ref])
    return case


@transaction.atomic
def member_add(
    *, case: Case, by: User, user: User, role: str, now: datetime, until: datetime | None = None
) -> CaseMember:
    """Add a deputy or a second worker.

    Raises ValidationError for the director herself, somebody who is in the team in that quality already, somebody with
    a conflict of interest, or an end that has passed.
    """
    _check_colleague(case, user)
    if user.pk == case.director_id:
        raise ValidationError({"user": _("She directs this case herself.")})
    if until is not None and until <= now:
        raise ValidationError({"until": _("This day has passed.")})
    if CaseMember.objects.filter(case=case, user=user, role=role, until__isnull=True).exists():
        raise ValidationError({"user": _("She is in the team of this case already.")})
    member = CaseMember.objects.create(case=case, user=user, role=role, since=now, until=until)
    audit.record(f"member.added.{MemberRole(role).value}", case_ref=case.ref, objects=[user.party.ref])
    return member


@transaction.atomic
def member_end(*, case: Case, by: User, member_id: int, now: datetime) -> None:
    """End somebody's place in the team; her entries stay. Raises ValidationError for an unknown place."""
    member = CaseMember.objects.filter(case=case, pk=member_id).select_related("user__party").first()
    if member is None:
        raise ValidationError(_("This person is not in the team."))
    if member.until is None or member.until > now:
        member.until = now
        member.save(update_fields=["until"])
    audit.record("member.ended", case_ref=case.ref, objects=[member.user.party.ref])


@transaction.atomic
def cover_arrange(*, by: User, absent: User, deputy: User, since: datetime, until: datetime) -> Cover:
    """Let somebody deputise for everything of a colleague. Raises ValidationError for a wrong pair or period."""
    if absent.pk == deputy.pk or absent.team_id != deputy.team_id:
        raise ValidationError({"deputy": _("Choose another colleague of the same team.")})
    if until <= since:
        raise ValidationError({"until": _("The last day is before the first.")})
    cover = Cover.objects.create(absent=absent, deputy=deputy, since=since, until=until)
    audit.record("cover.arranged", objects=[absent.party.ref, deputy.party.ref])
    return cover


@transaction.atomic
def conflict_note(*, case: Case, by: User, user: User, reason: str, now: datetime) -> None:
    """Bar a colleague from a case for good, and end what she had in it.

    Raises ValidationError when she directs it: first another director.
    """
    if user.pk == case.director_id:
        raise ValidationError({"user": _("She directs this case. First give it to another director.")})
    ConflictOfInterest.objects.get_or_create(
        case=case, user=user, defaults={"noted_by": by, "noted_at": now, "reason": reason}
    )
    CaseMember.objects.filter(case=case, user=user, until__isnull=True).update(until=now)
    audit.record("conflict.noted", case_ref=case.ref, objects=[user.party.ref])


@transaction.atomic
def insight_grant(*, case: Case, by: User, reason: str, session: str, now: datetime) -> Insight:
    """Open one case for one session and 60 minutes; the director finds it on her desk (design.md 7)."""
    insight = Insight.objects.create(
        case=case, user=by, reason=reason, session=session, granted_at=now, until=now + INSIGHT_LASTS
    )
    audit.record("insight.granted", case_ref=case.ref, objects=[insight.ref], ground="inzien")
    return insight


@transaction.atomic
def insight_notice(*, insight: Insight, by: User, now: datetime) -> None:
    """Mark that the director saw that somebody looked inside; once."""
    Insight.objects.filter(pk=insight.pk, noticed_at__isnull=True).update(noticed_at=now, noticed_by=by)
    audit.record("insight.noticed", objects=[insight.ref])


def case_dates_set(*, case_id: int, last_contact_at: datetime | None, next_due_on: date | None) -> None:
    """Keep the dates by which lists sort; called by `network` in its own transaction."""
    Case.objects.filter(pk=case_id).update(last_contact_at=last_contact_at, next_due_on=next_due_on)


def _check_colleague(case: Case, user: User) -> None:
    if not user.is_active or user.team_id != case.team_id:
        raise ValidationError({"user": _("Choose a colleague of this team.")})
    if ConflictOfInterest.objects.filter(case=case, user=user).exists():
        raise ValidationError({"user": _("This colleague has a conflict of interest in this case.")})


def _save_state(case: Case, by: User, reason: str) -> None:
    case.changed_by_id, case.reason = by.pk, reason
    fields = ["status", "intensity", "working_form", "director", "guard", "closed_on", "changed_by_id", "reason"]
    case.save(update_fields=fields)
