"""What a file is by its bytes, and that a copy holds nothing but what is to be seen."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from casusregie.core import files
from casusregie.core.choices import FileKind
from tests.pictures import HEIC, SECRET, bomb, page_bomb, paper, pdf_bomb, photo, unpacked

MAGIC = {
    FileKind.JPEG: b"\xff\xd8\xff\xe0",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
    FileKind.WEBP: b"RIFF\x24\0\0\0WEBPVP8 ",
    FileKind.PDF: b"%PDF-1.7\n",
}


def _said(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(error.value.messages)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_copy_of_a_picture_has_no_metadata_and_stands_upright(kind: str) -> None:
    """No EXIF, GPS, XMP or comment; width and height as the camera was held."""
    data = photo(kind)
    assert SECRET in data
    copy = files.copy(data, files.judge(data))
    assert SECRET not in copy
    with Image.open(BytesIO(copy)) as shown:
        assert shown.format == kind
        assert shown.size == (40, 60)
        assert not dict(shown.getexif())
        assert not {"exif", "icc_profile", "xmp", "comment", "XML:com.adobe.xmp"} & set(shown.info)


def test_a_large_photo_is_shown_smaller() -> None:
    """At most 2400 pixels wide or high."""
    copy = files.copy(photo("JPEG", (4000, 1000)), FileKind.JPEG)
    with Image.open(BytesIO(copy)) as shown:
        assert max(shown.size) <= 2400


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_copied(mode: str) -> None:
    """Screenshots and scans come in many modes."""
    out = BytesIO()
    Image.new(mode, (20, 10)).save(out, "PNG")
    assert files.judge(files.copy(out.getvalue(), FileKind.PNG)) is FileKind.PNG


def test_a_copy_of_a_pdf_has_no_maker_no_attachment_no_script_and_no_place() -> None:
    """Looked for in every stream, unpacked; the photo in it is still there."""
    data = paper()
    assert SECRET in unpacked(data)
    copy = files.copy(data, files.judge(data))
    plain = unpacked(copy)
    for gone in (SECRET, b"JavaScript", b"/OpenAction", b"/EmbeddedFile", b"/Metadata", b"/Author", b"/AA"):
        assert gone not in plain
    assert b"/Subtype /Image" in plain


def test_a_copy_of_a_copy_is_accepted() -> None:
    """A small picture is made of the copy."""
    assert files.thumbnail(files.copy(photo(), FileKind.JPEG), FileKind.JPEG)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "leeg.jpg"),
        (b"GIF89a" + b"\0" * 30, "plaatje.gif"),
        (b"MZ" + b"\0" * 99, "foto.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "foto.svg"),
        (b"<html><script>alert(1)</script>", "brief.pdf"),
        (b"PK\x03\x04" + b"\0" * 99, "brief.docx"),
        (photo(), "brief.pdf"),
        (photo(), "foto.exe"),
        (paper(), "foto.jpg"),
        (b"\0" * (15 * 1024 * 1024 + 1), "groot.jpg"),
        (HEIC, "IMG_0001.heic"),
        (HEIC, "IMG_0001.jpg"),
    ],
)
def test_what_cannot_be_attached_is_refused_with_a_sentence(data: bytes, name: str) -> None:
    """By its bytes; also what lies about its type."""
    with pytest.raises(ValidationError) as error:
        files.judge(data, name)
    assert len(_said(error)) > 20


def test_the_limit_is_named() -> None:
    """15 MB."""
    with pytest.raises(ValidationError) as error:
        files.judge(b"\0" * (30 * 1024 * 1024), "groot.jpg")
    assert "15 MB" in _said(error)


def test_a_heic_photo_is_told_how_to_become_a_jpeg() -> None:
    """The one kind that every iPhone makes."""
    with pytest.raises(ValidationError) as error:
        files.judge(HEIC, "IMG_0001.heic")
    assert "HEIC" in _said(error)
    assert "JPEG" in _said(error)


def test_a_word_document_is_told_how_to_become_a_pdf() -> None:
    """What was deleted, commented or hidden in it cannot be read and taken out for certain."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<document/>")
    with pytest.raises(ValidationError) as error:
        files.judge(out.getvalue(), "verslag.docx")
    assert "Word" in _said(error)


def test_a_picture_under_another_pictures_name_is_taken_for_what_it_is() -> None:
    """Phones call a WEBP a JPEG; that harms nobody."""
    assert files.judge(photo("WEBP"), "foto.jpg") is FileKind.WEBP


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (photo()[:300], FileKind.JPEG),
        (bomb(60_000, 60_000), FileKind.PNG),
        (bomb(6_300, 6_300), FileKind.PNG),
        (pdf_bomb(), FileKind.PDF),
        (page_bomb(), FileKind.PDF),
        (b"%PDF-1.7\n" + b"\0" * 500, FileKind.PDF),
        (paper(password="dicht"), FileKind.PDF),
        (paper(pages=501), FileKind.PDF),
        (b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff" + b"\0" * 20, FileKind.WEBP),
    ],
    ids=["half", "huge", "short", "pdf-bomb", "page-bomb", "not-a-pdf", "password", "pages", "webp-bomb"],
)
def test_a_broken_or_exploding_file_is_refused(data: bytes, kind: FileKind) -> None:
    """In a process of its own: nobody else notices."""
    assert files.judge(data) is kind
    with pytest.raises(ValidationError):
        files.copy(data, kind)


@given(st.binary(max_size=4096), st.text(max_size=40))
def test_random_bytes_are_never_taken_for_a_file(data: bytes, name: str) -> None:
    """Judged or refused, never a crash."""
    try:
        kind = files.judge(data, name)
    except ValidationError:
        return
    assert data.startswith(MAGIC[kind][:3])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(list(FileKind)), st.binary(min_size=1, max_size=600))
def test_random_bytes_behind_a_true_beginning_are_refused(kind: FileKind, rest: bytes) -> None:
    """Never a crash, never accepted."""
    with pytest.raises(ValidationError):
        files.copy(MAGIC[kind] + rest, kind)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_photo_with_changed_bytes_is_refused_or_comes_out_clean(data: st.DataObject) -> None:
    """Whatever is wrong in it, nothing of its metadata is shown."""
    whole = bytearray(photo())
    for place in data.draw(st.lists(st.integers(4, len(whole) - 1), min_size=1, max_size=6)):
        whole[place] = data.draw(st.integers(0, 255))
    try:
        copy = files.copy(bytes(whole), FileKind.JPEG)
    except ValidationError:
        return
    assert SECRET not in copy
