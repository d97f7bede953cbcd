"""Makes the copy of one file: bytes in, bytes out. Runs as a process of its own and knows nothing of the product.

Pictures are decoded and encoded anew, so that nothing but pixels remains (no EXIF, GPS, ICC, XMP, comments). A PDF is
written anew without what tells of its maker, without attachments and without anything that runs; the photos in it lose
their metadata too.
"""

import resource
import sys
from io import BytesIO
from typing import Any

LARGE, SMALL = 2400, 320
MOST_PIXELS = 40_000_000
MOST_PAGES = 500
# Of all text, fonts and structure of one PDF together, in bytes.
MOST_UNPACKED = 100 * 1024 * 1024
DAMAGED, TOO_BIG, LOCKED, TOO_LONG = 3, 4, 5, 6

_DEEPEST = 30
_MEMORY = 900 * 1024 * 1024
_CPU_SECONDS = 10
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
# What tells of a maker or a device, and what runs by itself, wherever in a PDF it stands.
_TELLS = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/SpiderInfo", "/Thumb")
_RUNS = (
    "/AA",
    "/OpenAction",
    "/JavaScript",
    "/JS",
    "/EmbeddedFiles",
    "/EF",
    "/XFA",
    "/Collection",
    "/URI",
    "/RichMediaContent",
)
_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/URI", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute", "/GoTo3DView", "/Hide", "/Named",
}  # fmt: skip


class Refused(Exception):
    """This file cannot be copied; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def picture(data: bytes, kind: str, longest: int) -> bytes:
    """A picture encoded anew, upright, at most `longest` pixels wide or high. Raises Refused."""
    from PIL import Image, ImageOps  # noqa: PLC0415  # after the limits of this process are set

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    if kind == "webp" and _webp_pixels(data) > MOST_PIXELS:
        raise Refused(TOO_BIG)
    with Image.open(BytesIO(data), formats=[_FORMATS[kind]]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Refused(TOO_BIG)
        opened.draft("RGB", (longest, longest))
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        has_alpha = kind != "jpeg" and (upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info)
        plain = upright.convert("RGBA" if has_alpha else "RGB")
    plain.thumbnail((longest, longest))
    # A new picture of the same pixels: what stood beside them stays behind.
    clean = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = BytesIO()
    options: dict[str, Any] = {"optimize": True} if kind == "png" else {"quality": 85}
    clean.save(out, format=_FORMATS[kind], **options)
    return out.getvalue()


def _webp_pixels(data: bytes) -> int:
    """Width times height as a WEBP says it in its first chunk; the decoder makes room before it can be asked."""
    chunk = data[12:16]
    if chunk == b"VP8X" and len(data) >= 30:
        return (1 + int.from_bytes(data[24:27], "little")) * (1 + int.from_bytes(data[27:30], "little"))
    if chunk == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    if chunk == b"VP8 " and len(data) >= 30:
        return (int.from_bytes(data[26:28], "little") & 0x3FFF) * (int.from_bytes(data[28:30], "little") & 0x3FFF)
    raise Refused(DAMAGED)


def document(data: bytes) -> bytes:
    """A PDF written anew without metadata, attachments and scripts. Raises Refused."""
    import pikepdf  # noqa: PLC0415  # after the limits of this process are set

    try:
        opened = pikepdf.open(BytesIO(data), attempt_recovery=True)
    except pikepdf.PasswordError as error:
        raise Refused(LOCKED) from error
    with opened as pdf:
        if not 1 <= len(pdf.pages) <= MOST_PAGES:
            raise Refused(TOO_LONG if len(pdf.pages) else DAMAGED)
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        _weigh(pikepdf, pdf)
        for found in pdf.objects:
            _clean(pikepdf, found)
        for page in pdf.pages:
            _clean_page(pikepdf, page.obj)
        out = BytesIO()
        pdf.save(out, encryption=False, fix_metadata_version=False, deterministic_id=True)
        return out.getvalue()


def _weigh(pikepdf: Any, pdf: Any) -> None:
    """Unpack once what is no picture: who reads the text of this copy later does so without such limits."""
    left = MOST_UNPACKED
    for found in pdf.objects:
        if isinstance(found, pikepdf.Stream) and str(found.get("/Subtype", "")) != "/Image":
            try:
                left -= len(found.read_bytes())
            except pikepdf.PdfError as error:
                raise Refused(DAMAGED) from error
            if left < 0:
                raise Refused(TOO_BIG)


def _clean(pikepdf: Any, found: Any, depth: int = 0) -> None:
    """Take out of one object, and of what stands in it directly, all that tells or runs."""
    if depth > _DEEPEST:
        raise Refused(DAMAGED)
    if isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        _forget(found)
        parts = [found.get(name) for name in list(found.keys())]
    else:
        parts = list(found) if isinstance(found, pikepdf.Array) else []
    for part in parts:
        if isinstance(part, (pikepdf.Dictionary, pikepdf.Array)) and not part.is_indirect:
            _clean(pikepdf, part, depth + 1)
    if isinstance(found, pikepdf.Stream) and str(found.get("/Filter", "")) == "/DCTDecode":
        found.write(_photo_without_metadata(found.read_raw_bytes()), filter=pikepdf.Name("/DCTDecode"))


def _forget(found: Any) -> None:
    """Empty an action that reaches out or runs; take the names that tell out of everything else."""
    is_action = str(found.get("/S", "")) in _ACTIONS and "/K" not in found
    for name in list(found.keys()):
        if name in _TELLS or name in _RUNS or (is_action and name != "/Length"):
            del found[name]


def _clean_page(pikepdf: Any, page: Any) -> None:
    """Leave out of a page the notes that are files, films, sounds or fields."""
    notes = page.get("/Annots")
    if isinstance(notes, pikepdf.Array):
        unwanted = {"/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D", "/Popup", "/Text"}
        kept = [
            note
            for note in notes
            if isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) not in unwanted
        ]
        page["/Annots"] = pikepdf.Array(kept)


def _photo_without_metadata(photo: bytes) -> bytes:
    """A JPEG without the parts that say who took it where; its pixels stay as they are."""
    if not photo.startswith(b"\xff\xd8"):
        return photo
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(photo) and photo[at] == 0xFF and photo[at + 1] != 0xDA:
        mark, end = photo[at + 1], at + 2 + int.from_bytes(photo[at + 2 : at + 4])
        # 0xE0 (JFIF) and 0xEE (Adobe) say how the colours are meant; the other application parts and comments go.
        if not (0xE1 <= mark <= 0xEF and mark != 0xEE) and mark != 0xFE:
            kept.append(photo[at:end])
        at = end
    return b"".join(kept) + photo[at:]


def main(kind: str, longest: int) -> int:
    """Copy what comes in to what goes out, within little memory and time; the code says what was wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        made = document(data) if kind == "pdf" else picture(data, kind, longest)
    except Refused as error:
        return error.code
    except MemoryError:
        return TOO_BIG
    except Exception as error:  # a broken file fails in as many ways as there are formats
        return TOO_BIG if type(error).__name__ == "DecompressionBombError" else DAMAGED
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
