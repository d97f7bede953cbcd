"""Rows as a file for a spreadsheet: CSV as Dutch Excel opens it, and XLSX. The one place where a file is made safe.

A cell that begins with a sign by which a spreadsheet begins a formula (= + - @, a tab, a return) would be carried out
by who opens it (OWASP, CSV injection): such a text gets an apostrophe before it. Numbers and days are no texts.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

Cell = str | int | date
# Also behind spaces or signs without width, and in the wide forms that some spreadsheets read as the narrow ones.
_FORMULA = re.compile("^[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212]|^[\t\r\n]")
# What fits in one cell of a spreadsheet.
_LONGEST = 32_000


@dataclass(frozen=True)
class Export:
    """A file to hand out; `name` says what it is and never about whom."""

    name: str
    content_type: str
    content: bytes


def neutral(text: str) -> str:
    """The text as no spreadsheet takes it for a formula, without signs that a file cannot hold."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
    return f"'{clean}" if _FORMULA.match(clean) else clean


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Export:
    """UTF-8 with its mark and semicolons: what Dutch Excel opens by a double click."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow([neutral(one) for one in head])
    for row in rows:
        # A negative number is written as a text here, for a CSV knows no numbers.
        writer.writerow([neutral(value.isoformat() if isinstance(value, date) else str(value)) for value in row])
    return Export(f"{name}.csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf" + text.getvalue().encode())


def as_xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Export:
    """One sheet with its heads in bold and held in view; days are days, numbers numbers, everything else text."""
    book = Workbook(write_only=True)
    book.properties.creator = "Casusregie"
    sheet = book.create_sheet("Casusregie")
    sheet.freeze_panes = "A2"
    for place in range(len(head)):
        sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]].width = 18
    titles = []
    for title in head:
        cell = WriteOnlyCell(sheet, value=neutral(title))
        cell.font = Font(bold=True)
        titles.append(cell)
    sheet.append(titles)
    for row in rows:
        sheet.append([_text_cell(sheet, value) if isinstance(value, str) else value for value in row])
    content = BytesIO()
    book.save(content)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Export(f"{name}.xlsx", kind, content.getvalue())


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=neutral(text))
    # Never a formula or an error word, whatever the text looks like.
    cell.data_type = "s"
    return cell
