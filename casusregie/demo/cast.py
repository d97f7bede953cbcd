"""Who plays whom: the cases and persons of the demo by the names that outside checks use (contract: demo_cast)."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.urls import reverse

from casusregie.demo.telling import story_ref
from families.models import Case, Person
from network.models import CaseRole
from processplan.models import PlanVersion

# name in the contract → story
CASES = {
    "case:garage": "garage",
    "case:separation": "separation",
    "case:deputised": "separation",
    "case:shared": "bruijn",
    "case:registered": "dalen",
    "case:conflict": "hof",
    "case:second": "adriaanse",
    "case:aftercare": "oosterhof",
    "case:closed": "zanden",
    "case:declined": "hofstra",
    "case:team2": "schuurman",
}
PERSONS = {
    "person:marianne": ("garage", "Marianne"),
    "person:noor": ("garage", "Noor"),
    "person:bram": ("garage", "Bram"),
    "person:jochem": ("garage", "Jochem"),
    "person:germaine": ("garage", "Germaine"),
    "person:elif": ("separation", "Elif"),
    "person:jeroen": ("separation", "Jeroen"),
    "person:defne": ("separation", "Defne"),
    "person:teun": ("separation", "Teun"),
    "person:corrie": ("separation", "Corrie"),
}


@dataclass(frozen=True)
class Part:
    """One line of the cast."""

    what: str
    ref: str
    url: str


def parts() -> Iterator[dict[str, str]]:
    """Everything that has a name in the contract and is in this database."""
    refs = [story_ref(slug) for slug in CASES.values()]
    present = set(Case.objects.filter(ref__in=refs).values_list("ref", flat=True))
    for what, slug in CASES.items():
        ref = story_ref(slug)
        if ref in present:
            yield asdict(Part(what, ref, reverse("case-overview", args=[ref])))
    contacts = story_ref("garage")
    if contacts in present:
        yield asdict(Part("contacts:garage", contacts, reverse("contact-list", args=[contacts])))
    for what, (slug, given) in PERSONS.items():
        person = Person.objects.filter(case__ref=story_ref(slug), given_name=given).select_related("party").first()
        if person is not None:
            yield asdict(Part(what, person.party.ref, reverse("family", args=[story_ref(slug)])))
    yield from _roles()
    version = PlanVersion.objects.filter(case__ref=contacts).order_by("-number").first()
    if version is not None:
        yield asdict(Part("plan:active", contacts, reverse("plan-version", args=[contacts, version.number])))


def _roles() -> Iterator[dict[str, str]]:
    """The first role of each partner who has an account."""
    for number in (1, 2):
        login = f"partner{number}@demo.example"
        role = CaseRole.objects.filter(professional__user__email=login).order_by("pk").first()
        if role is not None:
            yield asdict(Part(f"role:partner{number}", role.ref, reverse("my-role", args=[role.ref])))
