"""Dutch names (domain.md g)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.names import Name, family_sort_key, fold


@pytest.mark.parametrize(
    ("name", "full", "sort"),
    [
        (Name("Jan", "de", "Vries"), "Jan de Vries", "vries de jan"),
        (Name("Marianne", "van", "Halteren"), "Marianne van Halteren", "halteren van marianne"),
        (Name("Els", "", "Jansen", "de", "Vries", "own_partner"), "Els Jansen-de Vries", "jansen els"),
        (Name("Els", "", "Jansen", "de", "Vries", "partner"), "Els de Vries", "vries de els"),
        (Name("Els", "", "Jansen", "de", "Vries", "partner_own"), "Els de Vries-Jansen", "vries de els"),
        (Name("Els", "", "Jansen", "de", "Vries", "own"), "Els Jansen", "jansen els"),
        (Name("Amina"), "Amina", "amina amina"),
        (Name("", "", "Suharto"), "Suharto", "suharto"),
        (Name("Zoë", "", "Çelik"), "Zoë Çelik", "celik zoe"),
    ],
)
def test_a_name_is_written_and_sorted_by_dutch_rules(name: Name, full: str, sort: str) -> None:
    assert (name.full, name.sort_key) == (full, sort)


@pytest.mark.parametrize(
    ("family", "sort"),
    [("De Vries", "vries de"), ("Van der Berg", "berg van der"), ("Jansen", "jansen"), ("'t Hart", "hart 't")],
)
def test_a_family_stands_under_its_surname(family: str, sort: str) -> None:
    assert family_sort_key(family).split(" ")[0] == sort.split(" ")[0]


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=80))
def test_any_family_name_gets_a_key(text: str) -> None:
    assert isinstance(family_sort_key(text), str)
