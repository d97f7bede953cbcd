"""The access log as the privacy officer reads it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from casusregie.core import dates
from casusregie.core.choices import Relation
from casusregie.core.models import AccessLog, User
from families.choices import NumberReason
from network.choices import GroundBasis


@dataclass(frozen=True)
class LogRow:
    """One line of the access log as the privacy officer reads it: references and closed words, no names of family."""

    id: int
    when: str
    actor: str
    relation: str
    action: str
    outcome: str
    case_ref: str
    objects: str
    ground: str
    origin: str


@dataclass(frozen=True)
class LogQuery:
    """What is asked of the access log."""

    case_ref: str = ""
    actor: str = ""
    outcome: str = ""
    before: int = 0


def log(query: LogQuery, limit: int = 100) -> tuple[list[LogRow], int]:
    """One page of the access log, newest first, by key, and the number after which to go on (0 at the end)."""
    rows = AccessLog.objects.order_by("-pk")
    if query.case_ref:
        rows = rows.filter(case_ref=query.case_ref.upper())
    if query.actor:
        rows = rows.filter(actor_id=User.objects.filter(email__iexact=query.actor).values("pk")[:1])
    if query.outcome:
        rows = rows.filter(outcome=query.outcome)
    if query.before:
        rows = rows.filter(pk__lt=query.before)
    found = list(rows[: limit + 1])
    shown = found[:limit]
    names = dict(User.objects.filter(pk__in={row.actor_id for row in shown}).values_list("pk", "email"))
    relations = {relation.value: str(relation.label) for relation in Relation}
    views = [
        LogRow(
            id=row.pk,
            when=f"{dates.short(dates.day_of(row.at))} {dates.clock_time(row.at)}",
            actor=names.get(row.actor_id or 0, _("nobody logged in")),
            relation=relations.get(row.relation, "") if row.relation else "",
            action=row.action,
            outcome=row.get_outcome_display(),
            case_ref=row.case_ref,
            objects=", ".join(row.objects_seen[:3]) + (" …" if len(row.objects_seen) > 3 else ""),
            ground=_ground_word(row.ground),
            origin=row.origin,
        )
        for row in shown
    ]
    return views, shown[-1].pk if len(found) > limit else 0


def _ground_word(ground: str) -> str:
    """A ground in words: the log keeps a closed word, or a reference."""
    if ground in NumberReason.values:
        return str(NumberReason(ground).label)
    return str(GroundBasis(ground).label) if ground in GroundBasis.values else ground
