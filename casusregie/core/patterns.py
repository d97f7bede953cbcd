"""Many rows of one template, fast: the template is rendered once for each shape of row, the texts are put in after.

A row's texts decide nothing in its template but whether they are there; its switches, numbers and the few words named
in `by` are its shape. A page has some dozen shapes and hundreds of rows (performance.md: where the time goes).
"""

import re
from dataclasses import fields, is_dataclass
from functools import lru_cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# A longer text may be cut by its template, so such a row is rendered for itself.
LONGEST = 1_000
_MARK = re.compile("\ue000([0-9]+)\ue001")


class _TooLong(Exception):
    """This row has a text that is not for a pattern."""


def fill(template: str, name: str, row: Any, by: frozenset[str]) -> SafeString:
    """`template` rendered with `row` (a dataclass, or a mapping of names) as `name`; the text is that of an include."""
    texts: list[str] = []
    try:
        shape = _shape(row, by, texts)
    except _TooLong:
        return SafeString(render_to_string(template, {name: row}))
    words, places = _pattern(template, name, shape, get_language())
    parts = list(words)
    for number, place in enumerate(places):
        parts[2 * number + 1] = texts[place]
    return mark_safe("".join(parts))  # noqa: S308 - the template's own text, and texts escaped one by one


def _shape(row: Any, by: frozenset[str], texts: list[str]) -> tuple[Any, ...]:
    """What the template can decide on; the texts are collected, escaped."""
    names = row if isinstance(row, dict) else _names(type(row))  # type: ignore[arg-type]  # a class can be a key
    pairs = row.items() if isinstance(row, dict) else [(name, getattr(row, name)) for name in names]
    shape = []
    for name, value in pairs:
        # Most parts are plain texts: those are taken here, without a call.
        if type(value) is str and value and name not in by and len(value) <= LONGEST and "\ue000" not in value:
            texts.append(escape(value))
            shape.append((name, _Place(len(texts) - 1)))
        else:
            shape.append((name, _part(name, value, by, texts)))
    return tuple(shape)


@lru_cache(maxsize=64)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _part(name: str, value: Any, by: frozenset[str], texts: list[str]) -> Any:
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, str):
        return value if name in by or not value else _text(value, texts)
    if isinstance(value, list):
        return _many(name, value, by, texts)
    return value if isinstance(value, bool | int) else None


def _many(name: str, values: list[Any], by: frozenset[str], texts: list[str]) -> Any:
    if values and is_dataclass(values[0]):
        return tuple([_shape(value, by, texts) for value in values])
    return tuple([_text(str(value), texts) for value in values])


def _text(value: str, texts: list[str]) -> "_Place":
    if len(value) > LONGEST or "\ue000" in value:
        raise _TooLong
    texts.append(conditional_escape(value))
    return _Place(len(texts) - 1)


class _Place(int):
    """The number of a text in its row."""


@lru_cache(maxsize=4_000)
def _pattern(template: str, name: str, shape: Any, language: str | None) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The rendered text, divided at the marks: words, and between them which text stands there."""
    parts = _MARK.split(render_to_string(template, {name: _marked(shape)}))
    return tuple(parts), tuple(int(number) for number in parts[1::2])


def _marked(shape: Any) -> Any:
    """The shape as a row again, with a mark where a text belongs."""
    if isinstance(shape, _Place):
        return f"\ue000{int(shape)}\ue001"
    if not isinstance(shape, tuple):
        return shape
    if shape and isinstance(shape[0], tuple) and len(shape[0]) == 2 and isinstance(shape[0][0], str):
        return {name: _marked(part) for name, part in shape}
    return [_marked(part) for part in shape]
