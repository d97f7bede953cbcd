"""Going on in a long list by key, never by counting (performance.md: no OFFSET, no count in a hot path)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, Expression, Func

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows and the reference after which to go on; empty when this was the end."""

    rows: Sequence[Row]
    next_after: str = ""


class RowAfter(Func):
    """`(a, b) > (x, y)`: what an index can follow. Four expressions; `descending` turns it round."""

    output_field = BooleanField()

    def __init__(self, *expressions: Expression | Any, descending: bool = False, **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.sign = "<" if descending else ">"

    def as_sql(  # type: ignore[override]  # narrower than what Django allows for templates
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, list[Any]]:
        """Compile to a comparison of rows."""
        parts, params = [], []
        for expression in self.get_source_expressions():
            sql, values = compiler.compile(expression)
            parts.append(sql)
            params.extend(values)
        return f"({parts[0]}, {parts[1]}) {self.sign} ({parts[2]}, {parts[3]})", params
