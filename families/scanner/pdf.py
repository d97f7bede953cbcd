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

from families.scanner.errors import Unreadable

_DEEPEST = 12
_BESIDE = {"INLINE IMAGE", "BDC", "DP"}
_SHOWS = {"Tj", "'", '"', "TJ"}
# What moves to another place on the page: a gap between words, never a letter.
_MOVES = {"Td", "TD", "Tm", "T*", "BT", "ET", "'", '"'}
# A step back of so many thousandths of a letter is a space.
_WIDE = -180


def pdf_parts(data: bytes) -> tuple[dict[str, str], list[str]]:
    """Each part's name and text, and the names of parts without a text layer. Raises Unreadable."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return _parts(pdf)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise Unreadable(type(error).__name__) from error


def _parts(pdf: pikepdf.Pdf) -> tuple[dict[str, str], list[str]]:
    parts: dict[str, str] = {}
    unread: list[str] = []
    fonts: dict[tuple[int, int], _Font] = {}
    for number, page in enumerate(pdf.pages, start=1):
        reader = _Reader(fonts)
        reader.stream(page, page.obj.get("/Resources"))
        annotations = page.obj.get("/Annots")
        told = "\n".join(_strings(annotations)) if annotations is not None else ""
        # What a note or a field looks like is drawn apart from what it says: nobody reads that here.
        drawn = annotations is not None and any("/AP" in note for note in annotations)
        parts[f"page:{number}"] = "\n".join(["".join(reader.found), *reader.beside, told])
        if reader.has_picture or drawn:
            unread.append(f"page:{number}")
    parts["metadata"] = "\n".join([*_strings(pdf.docinfo), *_packet(pdf)])
    for name in ("/Outlines", "/StructTreeRoot", "/Names", "/AcroForm", "/Lang"):
        if name in pdf.Root:
            parts[f"structure:{name[1:].lower()}"] = "\n".join(_strings(pdf.Root[name]))
    if len(pdf.attachments):
        unread.append("attachment")
    return parts, unread


def _packet(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" in pdf.Root:
        yield bytes(pdf.Root.Metadata.read_bytes()).decode("utf-8", "replace")


def _strings(start: Any) -> Iterator[str]:
    """Every text in an object and what it leads to, each object once; pages and their fonts are read elsewhere."""
    seen: set[tuple[int, int]] = set()
    todo = [start]
    while todo:
        one = todo.pop()
        if isinstance(one, pikepdf.String):
            yield str(one)
        elif isinstance(one, pikepdf.Array):
            todo += list(one)
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream) and _is_new(one, seen):
            todo += [value for key, value in one.items() if key not in ("/Parent", "/P", "/Pg", "/Dest", "/D", "/AP")]


def _is_new(one: Any, seen: set[tuple[int, int]]) -> bool:
    if one.get("/Type") in ("/Page", "/Pages", "/Font"):
        return False
    if one.objgen != (0, 0):
        if one.objgen in seen:
            return False
        seen.add(one.objgen)
    return True


class _Reader:
    """Walks the content of a page, its form objects included, and keeps the letters in the order they are drawn."""

    def __init__(self, fonts: dict[tuple[int, int], "_Font"]) -> None:
        self.fonts = fonts
        self.found: list[str] = []
        self.beside: list[str] = []
        self.has_picture = False

    def stream(self, content: Any, resources: Any, depth: int = 0) -> None:
        """Read one stream of content with the resources it names."""
        if depth > _DEEPEST:
            raise Unreadable("nested")
        font: _Font | None = None
        for instruction in pikepdf.parse_content_stream(content):
            sign, operands = str(instruction.operator), instruction.operands
            if sign == "Tf":
                font = self._font(resources, str(operands[0]))
            elif sign == "Do":
                self._object(resources, str(operands[0]), depth)
            elif sign in _BESIDE:
                self._beside(sign, operands)
            if sign in _MOVES:
                self.found.append("\n")
            if sign in _SHOWS and font is not None:
                self._show(operands[-1], font)

    def _beside(self, sign: str, operands: Any) -> None:
        """A picture in the content itself; a stretch of content can carry the text it stands for."""
        if sign == "INLINE IMAGE":
            self.has_picture = True
        elif isinstance(operands[-1], pikepdf.Dictionary):
            self.beside += _strings(operands[-1])

    def _show(self, shown: Any, font: "_Font") -> None:
        found, letters = self.found, font.letters
        for piece in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if not isinstance(piece, int | Decimal):
                found.append(letters[bytes(piece)])
            elif piece < _WIDE:
                found.append(" ")

    def _object(self, resources: Any, name: str, depth: int) -> None:
        found = resources["/XObject"][name]
        if found.get("/Subtype") == "/Image":
            self.has_picture = True
        elif found.get("/Subtype") == "/Form":
            self.stream(found, found.get("/Resources", resources), depth + 1)

    def _font(self, resources: Any, name: str) -> "_Font":
        found = resources["/Font"][name]
        key = found.objgen
        if key == (0, 0):
            return _Font(found)
        if key not in self.fonts:
            self.fonts[key] = _Font(found)
        return self.fonts[key]


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
