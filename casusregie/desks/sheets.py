"""A CSV or XLSX file as rows of plain text, or a sentence why it is none; knows nothing of cases."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

MAX_BYTES = 2 * 1024 * 1024 - 20_000
MAX_ROWS = 20_000
MAX_COLUMNS = 40
# What an honest XLSX of 20,000 rows unpacks to; a file of 2 MB that holds more is a trap.
MAX_UNPACKED = 60 * 1024 * 1024


class NotASheet(Exception):
    """The file is no CSV or XLSX that can be read; the message says why and what to do."""


@dataclass(frozen=True)
class Sheet:
    """The heading and the rows, each with its line number in the file (the heading is line 1)."""

    heading: list[str]
    rows: list[tuple[int, list[str]]]


def read_sheet(data: bytes) -> Sheet:
    """The first sheet of a file, judged by its content and never by its name. Raises NotASheet."""
    if not data:
        raise NotASheet(_("This file is empty."))
    if len(data) > MAX_BYTES:
        raise NotASheet(_("This file is larger than 2 MB. Divide it over several files."))
    rows = _xlsx(data) if data[:4] == b"PK\x03\x04" else _csv(data)
    kept = [(number, row) for number, row in rows if any(row)]
    if not kept:
        raise NotASheet(_("This file holds no rows."))
    if len(kept) > MAX_ROWS:
        raise NotASheet(_("This file has more than 20,000 rows. Divide it over several files."))
    return Sheet([cell.strip().lower() for cell in kept[0][1]], kept[1:])


def _csv(data: bytes) -> list[tuple[int, list[str]]]:
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    if separator not in first:
        raise NotASheet(_("No columns were found in this file. Save it as CSV with ; between the columns, or as XLSX."))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return [(number, [cell.strip() for cell in row[:MAX_COLUMNS]]) for number, row in _numbered(reader)]
    except csv.Error as error:
        raise NotASheet(_("This is no CSV that can be read: a quotation mark may be missing.")) from error


def _numbered(rows: Iterable[list[str]]) -> Iterable[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=1):
        yield number, row
        if number > MAX_ROWS + 1:
            return


def _decoded(data: bytes) -> str:
    for start, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(start):
            return _strictly(data, encoding)
    if b"\x00" in data[:4000]:
        raise NotASheet(_("This is no CSV or XLSX file."))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # What Excel for Windows writes when nobody asked for anything else.
        return _strictly(data, "cp1252")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotASheet(_("The letters in this file cannot be read. Save it as CSV UTF-8 or as XLSX.")) from error


def _xlsx(data: bytes) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415  # half a second to import, needed by one page

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise NotASheet(_("This file unpacks to far more than a list of cases. It has not been opened."))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS + 2, values_only=True)
        return [(number, [_cell(value) for value in row]) for number, row in enumerate(rows, start=1)]
    except NotASheet:
        raise
    except Exception as error:  # a damaged file raises all sorts of errors
        raise NotASheet(_("This is no XLSX file that can be read. Save it anew, or as CSV.")) from error


def _cell(value: Any) -> str:
    """A cell as somebody would have typed it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
