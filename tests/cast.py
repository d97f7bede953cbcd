"""The fixed cast: who stands where around one family of the first team.

owner and deputy direct it, second works in it, colleague is of the same team, barred has a conflict of interest, leader
leads the team; stranger directs in the other team, other_leader leads that; partner, administrator, officer and board
have nothing to do with it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from casusregie.core import clock
from casusregie.core.choices import PartyKind
from casusregie.core.models import Party, Role, Team, User
from families.choices import CaseStatus, Intensity, MemberRole, ReachChannel, Safe
from families.models import Case, CaseMember, ConflictOfInterest
from families.names import family_sort_key, fold
from families.services import PersonData, WayData, case_open, insight_grant, person_add
from network.choices import Channel
from network.models import Contact, FollowUp
from network.services import ContactData, contact_log

PASSWORD = "een-heel-goed-wachtwoord"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_hash: list[str] = []


def make_user(login: str, *roles: str, team: Team | None = None, name: str = "") -> User:
    """An account with these bundles of rights; the password's hash is made once for all."""
    if not _hash:
        _hash.append(make_password(PASSWORD))
    party = Party.objects.create(kind=PartyKind.USER, label=name or f"{login.title()} Testpersoon")
    email = f"{login}@voorbeeld.test"
    user = User.objects.create(
        email=email, name=name or f"{login.title()} Testpersoon", team=team, party=party, password=_hash[0]
    )
    user.roles.set(Role.objects.filter(slug__in=roles))
    return user


def make_case(director: User, name: str = "Voorbeeld", **traits: object) -> Case:
    """A case with its director; `traits` set any field (status, intensity, guard …)."""
    now = clock.now()
    fields: dict[str, object] = {
        "name": name,
        "sort_key": family_sort_key(name),
        "search_key": fold(name),
        "team": director.team,
        "director": director,
        "status": CaseStatus.ACTIVE,
        "intensity": Intensity.RED,
        "opened_on": clock.local_date(now),
        **traits,
    }
    return Case.objects.create(**fields)


def log(case: Case, by: User, *participants: str, body: str = "Gesproken.", **fields: object) -> Contact:
    """Log a contact the way the page does; returns it."""
    now = clock.now()
    values: dict[str, object] = {
        "started_at": now - timedelta(hours=1),
        "channel": Channel.PHONE,
        "duration_minutes": 10,
        "participants": list(participants),
        "body": body,
        **fields,
    }
    sent = contact_log(case=case, by=by, data=ContactData(**values), key=uuid4(), now=now)  # type: ignore[arg-type]
    return Contact.objects.get(ref=sent.url.split("#c-")[1])


@dataclass
class Cast:
    """The people and what is between them."""

    now: datetime
    owner: User
    deputy: User
    second: User
    colleague: User
    barred: User
    leader: User
    stranger: User
    other_leader: User
    partner: User
    administrator: User
    officer: User
    board: User
    case: Case
    mother: str
    daughter: str
    contact: Contact
    follow_up: FollowUp
    refs: dict[str, str] = field(default_factory=dict)

    def logins(self) -> dict[str, User]:
        """Everybody by the name of her place."""
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}

    def client(self, name: str) -> Client:
        """A browser in which this person is logged in."""
        client = Client(raise_request_exception=False)
        client.force_login(getattr(self, name), backend=BACKEND)
        return client


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, around one family with one contact and one follow-up."""
    now = clock.now()
    one, two = Team.objects.create(name="Team Noord"), Team.objects.create(name="Team Zuid")
    director, leader = "case-director", "team-leader"
    people = {
        "owner": make_user("owner", director, team=one),
        "deputy": make_user("deputy", director, team=one),
        "second": make_user("second", "second-worker", team=one),
        "colleague": make_user("colleague", director, team=one),
        "barred": make_user("barred", director, team=one),
        "leader": make_user("leader", leader, team=one),
        "stranger": make_user("stranger", director, team=two),
        "other_leader": make_user("otherleader", leader, team=two),
        "partner": make_user("partner", "partner"),
        "administrator": make_user("administrator", "administrator"),
        "officer": make_user("officer", "privacy-officer"),
        "board": make_user("board", "board"),
    }
    way = WayData(ReachChannel.PHONE, "06 00112233", "alleen overdag", Safe.UNKNOWN)
    mother = PersonData(given_name="Marianne", infix="van", surname="Halteren", described_as="moeder")
    case = case_open(by=people["owner"], name="Van Halteren", team=one, now=now, first=mother, way=way)
    daughter = person_add(case=case, data=PersonData(given_name="Noor", surname="Halteren"), by=people["owner"])
    for name, role in (("deputy", MemberRole.DEPUTY), ("second", MemberRole.SECOND)):
        CaseMember.objects.create(case=case, user=people[name], role=role, since=now - timedelta(days=1))
    ConflictOfInterest.objects.create(case=case, user=people["barred"], noted_by=people["leader"], noted_at=now)
    mother_ref = case.persons.exclude(pk=daughter.pk).get().party.ref
    contact = log(
        case,
        people["owner"],
        mother_ref,
        body="Gesproken aan de keukentafel.\n@Marianne: Ik wil rust.\n@Noor*: Dit weet alleen jij.",
        follow_up_on=clock.local_date(now),
        follow_up_text="School bellen",
    )
    follow_up = FollowUp.objects.get(case=case)
    return Cast(
        now=now,
        case=case,
        mother=mother_ref,
        daughter=daughter.party.ref,
        contact=contact,
        follow_up=follow_up,
        **people,
    )


@pytest.fixture
def insight_ref(cast: Cast) -> str:
    """A look inside by the leader, in a session that is not the test's own."""
    granted = insight_grant(
        case=cast.case, by=cast.leader, reason="Vraag van moeder aan mij", session="elders", now=cast.now
    )
    return granted.ref
