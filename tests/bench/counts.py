"""The numbers of queries: a fact, not a time, so this is what CI holds."""

from tests.bench.measure import Page, counted, server, session, write
from tests.bench.pages import case_of

LIST, DETAIL = 6, 10


def query_count() -> bool:
    """Lists of 10, 50 and 200 cases, cases of 10 and 1,000 contacts: the same number. Returns whether that holds."""
    ours = server()
    lists = {login: _queries(Page(ours, "/casussen/", session(login))) for login in ("list10", "list50", "list200")}
    details = {}
    for login in ("ten", "hundreds"):
        ref, key = case_of(login), session(login)
        details[login] = _queries(Page(ours, f"/casussen/{ref}/", key))
        details[f"{login} contacts"] = _queries(Page(ours, f"/casussen/{ref}/contacten/", key))
    details_alike = details["ten"] == details["hundreds"] and details["ten contacts"] == details["hundreds contacts"]
    # A list that goes on asks where it was; that is the one query more of a next page.
    holds = len(set(lists.values())) == 1 and details_alike
    holds = holds and max(lists.values()) <= LIST and max(details.values()) <= DETAIL
    numbers = {"lists": lists, "details": details}
    worst = max(*lists.values(), *details.values())
    write(
        {
            "name": "query-count",
            "ratio": worst,
            "unit": "queries",
            "n": len(lists) + len(details),
            "median": worst,
            "p95": worst,
            "floor": LIST,
            "target": DETAIL,
            "holds": holds,
            **numbers,
        }
    )
    return holds


def _queries(page: Page) -> int:
    page()
    with counted() as statements:
        page()
    return len(statements)
