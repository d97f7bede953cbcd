"""The promises of this room: something confidential stands in what was given or shown, somebody must be asked again
whether it is safe to reach her, two persons may be one human, somebody stops keeping watch, formal direction comes back."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.reminders import kinds
from casusregie.reminders.choices import Rung
from families.access import users_for_director, users_on_rung
from families.choices import OPEN_STATUSES, SameState
from families.models import Case, Direction, FactFinding, Referral, SamePerson
from families.selectors import director_asks
from families.selectors.same import teams_to_ask
from families.services.intake import DIRECTION_RETURNS, WATCH_ENDS, direction_key
from families.services.reach import KIND as REACH_KIND

DAY = 24 * 60


def _still_due(ref: str, now: datetime) -> bool:
    return FactFinding.objects.filter(case__ref=ref, noticed_at__isnull=True).exists()


def _words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    names = Case.objects.filter(ref__in=refs).values_list("ref", "name")
    return {
        ref: (_("Look at what was found: %(case)s") % {"case": name}, reverse("fact-findings", args=[ref]))
        for ref, name in names
    }


FACT_GIVEN = kinds.Kind(
    "fact-given",
    users_on_rung,
    _still_due,
    _words,
    ((Rung.DIRECTOR, 0), (Rung.DEPUTY, 0)),
    urgent=True,
)


# The reference of such a promise is the one of the link and the one of the case whose team is asked.
def _asked(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    return users_on_rung(ref.partition(":")[2], rung, now)


def _still_asked(ref: str, now: datetime) -> bool:
    link_ref, _colon, case_ref = ref.partition(":")
    link = (
        SamePerson.objects.filter(ref=link_ref, state=SameState.ASKED)
        .select_related("one__case", "other__case")
        .first()
    )
    return link is not None and case_ref in {case.ref for case in teams_to_ask(link)}


def _asked_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    sentence = _("Are two persons one? Say what you think.")
    return {ref: (sentence, reverse("same-persons", args=[ref.partition(":")[2]])) for ref in refs}


SAME_ASKED = kinds.Kind("same-person", _asked, _still_asked, _asked_words, ((Rung.TEAM_LEADER, 0),))


def _reach_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Without a name or a case: who it is stands on her desk."""
    return {
        ref: (_("Ask somebody whether it is still safe to reach her."), f"{reverse('today')}#reach") for ref in refs
    }


# One for each director, falling due on the newest day that asks: at most one telling a day, however many people it is.
REACH = kinds.Kind(
    REACH_KIND,
    users_for_director,
    director_asks,
    _reach_words,
    ((Rung.DIRECTOR, 0), (Rung.DEPUTY, 7 * DAY), (Rung.TEAM_LEADER, 14 * DAY)),
)


def _people(case_ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    """Who stands on a rung; while nobody directs the case yet, the team leader stands on the first."""
    found = users_on_rung(case_ref, rung, now)
    return found or (users_on_rung(case_ref, Rung.TEAM_LEADER, now) if rung == Rung.DIRECTOR else [])


def _watch_people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    case_ref = Referral.objects.filter(ref=ref).values_list("case__ref", flat=True).first()
    return _people(case_ref, rung, now) if case_ref else []


def _watch_due(ref: str, now: datetime) -> bool:
    """As long as nobody noted how it goes on: a later row of the same case says who keeps watching then."""
    row = Referral.objects.filter(ref=ref, case__status__in=OPEN_STATUSES).first()
    return row is not None and not Referral.objects.filter(case_id=row.case_id, pk__gt=row.pk).exists()


def _watch_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = Referral.objects.filter(ref__in=refs).select_related("case")
    words = _("Somebody stops keeping watch: %(case)s. Note who does from now on.")
    return {row.ref: (words % {"case": row.case.name}, _address(row.case, "bron")) for row in rows}


def _address(case: Case, part: str) -> str:
    """Where it is noted; of a case that nobody directs yet the leader of the team sees the head only."""
    if case.director_id is None:
        return reverse("case-overview", args=[case.ref])
    return f"{reverse('intake', args=[case.ref])}#{part}"


def _direction_people(ref: str, rung: Rung, now: datetime) -> Sequence[int]:
    return _people(ref.partition(".")[0], rung, now)


def _direction_due(ref: str, now: datetime) -> bool:
    """As long as no later row says where it lies."""
    case_ref, _dot, number = ref.partition(".")
    rows = Direction.objects.filter(case__ref=case_ref, case__status__in=OPEN_STATUSES)
    newest = rows.order_by("-since", "-pk").values_list("pk", flat=True).first()
    return str(newest) == number


def _direction_words(refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = Direction.objects.filter(pk__in=[int(ref.rpartition(".")[2]) for ref in refs]).select_related("case")
    return {
        direction_key(row): (
            _("Formal direction comes back: %(case)s. Note where it lies from now on.") % {"case": row.case.name},
            _address(row.case, "regie"),
        )
        for row in rows
    }


_LADDER = ((Rung.DIRECTOR, 0), (Rung.DEPUTY, 0), (Rung.TEAM_LEADER, 2 * DAY))

WATCH = kinds.Kind(WATCH_ENDS, _watch_people, _watch_due, _watch_words, _LADDER)
DIRECTION = kinds.Kind(DIRECTION_RETURNS, _direction_people, _direction_due, _direction_words, _LADDER)

KINDS = (FACT_GIVEN, REACH, SAME_ASKED, WATCH, DIRECTION)
