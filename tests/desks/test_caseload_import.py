"""Bringing over a caseload: read first, every fault at its line, written once, whatever the file is."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from casusregie.core import clock, crypto
from casusregie.core.dates import read_day
from casusregie.desks.columns import COLUMNS, EXAMPLE, cases_of
from casusregie.desks.models import Import, ImportedCase
from casusregie.desks.services import import_write, imports_write_waiting
from casusregie.desks.sheets import NotASheet, read_sheet
from families.models import Case, Person, SafeContact
from tests.cast import Cast

URL = "/casussen/importeren/"
HEADING = ";".join(COLUMNS)


def _csv(*rows: str, encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join([HEADING, *rows]).encode(encoding)


GOOD = (
    "1001;Jansen;01-03-2026;oranje;Anna;;Jansen;moeder;12-05-1988;ja;telefoon;06 11122233;ja",
    "1001;;;;Bas;;Jansen;zoon;2015;ja;;;",
    "1002;De Boer;;;Karel;de;Boer;vader;;nee;;;",
)


def _send(cast: Cast, data: bytes, login: str = "owner", name: str = "lijst.csv"):  # type: ignore[no-untyped-def]
    return cast.client(login).post(URL, {"file": SimpleUploadedFile(name, data)})


def _bring(cast: Cast, data: bytes) -> Import:
    answer = _send(cast, data)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Import.objects.order_by("-pk")[0]


def _write(cast: Cast, row: Import, **fields: str) -> int:
    assert cast.client("owner").post(f"{URL}{row.ref}/invoeren/", fields).status_code == 302
    return import_write(import_id=row.pk, now=clock.now())


def test_nothing_is_written_before_it_is_asked_for(cast: Cast) -> None:
    """The file is read, encrypted, and shown; the cases come when she says so."""
    before = Case.objects.count()
    row = _bring(cast, _csv(*GOOD))
    assert Case.objects.count() == before
    assert b"Jansen" not in b"".join(bytes(one.content) for one in row.cases.all())
    assert _write(cast, row) == 2
    assert Case.objects.count() == before + 2
    case = Case.objects.get(name="Jansen")
    assert (case.director, case.opened_on, case.intensity) == (cast.owner, date(2026, 3, 1), "orange")
    assert Person.objects.filter(case=case).count() == 2
    assert all(not bytes(one.content) for one in row.cases.all()), "what was written is kept nowhere else"


def test_what_another_system_calls_safe_is_not_known_to_be_safe_here(cast: Cast) -> None:
    """Unknown is not safe (design.md 5): it is asked again."""
    _write(cast, _bring(cast, _csv(*GOOD)))
    assert SafeContact.objects.get(person__case__name="Jansen").safe == "unknown"


def test_the_same_file_again_makes_no_doubles(cast: Cast) -> None:
    """The number of the earlier system tells; the page says that they are here already."""
    _write(cast, _bring(cast, _csv(*GOOD)))
    count = Case.objects.count()
    again = _bring(cast, _csv(*GOOD))
    assert list(again.cases.values_list("is_known", flat=True)) == [True, True]
    assert _write(cast, again) == 0
    assert Case.objects.count() == count


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("1;Jansen;31-02-2026;;Anna;;;;;;;;", "geopend op"),
        ("1;Jansen;01-01-2031;;Anna;;;;;;;;", "geopend op"),
        ("1;Jansen;;paars;Anna;;;;;;;;", "intensiteit"),
        ("1;Jansen;;;;;;moeder;;;;;", "voornaam"),
        ("1;Jansen;;;;;;;;;;;", "voornaam"),
        ("1;;;;Anna;;;;;;;;", "gezinsnaam"),
        (";Jansen;;;Anna;;;;;;;;", "nummer"),
        ("1;Jansen;;;Anna;;;;gisteren;;;;", "geboortedatum"),
        ("1;Jansen;;;Anna;;;;1850;;;;", "geboortedatum"),
        ("1;Jansen;;;Anna;;;;;misschien;;;", "in huis"),
        ("1;Jansen;;;Anna;;;;;;duif;;", "bereiken via"),
        ("1;Jansen;;;Anna;;;;;;;06;soms", "veilig"),
        (f"1;{'J' * 121};;;Anna;;;;;;;;", "gezinsnaam"),
        (f"{'1' * 41};Jansen;;;Anna;;;;;;;;", "nummer"),
    ],
)
def test_a_faulty_row_is_named_with_its_line_and_column(cast: Cast, row: str, column: str) -> None:
    """In the file's own words, and nothing is written without leaving it out on purpose."""
    brought = _bring(cast, _csv(*GOOD, row))
    page = cast.client("owner").get(f"{URL}{brought.ref}/").content.decode()
    assert f'data-label="Kolom">{column}<' in page or f'data-label="Column">{column}<' in page
    assert ">5<" in page
    client = cast.client("owner")
    client.post(f"{URL}{brought.ref}/invoeren/")
    assert import_write(import_id=brought.pk, now=clock.now()) == 0
    client.post(f"{URL}{brought.ref}/invoeren/", {"leave_out": "1"})
    assert import_write(import_id=brought.pk, now=clock.now()) == 2


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"zomaar een zin zonder kolommen",
        b"naam;plaats\r\nJansen;Zeedorp",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04kapot",
        b"\xff\xfe\xff",
        HEADING.encode(),
        b"\x81\x8d\x8f;x",
    ],
)
def test_what_is_no_caseload_is_answered_at_the_field(cast: Cast, data: bytes) -> None:
    """No CSV, no XLSX, other columns, a wrong encoding, nothing in it: a sentence, and nothing kept."""
    answer = _send(cast, data)
    assert answer.status_code == 422 or Import.objects.get().cases.count() == 0
    assert not ImportedCase.objects.exists()


def test_a_zip_bomb_is_not_opened(cast: Cast) -> None:
    """A file of 2 MB that unpacks to seventy."""
    bomb = _bomb()
    assert len(bomb) < 100_000
    assert _send(cast, bomb, name="lijst.xlsx").status_code == 422


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_reads_the_same(encoding: str) -> None:
    """What a Dutch Excel, a Mac and a database write."""
    sheet = read_sheet(_csv("1;Zoë;;;Anaïs;;;;;;;;", encoding=encoding))
    assert sheet.rows[0][1][1] == "Zoë"


def test_a_sheet_and_a_csv_say_the_same(cast: Cast) -> None:
    """XLSX with real days and numbers in its cells."""
    book = Workbook()
    page = book.active
    page.append([name.upper() for name in COLUMNS])
    page.append([1001, "Jansen", date(2026, 3, 1), "oranje", "Anna", None, "Jansen", "moeder", date(1988, 5, 12), "ja"])
    file = io.BytesIO()
    book.save(file)
    case = cases_of(read_sheet(file.getvalue()), clock.local_date(cast.now))[0]
    assert (case.number, case.opened_on, case.people[0].person.birth_date) == (
        "1001",
        date(2026, 3, 1),
        date(1988, 5, 12),
    )
    assert not case.faults


def test_the_template_itself_is_a_good_file(cast: Cast) -> None:
    """What we hand out can be brought back."""
    data = cast.client("owner").get(f"{URL}sjabloon.csv").content
    case = cases_of(read_sheet(data), clock.local_date(cast.now))[0]
    assert not case.faults
    assert len(case.people) == len(EXAMPLE)


def test_an_import_is_seen_by_who_brought_it_and_nobody_else(cast: Cast) -> None:
    """A colleague gets the answer of a stranger; who may not open cases is refused."""
    row = _bring(cast, _csv(*GOOD))
    for login in ("colleague", "deputy", "stranger"):
        assert cast.client(login).get(f"{URL}{row.ref}/").status_code == 404
        assert cast.client(login).post(f"{URL}{row.ref}/invoeren/").status_code == 404
    for login in ("second", "leader", "administrator", "officer", "board"):
        assert cast.client(login).get(URL).status_code == 403
    assert cast.client("partner").get(URL).status_code in (403, 404)


def test_a_worker_that_was_killed_is_followed_by_one_that_goes_on(cast: Cast) -> None:
    """What was written stays, the rest follows when the lease has run out; nothing twice."""
    row = _bring(cast, _csv(*GOOD))
    cast.client("owner").post(f"{URL}{row.ref}/invoeren/")
    first = row.cases.order_by("line")[0]
    from casusregie.desks.services import _write as write_one

    row = Import.objects.select_related("user__team").get(pk=row.pk)
    write_one(row, first.pk)
    assert imports_write_waiting(now=clock.now()) == 1
    assert Case.objects.filter(name__in=["Jansen", "De Boer"]).count() == 2


def test_a_large_file_asks_a_fixed_number_of_queries_to_read(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    """Five hundred families are read in as many queries as five."""
    from casusregie.desks.services import import_read

    rows = [f"{number};Gezin{number};;;Anna;;Gezin{number};moeder;;;;;" for number in range(500)]
    with django_assert_max_num_queries(12):
        import_read(by=cast.owner, data=_csv(*rows), now=cast.now)
    assert ImportedCase.objects.count() == 500


@given(st.binary(max_size=3000))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_no_bytes_whatever_make_reading_fail(data: bytes) -> None:
    """Read, or refused with a sentence; never anything else."""
    try:
        cases_of(read_sheet(data), date(2026, 11, 22))
    except NotASheet as error:
        assert str(error)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_no_text_makes_reading_a_day_fail(text: str) -> None:
    """A day, or nothing."""
    found = read_day(text)
    assert found is None or isinstance(found[0], date)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("01-03-2026", (date(2026, 3, 1), "day")),
        ("1/3/2026", (date(2026, 3, 1), "day")),
        ("2026-03-01", (date(2026, 3, 1), "day")),
        ("03-2026", (date(2026, 3, 1), "month")),
        ("2015", (date(2015, 1, 1), "year")),
        ("31-02-2026", None),
        ("gisteren", None),
        ("", None),
        ("b7248855-a0c1-44c2-82c6", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, found: tuple[date, str] | None) -> None:
    """With what is known of them."""
    assert read_day(text) == found


def test_language_interpreter_and_municipality_come_along_and_a_number_has_no_column(cast: Cast) -> None:
    """What a file says of speech and municipality is written; of a citizen service number it can say nothing."""
    assert not {"bsn", "burgerservicenummer"} & set(COLUMNS)
    row = _bring(cast, _csv("1003;Haddad;;;Amal;;Haddad;moeder;;ja;;;;Arabisch, Koerdisch;telefoon;Rotterdam"))
    assert _write(cast, row) == 1
    person = Person.objects.get(given_name="Amal")
    speech = person.speech.get()
    assert (speech.languages, speech.other_language, speech.interpreter) == (["ar"], "Koerdisch", "phone")
    assert crypto.decrypt(person.case.ref, person.residences.get().municipality or b"") == "Rotterdam"


def test_an_interpreter_who_is_none_of_the_words_is_a_fault_at_its_line(cast: Cast) -> None:
    sheet = read_sheet(_csv("1004;Haddad;;;Amal;;Haddad;moeder;;ja;;;;Arabisch;haar dochter;"))
    (case,) = cases_of(sheet, clock.local_date(cast.now))
    assert [(fault.line, fault.column) for fault in case.faults] == [(2, "tolk")]
