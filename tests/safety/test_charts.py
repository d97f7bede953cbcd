"""The places of the safety chart."""

from datetime import date

from network.picture import Around, initials, picture
from safety.charts import Score, chart

TODAY = date(2026, 3, 1)


def _score(day: date, value: int) -> Score:
    return Score(day, value, str(day))


def test_without_scores_there_is_no_chart() -> None:
    """Nothing is drawn of nothing."""
    assert chart([("Noor", [])], [], TODAY, str) is None


def test_all_lines_share_one_axis() -> None:
    """The same day stands on the same place in everybody's chart; one score is a dot without a line."""
    drawn = chart(
        [("A", [_score(date(2026, 1, 1), 0), _score(TODAY, 10)]), ("B", [_score(TODAY, 5)])],
        [(date(2026, 1, 1), "1 jan")],
        TODAY,
        str,
    )
    assert drawn is not None
    first, second = drawn.lines
    assert first.dots[1].x == second.dots[0].x == "96.00%"
    assert (first.dots[0].x, drawn.marks[0].x) == ("7.00%", "7.00%")
    assert (first.dots[0].y, first.dots[1].y) == ("74.0", "18.0")
    assert (len(first.segments), len(second.segments)) == (1, 0)


def test_one_day_is_still_an_axis() -> None:
    """A first score of today divides by nothing."""
    drawn = chart([("A", [_score(TODAY, 7)])], [], TODAY, str)
    assert drawn is not None
    assert drawn.ticks


def test_a_network_of_any_size_has_its_places() -> None:
    """No two roles on one spot, long names cut, names without letters survived."""
    roles = [Around(str(n), "AB", "Een heel lange organisatienaam", "youth" if n % 2 else "law", "") for n in range(30)]
    drawn = picture("Van den Akker-Yıldız en nog een heel lange naam erbij", roles)
    assert len({(spot.x, spot.y) for spot in drawn.spots}) == 30
    assert all(len(spot.words) <= 18 for spot in drawn.spots)
    assert picture("Bos", []).spots == []
    assert (initials("Juf Marloes van Dam"), initials("Çelik"), initials("123 4")) == ("JD", "Ç", "")
