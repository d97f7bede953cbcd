"""Text into lines: unmarked is the director's report, marked is a voice, a fact or an interpretation.

The marks of the contract: a line that begins with `@name:` is that person's statement, `!` a fact, `~` an
interpretation. `@name*:` is a statement that only director and deputy read. A fact says how it is known at its end:
`(bron: …)`. The same rules make the lines again into the text that a correction starts from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from families.names import fold
from network.choices import LineKind

MAX_TEXT = 50_000
MAX_LINES = 5_000
# As long as the column of `ContactLine.known_from`; a longer one stays in the text of the fact.
MAX_SOURCE = 200
_SOURCE = re.compile(r"(?P<text>.*\S)\s*\(bron:(?P<source>.*)\)", re.IGNORECASE)


@dataclass(frozen=True)
class Voice:
    """Somebody whose words can be marked: her party and her name."""

    party_id: int
    name: str


@dataclass(frozen=True)
class Line:
    """One piece of text with its mark; `known_from` only with a fact."""

    kind: str
    text: str
    voice_id: int | None = None
    closed: bool = False
    known_from: str = ""


def parse(body: str, voices: Sequence[Voice]) -> list[Line]:
    """The lines of a text; neighbouring report lines are one piece, so that an unmarked note is one line.

    Raises ValidationError naming the line whose `@name:` is nobody here or more than one.
    """
    lines: list[Line] = []
    report: list[str] = []

    def flush() -> None:
        text = "\n".join(report).strip("\n")
        if text.strip():
            lines.append(Line(LineKind.REPORT, text))
        report.clear()

    for number, raw in enumerate(body.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        marked = _marked(raw, voices, number)
        if marked is None:
            report.append(raw.rstrip())
            continue
        flush()
        lines.append(marked)
    flush()
    if len(lines) > MAX_LINES:
        raise ValidationError(_("At most %(n)s marked lines fit in one contact.") % {"n": MAX_LINES})
    return lines


def _marked(raw: str, voices: Sequence[Voice], number: int) -> Line | None:
    text = raw.strip()
    if text.startswith("@") and ":" in text:
        name, _colon, words = text[1:].partition(":")
        closed = name.endswith("*")
        if words.strip():
            return Line(LineKind.STATEMENT, words.strip(), _who(name.rstrip("*"), voices, number), closed)
    rest = text[1:].strip()
    if rest and text[0] == "!":
        return _fact(rest)
    if rest and text[0] == "~":
        return Line(LineKind.INTERPRETATION, rest)
    return None


def _fact(text: str) -> Line:
    """A fact, with how it is known when that stands at its end."""
    found = _SOURCE.fullmatch(text)
    source = found["source"].strip() if found else ""
    if found is None or len(source) > MAX_SOURCE:
        return Line(LineKind.FACT, text)
    # A source that was left empty is none; what stands before it may end in one of its own.
    return Line(LineKind.FACT, found["text"], known_from=source) if source else _fact(found["text"])


def _who(name: str, voices: Sequence[Voice], number: int) -> int:
    wanted = fold(name)
    exact = [voice for voice in voices if fold(voice.name) == wanted]
    found = exact or [voice for voice in voices if fold(voice.name).split(" ")[0] == wanted]
    if len(found) == 1:
        return found[0].party_id
    if found:
        names = ", ".join(voice.name for voice in found)
        raise ValidationError(
            _("Line %(n)s: which %(name)s? Write the whole name: %(names)s.")
            % {"n": number, "name": name.strip(), "names": names}
        )
    raise ValidationError(
        _("Line %(n)s: %(name)s is not known in this family. Choose somebody of the family, or leave the @ out.")
        % {"n": number, "name": name.strip() or "@"}
    )


def marks(names: Sequence[str]) -> list[str]:
    """For each of these names the shortest that `parse` takes for that one alone: the first word, else all of it.

    Empty for a name that cannot be told from another's, or that a mark cannot hold.
    """
    whole = [fold(name) for name in names]
    first = [name.split(" ")[0] for name in whole]
    found = []
    for name, folded, word in zip(names, whole, first, strict=True):
        short = name.split(" ")[0]
        alone = first.count(word) == 1 and whole.count(word) == (folded == word) and fold(short) == word
        mark = short if alone else name if whole.count(folded) == 1 else ""
        found.append("" if ":" in mark or mark.endswith("*") else mark)
    return found


def write(lines: Iterable[Line], names: dict[int, str]) -> str:
    """The text from which these lines came; `names` gives each voice's name."""
    return "\n".join(_written(line, names) for line in lines)


def _written(line: Line, names: dict[int, str]) -> str:
    if line.kind == LineKind.STATEMENT:
        return f"@{names.get(line.voice_id or 0, '')}{'*' if line.closed else ''}: {line.text}"
    if line.kind == LineKind.FACT:
        return f"! {line.text} (bron: {line.known_from})" if line.known_from else f"! {line.text}"
    return f"~ {line.text}" if line.kind == LineKind.INTERPRETATION else line.text
