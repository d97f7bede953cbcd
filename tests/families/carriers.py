"""The same text in every carrier that can leave the house, made with the libraries of the product."""

import email.message
import io
import zipfile
from collections.abc import Callable

import pikepdf
from openpyxl import Workbook
from openpyxl.comments import Comment


def html(text: str) -> tuple[str, bytes]:
    """A page."""
    return "page.html", f"<!doctype html><p>Voor <b>u</b>: {_escaped(text)}</p>".encode()


def html_split(text: str) -> tuple[str, bytes]:
    """A page in which a tag stands between every letter."""
    return "page.html", ("<p>Dag. " + "".join(f"<b>{_escaped(sign)}</b>" for sign in text) + " Dag.</p>").encode()


def html_attribute(text: str) -> tuple[str, bytes]:
    """A page that says it in an attribute."""
    safe = _escaped(text).replace('"', "&quot;")
    return "page.html", f'<p><img alt="{safe}"></p>'.encode()


def csv(text: str) -> tuple[str, bytes]:
    """A table as text."""
    cell = text.replace('"', '""')
    return "lijst.csv", f'naam;wat\r\nIemand;"{cell}"\r\n'.encode("utf-8-sig")


def ics(text: str) -> tuple[str, bytes]:
    """A calendar entry, its lines folded at 40 octets as the standard allows."""
    value = text.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")
    line = f"LOCATION:{value}"
    folded = "\r\n ".join(line[at : at + 20] for at in range(0, len(line), 20))
    return "agenda.ics", f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{folded}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()


def xlsx(text: str) -> tuple[str, bytes]:
    """A sheet with it in a cell."""
    return "lijst.xlsx", _sheet(lambda book: book.active.append(["Iemand", text]))


def xlsx_comment(text: str) -> tuple[str, bytes]:
    """A sheet with it in the properties of the file, and as the name of nobody."""

    def fill(book: Workbook) -> None:
        book.active["A1"] = "leeg"
        book.active["A1"].comment = Comment(text, "een collega")

    return "lijst.xlsx", _sheet(fill)


def _sheet(fill: Callable[[Workbook], None]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    fill(book)
    book.save(out)
    return out.getvalue()


def docx(text: str) -> tuple[str, bytes]:
    """A document in which a word is cut into runs, as a word processor does."""
    half = len(text) // 2
    run = '<w:r><w:rPr><w:lang w:val="nl-NL"/></w:rPr><w:t>{}</w:t></w:r>'
    runs = "".join(run.format(_escaped(part)) for part in (text[:half], text[half:]))
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {space}><w:body><w:p>{runs}</w:p></w:body></w:document>"
    return "brief.docx", _package({"word/document.xml": body})


def docx_properties(text: str) -> tuple[str, bytes]:
    """A document that says it in its properties."""
    parts = {"word/document.xml": "<document/>", "docProps/core.xml": f"<core><title>{_escaped(text)}</title></core>"}
    return "brief.docx", _package(parts)


def _package(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def mail(text: str) -> tuple[str, bytes]:
    """A mail with a body in quoted-printable."""
    return "bericht.eml", _message(text).as_bytes()


def mail_subject(text: str) -> tuple[str, bytes]:
    """A mail with it in the subject, encoded."""
    message = _message("Dag.")
    message["Subject"] = " ".join(text.split())
    return "bericht.eml", message.as_bytes()


def mail_attachment(text: str) -> tuple[str, bytes]:
    """A mail with an attached page."""
    message = _message("Dag.")
    message.add_attachment(html(text)[1], maintype="text", subtype="html", filename="page.html")
    return "bericht.eml", message.as_bytes()


def _message(text: str) -> email.message.EmailMessage:
    message = email.message.EmailMessage()
    message["From"], message["To"] = "a@voorbeeld.test", "b@voorbeeld.test"
    message.set_content(text)
    return message


def pdf_metadata(text: str) -> tuple[str, bytes]:
    """A PDF with an empty page and a title."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = text
        pdf.save(out)
    return "plan.pdf", out.getvalue()


def pdf_note(text: str) -> tuple[str, bytes]:
    """A PDF with it in a note on the page."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=text, Rect=[0, 0, 9, 9])
        pdf.pages[0].Annots = pdf.make_indirect([note])
        pdf.save(out)
    return "plan.pdf", out.getvalue()


def file_name(text: str) -> tuple[str, bytes]:
    """A file that is called so."""
    return f"{text}.txt".replace("/", "-"), b"niets"


def plain(text: str) -> tuple[str, bytes]:
    """Plain text."""
    return "tekst.txt", text.encode()


def json_answer(text: str) -> tuple[str, bytes]:
    """An answer of the API."""
    import json

    return "antwoord.json", json.dumps({"rows": [{"what": text}]}).encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


CARRIERS: list[Callable[[str], tuple[str, bytes]]] = [
    html, html_split, html_attribute, csv, ics, xlsx, xlsx_comment, docx, docx_properties, mail, mail_subject,
    mail_attachment, pdf_metadata, pdf_note, file_name, plain, json_answer,
]  # fmt: skip
