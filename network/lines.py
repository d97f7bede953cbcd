"""The text of a contact as lines: unmarked is the director's report, marked is a voice, a fact or an interpretation.

The marks of the contract: a line that begins with `@name:` is that person's statement, `!` a fact, `~` an
interpretation. `@name*:` is a statement that only director and deputy read. The same rules make the lines again into
the text that a correction starts from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from families.names import fold
from network.choices import LineKind

MAX_TEXT = 50_000
MAX_LINES = 5_000


@dataclass(frozen=True)
class Voice:
    """Somebody whose words can be marked: her party and her name."""

    party_id: int
    name: str


@dataclass(frozen=True)
class Line:
    """One piece of text with its mark."""

    kind: str
    text: str
    voice_id: int | None = None
    closed: bool = False


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
    if len(text) > 1 and text[0] in "!~":
        kind = LineKind.FACT if text[0] == "!" else LineKind.INTERPRETATION
        return Line(kind, text[1:].strip()) if text[1:].strip() else None
    return None


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


def write(lines: Iterable[Line], names: dict[int, str]) -> str:
    """The text from which these lines came; `names` gives each voice's name."""
    written = []
    for line in lines:
        if line.kind == LineKind.STATEMENT:
            written.append(f"@{names.get(line.voice_id or 0, '')}{'*' if line.closed else ''}: {line.text}")
        elif line.kind == LineKind.FACT:
            written.append(f"! {line.text}")
        elif line.kind == LineKind.INTERPRETATION:
            written.append(f"~ {line.text}")
        else:
            written.append(line.text)
    return "\n".join(written)
