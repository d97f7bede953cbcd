"""Parts of pages that come again and again, fast: a template is rendered once for each shape, texts are put in after.

What decides in such a template is its shape: its switches and numbers, whether a text is there, and the few words named
in `by`. A page has some dozen shapes and hundreds of rows (performance.md: where the time goes), so a shape must not
hold what differs for every case: a name, a date or an address is always a text.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from html import escape
from operator import attrgetter
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# A longer text may be cut by its template, so such a row is rendered for itself.
LONGEST = 1_000
_MARK = re.compile("\ue000([0-9]+)\ue001")
_BETWEEN = "\ue002"


Names = tuple[str, ...]
Values = tuple[Any, ...]
# What a template may decide on besides the parts of its row.
Switches = tuple[tuple[str, bool], ...]


class _NotForAPattern(Exception):
    """This row has a text that is too long, or that has our own signs in it."""


class _Texts(list[str]):
    """The texts of a row in order; escaped all at once, which is a third of the work of escaping each."""

    def __init__(self) -> None:
        self.safe: dict[int, str] = {}

    def escaped(self) -> list[str]:
        """Every text as it stands in the page; what was made safe before is left as it is."""
        joined = _BETWEEN.join(self)
        if "\ue000" in joined or joined.count(_BETWEEN) >= max(len(self), 1):
            raise _NotForAPattern
        pieces = escape(joined).split(_BETWEEN)
        for number, text in self.safe.items():
            pieces[number] = text
        return pieces


class _Place:
    """Where the text with this number stands in its row; one object for each number, so that shapes compare fast."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number


class _Row(tuple[Any, ...]):
    """The shape of a row: its names, and then what stands under each."""

    __slots__ = ()


_PLACES: dict[int, _Place] = {}


def fill(template: str, name: str, row: Any, by: frozenset[str]) -> SafeString:
    """`template` rendered with `row` (a dataclass, or a mapping of names) as `name`; the text is that of an include."""
    return mark_safe(_fill(template, name, *_split(row), by, (), get_language()))  # noqa: S308 - see `_fill`


def fill_all(
    template: str, name: str, rows: Iterable[tuple[Names, Values, Switches]], by: frozenset[str]
) -> SafeString:
    """The same for many rows, joined; each with its names, what stands under them, and switches beside those."""
    language = get_language()
    filled = [_fill(template, name, names, values, by, beside, language) for names, values, beside in rows]
    return mark_safe("".join(filled))  # noqa: S308 - see `_fill`


@lru_cache(maxsize=256)
def _fixed(template: str, language: str | None) -> SafeString:
    return SafeString(render_to_string(template))


def fixed(template: str) -> SafeString:
    """A template without anything of this request in it, rendered once for each language."""
    return _fixed(template, get_language())


def _fill(
    template: str, name: str, names: Names, values: Values, by: frozenset[str], beside: Switches, language: str | None
) -> str:
    """The template's own text, and the row's texts escaped."""
    texts = _Texts()
    try:
        shape = _shape(names, values, by, texts)
        escaped = texts.escaped()
    except _NotForAPattern:
        return render_to_string(template, {name: {**dict(zip(names, values, strict=True)), **dict(beside)}})
    words, places = _pattern(template, name, shape, beside, language)
    if not places:
        return words[0]
    pieces = list(words)
    pieces[1::2] = [escaped[place] for place in places]
    return "".join(pieces)


def _split(row: Any) -> tuple[Names, Values]:
    if isinstance(row, dict):
        return tuple(row), tuple(row.values())
    names, values_of = _names(type(row))  # type: ignore[arg-type]  # a class can be a key
    return names, values_of(row)


def parts(row: Any) -> dict[str, Any]:
    """The parts of a row by name."""
    return row if isinstance(row, dict) else dict(zip(*_split(row), strict=True))


def split(rows: Iterable[Any], switches: Switches) -> Iterator[tuple[Names, Values, Switches]]:
    """Rows as `fill_all` takes them, each with the same switches beside it."""
    return ((*_split(row), switches) for row in rows)


def _shape(names: Names, values: Values, by: frozenset[str], texts: _Texts) -> _Row:
    """What the template can decide on; the texts are collected, escaped."""
    shape: list[Any] = [names]
    for name, value in zip(names, values, strict=True):
        # Most parts are plain texts: those are taken here, without a call.
        if type(value) is str and value and name not in by and len(value) <= LONGEST:
            shape.append(_PLACES.get(len(texts)) or _place(len(texts)))
            texts.append(value)
        elif value is True or value is False:
            shape.append(value)
        else:
            shape.append(_part(name, value, by, texts))
    return _Row(shape)


@lru_cache(maxsize=64)
def _names(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of a dataclass, and what takes all of them from one object."""
    names = tuple(field.name for field in fields(kind))
    return names, attrgetter(*names) if len(names) > 1 else lambda row: (getattr(row, names[0]),)


def _place(number: int) -> _Place:
    return _PLACES.get(number) or _PLACES.setdefault(number, _Place(number))


def _part(name: str, value: Any, by: frozenset[str], texts: _Texts) -> Any:
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, str):
        return str(value) if name in by or not value else _text(value, texts)
    if isinstance(value, list):
        return tuple([_one(part, by, texts) for part in value])
    if isinstance(value, dict):
        return _shape(*_split(value), by, texts)
    return value if isinstance(value, bool | int) else None


def _one(value: Any, by: frozenset[str], texts: _Texts) -> Any:
    """One of a list: a row of its own, or a text."""
    if type(value) is str:
        return _text(value, texts)
    if isinstance(value, dict) or is_dataclass(value):
        return _shape(*_split(value), by, texts)
    return _text(str(value), texts)


def _text(value: str, texts: _Texts) -> _Place:
    if len(value) > LONGEST:
        raise _NotForAPattern
    if type(value) is not str:
        texts.safe[len(texts)] = conditional_escape(value)
    texts.append(value)
    return _place(len(texts) - 1)


@lru_cache(maxsize=4_000)
def _pattern(
    template: str, name: str, shape: _Row, beside: Switches, language: str | None
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The rendered text, divided at the marks: words, and between them which text stands there."""
    pieces = _MARK.split(render_to_string(template, {name: {**_marked(shape), **dict(beside)}}))
    return tuple(pieces), tuple(int(number) for number in pieces[1::2])


def _marked(shape: Any) -> Any:
    """The shape as a row again, with a mark where a text belongs."""
    if isinstance(shape, _Place):
        return f"\ue000{shape.number}\ue001"
    if isinstance(shape, _Row):
        return {name: _marked(part) for name, part in zip(shape[0], shape[1:], strict=True)}
    return [_marked(part) for part in shape] if isinstance(shape, tuple) else shape
