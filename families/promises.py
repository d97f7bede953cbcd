"""The promises of this room: something confidential stands in what was given or shown, somebody must be asked again
whether it is safe to reach her, two persons may be one human."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.reminders import kinds
from casusregie.reminders.choices import Rung
from families.access import users_for_director, users_on_rung
from families.choices import SameState
from families.models import Case, FactFinding, SamePerson
from families.selectors import director_asks
from families.selectors.same import teams_to_ask
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
