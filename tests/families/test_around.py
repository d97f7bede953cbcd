"""Relations, authority, confidential facts and the working form: rules, doors and what never leaks."""

from datetime import timedelta
from uuid import uuid4

from casusregie.core import clock
from casusregie.core.models import AccessLog, Submission
from families.choices import AuthorityStatus
from families.models import Authority, ConfidentialFact, Person, Relation
from tests.cast import Cast

ADDRESS = "Wilgenstraat 12, 1234 AB Zeedorp"
TERMS = "Wilgenstraat 12\n1234 AB"


def _url(cast: Cast, rest: str = "") -> str:
    return f"/casussen/{cast.case.ref}/gezin/{rest}"


def _person(ref: str) -> Person:
    return Person.objects.get(party__ref=ref)


def _fact(cast: Cast, **changes: object) -> ConfidentialFact:
    data = {
        "key": str(uuid4()),
        "concerns": cast.mother,
        "value": ADDRESS,
        "terms": TERMS,
        "kind": "address",
        **changes,
    }
    assert cast.client("owner").post(_url(cast, "vertrouwelijk/nieuw/"), data).status_code == 302
    return ConfidentialFact.objects.get()


def test_a_relation_is_noted_once(cast: Cast) -> None:
    """The same form twice is one; the other way round, a person with herself, and one of another case are refused."""
    client, url = cast.client("owner"), _url(cast, "relaties/nieuw/")
    data = {"key": str(uuid4()), "kind": "parent", "one": cast.mother, "other": cast.daughter}
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert Relation.objects.count() == 1
    for change in (
        {"one": cast.daughter, "other": cast.mother},
        {"other": cast.mother},
        {"one": "XXXXXXXX"},
        {"kind": "vriend"},
        {},
    ):
        assert client.post(url, {**data, "key": str(uuid4()), **change}).status_code == 422, change
    assert Relation.objects.count() == 1


def test_authority_says_when_and_where_it_was_checked(cast: Cast) -> None:
    """Known without a check is refused, a check in the future too; unknown forgets the check, and the earlier row stays."""
    client, url = cast.client("owner"), _url(cast, f"{cast.daughter}/gezag/")
    today = clock.local_date(cast.now)
    good = {"holder": cast.mother, "status": "yes", "checked_on": today.isoformat(), "checked_where": "gezagsregister"}
    for change in (
        {"checked_on": ""},
        {"checked_where": ""},
        {"checked_on": (today + timedelta(days=1)).isoformat()},
        {"checked_on": "1850-01-01"},
        {"holder": cast.daughter},
        {"status": "misschien"},
    ):
        assert client.post(url, {**good, **change}).status_code == 422, change
    assert client.post(url, good).status_code == 302
    assert Authority.objects.get().status == AuthorityStatus.YES
    assert client.post(url, {**good, "status": "unknown"}).status_code == 302
    rows = Authority.objects.order_by("pk").values_list("status", "checked_where")
    assert list(rows) == [("yes", "gezagsregister"), ("unknown", "")]


def test_a_confidential_address_is_on_no_page_but_its_own(cast: Cast) -> None:
    """Encrypted; shown behind one logged tap to director and deputy, and to nobody else that it is there."""
    fact = _fact(cast)
    assert b"Wilgenstraat" not in bytes(fact.value)
    for login in ("owner", "deputy"):
        client = cast.client(login)
        page = client.get(_url(cast)).content.decode()
        assert "Wilgenstraat" not in page
        assert f"/gezin/vertrouwelijk/{fact.ref}/" in page
        assert "Wilgenstraat 12" in client.get(_url(cast, f"vertrouwelijk/{fact.ref}/")).content.decode()
        row = AccessLog.objects.order_by("-pk")[0]
        assert (row.actor_id, fact.ref in row.objects_seen) == (getattr(cast, login).pk, True)
    second = cast.client("second")
    page = second.get(_url(cast)).content.decode()
    assert fact.ref not in page
    assert "cr-lock-sign" not in page
    assert second.get(_url(cast, f"vertrouwelijk/{fact.ref}/")).status_code == 403
    assert cast.client("stranger").get(_url(cast, f"vertrouwelijk/{fact.ref}/")).status_code == 404


def test_a_fact_is_noted_once_and_leaves_no_plain_digest(cast: Cast) -> None:
    """The same form twice is one fact; too short to be found is refused."""
    from casusregie.core.submissions import digest

    key = str(uuid4())
    fact = _fact(cast, key=key)
    assert _fact(cast, key=key) == fact
    plain = {"case": cast.case.ref, "concerns": fact.concerns_id, "value": ADDRESS, "may_know": []}
    assert bytes(Submission.objects.get(key=key).digest) != digest(plain)
    for change in ({"terms": "12"}, {"terms": "dinsdag"}, {"value": ""}, {"concerns": ""}, {"may_know": ["XXXXXXXX"]}):
        data = {
            "key": str(uuid4()),
            "concerns": cast.mother,
            "value": ADDRESS,
            "terms": TERMS,
            "kind": "address",
            **change,
        }
        assert cast.client("owner").post(_url(cast, "vertrouwelijk/nieuw/"), data).status_code == 422, change


def test_the_family_page_asks_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    """Children and relations cost nothing more, however many."""
    client = cast.client("owner")
    client.get(_url(cast))
    with django_assert_max_num_queries(40):
        client.get(_url(cast))
    assert _person(cast.mother).case_id == cast.case.pk
