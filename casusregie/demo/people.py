"""Who logs in: exactly the logins of the contract, in two teams, with one password that is made once."""

from django.contrib.auth.hashers import make_password

from casusregie.core.choices import PartyKind
from casusregie.core.models import Party, Role, Team, User

PASSWORD = "casusregie-demo"  # open on purpose, for the demo only
TEAMS = ("Team 1 – Havenkwartier", "Team 2 – Polderdorpen")

# login, name, bundle of rights, number of the team
PEOPLE: tuple[tuple[str, str, str, int | None], ...] = (
    ("icr1@demo.example", "Nadia el Amrani", "case-director", 1),
    ("icr2@demo.example", "Maaike Hoekstra", "case-director", 1),
    ("icr3@demo.example", "Jelle van Rijswijk", "case-director", 2),
    ("teamleider@demo.example", "Annemarie Terpstra", "team-leader", 1),
    ("partner1@demo.example", "Thijs Verhagen", "partner", None),
    ("partner2@demo.example", "Soraya Ramautar", "partner", None),
    ("partner0@demo.example", "Elske Bontekoe", "partner", None),
    ("beheer@demo.example", "Ruben Kuipers", "administrator", None),
    ("fg@demo.example", "Ingrid van der Laan", "privacy-officer", None),
    ("bestuur@demo.example", "Peter Scholten", "board", None),
)

# Under which number a colleague calls when somebody has not reported back from a visit.
PHONES = {
    "icr1@demo.example": "06 00550011",
    "icr2@demo.example": "06 00550012",
    "icr3@demo.example": "06 00550013",
    "teamleider@demo.example": "06 00550014",
}


def people_make() -> tuple[dict[int, Team], dict[str, User]]:
    """Make the two teams and everybody who logs in; returns teams by number and users by login."""
    teams = {number: Team.objects.create(name=name) for number, name in enumerate(TEAMS, start=1)}
    roles = {role.slug: role for role in Role.objects.all()}
    secret = make_password(PASSWORD)
    users = {}
    for login, name, role, team in PEOPLE:
        party = Party.objects.create(kind=PartyKind.USER, label=name)
        user = User.objects.create(
            email=login,
            name=name,
            password=secret,
            team=teams[team] if team else None,
            party=party,
            phone=PHONES.get(login, ""),
        )
        user.roles.add(roles[role])
        users[login] = user
    return teams, users
