"""Going on in a long list by key, never by counting (performance.md: no OFFSET, no count in a hot path)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows and the reference after which to go on; empty when this was the end."""

    rows: Sequence[Row]
    next_after: str = ""
