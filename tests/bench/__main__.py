"""`python -m tests.bench`: SIZE=small takes minutes, SIZE=full an hour.

Ends with 1 when a number of queries is wrong or a benchmark could not run. Milliseconds and ratios are told, not judged:
another machine under other load would fail for nothing. Names of benchmarks as arguments run only those.
"""

import os
import sys
import traceback
from collections.abc import Callable

from tests.bench.prepare import prepare, say
from tests.bench.shape import SIZES


def main(wanted: list[str]) -> int:
    """Prepare, then run what is wanted (all of it when nothing is named)."""
    size = os.environ.get("SIZE", "").strip() or "full"
    if size not in SIZES:
        say(f"SIZE: should be {' or '.join(SIZES)}, and is {size!r}.")
        return 2
    shape, small = SIZES[size], size == "small"
    prepare(size)
    from tests.bench import counts, pages, scan, writes

    benchmarks: dict[str, Callable[[], object]] = {
        "query-count": counts.query_count,
        "caseload-page": lambda: pages.caseload_page(2.5 if small else 2.0),
        "caseload-vs-admin": lambda: pages.caseload_vs_admin(3 if small else 5),
        "caseload-scale": lambda: pages.caseload_scale(1.3 if small else 1.15),
        "deep-page": lambda: pages.deep_page(shape, 1.3 if small else 1.2),
        "open-case": lambda: pages.open_case(2.5 if small else 2.0),
        "log-contact": lambda: writes.log_contact(3 if small else 2.5),
        "note-search": lambda: pages.note_search(0.1 if small else 0.01),
        "import": lambda: writes.caseload_import(500, 10) if small else writes.caseload_import(5000, 60),
        "scan": scan.scan,
        "authz-cost": lambda: pages.authz_cost(1.3 if small else 1.2),
        "audit-cost": lambda: pages.audit_cost(1.3 if small else 1.15),
    }
    unknown = set(wanted) - set(benchmarks)
    if unknown:
        say(f"no such benchmark: {', '.join(sorted(unknown))}")
        return 2
    chosen = {name: run for name, run in benchmarks.items() if not wanted or name in wanted}
    failed = [name for name, run in chosen.items() if not _holds(name, run)]
    return 1 if failed else 0


def _holds(name: str, run: Callable[[], object]) -> bool:
    """Run one; whether it ended, and for the number of queries whether that is right. The others run all the same."""
    try:
        return run() is not False or name != "query-count"
    except Exception:
        say(f"{name} failed\n{traceback.format_exc()}")
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
