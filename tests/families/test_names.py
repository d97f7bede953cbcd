"""Dutch names (domain.md g)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.choices import NameUse
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


LONG = "Wolterbeek-Muller-van Schwarzenberg tot Hohenlandsberg " * 4

# name, written out, the surname standing alone, in a list, sorted
TABLE = [
    (Name("Jan", "de", "Vries"), "Jan de Vries", "De Vries", "Vries, Jan de", "vries de jan"),
    (Name("Jan", "De", "Vries"), "Jan de Vries", "De Vries", "Vries, Jan de", "vries de jan"),
    (Name("", "de", "Vries"), "de Vries", "De Vries", "Vries, de", "vries de"),
    (Name("Jan", "van der", "Berg"), "Jan van der Berg", "Van der Berg", "Berg, Jan van der", "berg van der jan"),
    (Name("Jan", "", "de Vries"), "Jan de Vries", "de Vries", "de Vries, Jan", "vries de jan"),
    (Name("Amina"), "Amina", "", "Amina", "amina amina"),
    (Name("", "", "Suharto"), "Suharto", "Suharto", "Suharto", "suharto"),
    (
        Name("Wim", "", "'s-Gravesande"),
        "Wim 's-Gravesande",
        "'s-Gravesande",
        "'s-Gravesande, Wim",
        "gravesande 's- wim",
    ),
    (
        Name("Wim", "'s-", "Gravesande"),
        "Wim 's-Gravesande",
        "'s-Gravesande",
        "Gravesande, Wim 's-",
        "gravesande 's- wim",
    ),
    (Name("Luc", "d'", "Hondt"), "Luc d'Hondt", "D'Hondt", "Hondt, Luc d'", "hondt d' luc"),
    (Name("Luc", "", "d’Hondt"), "Luc d’Hondt", "d’Hondt", "d’Hondt, Luc", "hondt d’ luc"),
    (Name("Gé", "'t", "Hart"), "Gé 't Hart", "'t Hart", "Hart, Gé 't", "hart 't ge"),
    (Name("Pierre", "", "Le Roy"), "Pierre Le Roy", "Le Roy", "Le Roy, Pierre", "le roy pierre"),
    (Name("Søren", "", "Łukasik"), "Søren Łukasik", "Łukasik", "Łukasik, Søren", "lukasik soren"),
    (Name("Оксана", "", "Шевченко"), "Оксана Шевченко", "Шевченко", "Шевченко, Оксана", "шевченко оксана"),
    (Name("أمينة", "", "الحسن"), "أمينة الحسن", "الحسن", "الحسن, أمينة", "الحسن امينة"),
    (Name("伟", "", "王"), "伟 王", "王", "王, 伟", "王 伟"),
]


@pytest.mark.parametrize(("name", "full", "alone", "listed", "sort"), TABLE)
def test_every_kind_of_name_is_written_listed_and_sorted(
    name: Name, full: str, alone: str, listed: str, sort: str
) -> None:
    assert (name.full, name.alone, name.listed, name.sort_key) == (full, alone, listed, sort)


@pytest.mark.parametrize(
    ("use", "full", "alone", "listed"),
    [
        ("own", "Els Jansen", "Jansen", "Jansen, Els"),
        ("partner", "Els de Vries", "De Vries", "Vries, Els de"),
        ("partner_own", "Els de Vries-Jansen", "De Vries-Jansen", "Vries-Jansen, Els de"),
        ("own_partner", "Els Jansen-de Vries", "Jansen-de Vries", "Jansen-de Vries, Els"),
    ],
)
def test_the_four_ways_to_use_a_partners_name(use: str, full: str, alone: str, listed: str) -> None:
    name = Name("Els", "", "Jansen", "de", "Vries", use)
    assert (name.full, name.alone, name.listed) == (full, alone, listed)


def test_who_has_only_a_partners_name_is_sorted_and_written_by_it() -> None:
    name = Name("Els", "", "", "de", "Vries", "own_partner")
    assert (name.full, name.sort_key, name.listed) == ("Els de Vries", "vries de els", "Vries, Els de")


def test_what_is_signed_carries_the_first_names_in_full() -> None:
    name = Name("Jan", "de", "Vries", official="Johannes Petrus", initials="J.P.")
    assert (name.signed, name.full, name.listed) == ("Johannes Petrus de Vries", "Jan de Vries", "Vries, J.P. de")
    assert Name("Jan", "de", "Vries").signed == "Jan de Vries"


def test_a_name_longer_than_any_is_kept_whole_and_its_key_fits() -> None:
    name = Name(LONG[:80], "van der", LONG[:80], "", "ﷺ" * 80, "partner")
    assert LONG[:80] in name.full
    assert len(name.sort_key) <= 200


_PART = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@given(
    given_name=_PART,
    infix=_PART,
    surname=_PART,
    partner_infix=_PART,
    partner=_PART,
    use=st.sampled_from(NameUse.values),
)
def test_any_name_is_written_listed_and_sorted_without_a_stray_space(
    given_name: str, infix: str, surname: str, partner_infix: str, partner: str, use: str
) -> None:
    parts = [" ".join(part.split()) for part in (given_name, infix, surname, partner_infix, partner)]
    name = Name(*parts, use)
    for text in (name.full, name.alone, name.listed, name.sort_key):
        assert text == text.strip()
        assert "  " not in text
    assert name.full or not (parts[0] or parts[2])


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
