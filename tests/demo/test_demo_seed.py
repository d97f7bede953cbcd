"""The same seed gives the same municipality."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from casusregie.demo.municipality import fill
from casusregie.demo.stories import STORIES
from families.models import Case, Person
from network.models import ContactLine, FollowUp

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def picture() -> list[tuple[Any, ...]]:
    """Everything that a seed decides, without the references that are drawn anew."""
    people = Person.objects.order_by("case__ref", "sort_key", "birth_date")
    said = ContactLine.objects.order_by("contact__case__ref", "contact__started_at", "contact_id", "position")
    return [
        *Case.objects.order_by("ref").values_list("ref", "name", "status", "opened_on", "closed_on", "last_contact_at"),
        *people.values_list("case__ref", "given_name", "infix", "surname", "birth_date"),
        *said.values_list("contact__case__ref", "contact__started_at", "kind", "text"),
        *FollowUp.objects.order_by("case__ref", "due_on", "text").values_list("case__ref", "due_on", "text"),
    ]


def made_and_undone(seed: int) -> list[tuple[Any, ...]]:
    """The picture of a municipality that is not kept."""
    with transaction.atomic():
        fill(now=NOW, cases=len(STORIES) + 10, seed=seed)
        seen = picture()
        transaction.set_rollback(True)
    return seen


def test_the_same_seed_gives_the_same_municipality(settings: Any) -> None:
    settings.DEMO = True
    first = made_and_undone(7)
    assert made_and_undone(7) == first
    assert made_and_undone(8) != first
