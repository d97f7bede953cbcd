"""The text of finished bytes, whatever carries it: HTML, PDF, calendar, table, document, mail, and the file's name.

`text_of` gives every part under a name that can be pointed at, and says which parts have no text layer. Fail closed:
what is not in the list, or cannot be read to the end, raises Unreadable.
"""

import email
import email.policy
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from html.parser import HTMLParser
from urllib.parse import unquote

from lxml import etree

from families.scanner.errors import Unreadable
from families.scanner.pdf import pdf_parts

MAX_BYTES = 50_000_000
_MAX_PARTS = 2_000
_DEEPEST = 4


@dataclass
class Reading:
    """What was read: text by part, and the parts that hold no text (a scan, a photo, an attached file)."""

    parts: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def text_of(name: str, data: bytes) -> Reading:
    """Every text in a file with this name; the name itself is a part. Raises Unreadable."""
    return _read(name, data, 0)


def has_text_layer(name: str, data: bytes) -> bool:
    """Whether everything on every page of a PDF is text that is read for certain: no picture, no page without a word."""
    try:
        reading = text_of(name, data)
    except Unreadable:
        return False
    pages = [text for part, text in reading.parts.items() if part.startswith("page:")]
    return bool(pages) and not reading.unread and all(any(sign.isalnum() for sign in text) for text in pages)


def _read(name: str, data: bytes, depth: int) -> Reading:
    if len(data) > MAX_BYTES or depth > _DEEPEST:
        raise Unreadable("too large")
    reading = Reading({"name": unquote(name)})
    reader = _reader(name, data)
    if reader is None:
        raise Unreadable("unknown kind")
    try:
        reader(data, reading, depth)
    except (zipfile.BadZipFile, etree.LxmlError, UnicodeError, ValueError, KeyError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from error
    return reading


_Read = Callable[[bytes, Reading, int], None]


def _reader(name: str, data: bytes) -> _Read | None:
    if data[:1024].lstrip().startswith(b"%PDF"):
        return _pdf
    if data.startswith(b"PK\x03\x04"):
        return _office
    return _BY_ENDING.get(name.rpartition(".")[2].lower())


def _pdf(data: bytes, reading: Reading, depth: int) -> None:
    parts, unread = pdf_parts(data)
    reading.parts |= parts
    reading.unread += unread


# --- HTML and plain text ----------------------------------------------------------------------------------------------

_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|ruby|rb|rt|s|samp|small|span"
    "|strike|strong|sub|sup|svg|path|time|tt|u|var|wbr|use"
)


class _Page(HTMLParser):
    """Text joined over inline tags and parted at the others; attributes, comments and scripts beside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.beside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if not _INLINE.fullmatch(tag):
            self.text.append("\n")
        for _name, value in attrs:
            if value:
                self.beside += [value, unquote(value)] if "%" in value else [value]

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if not _INLINE.fullmatch(tag):
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        """Text."""
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment travels with the page."""
        self.beside.append(data)

    def handle_decl(self, decl: str) -> None:
        """A declaration."""
        self.beside.append(decl)

    def handle_pi(self, data: str) -> None:
        """An instruction."""
        self.beside.append(data)

    def unknown_decl(self, data: str) -> None:
        """A stretch that is no markup."""
        self.beside.append(data)


def html_text(page: str) -> tuple[str, str]:
    """What a page says, and what its tags say beside that."""
    parser = _Page()
    parser.feed(page)
    parser.close()
    return "".join(parser.text), "\n".join(parser.beside)


def _html(data: bytes, reading: Reading, depth: int) -> None:
    reading.parts["text"], reading.parts["tags"] = html_text(_decoded(data))


def _plain(data: bytes, reading: Reading, depth: int) -> None:
    reading.parts["text"] = _decoded(data)


def _decoded(data: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or the old Windows letters; anything else is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if "\x00" in text:
        raise Unreadable("binary")
    return text


def _json(data: bytes, reading: Reading, depth: int) -> None:
    found: list[str] = []
    todo = [json.loads(data)]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            todo += [*one, *one.values()]
        elif isinstance(one, list):
            todo += one
        elif one is not None:
            found.append(str(one))
    reading.parts["text"] = "\n".join(found)


def _calendar(data: bytes, reading: Reading, depth: int) -> None:
    unfolded = re.sub(r"\r?\n[ \t]", "", _decoded(data))
    if re.search(r"^ATTACH[^:\n]*(ENCODING=BASE64|VALUE=BINARY)", unfolded, re.IGNORECASE | re.MULTILINE):
        reading.unread.append("attachment")
    text = re.sub(r"\\([nN,;\\])", lambda sign: "\n" if sign[1] in "nN" else sign[1], unfolded)
    reading.parts["text"] = f"{text}\n{unquote(text)}" if "%" in text else text


# --- Office documents -------------------------------------------------------------------------------------------------

_BLOCKS = frozenset(
    {"p", "row", "c", "si", "comment", "tr", "tc", "br", "tab", "cr", "Relationship", "sheet", "definedName"}
)
_TELLING = frozenset({"name", "Target", "title", "descr", "tooltip", "location", "author", "display", "val", "ref"})


def _office(data: bytes, reading: Reading, depth: int) -> None:
    """DOCX and XLSX: every XML part of the package, properties and hidden parts included."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = package.infolist()
        names = {member.filename for member in members}
        if not names & {"word/document.xml", "xl/workbook.xml"}:
            raise Unreadable("unknown package")
        if len(members) > _MAX_PARTS or sum(member.file_size for member in members) > MAX_BYTES:
            raise Unreadable("too large")
        for member in members:
            if member.filename.endswith((".xml", ".rels", ".vml")):
                reading.parts[member.filename] = _xml_text(package.read(member))
            elif not member.is_dir():
                reading.unread.append(member.filename)


def _xml_text(data: bytes) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    # What tags say stands behind the text, so that it never parts a word.
    return "".join([*_xml_pieces(root), *_told(root)])


def _xml_pieces(root: etree._Element) -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            yield f"\n{element.text or ''}\n"
            continue
        text = element.text if event == "start" else element.tail
        yield ("\n" if etree.QName(element).localname in _BLOCKS else "") + (text or "")


def _told(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            text = str(value)
            if etree.QName(str(name)).localname in _TELLING and len(text) >= 5:
                yield f"\n{text}\n{unquote(text)}"


# --- Mail -------------------------------------------------------------------------------------------------------------


def _mail(data: bytes, reading: Reading, depth: int) -> None:
    message = email.message_from_bytes(data, policy=email.policy.default)
    reading.parts["headers"] = "\n".join(f"{name}: {value}" for name, value in message.items())
    for number, part in enumerate(message.walk(), start=1):
        if not part.is_multipart():
            _mail_part(part, f"part {number}", reading, depth)


def _mail_part(part: EmailMessage, where: str, reading: Reading, depth: int) -> None:
    name = part.get_filename() or ""
    kind = part.get_content_type()
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    if kind.startswith("text/") or name:
        ending = {"text/html": "html", "text/calendar": "ics", "text/csv": "csv"}.get(kind, "txt")
        charset = part.get_content_charset()
        if kind.startswith("text/") and charset:
            data = data.decode(charset, "replace").encode()
        inner = _read(name or f"{where}.{ending}", data, depth + 1)
        reading.parts |= {f"{where} {key}": text for key, text in inner.parts.items()}
        reading.unread += [f"{where} {key}" for key in inner.unread]
    else:
        reading.unread.append(where)


_BY_ENDING: dict[str, _Read] = {
    "html": _html,
    "htm": _html,
    "svg": _html,
    "xml": _html,
    "txt": _plain,
    "csv": _plain,
    "ics": _calendar,
    "json": _json,
    "eml": _mail,
}
