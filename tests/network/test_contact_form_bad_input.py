"""Bad input at the contact form: a clear sentence at the right field, nothing stored, nothing typed lost."""

from datetime import timedelta

import pytest

from casusregie.core import clock
from network.models import Contact
from tests.cast import Cast, make_case


def _fields(cast: Cast, **changes: str) -> dict[str, str]:
    now = clock.now().astimezone(clock.LOCAL)
    return {
        "started_at": f"{now:%Y-%m-%dT%H:%M}",
        "channel": "phone",
        "duration_minutes": "10",
        "body": "Wat ik typte.",
        **changes,
    }


TOMORROW = f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"started_at": "2062-01-01T10:00"}, "started_at", "nog"),
        ({"started_at": "1899-01-01T10:00"}, "started_at", "2000"),
        ({"started_at": TOMORROW}, "started_at", "nog"),
        ({"started_at": "gisteren"}, "started_at", ""),
        ({"started_at": ""}, "started_at", ""),
        ({"channel": "rooksignaal"}, "channel", ""),
        ({"channel": ""}, "channel", ""),
        ({"outcome": "misschien"}, "outcome", ""),
        ({"duration_minutes": "-5"}, "duration_minutes", ""),
        ({"duration_minutes": "5000"}, "duration_minutes", "1440"),
        ({"duration_minutes": "tien"}, "duration_minutes", ""),
        ({"participants": "BESTAATNIET"}, "participants", "gezin"),
        ({"purposes": "geheim"}, "purposes", ""),
        ({"body": "x" * 50_001}, "body", "50.000"),
        ({"body": "@Pietje: hoi"}, "body", "Pietje"),
        ({"body": ""}, "body", ""),
        ({"follow_up_on": "2020-01-01"}, "follow_up_on", "geweest"),
        ({"follow_up_on": "2062-01-01"}, "follow_up_on", "vijf jaar"),
        ({"follow_up_text": "Bellen"}, "follow_up_on", ""),
        ({"follow_up_on": "2027-02-30"}, "follow_up_on", ""),
    ],
)
def test_it_is_answered_at_the_field_with_everything_typed(
    changes: dict[str, str], field: str, words: str, cast: Cast
) -> None:
    before = Contact.objects.count()
    answer = cast.client("owner").post(f"/casussen/{cast.case.ref}/contacten/nieuw/", _fields(cast, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in " ".join(answer.context["form"].errors[field])
    assert changes.get("body", "Wat ik typte.") in page
    assert Contact.objects.count() == before


def test_exactly_the_limit_is_accepted(cast: Cast) -> None:
    answer = cast.client("owner").post(f"/casussen/{cast.case.ref}/contacten/nieuw/", _fields(cast, body="x" * 50_000))
    assert answer.status_code == 302


def test_a_person_of_another_case_is_refused(cast: Cast) -> None:
    other = make_case(cast.owner, "Anders")
    answer = cast.client("owner").post(
        f"/casussen/{other.ref}/contacten/nieuw/", _fields(cast, participants=cast.mother)
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["participants"]


@pytest.mark.parametrize("text", ["👩‍👧 🙂", "שלום", "<script>alert(1)</script>", "a" * 3000])
def test_odd_text_is_kept_and_shown_as_text(text: str, cast: Cast) -> None:
    client = cast.client("owner")
    client.post(f"/casussen/{cast.case.ref}/contacten/nieuw/", _fields(cast, body=text))
    page = client.get(f"/casussen/{cast.case.ref}/contacten/").content.decode()
    assert "<script>alert" not in page
    assert Contact.objects.order_by("-pk")[0].lines.get().text == text


def test_an_unknown_reference_is_not_found(cast: Cast) -> None:
    assert cast.client("owner").get("/casussen/BESTAATNIET/").status_code == 404
    assert cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/BESTAATNIET/").status_code == 404


def test_a_search_by_name_leaves_no_name_in_the_address(cast: Cast) -> None:
    client = cast.client("owner")
    answer = client.post("/casussen/zoeken/", {"words": "Halteren"})
    assert answer.status_code == 302
    assert "Halteren" not in answer["Location"]
    assert "Van Halteren" in client.get(answer["Location"]).content.decode()
    # Somebody else's search id finds nothing of mine: it is simply no search.
    assert "Van Halteren" not in cast.client("colleague").get(answer["Location"]).content.decode()
