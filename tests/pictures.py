"""Photos and PDFs made by code, with metadata that must never be shown."""

import struct
import zlib
from functools import lru_cache
from io import BytesIO

import pikepdf
from PIL import Image

SECRET = b"GEHEIMEPLEK"
_TURNED = 6  # the camera was held upright


@lru_cache
def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A photo that says where and by whom it was taken, and that it stands on its side."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = _TURNED
    exif[0x8825] = {1: "N", 2: (52.0, 22.0, 30.0), 29: SECRET.decode()}
    out = BytesIO()
    options = {"comment": SECRET} if kind == "JPEG" else {}
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    Image.new("RGB", size, (180, 120, 60)).save(out, kind, exif=exif, xmp=xmp, **options)
    return out.getvalue()


@lru_cache
def paper(pages: int = 1, password: str = "") -> bytes:
    """A PDF with a maker, XMP, an attachment, a script, and a photo with its place."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    pdf.docinfo["/Author"] = SECRET.decode()
    with pdf.open_metadata() as meta:
        meta["dc:title"] = SECRET.decode()
    pdf.attachments["geheim.txt"] = SECRET
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{SECRET.decode()}')")
    pdf.Root.OpenAction = script
    shot = pikepdf.Stream(pdf, photo())
    shot.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Filter": pikepdf.Name.DCTDecode})
    shot.update({"/Width": 60, "/Height": 40, "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8})
    first = pdf.pages[0].obj
    first.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Foto=shot))
    first.AA = pikepdf.Dictionary(O=script)
    out = BytesIO()
    encryption = pikepdf.Encryption(owner=password, user=password) if password else False
    pdf.save(out, encryption=encryption)
    return out.getvalue()


def unpacked(data: bytes) -> bytes:
    """A PDF with every stream unpacked, to look for what must not be in it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
        )
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is very large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf_bomb() -> bytes:
    """A small PDF whose table of contents unpacks into gigabytes."""
    once = zlib.compress(zlib.compress(b"\0" * 500_000_000, 9), 9)
    head = b"%PDF-1.5\n1 0 obj<</Type/XRef/W[1 2 1]/Size 3/Root 2 0 R/Filter[/FlateDecode/FlateDecode]/Length "
    start = head.index(b"1 0 obj")
    return head + str(len(once)).encode() + b">>stream\n" + once + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % start


def page_bomb() -> bytes:
    """A small PDF of one page whose content unpacks into half a gigabyte."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    packed = zlib.compress(b" " * 500_000_000, 9)
    page.obj.Contents = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40
