"""Files for a spreadsheet: whatever stands in a cell, no program takes it for a formula (OWASP, CSV injection)."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from casusregie.core.exports import as_csv, as_xlsx, neutral

_NASTY = st.sampled_from(
    ["=", "+", "-", "@", "\t", "\r", "\n", "'", '"', ";", ",", " ", "\u200b", "\uff1d", "\x00", "|"]
)
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_TEXT = st.one_of(st.text(max_size=40), st.lists(_NASTY | st.text(max_size=3), max_size=8).map("".join))
_CELL = st.one_of(_TEXT, st.integers(-10_000, 10_000), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
_ROWS = st.lists(st.lists(_CELL, min_size=3, max_size=3), max_size=5)


def _cells_of_csv(content: bytes) -> list[str]:
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return [cell for row in csv.reader(StringIO(text, newline=""), delimiter=";") for cell in row]


@settings(max_examples=200, deadline=None)
@given(head=st.lists(_TEXT, min_size=3, max_size=3), rows=_ROWS)
def test_no_cell_of_a_csv_begins_a_formula(head: list[str], rows: list[list[object]]) -> None:
    """Read back as a spreadsheet reads it: by its semicolons and quotation marks."""
    cells = _cells_of_csv(as_csv("x", head, rows).content)  # type: ignore[arg-type]
    assert len(cells) == 3 * (len(rows) + 1)
    for cell in cells:
        assert cell[:1] not in _SIGNS and cell.lstrip(" \u200b")[:1] not in _SIGNS


@settings(max_examples=60, deadline=None)
@given(head=st.lists(_TEXT, min_size=3, max_size=3), rows=_ROWS)
def test_no_cell_of_a_workbook_is_a_formula(head: list[str], rows: list[list[object]]) -> None:
    """Read back by openpyxl: texts, numbers, days and nothing else."""
    book = load_workbook(BytesIO(as_xlsx("x", head, rows).content))  # type: ignore[arg-type]
    for row in book.active.iter_rows():  # type: ignore[union-attr]
        for cell in row:
            assert cell.data_type != "f"
            if isinstance(cell.value, str):
                assert cell.value[:1] not in _SIGNS and cell.value.lstrip(" \u200b")[:1] not in _SIGNS


@pytest.mark.parametrize("text", ["=1+1", "+31", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", "\uff1d1"])
def test_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    """It stays readable, and it is text."""
    assert neutral(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Reistijd", "12-03", "a=b", "06-12345678", "M. & O. – samen"])
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    """Nobody needs an apostrophe before an ordinary word."""
    assert neutral(text) == text


def test_numbers_and_days_stay_what_they_are() -> None:
    """A column can be added up, a day is a day."""
    book = load_workbook(BytesIO(as_xlsx("x", ["a", "b"], [[30, date(2026, 3, 29)]]).content))
    row = next(book.active.iter_rows(min_row=2))  # type: ignore[union-attr]
    assert row[0].value == 30 and row[1].value.date() == date(2026, 3, 29) and row[1].is_date
    assert _cells_of_csv(as_csv("x", ["a", "b"], [[30, date(2026, 3, 29)]]).content)[2:] == ["30", "2026-03-29"]
