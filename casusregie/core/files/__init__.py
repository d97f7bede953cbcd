"""Photos and files: what they are by their bytes, and a copy without metadata to look at.

A file is judged by its content, never by its name or by what the browser says of it. The copy is made by a process of
its own with little memory and time (`casusregie/core/files/copying.py`), so that a broken file, or a small one that
unpacks into gigabytes, ends there and takes no page of anybody with it. What is kept is encrypted under the key of the
case it belongs to.
"""

import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from casusregie.core import crypto
from casusregie.core.choices import FileKind
from casusregie.core.files import copying

MAX_BYTES = 15 * 1024 * 1024
MAX_FILES = 10
# What an upload may weigh whole: the file, the other fields of its form, and what stands between them.
MAX_BODY = MAX_BYTES + 256 * 1024
MEGABYTES = MAX_BYTES // (1024 * 1024)
CONTENT_TYPES = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.PDF: "application/pdf",
}
ACCEPT = ",".join(CONTENT_TYPES.values())
ENDINGS = {FileKind.JPEG: "jpg", FileKind.PNG: "png", FileKind.WEBP: "webp", FileKind.PDF: "pdf"}
_PICTURES = {"jpg", "jpeg", "jpe", "jfif", "png", "webp"}
_HEIC = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_SECONDS = 40
_SCRIPT = Path(copying.__file__).resolve()


def judge(data: bytes, name: str = "") -> FileKind:
    """What kind of file these bytes are. Raises ValidationError with a sentence for what cannot be attached.

    `name` only tells a file that lies: one that is called a PDF and holds a photo is refused.
    """
    if not data:
        raise ValidationError(_("This file is empty. Choose it again, or another one."))
    if len(data) > MAX_BYTES:
        raise too_large()
    kind = _kind(data)
    if kind is None:
        raise ValidationError(_unknown(data))
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    if ending and ending not in ({"pdf"} if kind is FileKind.PDF else _PICTURES):
        raise ValidationError(
            _(
                "By its name this is a .%(ending)s, but inside it is something else (%(kind)s). Save it anew and try again."
            )
            % {"ending": ending[:10], "kind": kind.label}
        )
    return kind


def too_large() -> ValidationError:
    """The sentence for a file over the limit, with the limit."""
    return ValidationError(_("A file can be at most %(n)s MB. Make it smaller, or divide it.") % {"n": MEGABYTES})


def digest(data: bytes) -> str:
    """The SHA-256 of the bytes as they came, by which the original can be recognised."""
    return sha256(data).hexdigest()


def copy(data: bytes, kind: FileKind) -> bytes:
    """A copy without metadata, turned upright and at most 2400 pixels wide or high. Raises ValidationError."""
    return _made(data, kind, copying.LARGE)


def thumbnail(data: bytes, kind: FileKind) -> bytes:
    """A small copy of a picture (not of a PDF). Raises ValidationError."""
    return _made(data, kind, copying.SMALL)


def sealed(scope: str, name: str, data: bytes) -> dict[str, object]:
    """The columns of a `SealedFile`: judged, copied without metadata, everything but kind, size and hash encrypted.

    Raises ValidationError with a sentence for what cannot be kept.
    """
    kind = judge(data, name)
    shown = copy(data, kind)
    return {
        "name": crypto.encrypt(scope, name[:200]),
        "kind": kind,
        "size": len(data),
        "sha256": digest(data),
        "original": crypto.encrypt_bytes(scope, data),
        "shown": crypto.encrypt_bytes(scope, shown),
    }


def size_words(size: int) -> str:
    """ "3,4 MB", "120 kB": how large a file is (bytes)."""
    if size >= 1024 * 1024:
        return f"{number_format(size / (1024 * 1024), 1)} MB"
    return f"{max(1, round(size / 1024))} kB"


@dataclass(frozen=True)
class FileView:
    """One file in a list. What not every reader sees is empty for others: name and addresses of its content."""

    ref: str
    kind_label: str
    size: str
    is_picture: bool
    name: str = ""
    small_url: str = ""
    url: str = ""
    original_url: str = ""
    remove_url: str = ""
    added: str = ""


def _made(data: bytes, kind: FileKind, longest: int) -> bytes:
    command = [sys.executable, "-I", str(_SCRIPT), kind.value, str(longest)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, env={}, check=False)
    except subprocess.TimeoutExpired as error:
        raise ValidationError(_refused(copying.TOO_BIG)) from error
    if done.returncode != 0 or not done.stdout:
        raise ValidationError(_refused(done.returncode))
    return done.stdout


def _refused(code: int) -> str:
    return {
        copying.TOO_BIG: _("Unpacked this file is too large: at most %(n)s million pixels.")
        % {"n": copying.MOST_PIXELS // 1_000_000},
        copying.LOCKED: _("This PDF is closed with a password. Save it without, and add it again."),
        copying.TOO_LONG: _("A PDF can have at most %(n)s pages. Divide it.") % {"n": copying.MOST_PAGES},
    }.get(code, _("This file is damaged and cannot be opened. Save it anew, or take a screenshot of it."))


def _kind(data: bytes) -> FileKind | None:
    if data.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return FileKind.WEBP
    return FileKind.PDF if data.startswith(b"%PDF-") else None


def _unknown(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return _(
            "This is a HEIC photo, which we cannot show. On an iPhone: share it with Options, Most compatible,"
            " or choose Settings, Camera, Formats, Most compatible; then it is a JPEG."
        )
    if data.startswith(b"PK\x03\x04") and b"word/document.xml" in data:
        return _(
            "This is a Word document. It can hold names, remarks and deleted text that nobody sees: save it as PDF and"
            " choose that."
        )
    return _("Only photos (JPEG, PNG, WEBP) and PDF can be attached; this file holds something else.")
