"""An edition on paper: WeasyPrint makes a tagged PDF with embedded fonts from the same composition as the page."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from processplan.editions import Edition

FONTS = Path(settings.BASE_DIR) / "static" / "fonts" / "print"


def edition_pdf(edition: Edition) -> bytes:
    """The PDF of an edition (PDF/UA-1): nothing in it, its metadata or its name comes from anywhere but the edition."""
    # Importing the engine takes seconds: only the worker, and only when something is to be made.
    from weasyprint import HTML  # noqa: PLC0415

    with override("nl"):
        html = render_to_string("processplan/edition_pdf.html", context_of(edition))
    document = HTML(string=html, base_url=FONTS.as_uri() + "/", url_fetcher=_font_fetcher())
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, custom_metadata=False)
    return pdf


def context_of(edition: Edition) -> dict[str, Any]:
    """What the page of an edition and its PDF both show."""
    return {
        "edition": edition,
        "code": edition.sha256[:12].upper(),
    }


def _font_fetcher() -> Any:
    """WeasyPrint may open our own font files and nothing else: no address in a text is ever fetched.

    Anything else, and a font that is not there, ends the making: a document in a strange letter is not the document.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415

    class OnlyFonts(URLFetcher):  # type: ignore[misc]  # the package carries no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            font = Path(unquote(urlsplit(url).path))
            if urlsplit(url).scheme != "file" or font.parent != FONTS or not font.is_file():
                raise FatalURLFetchingError("Only the fonts of the document are fetched.")
            return super().fetch(url, headers)

    return OnlyFonts(allowed_protocols={"file"}, allow_redirects=False)
