"""Fills an empty database with the municipality of Oosterwaard, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from casusregie.core import clock, installation
from casusregie.core.services import demo_mark_set
from casusregie.demo.documents import add_documents
from casusregie.demo.files import add_files
from casusregie.demo.generator import bulk_cases
from casusregie.demo.hours import hours_note
from casusregie.demo.line import go_the_whole_way
from casusregie.demo.people import people_make
from casusregie.demo.persons import persons_told
from casusregie.demo.reach import agree
from casusregie.demo.stories import STORIES
from casusregie.demo.telling import Municipality, tell
from casusregie.demo.visits import visits_plan
from casusregie.demo.voices import voices_choose

THIN = 80
FULL = len(STORIES)


class Refused(Exception):
    """Not a demo, or not an empty database; the text is one line for a person."""


@dataclass(frozen=True)
class Made:
    """What was made."""

    told: int
    generated: int
    thin: int


def refuse_unless_demo() -> None:
    """Raise Refused outside the demo, and where somebody has an account already."""
    if not settings.DEMO:
        raise Refused("demo_data: only in the demo (CASUSREGIE_DEMO).")
    if not installation.is_empty():
        raise Refused("demo_data: this database is not empty; the demo fills an empty one only.")


@transaction.atomic
def fill(*, now: datetime, cases: int = FULL, contacts_per_case: int = 4, seed: int = 1) -> Made:
    """Make the whole municipality; all or nothing. Raises Refused.

    The first 24 cases are the told ones (fewer when `cases` is less), with the 80 thin closed ones beside them; what
    is asked beyond is generated and spread over the directors of both teams.
    """
    refuse_unless_demo()
    demo_mark_set()
    teams, users = people_make()
    town = Municipality(teams, users, now, clock.local_date(now))
    told = STORIES[: max(0, min(cases, FULL))]
    for story in told:
        tell(story, town)
    if len(told) == FULL:
        go_the_whole_way(town)
        persons_told(town)
        agree(town)
        add_files(town)
        add_documents(town)
        voices_choose(town)
        hours_note(town)
        visits_plan(town)
    directors = [users[f"icr{number}@demo.example"] for number in (1, 2, 3)]
    bulk_cases(THIN, 2, seed=seed, directors=directors, now=now, open_share=0.0, vary=True, kind="thin")
    extra = max(0, cases - FULL)
    bulk_cases(extra, contacts_per_case, seed=seed, directors=directors, now=now)
    return Made(len(told), extra, THIN)
