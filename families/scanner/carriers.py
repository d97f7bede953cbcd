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

from lxml import etree

from families.scanner.errors import Unreadable
from families.scanner.folding import unescaped, unquoted
from families.scanner.pdf import pdf_parts
from families.scanner.terms import HEAD

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
    reading = Reading({"name": "\n".join(unquoted(name))})
    reader = _reader(name, data)
    if reader is None:
        raise Unreadable("unknown kind")
    try:
        reader(data, reading, depth)
    except (zipfile.BadZipFile, etree.LxmlError, LookupError, ValueError, RecursionError) as error:
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
        self.has_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if not _INLINE.fullmatch(tag):
            self.text.append("\n")
        for _name, value in attrs:
            if value:
                self.beside += unquoted(value)
                self.has_data = self.has_data or value.lstrip().lower().startswith("data:")

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
    page = _Page()
    page.feed(_decoded(data))
    page.close()
    reading.parts["text"] = "\n".join(unescaped("".join(page.text)))
    reading.parts["tags"] = "\n".join(unescaped("\n".join(page.beside)))
    if page.has_data:
        # A file inside an address, a picture for instance.
        reading.unread.append("tags")


def _said(text: str) -> str:
    """A text that may be a piece of a page or of a script itself: as it stands, and as it would be shown."""
    found = [line for plain in unquoted(text) for line in unescaped(plain)]
    if "<" in text or "&" in text:
        found += html_text(text)
    return "\n".join(found)


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
            todo += [piece for pair in reversed(one.items()) for piece in reversed(pair)]
        elif isinstance(one, list):
            todo += reversed(one)
        elif one is not None:
            found.append(str(one))
    reading.parts["text"] = "\n".join(found)
    reading.parts["shown"] = "\n".join(_said(text) for text in found if not text.isalnum())


def _calendar(data: bytes, reading: Reading, depth: int) -> None:
    # Lines are folded by bytes: a letter of two bytes can stand in both.
    unfolded = _decoded(re.sub(rb"\r?\n[ \t]", b"", data))
    if re.search(r"^ATTACH[^:\n]*(ENCODING=BASE64|VALUE=BINARY)", unfolded, re.IGNORECASE | re.MULTILINE):
        reading.unread.append("attachment")
    text = re.sub(r"\\([nN,;\\])", lambda sign: "\n" if sign[1] in "nN" else sign[1], unfolded)
    reading.parts["text"] = _said(text)


# --- Office documents -------------------------------------------------------------------------------------------------

_BLOCKS = frozenset(
    {"p", "row", "c", "si", "comment", "tr", "tc", "br", "tab", "cr", "Relationship", "sheet", "definedName"}
)
# Words that were struck out, and commands of a field: they travel along, and stand between the letters of a word.
_ASIDE = frozenset({"delText", "instrText", "delInstrText"})
# A sign that a sheet writes by its number.
_BY_NUMBER = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _office(data: bytes, reading: Reading, depth: int) -> None:
    """DOCX and XLSX: every XML part of the package, properties and hidden parts included."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = package.infolist()
        names = {member.filename for member in members}
        if not names & {"word/document.xml", "xl/workbook.xml"}:
            raise Unreadable("unknown package")
        if len(members) > _MAX_PARTS or sum(member.file_size for member in members) > MAX_BYTES:
            raise Unreadable("too large")
        told = [package.comment, *(member.comment for member in members)]
        reading.parts["package"] = "\n".join([*sorted(names), *(text.decode("utf-8", "replace") for text in told)])
        for member in members:
            if member.filename.endswith((".xml", ".rels", ".vml")):
                reading.parts[member.filename] = _xml_text(package.read(member))
            elif not member.is_dir():
                reading.unread.append(member.filename)


def _xml_text(data: bytes) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    aside = [element.text or "" for element in root.iter(etree.Element) if etree.QName(element).localname in _ASIDE]
    # What stands aside and what tags say comes behind the text, so that it never parts a word.
    text = "".join([*_xml_pieces(root), "\n", *aside, *_told(root)])
    numbered = _BY_NUMBER.sub(lambda sign: chr(int(sign[1], 16)), text)
    return text if numbered == text else f"{text}\n{numbered}"


def _xml_pieces(root: etree._Element) -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield f"\n{element.text or ''}\n{element.tail or ''}"
            continue
        name = etree.QName(element).localname
        text = (element.text if name not in _ASIDE else "") if event == "start" else element.tail
        yield ("\n" if name in _BLOCKS else "") + (text or "")


def _told(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        for value in element.attrib.values():
            if len(value) >= HEAD:
                yield "".join(f"\n{text}" for text in unquoted(str(value)))


# --- Mail -------------------------------------------------------------------------------------------------------------


def _mail(data: bytes, reading: Reading, depth: int) -> None:
    message = email.message_from_bytes(data, policy=email.policy.default)
    for number, part in enumerate(message.walk(), start=1):
        # Before its first part and behind its last a mail can say something that few readers show.
        around = [part.preamble or "", part.epilogue or ""]
        words = [f"{name}: {value}" for name, value in part.items()]
        # Bytes that no header may hold come as halves of signs.
        told = "\n".join([*words, *around]).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        reading.parts["headers" if number == 1 else f"part {number} headers"] = told
        if not part.is_multipart():
            _mail_part(part, f"part {number}", reading, depth)


_ENDINGS = {"text/html": "html", "text/calendar": "ics", "text/csv": "csv"}


def _mail_part(part: EmailMessage, where: str, reading: Reading, depth: int) -> None:
    name, kind = part.get_filename() or "", part.get_content_type()
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset()
    if kind.startswith("text/") and charset:
        data = data.decode(charset, "replace").encode()
    names = [name] if name else []
    if kind.startswith("text/") and not name.endswith(ending := f".{_ENDINGS.get(kind, 'txt')}"):
        # Shown as what the mail says it is, opened as what its name says.
        names = [name + ending if name else where + ending, *names]
    for one in names:
        inner = _read(one, data, depth + 1)
        reading.parts |= {f"{where} {key} ({one})": text for key, text in inner.parts.items()}
        reading.unread += [f"{where} {key}" for key in inner.unread]
    if not names:
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
