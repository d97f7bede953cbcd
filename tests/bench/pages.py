"""Benchmarks of pages that are read."""

import statistics
import time

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from casusregie.core import clock
from families.access import reading_scope
from families.models import Case
from network.selectors import SearchQuery, contacts_found
from tests.bench.floors import notes
from tests.bench.measure import Comparison, Page, compare, p95, report, server, session, user
from tests.bench.prepare import say
from tests.bench.shape import Shape

SORTS = ("name", "last", "due")


def case_of(login: str) -> str:
    """The reference of the first case of this director."""
    return str(Case.objects.filter(director=user(login)).order_by("pk").values_list("ref", flat=True)[0])


def caseload_page(target: float) -> None:
    """Fifty rows in three orders, of a team of 500 and of a reader who has all."""
    ours, floor = server(), server(settings.FLOOR_MIDDLEWARE)
    cases: dict[str, Comparison] = {}
    for name, login, path in (("team of 500", "leader", "caseload"), ("reader of all", "reader", "casussen")):
        key = session(login)
        for sort in SORTS:
            page = Page(ours, f"/{path}/", key, f"op={sort}")
            under = Page(floor, f"/bench/vloer/{path}/", key, f"op={sort}")
            cases[f"{name}, by {sort}"] = found = compare(page, under)
            found.detail = {"bytes": page.size, "floor_bytes": under.size}
    report("caseload-page", cases, target)


def caseload_vs_admin(target: float) -> None:
    """Django's admin on the same tables, with the same columns and rows."""
    key = session("reader")
    rival = Page(server(settings.FLOOR_MIDDLEWARE), "/bench/admin/families/case/", key)
    found = compare(rival, Page(server(), "/casussen/", key), 15)
    # The line says what our page takes; the admin stands in the place of the floor.
    found.ours, found.theirs = found.theirs, found.ours
    report("caseload-vs-admin", {"reader of all": found}, target, at_least=True)


def caseload_scale(target: float) -> None:
    """The same page for who has a thousand cases and for who has all of them."""
    ours = server()
    all_of_them, thousand = session("reader"), session("thousand")
    cases = {
        f"by {sort}": compare(
            Page(ours, "/casussen/", all_of_them, f"op={sort}"), Page(ours, "/casussen/", thousand, f"op={sort}")
        )
        for sort in SORTS
    }
    report("caseload-scale", cases, target)


def deep_page(shape: Shape, target: float) -> None:
    """Far down the list and its beginning; where far down begins is looked up once, outside the measurement."""
    ours, key = server(), session("reader")
    columns = {"name": "sort_key", "last": "last_contact_sort", "due": "next_due_sort"}
    cases = {}
    for sort in SORTS:
        mine = Case.objects.filter(director=user("reader"), status__in=("registered", "active", "aftercare"))
        place = (shape.deep_page - 1) * 50
        after = mine.order_by(columns[sort], "pk").values_list("ref", flat=True)[place - 1]
        deep = Page(ours, "/casussen/", key, f"op={sort}&na={after}")
        cases[f"page {shape.deep_page} by {sort}"] = compare(deep, Page(ours, "/casussen/", key, f"op={sort}"))
    report("deep-page", cases, target)


def open_case(target: float) -> None:
    """The overview with fifty entries of ten thousand."""
    ref, key = case_of("long"), session("long")
    page = Page(server(), f"/casussen/{ref}/", key)
    under = Page(server(settings.FLOOR_MIDDLEWARE), f"/bench/vloer/casussen/{ref}/", key)
    found = compare(page, under)
    found.detail = {"bytes": page.size, "floor_bytes": under.size}
    report("open-case", {"50 of 10,000": found}, target)


# A word that stands in many notes, two that stand together, one in few, a phrase.
WORDS = ("school", "school afspraak", "glas", '"buiten gelopen"')


def note_search(target: float) -> None:
    """Words in all cases of a director with 200, against reading every note for the same words (ILIKE, no index).

    Like with like: whose cases they are, the hits and their marks on our side, nothing but the statement on the other.
    What the page takes with all around it (the POST that keeps the words, then the page it leads to) stands beside it
    as `page_ms`. The ratio is that of the slowest of 20 (the 95th of 100) to the median of the other.
    """
    ours, who, key = server(), user("search"), session("search")
    cases = {}
    for words in WORDS:

        def find(words: str = words) -> int:
            now = clock.now()
            return len(contacts_found(who, reading_scope(who, now, ""), SearchQuery(words), now).rows)

        found = compare(find, lambda words=words: notes.every_note(words), 10)
        found.ratios = [p95(found.ours) / statistics.median(found.theirs)]
        found.detail = {"hits": find(), "notes": notes.every_note(words), "page_ms": _search_page(ours, key, words)}
        if not found.detail["hits"]:
            raise AssertionError(f"{words}: nothing was found")
        cases[words] = found
    report("note-search", cases, target)


def _search_page(ours: WSGIHandler, key: str, words: str) -> float:
    """The median time of asking for these words and reading the page they lead to."""
    times = []
    for _ in range(10):
        began = time.perf_counter()
        asked = Page(ours, "/zoeken/", key, status=302)
        asked({"words": words})
        Page(ours, "/zoeken/", key, asked.location.partition("?")[2])()
        times.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(times), 1)


def authz_cost(target: float) -> None:
    """The pages, and the same without the question who may."""
    ours, ref = server(), case_of("long")
    reader, director = session("reader"), session("long")
    pairs = {
        "list": ("/casussen/", "/bench/rechten/casussen/", reader),
        "case": (f"/casussen/{ref}/", f"/bench/rechten/casussen/{ref}/", director),
    }
    cases = {name: compare(Page(ours, a, key), Page(ours, b, key)) for name, (a, b, key) in pairs.items()}
    report("authz-cost", cases, target)


def audit_cost(target: float) -> None:
    """The pages, and the same without a row in the access log; then with eight clients at once on a real server."""
    from tests.bench import clients

    ours, silent, ref = server(), server(settings.SILENT_MIDDLEWARE), case_of("long")
    reader, director = session("reader"), session("long")
    pairs = {"list": ("/casussen/", reader), "case": (f"/casussen/{ref}/", director)}
    cases = {name: compare(Page(ours, path, key), Page(silent, path, key)) for name, (path, key) in pairs.items()}
    say("eight clients at once")
    cases |= {f"{name}, 8 clients": found for name, found in clients.audit_at_once(pairs).items()}
    report("audit-cost", cases, target)
