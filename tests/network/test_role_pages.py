"""Pages of the network and of safety: bad input is 422 with what was typed, the same form twice is one."""

from datetime import timedelta
from uuid import uuid4

from casusregie.core import clock
from network.models import CaseRole, RoleSignal, SharingGround
from network.services import RoleData, organisation_add, professional_add, role_give, signal_send
from safety.models import Incident, SafetyScore
from tests.cast import Cast


def _role_form(cast: Cast, **changes: str) -> dict[str, str]:
    today = clock.local_date(cast.now)
    return {
        "key": str(uuid4()),
        "name": "Karim Benali",
        "function": "woonconsulent",
        "organisation_name": "De Kade",
        "domain": "livelihood",
        "title": "Zoekt een woning",
        "assignment": "Zoekt met moeder.",
        "since": today.isoformat(),
        "basis": "consent",
        "purpose": "het plan uitvoeren",
        "ground_until": (today + timedelta(days=90)).isoformat(),
        **changes,
    }


def test_a_role_is_given_once_with_a_new_professional_of_a_new_organisation(cast: Cast) -> None:
    """Everything a first partner needs is in one form."""
    client, url = cast.client("owner"), f"/casussen/{cast.case.ref}/netwerk/nieuw/"
    data = _role_form(cast)
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    role = CaseRole.objects.get()
    assert (role.professional.organisation.name, SharingGround.objects.count()) == ("De Kade", 1)
    assert client.post(url, {**data, "title": "Iets anders"}).status_code == 409
    past = (clock.local_date(cast.now) - timedelta(days=1)).isoformat()
    for change in (
        {"name": ""},
        {"organisation_name": ""},
        {"domain": "duiven"},
        {"assignment": ""},
        {"assignment": "x" * 2001},
        {"since": "ooit"},
        {"until": past},
        {"basis": "zomaar"},
        {"purpose": ""},
        {"professional": "999999"},
    ):
        answer = client.post(url, _role_form(cast, **change))
        assert answer.status_code == 422, change
    assert CaseRole.objects.count() == 1


def test_a_partner_tells_and_the_director_reads(cast: Cast) -> None:
    """A worry stands on the network page until it is read; another partner's role is not found."""
    today = clock.local_date(cast.now)
    kade = organisation_add(name="De Kade", domain="livelihood", by=cast.owner)
    karim = professional_add(name="Karim", function="consulent", organisation=kade, by=cast.owner, user=cast.partner)
    data = RoleData(karim, "Zoekt een woning", "Zoekt.", today, None, "consent", "het plan", today)
    role = role_give(case=cast.case, by=cast.owner, data=data, now=cast.now)
    partner, url = cast.client("partner"), f"/mijn-rollen/{role.ref}/"
    assert 'value="worry"' in partner.get(f"{url}?kind=worry").content.decode()
    assert partner.post(url, {"kind": "worry", "text": ""}).status_code == 422
    sent = {"key": str(uuid4()), "kind": "worry", "text": "De deur is ingetrapt."}
    assert [partner.post(url, sent).status_code for _ in range(2)] == [302, 302]
    signal = RoleSignal.objects.get()
    assert signal.kind == "worry"
    owner, page = cast.client("owner"), f"/casussen/{cast.case.ref}/netwerk/"
    assert f"/netwerk/signalen/{signal.ref}/gelezen/" in owner.get(page).content.decode()
    owner.post(f"{page}signalen/{signal.ref}/gelezen/")
    assert f"/netwerk/signalen/{signal.ref}/gelezen/" not in owner.get(page).content.decode()
    assert partner.get("/mijn-rollen/XXXXXXXXXXXX/").status_code == 404
    assert cast.case.name not in partner.get("/mijn-rollen/").content.decode()


def test_every_unread_signal_is_shown_however_many(cast: Cast) -> None:
    """The list of a role shortens what was read, never what was not."""
    today = clock.local_date(cast.now)
    kade = organisation_add(name="De Kade", domain="livelihood", by=cast.owner)
    karim = professional_add(name="Karim", function="consulent", organisation=kade, by=cast.owner)
    data = RoleData(karim, "Zoekt een woning", "Zoekt.", today, None, "consent", "het plan", today)
    role = role_give(case=cast.case, by=cast.owner, data=data, now=cast.now)
    for number in range(12):
        signal_send(role=role, by=cast.owner, kind="progress", text=f"Bericht {number}", now=cast.now)
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/netwerk/").content.decode()
    assert page.count("/gelezen/") == 12


def test_safety_forms_refuse_what_cannot_be(cast: Cast) -> None:
    """422 for each, nothing written; then one of each good one."""
    client, base = cast.client("owner"), f"/casussen/{cast.case.ref}/veiligheid/"
    future = (clock.local_date(cast.now) + timedelta(days=2)).isoformat()
    for path, data in (
        ("onveilig/", {"text": "", "source": "police", "happened_at": f"{future}T10:00"}),
        ("onveilig/", {"text": "Ruzie", "source": "duif", "happened_at": "1999-01-01T10:00"}),
        ("cijfer/", {"voice": cast.mother, "value": "11"}),
        ("cijfer/", {"voice": "XXXXXXXX", "value": "5"}),
        ("cijfer/", {"voice": cast.mother, "value": "5", "words": "x" * 1001}),
        ("check/", {"due_on": "2000-01-01", "text": "Bellen"}),
        ("check/", {"due_on": future, "text": ""}),
    ):
        assert client.post(base + path, data).status_code == 422, (path, data)
    assert (Incident.objects.count(), SafetyScore.objects.count()) == (0, 0)
    assert client.post(f"{base}cijfer/", {"voice": cast.mother, "value": "5"}).status_code == 302
    assert client.get(base).status_code == 200
