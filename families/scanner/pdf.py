"""The text of a PDF: its pages, annotations, bookmarks, structure and metadata, each under its own name.

Read with pikepdf. Fail closed: a font that does not say which letters its signs are, an encrypted file or an attached
file makes the whole unreadable; a page with a picture says so. A library that guesses letters would let a text pass that
nobody read.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.agl import toUnicode
from fontTools.encodings.StandardEncoding import StandardEncoding
from lxml import etree

from families.scanner.errors import Unreadable
from families.scanner.folding import unquoted
from families.scanner.terms import HEAD

_DEEPEST = 12
_BESIDE = {"INLINE IMAGE", "BDC", "DP"}
_SHOWS = {"Tj", "'", '"', "TJ"}
# What moves to another place on the page: a gap between words, never a letter.
_MOVES = {"Td", "TD", "Tm", "T*", "BT", "ET", "'", '"'}
# A step back of so many thousandths of a letter is a space.
_WIDE = -180
# What sets the font, keeps it and brings it back; what fills with a pattern.
_FONTS = {"Tf", "gs", "q", "Q"}
_FILLS = {"scn", "SCN"}
# Streams that hold no text, or whose text is read where they are used.
_OF_A_FONT = ("/ToUnicode", "/FontFile", "/FontFile2", "/FontFile3", "/CIDToGIDMap", "/CIDSet", "/Encoding")
_NUMBERS = ("/FunctionType", "/ShadingType", "/HalftoneType", "/N")


def pdf_parts(data: bytes) -> tuple[dict[str, str], list[str]]:
    """Each part's name and text, and the names of parts without a text layer. Raises Unreadable."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            parts, unread = _parts(pdf)
            if _has_more(data, pdf):
                unread.append("structure")
            return parts, unread
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise Unreadable(type(error).__name__) from error


def _has_more(data: bytes, pdf: pikepdf.Pdf) -> bool:
    """Whether the file carries more than what it shows: an earlier state of itself, or bytes behind its end."""
    ends = 2 if pdf.is_linearized else 1
    return data.count(b"startxref") > ends or not data.rstrip(b"\r\n\x00 ").endswith(b"%%EOF")


def _parts(pdf: pikepdf.Pdf) -> tuple[dict[str, str], list[str]]:
    parts: dict[str, str] = {}
    unread: list[str] = []
    fonts: dict[tuple[int, int], _Font] = {}
    read: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, start=1):
        reader = _Reader(fonts, read)
        reader.page(page)
        parts[f"page:{number}"] = "\n".join(["".join(reader.found), *reader.beside])
        if reader.has_picture:
            unread.append(f"page:{number}")
    parts["metadata"] = "\n".join([*_strings(pdf.docinfo), *_packets(pdf)])
    rest = _Rest(fonts, read)
    for one in pdf.objects:
        rest.take(one)
    rest.finish()
    parts["structure"] = "\n".join(rest.found)
    return parts, unread + list(dict.fromkeys(rest.unread))


def _packets(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The metadata in XML, of the file and of anything in it."""
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Type") == "/Metadata":
            packet = etree.fromstring(bytes(one.read_bytes()).strip(b"\x00 \r\n"), _XML)
            yield "".join(str(text) for text in packet.itertext())
            yield from (str(value) for element in packet.iter(etree.Element) for value in element.attrib.values())


_XML = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _strings(start: Any) -> Iterator[str]:
    """Every text and name that stands in an object itself, in what it holds and in the names of its entries."""
    todo = [start]
    while todo:
        one = todo.pop()
        if isinstance(one, pikepdf.String):
            yield from _said(str(one))
        elif isinstance(one, pikepdf.Name):
            yield from _said(str(one)[1:])
        elif isinstance(one, pikepdf.Array):
            todo += [value for value in reversed(list(one)) if not _stands_apart(value)]
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            for key, value in one.items():
                yield from _said(key[1:])
                todo += [] if _stands_apart(value) else [value]


def _said(text: str) -> Iterator[str]:
    """A text, and what an address in it says; what is shorter than any fact is left out."""
    if len(text) >= HEAD:
        yield from unquoted(text)


def _stands_apart(one: Any) -> bool:
    """An object with a number of its own is read under that number, once."""
    return isinstance(one, pikepdf.Object) and one.is_indirect


class _Rest:
    """Everything in the file beside its pages: notes, bookmarks, fields, names, scripts, what is drawn nowhere."""

    def __init__(self, fonts: dict[tuple[int, int], "_Font"], read: set[tuple[int, int]]) -> None:
        self.found: list[str] = []
        self.unread: list[str] = []
        self._fonts, self._read = fonts, read
        self._of_a_font: set[tuple[int, int]] = set()
        self._streams: list[pikepdf.Stream] = []

    def take(self, one: Any) -> None:
        """Read one object of the file; what it points at comes by itself."""
        self.found += _strings(one)
        if isinstance(one, pikepdf.Stream):
            self._streams.append(one)
        elif isinstance(one, pikepdf.Dictionary):
            if "/EF" in one:
                self.unread.append("attachment")
            drawn: list[Any] = [sign for _name, sign in one["/CharProcs"].items()] if "/CharProcs" in one else []
            parts = [*(one.get(key) for key in _OF_A_FONT), *drawn]
            self._of_a_font |= {part.objgen for part in parts if isinstance(part, pikepdf.Stream)}

    def finish(self) -> None:
        """Read what is drawn nowhere; a stream of another kind has no text that can be read for certain."""
        for one in self._streams:
            if one.objgen not in self._of_a_font:
                self._stream(one)

    def _stream(self, one: pikepdf.Stream) -> None:
        if one.get("/Type") == "/EmbeddedFile":
            self.unread.append("attachment")
        elif one.objgen in self._read or _is_no_text(one):
            return
        elif one.get("/Subtype") == "/Form" or "/PatternType" in one:
            reader = _Reader(self._fonts, self._read)
            reader.stream(one, one.get("/Resources"))
            self.found += ["".join(reader.found), *reader.beside]
            self.unread += ["structure"] if reader.has_picture else []
        else:
            self.unread.append("structure")


def _is_no_text(one: pikepdf.Stream) -> bool:
    kinds = ("/Metadata", "/ObjStm", "/XRef", "/CMap")
    return one.get("/Type") in kinds or one.get("/Subtype") == "/Image" or any(key in one for key in _NUMBERS)


class _Reader:
    """Walks the content of a page, its form objects included, and keeps the letters in the order they are drawn."""

    def __init__(self, fonts: dict[tuple[int, int], "_Font"], read: set[tuple[int, int]]) -> None:
        self.fonts, self.read = fonts, read
        self.found: list[str] = []
        self.beside: list[str] = []
        self.has_picture = False

    def page(self, page: pikepdf.Page) -> None:
        """Read a page and what is laid over it: notes, links and fields, with how each looks."""
        contents = page.obj.get("/Contents")
        for one in contents if isinstance(contents, pikepdf.Array) else [contents]:
            self.read.add(one.objgen if isinstance(one, pikepdf.Stream) else (0, 0))
        self.stream(page, page.resources)
        for note in page.obj.get("/Annots", []):
            self.beside += _strings(note)
            for look in _looks(note.get("/AP")):
                self.stream(look, look.get("/Resources", page.resources), 1)

    def stream(self, content: Any, resources: Any, depth: int = 0, font: "_Font | None" = None) -> None:
        """Read one stream of content with the resources it names; `font` is the one that was set around it."""
        if depth > _DEEPEST:
            raise Unreadable("nested")
        if isinstance(content, pikepdf.Stream):
            self.read.add(content.objgen)
        kept: list[_Font | None] = []
        for instruction in pikepdf.parse_content_stream(content):
            sign, operands = str(instruction.operator), instruction.operands
            if sign in _FONTS:
                font = self._set_font(sign, operands, resources, kept, font)
            elif sign in _SHOWS:
                self.found += ["\n"] if sign in _MOVES else []
                self._show(operands[-1], font)
            elif sign in _MOVES:
                self.found.append("\n")
            else:
                self._other(sign, operands, resources, depth, font)

    def _other(self, sign: str, operands: Any, resources: Any, depth: int, font: "_Font | None") -> None:
        """What draws something else, or says something beside the letters."""
        if sign == "Do":
            self._object(resources, str(operands[0]), depth, font)
        elif sign in _FILLS:
            self._pattern(resources, operands, depth)
        elif sign in _BESIDE:
            self._beside(sign, operands)

    def _set_font(
        self, sign: str, operands: Any, resources: Any, kept: list["_Font | None"], font: "_Font | None"
    ) -> "_Font | None":
        """The font from here on: named, set with other things, or the one from before a stretch that ends."""
        if sign == "Tf":
            return self._font(resources["/Font"][str(operands[0])])
        if sign == "gs":
            state = resources["/ExtGState"][str(operands[0])]
            return self._font(state["/Font"][0]) if "/Font" in state else font
        if sign == "q":
            kept.append(font)
            return font
        return kept.pop() if kept else font

    def _pattern(self, resources: Any, operands: Any, depth: int) -> None:
        """A filling can be drawn with letters too."""
        if operands and isinstance(operands[-1], pikepdf.Name):
            found = resources["/Pattern"][str(operands[-1])]
            if isinstance(found, pikepdf.Stream):
                self.stream(found, found.get("/Resources", resources), depth + 1)

    def _beside(self, sign: str, operands: Any) -> None:
        """A picture in the content itself; a stretch of content can carry the text it stands for."""
        if sign == "INLINE IMAGE":
            self.has_picture = True
        elif isinstance(operands[-1], pikepdf.Dictionary):
            self.beside += _strings(operands[-1])

    def _show(self, shown: Any, font: "_Font | None") -> None:
        if font is None:
            raise Unreadable("font")
        found, letters = self.found, font.letters
        for piece in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if not isinstance(piece, int | Decimal):
                found.append(letters[bytes(piece)])
            elif piece < _WIDE:
                found.append(" ")

    def _object(self, resources: Any, name: str, depth: int, font: "_Font | None") -> None:
        found = resources["/XObject"][name]
        if found.get("/Subtype") == "/Image":
            self.has_picture = True
        elif found.get("/Subtype") == "/Form":
            self.stream(found, found.get("/Resources", resources), depth + 1, font)

    def _font(self, found: Any) -> "_Font":
        key = found.objgen
        if key == (0, 0):
            return _Font(found)
        if key not in self.fonts:
            self.fonts[key] = _Font(found)
        return self.fonts[key]


def _looks(found: Any) -> Iterator[Any]:
    """The drawings of a note: one for each state it can be in."""
    todo = [found]
    while todo:
        one = todo.pop()
        if isinstance(one, pikepdf.Stream):
            yield one
        elif isinstance(one, pikepdf.Dictionary):
            todo += [value for _key, value in one.items()]


class _Letters(dict[bytes, str]):
    """The letters of each string of signs, found once: a page says the same few again and again."""

    def __init__(self, known: dict[int, str], step: int) -> None:
        self.known, self.step = known, step

    def __missing__(self, signs: bytes) -> str:
        codes = [int.from_bytes(signs[at : at + self.step]) for at in range(0, len(signs), self.step)]
        try:
            found = self[signs] = "".join([self.known[code] for code in codes])
        except KeyError as error:
            raise Unreadable("font") from error
        return found


class _Font:
    """Which letters the signs of a font are: `letters` raises Unreadable for a sign that the font does not explain."""

    def __init__(self, font: Any) -> None:
        if font.get("/Subtype") == "/Type3":
            # Its signs are drawings: what they are called is no proof of what they show.
            raise Unreadable("font")
        wide = font.get("/Subtype") == "/Type0"
        if "/ToUnicode" in font:
            known = _map(bytes(font.ToUnicode.read_bytes()))
        elif wide:
            raise Unreadable("font")
        else:
            known = _simple(font)
        self.letters = _Letters(known, 2 if wide else 1)


def _simple(font: Any) -> dict[int, str]:
    """The signs of a font with one byte each, from its encoding and what it says differs."""
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, pikepdf.Dictionary) else encoding
    known = _base(str(base) if base is not None else "")
    if isinstance(encoding, pikepdf.Dictionary):
        code = 0
        for one in encoding.get("/Differences", []):
            if isinstance(one, pikepdf.Name):
                known[code] = toUnicode(str(one)[1:])
                if not known[code]:
                    raise Unreadable("font")
                code += 1
            else:
                code = int(one)
    return known


def _base(name: str) -> dict[int, str]:
    if name in ("/WinAnsiEncoding", "/MacRomanEncoding"):
        codec = "cp1252" if name == "/WinAnsiEncoding" else "mac_roman"
        return {code: bytes([code]).decode(codec, "replace") for code in range(256)}
    return {code: toUnicode(glyph) or " " for code, glyph in enumerate(StandardEncoding)}


_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_PIECE = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def _map(table: bytes) -> dict[int, str]:
    """A ToUnicode table (ISO 32000-1, 9.10.3): single signs and ranges."""
    known: dict[int, str] = {}
    for kind, block in _BLOCK.findall(table):
        pieces = [
            match[1].replace(b" ", b"") if match[1] is not None else match.group() for match in _PIECE.finditer(block)
        ]
        if kind == b"bfchar":
            known |= {int(code, 16): _utf16(text) for code, text in zip(pieces[::2], pieces[1::2], strict=True)}
        else:
            _ranges(pieces, known)
    return known


def _ranges(pieces: list[bytes], known: dict[int, str]) -> None:
    at = 0
    while at + 2 < len(pieces):
        first, last = int(pieces[at], 16), int(pieces[at + 1], 16)
        if pieces[at + 2] == b"[":
            end = pieces.index(b"]", at)
            known |= {first + step: _utf16(text) for step, text in enumerate(pieces[at + 3 : end])}
            at = end + 1
            continue
        start = _utf16(pieces[at + 2])
        known |= {
            first + step: start[:-1] + chr(ord(start[-1]) + step) for step in range(min(last - first, 65_535) + 1)
        }
        at += 3


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
