"""Finding the forms of many facts in a text at once: one pass, by the first five signs of each form."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from families.scanner.folding import Folded, fold
from families.scanner.terms import HEAD, forms_of

# A form that begins or ends with so many letters is found inside a longer word too: Wilgenroosschool.
_OWN_LETTERS = 8


@dataclass(frozen=True)
class Hit:
    """A fact stands here: `start` and `end` are places in the text of the part `where`."""

    fact: Hashable
    where: str
    start: int
    end: int


@dataclass(frozen=True)
class _Form:
    text: str
    fact: Hashable
    free_start: bool
    free_end: bool


class Matcher:
    """The forms of all terms of some facts, ready to be looked for."""

    def __init__(self, terms: Iterable[tuple[Hashable, Iterable[str]]]) -> None:
        heads: dict[str, list[_Form]] = defaultdict(list)
        for fact, some in terms:
            for form in {form for term in some for form in forms_of(term)}:
                heads[form[:HEAD]].append(_Form(form, fact, _free(form), _free(form[::-1])))
        self._heads = dict(heads)

    def find(self, parts: Mapping[str, str]) -> list[Hit]:
        """Every place where a fact stands, each fact at most once in a part."""
        return [hit for where, text in parts.items() for hit in self._in(where, fold(text))]

    def _in(self, where: str, read: Folded) -> Iterator[Hit]:
        text, heads, seen = read.text, self._heads, set()
        for at in range(len(text) - HEAD + 1):
            forms = heads.get(text[at : at + HEAD])
            if forms is None:
                continue
            for form in forms:
                if form.fact not in seen and _stands(form, read, at):
                    seen.add(form.fact)
                    yield Hit(form.fact, where, read.places[at], read.places[at + len(form.text) - 1] + 1)


def _stands(form: _Form, read: Folded, at: int) -> bool:
    if not read.text.startswith(form.text, at):
        return False
    return (form.free_start or read.is_edge(at)) and (form.free_end or read.is_edge(at + len(form.text)))


def _free(form: str) -> bool:
    return len(form) >= _OWN_LETTERS and form[:_OWN_LETTERS].isalpha()
