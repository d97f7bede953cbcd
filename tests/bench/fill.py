"""Fills the database of a benchmark with the demo's own generator: who has what stands in `shape`."""

import time

from django.contrib.auth.hashers import make_password

from casusregie.core import clock
from casusregie.core.choices import PartyKind
from casusregie.core.models import Installation, Party, Role, Team, User
from casusregie.demo.generator import bulk_cases
from tests.bench.prepare import say
from tests.bench.shape import OTHERS, SEARCHED, TEAM_CASES, TEAM_DIRECTORS, Shape

SEED = 20_261_122
# Cases in one transaction: the database keeps a note of every row until its references have been checked at the end.
CHUNK = 1_000


def fill(shape: Shape) -> None:
    """Everybody and everything of this shape."""
    Installation.objects.update_or_create(id=1, defaults={"is_demo": True})
    big, team, small = (Team.objects.create(name=name) for name in ("Bench groot", "Bench team", "Bench klein"))
    _user("leader", "team-leader", team)
    directors = [_user(f"director{number}", "case-director", team) for number in range(TEAM_DIRECTORS)]
    _cases("team", directors, TEAM_DIRECTORS * TEAM_CASES, 5)
    for login, (cases, contacts) in OTHERS.items():
        _cases(login, [_user(login, "case-director", small)], cases, contacts)
    _cases("search", [_user("search", "case-director", small)], SEARCHED, shape.contacts)
    _cases("long", [_user("long", "case-director", small)], 1, shape.long)
    _cases("reader", [_user("reader", "case-director", big)], shape.cases, shape.contacts)


def _user(login: str, role: str, team: Team) -> User:
    party = Party.objects.create(kind=PartyKind.USER, label=login.title())
    # Nobody logs in with a password here: sessions are made directly.
    user = User.objects.create(
        email=f"{login}@bench.example", name=login.title(), team=team, party=party, password=make_password(None)
    )
    user.roles.set(Role.objects.filter(slug=role))
    return user


def _cases(kind: str, directors: list[User], cases: int, contacts: int) -> None:
    began, now = time.monotonic(), clock.now()
    for start in range(0, cases, CHUNK):
        count = min(CHUNK, cases - start)
        bulk_cases(count, contacts, seed=SEED, directors=directors, now=now, kind=f"{kind}{start}")
        if cases > CHUNK:
            done = start + count
            say(f"{kind}: {done} cases, {done * contacts} contacts, {time.monotonic() - began:.0f} s")
