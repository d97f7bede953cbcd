"""Text as the scanner reads it: letters and digits only, each with the place where it stands in the original.

What is seen through is a closed list, each held by a test: capitals, accents, ligatures, full-width and other digits,
spaces of every kind, soft hyphens and hyphens at the end of a line, signs without a width, punctuation in between.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

_GAP = " "
_ADDRESSES_IN_EACH_OTHER = 5
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})")
# Letters that Unicode does not take apart into a letter and a mark.
_ALIKE = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


class _Signs(dict[str, str]):
    """What each sign becomes: its letters, a gap, or nothing when it has no width; looked up once for each sign."""

    def __missing__(self, sign: str) -> str:
        found = self[sign] = _plain(sign)
        return found


def _plain(sign: str) -> str:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return ""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold()).translate(_ALIKE)
    kept = "".join(_digit(one) for one in plain if one.isalnum())
    return kept or _GAP


def _digit(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)


_SIGNS = _Signs()


@dataclass(frozen=True)
class Folded:
    """Folded text. `places[k]` is where sign k stands in the original; `starts[k]` says that a gap stands before it."""

    text: str
    places: list[int]
    starts: bytearray

    def is_edge(self, at: int) -> bool:
        """Whether something begins at sign `at` or ended just before it: a gap, or letters beside digits."""
        if at in (0, len(self.text)) or self.starts[at]:
            return True
        return self.text[at].isdigit() != self.text[at - 1].isdigit()


def fold(text: str) -> Folded:
    """`text` folded, with the way back to the original."""
    signs: list[str] = []
    places: list[int] = []
    starts = bytearray()
    table, gap = _SIGNS, True
    for place, sign in enumerate(text):
        plain = table[sign]
        if plain == _GAP:
            gap = True
            continue
        for one in plain:
            signs.append(one)
            places.append(place)
            starts.append(gap)
            gap = False
    return Folded("".join(signs), places, starts)


def folded(text: str) -> str:
    """Only the letters and digits of a text, without capitals, accents, ligatures and signs without a width."""
    table = _SIGNS
    return "".join(plain for sign in text if (plain := table[sign]) != _GAP)


def unquoted(text: str) -> list[str]:
    """A text, and what it says when addresses in it are read: percent signs, as often as one was put into another."""
    found = [text]
    while "%" in text and len(found) <= _ADDRESSES_IN_EACH_OTHER:
        plain = unquote(text)
        if plain == text:
            break
        found.append(text := plain)
    return found


def unescaped(text: str) -> list[str]:
    r"""A text, and what it says when signs in it are written as in a script: \u0057, \x57."""
    plain = _ESCAPE.sub(lambda sign: chr(int(sign[1] or sign[2], 16)), text)
    return [text] if plain == text else [text, plain]
