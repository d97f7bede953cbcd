"""The least an honest page can cost: session and user loaded as in the product, one statement, the same rows and about
the same number of bytes of HTML joined from strings, in the same server. No rights, no log, no translation.

The files `*.html` are the parts of the pages around their rows as they were when the floor was made; a floor is kept
when a page changes, so that a page cannot become dear unseen.
"""

from pathlib import Path


def frame(name: str) -> tuple[str, str]:
    """What stands before and behind the rows."""
    before, behind = (Path(__file__).parent / f"{name}.html").read_text("utf-8").split("<!-- rows -->")
    return before, behind
