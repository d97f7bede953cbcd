"""Privacystand: for the train, names become initials everywhere in what is shown, and nowhere in what is sent back.

It is one step on the way out of every page and fragment, so that no template can forget it. Text and the attributes
that are read aloud or shown are rewritten; values of fields, text areas, addresses and scripts are left as they are. The
kernel knows no families: the apps that hold names register a function that gives those of the case a page is about, or of
all cases of a reader for a page over several.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any

from casusregie.core.models import User

SESSION_KEY = "privacy"

# (user, reference of the case or "" for all of hers, now) → the names that stand for somebody, as they are written.
Names = Callable[[User, str, datetime], Iterable[str]]
_sources: list[Names] = []

_TOKEN = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s\-.'’]{1,3}")
# Attributes that are shown or read aloud.
_SHOWN = {
    "aria-label",
    "aria-description",
    "aria-valuetext",
    "aria-roledescription",
    "alt",
    "title",
    "label",
    "data-label",
}
_SHOWN |= {"placeholder", "summary", "abbr"}
_LEFT_ALONE = {"script", "style", "textarea"}
_SHORT = 3


def register_names(source: Names) -> None:
    """Let an app say which names belong to a case, or to all cases of a reader; registering twice is once."""
    if source not in _sources:
        _sources.append(source)


def names_for(user: User, case_ref: str, now: datetime) -> list[str]:
    """All names that must not be read on a page about this case (or, without one, on a page over several)."""
    return [name for source in _sources for name in source(user, case_ref, now)]


def initials(name: str) -> str:
    """ "Marianne van Halteren" → "M.v.H.", "Jansen-de Vries" → "J.-d.V.", "IJsbrand" → "IJ."."""
    found = []
    for part in re.findall(r"[^\W_]+|-", name):
        found.append("-" if part == "-" else f"{'IJ' if part.startswith('IJ') else part[0]}.")
    return "".join(found)


class Veil:
    """The names of one page, looked up word by word: a long list costs no more than a short one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, bool]]] = defaultdict(list)
        for name in set(names):
            words = tuple(_TOKEN.findall(name))
            if words:
                # A short name ("An", "Bo") is also a word, or a part of one: only with its capital is it a name.
                exact = len(words) == 1 and len(words[0]) <= _SHORT
                folded = tuple(word.casefold() for word in words)
                self._by_first[folded[0]].append((words if exact else folded, initials(name), exact))
        for found in self._by_first.values():
            found.sort(key=lambda one: -len(one[0]))

    def text(self, text: str) -> str:
        """The text with every name in it as initials."""
        words = list(_TOKEN.finditer(text))
        out, done, at = [], 0, 0
        while at < len(words):
            hit = self._at(text, words, at)
            if hit is None:
                at += 1
                continue
            length, shown = hit
            out += [text[done : words[at].start()], shown]
            done = words[at + length - 1].end()
            at += length
        return "".join([*out, text[done:]]) if done else text

    def _at(self, text: str, words: list[re.Match[str]], at: int) -> tuple[int, str] | None:
        """How many words from here are a name, and its initials; a possessive s stays."""
        first = words[at].group().casefold()
        for stem, tail in ((first, ""), (first[:-1], "'s") if first.endswith("s") else ("", "")):
            for name, shown, exact in self._by_first.get(stem, ()):
                if self._fits(text, words, at, name, exact, tail):
                    return len(name), shown + tail
        # "de familie Halterens": the possessive stands behind the last word.
        return self._possessive(text, words, at, first)

    def _possessive(self, text: str, words: list[re.Match[str]], at: int, first: str) -> tuple[int, str] | None:
        for name, shown, exact in self._by_first.get(first, ()):
            if len(name) > 1 and self._fits(text, words, at, name, exact, "'s"):
                return len(name), f"{shown}'s"
        return None

    @staticmethod
    def _fits(text: str, words: list[re.Match[str]], at: int, name: tuple[str, ...], exact: bool, tail: str) -> bool:
        here = words[at : at + len(name)]
        if len(here) < len(name):
            return False
        said = [word.group() if exact else word.group().casefold() for word in here]
        if tail:
            said[-1] = said[-1][:-1] if said[-1].endswith("s") else ""
        if tuple(said) != name:
            return False
        gaps = zip(here, here[1:], strict=False)
        return all(_BETWEEN.fullmatch(text[one.end() : other.start()]) for one, other in gaps)


class _Page(HTMLParser):
    """Writes a page out again as it came in, with its texts and shown attributes behind the veil."""

    def __init__(self, veil: Veil) -> None:
        super().__init__(convert_charrefs=False)
        self._veil = veil
        self._out: list[str] = []
        self._text: list[str] = []
        self._inside = ""

    def whole(self, page: str) -> str:
        """The page."""
        self.feed(page)
        self.close()
        self._flush()
        return "".join(self._out)

    def _flush(self) -> None:
        if not self._text:
            return
        raw = "".join(self._text)
        self._text.clear()
        plain = unescape(raw)
        veiled = self._veil.text(plain)
        self._out.append(raw if veiled == plain else escape(veiled, quote=False))

    def _put(self, raw: str) -> None:
        self._flush()
        self._out.append(raw)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag, with the attributes that are shown rewritten when a name stands in them."""
        raw = self.get_starttag_text() or ""
        hidden = {
            name: self._veil.text(value) for name, value in attrs if value and name in _SHOWN and not self._inside
        }
        if any(hidden.get(name, value) != value for name, value in attrs):
            raw = _tag(tag, [(name, hidden.get(name, value)) for name, value in attrs], raw.endswith("/>"))
        self._put(raw)
        if tag in _LEFT_ALONE and not raw.endswith("/>"):
            self._inside = tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """The end of a tag."""
        self._put(f"</{tag}>")
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Text; kept until the next tag, because a name can be in pieces."""
        if self._inside:
            self._put(data)
        else:
            self._text.append(data)

    def handle_entityref(self, name: str) -> None:
        """ "&amp;" and the like, as they came."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """ "&#x27;" and the like, as they came."""
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self._put(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """The doctype."""
        self._put(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        """CDATA in a drawing."""
        self._put(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        """A processing instruction."""
        self._put(f"<?{data}>")


def _tag(tag: str, attrs: list[tuple[str, Any]], closed: bool) -> str:
    parts = [name if value is None else f'{name}="{escape(value)}"' for name, value in attrs]
    return f"<{' '.join([tag, *parts])}{'/' if closed else ''}>"


def veiled(page: str, names: Iterable[str]) -> str:
    """An HTML page or fragment with these names as initials; everything that is sent back as it was."""
    return _Page(Veil(names)).whole(page)
