"""The API: the same doors, forms and services as the pages."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.test import Client

from casusregie.core import clock
from network.models import Contact
from safety.services import check_plan
from tests.cast import Cast, make_user


def _post(client: Client, url: str, data: Any) -> Any:
    return client.post(url, json.dumps(data), content_type="application/json")


def _contact(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "body": "Gebeld.\n@Marianne: Het is rustig.",
        "participants": [cast.mother],
        "channel": "phone",
        "started_at": (cast.now - timedelta(minutes=30)).isoformat(),
        "duration_minutes": 10,
        "purposes": ["safety"],
        **changes,
    }


def test_nobody_is_told_401_a_stranger_404_and_who_may_not_403(cast: Cast) -> None:
    """The case decides before the right to use the API does."""
    for url in (
        f"/api/v1/casussen/{cast.case.ref}/contacten/",
        f"/api/v1/casussen/{cast.case.ref}/rollen/",
    ):
        assert Client().get(url).status_code == 401
        for stranger in ("stranger", "partner", "administrator", "barred"):
            assert cast.client(stranger).get(url).status_code == 404
        assert cast.client("leader").get(url).status_code == 403
        assert cast.client("second").get(url).status_code == 200
    assert cast.client("leader").get(f"/api/v1/casussen/{cast.case.ref}/").status_code == 200
    assert _post(cast.client("leader"), f"/api/v1/casussen/{cast.case.ref}/contacten/", {}).status_code == 403
    assert _post(cast.client("partner"), f"/api/v1/casussen/{cast.case.ref}/contacten/", {}).status_code == 404


def test_a_contact_is_logged_once_however_often_it_is_sent(cast: Cast) -> None:
    """201, then 200 with the same address; another text under the same key is 409."""
    client, url = cast.client("owner"), f"/api/v1/casussen/{cast.case.ref}/contacten/"
    sent = _contact(cast)
    before = Contact.objects.count()
    first, second = _post(client, url, sent), _post(client, url, sent)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["url"] == second.json()["url"]
    assert Contact.objects.count() == before + 1
    other = _post(client, url, {**sent, "body": "Iets anders."})
    assert (other.status_code, Contact.objects.count()) == (409, before + 1)
    newest = client.get(url).json()["results"][0]
    assert newest["lines"][1] == {"kind": "statement", "voice": "Marianne van Halteren", "text": "Het is rustig."}


def test_errors_stand_at_their_fields(cast: Cast) -> None:
    """422 with the sentences of the form."""
    client, url = cast.client("owner"), f"/api/v1/casussen/{cast.case.ref}/contacten/"
    for change, field in (
        ({"started_at": (cast.now + timedelta(days=2)).isoformat()}, "started_at"),
        ({"started_at": "gisteren"}, "started_at"),
        ({"channel": "duif"}, "channel"),
        ({"participants": ["XXXXXXXX"]}, "participants"),
        ({"body": "@Niemand: hallo"}, "body"),
        ({"body": "x" * 50_001}, "body"),
        ({"duration_minutes": -5}, "duration_minutes"),
        ({"body": {"een": "object"}, "participants": [], "channel": []}, "channel"),
        ({"key": "geen sleutel"}, "key"),
    ):
        answer = _post(client, url, _contact(cast, **change))
        assert answer.status_code == 422, change
        assert field in answer.json(), (change, answer.json())
        assert all(isinstance(lines, list) for lines in answer.json().values())
    assert _post(client, url, ["geen", "object"]).status_code == 422
    assert client.post(url, "{geen json", content_type="application/json").status_code == 400


def test_a_closed_statement_is_absent_for_the_second_worker(cast: Cast) -> None:
    """What only director and deputy read is in nobody else's answer."""
    url = f"/api/v1/casussen/{cast.case.ref}/contacten/"
    assert b"Dit weet alleen jij" in cast.client("owner").get(url).content
    assert b"Dit weet alleen jij" not in cast.client("second").get(url).content


def test_promises_are_those_of_own_cases(cast: Cast) -> None:
    """Follow-ups and checks told apart, the oldest day first; nothing for who has no case."""
    day = clock.local_date(cast.now)
    check_plan(case=cast.case, by=cast.owner, due_on=day + timedelta(days=3), text="Kijken", now=cast.now)
    found = cast.client("owner").get("/api/v1/toezeggingen/").json()["results"]
    assert [(row["kind"], row["text"]) for row in found] == [("follow-up", "School bellen"), ("check", "Kijken")]
    assert cast.client("stranger").get("/api/v1/toezeggingen/").json() == {"results": []}


def test_a_right_withdrawn_closes_the_api(cast: Cast) -> None:
    """Who directs but lost the right to use the API is told 403."""
    cast.owner.roles.clear()
    assert cast.client("owner").get("/api/v1/casussen/").status_code in (403, 404)
    assert make_user("nobody").has_right("api.use") is False  # type: ignore[arg-type]


def test_the_openapi_document_has_no_warnings() -> None:
    """Every view says what it takes and gives."""
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    assert "/api/v1/casussen/{ref}/contacten/" in out.getvalue()
