"""A chat as WhatsApp hands it over, read line by line: who said what, when. Pure; nothing of it is kept here.

Android writes `12-11-2026 14:03 - Naam: tekst`, iOS `[12-11-2026, 14:03:22] Naam: tekst`; Dutch phones put the day first,
English ones often the month, with two digits of the year and `2:03 PM`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\ufeff"))
_WHEN = (
    r"(?P<a>\d{1,4})[-/.](?P<b>\d{1,2})[-/.](?P<c>\d{2,4}),?[\s\u202f]+"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2})?(?:[\s\u202f]*(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_MESSAGE = re.compile(rf"(?:\[{_WHEN}\]|{_WHEN.replace('?P<', '?P<x')}\s+[-\u2013])\s*(?P<rest>.*)", re.DOTALL)
# A name before the first colon; a system line has none.
_SENDER = re.compile(r"(?P<sender>[^:\n]{1,60}):(?:\s(?P<text>.*)|$)", re.DOTALL)
_MEDIA = re.compile(
    r"<(?:media weggelaten|media omitted|bijlage weggelaten|attached:.*|bijgevoegd:.*)>"
    r"|(?:afbeelding|video|audio|sticker|document|gif|image) (?:weggelaten|omitted)"
    r"|.* \((?:bestand bijgevoegd|file attached)\)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Message:
    """One message; `at` is the phone's own clock. Without a sender it is a line of the app itself."""

    at: datetime
    sender: str
    text: str
    is_media: bool = False


@dataclass(frozen=True)
class Chat:
    """What was pasted: the messages in their order, and what stood before the first of them."""

    messages: list[Message]
    before: str = ""
    senders: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Start:
    """The beginning of a message as it stands there: its numbers are not yet a day."""

    numbers: tuple[int, int, int]
    hour: int
    minute: int
    rest: str
    year_first: bool


def read(text: str) -> Chat:
    """The messages of a pasted chat; none when it is no chat. What belongs to no message is not lost: it stands before
    the first, or is a further line of the one above it."""
    starts: list[tuple[_Start, list[str]]] = []
    before: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        start = _start(line.translate(_INVISIBLE))
        if start:
            starts.append((start, [start.rest]))
        else:
            (starts[-1][1] if starts else before).append(line.translate(_INVISIBLE))
    month_first = _month_first(start.numbers for start, _lines in starts)
    messages = [_message(start, lines, month_first) for start, lines in starts]
    senders = list(dict.fromkeys(message.sender for message in messages if message.sender))
    return Chat(messages, "\n".join(before).strip("\n"), senders)


def _start(line: str) -> _Start | None:
    found = _MESSAGE.match(line.lstrip())
    if not found:
        return None
    x = "" if found["a"] else "x"
    a, b, c = (int(found[f"{x}{name}"]) for name in "abc")
    hour, minute, half = int(found[f"{x}hour"]), int(found[f"{x}minute"]), (found[f"{x}half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    start = _Start((a, b, c), hour, minute, found["rest"], year_first=len(found[f"{x}a"]) == 4)
    # Numbers that are no day in either order are words of a message, not its beginning.
    return start if _moment(start, False) or _moment(start, True) else None


def _month_first(days: Iterable[tuple[int, int, int]]) -> bool:
    """Whether these numbers can only be months before days: some second one is above twelve, and no first one."""
    first, second = zip(*[(a, b) for a, b, _c in days] or [(0, 0)], strict=True)
    return any(number > 12 for number in second) and all(number <= 12 for number in first)


def _moment(start: _Start, month_first: bool) -> datetime | None:
    a, b, c = start.numbers
    year, month, day = (a, b, c) if start.year_first else (c, a, b) if month_first else (c, b, a)
    try:
        return datetime(year if year > 99 else 2000 + year, month, day, start.hour, start.minute)  # noqa: DTZ001 - the phone's own clock
    except ValueError:
        return None


def _message(start: _Start, lines: list[str], month_first: bool) -> Message:
    at = _moment(start, month_first) or _moment(start, not month_first)
    if at is None:
        raise ValueError(start)
    while lines and not lines[-1].strip():
        lines.pop()
    whole = "\n".join(lines)
    found = _SENDER.match(whole)
    if not found:
        return Message(at, "", whole.strip())
    text = (found["text"] or "").strip()
    return Message(at, found["sender"].strip(), text, bool(_MEDIA.fullmatch(text)))


@dataclass(frozen=True)
class Words:
    """The words that a note of a chat needs, in the language of the note."""

    chat: str
    media: str
    me: str


def body(chat: Chat, marks: Mapping[str, str], words: Words, days: Mapping[date, str]) -> str:
    """The chat as the text of a note: a line a message, in the words of who sent it.

    `marks` gives for a sender what stands behind the @ of her line; without it the line is report, with the sender's own
    name ("" there: `words.me`, who writes this note). `days` gives each day in words.
    """
    lines = [chat.before] if chat.before.strip() else []
    day: date | None = None
    for message in chat.messages:
        if message.at.date() != day:
            day = message.at.date()
            lines.append(f"{words.chat}, {days[day]}")
        lines.append(_line(message, marks, words))
    return "\n".join(lines)


def _line(message: Message, marks: Mapping[str, str], words: Words) -> str:
    time = f"{message.at:%H:%M}"
    # One line a message: a mark holds to the end of its line.
    text = (
        words.media
        if message.is_media
        else " / ".join(part.strip() for part in message.text.split("\n") if part.strip())
    )
    if not message.sender:
        return f"{time} {text}"
    mark = marks.get(message.sender)
    if mark and text:
        return f"@{mark}: {time} {text}"
    return f"{time} {words.me if mark == '' else message.sender}: {text}"
