"""The same text in every carrier that can leave the house, made with the libraries of the product."""

import base64
import email.message
import io
import json
import quopri
import zipfile
from collections.abc import Callable
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

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
    return "antwoord.json", json.dumps({"rows": [{"what": text}]}).encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def html_entities(text: str) -> tuple[str, bytes]:
    """A page that writes every letter by its number."""
    return "page.html", ("<p>" + "".join(f"&#x{ord(sign):x};" for sign in text) + "</p>").encode()


def html_script(text: str) -> tuple[str, bytes]:
    """A page whose script writes every letter by its number."""
    return "page.html", ("<script>let a = '" + "".join(f"\\u{ord(sign):04x}" for sign in text) + "'</script>").encode()


def html_link(text: str) -> tuple[str, bytes]:
    """A page with a link in a link."""
    return "page.html", f'<a href="/x?next={quote("/y?q=" + quote(text))}">x</a>'.encode()


def html_svg(text: str) -> tuple[str, bytes]:
    """A drawing that places every letter by itself."""
    pieces = "".join(f'<tspan x="{at}">{_escaped(sign)}</tspan>' for at, sign in enumerate(text))
    return "genogram.svg", f"<svg><text>{pieces}</text></svg>".encode()


def ics_bytes(text: str) -> tuple[str, bytes]:
    """A calendar entry folded in the middle of letters of two bytes."""
    value = text.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")
    line = f"SUMMARY:{value}".encode()
    return "agenda.ics", b"BEGIN:VCALENDAR\r\n" + b"\r\n ".join(line[at : at + 3] for at in range(0, len(line), 3))


def ics_page(text: str) -> tuple[str, bytes]:
    """A calendar entry that carries a page."""
    name, page = html_split(text)
    return "agenda.ics", b"BEGIN:VCALENDAR\r\nX-ALT-DESC;FMTTYPE=text/html:" + page.replace(b"\n", b"")


def json_page(text: str) -> tuple[str, bytes]:
    """An answer that carries a piece of a page."""
    name, page = html_split(text)
    return "antwoord.json", json.dumps({"fragment": page.decode()}).encode()


def json_list(text: str) -> tuple[str, bytes]:
    """An answer that gives its words one by one."""
    return "antwoord.json", json.dumps([text.split()]).encode()


def csv_utf16(text: str) -> tuple[str, bytes]:
    """A table as a spreadsheet program writes it."""
    return "lijst.csv", f"naam\twat\r\nIemand\t{text}\r\n".encode("utf-16")


def mail_base64(text: str) -> tuple[str, bytes]:
    """A mail with a body in base64."""
    return "bericht.eml", _raw("text/plain; charset=utf-8", base64.encodebytes(text.encode()), "base64")


def mail_broken_lines(text: str) -> tuple[str, bytes]:
    """A mail with a page in it, every letter in a tag and on a line of its own, broken softly."""
    page = "".join(f"<b>{_escaped(sign)}</b>" for sign in text)
    body = b"=\r\n".join(quopri.encodestring(sign.encode(), quotetabs=True) for sign in page)
    return "bericht.eml", _raw("text/html; charset=utf-8", body, "quoted-printable")


def mail_named_text(text: str) -> tuple[str, bytes]:
    """A mail with a page that is called a text."""
    return "bericht.eml", _raw("text/html; charset=utf-8; name=a.txt", html_entities(text)[1], "8bit")


def mail_subject_parted(text: str) -> tuple[str, bytes]:
    """A mail whose subject is cut into encoded words, in the letters of another age."""
    words = [text[: len(text) // 2], text[len(text) // 2 :]]
    subject = "\r\n ".join(f"=?utf-8?B?{base64.b64encode(word.encode()).decode()}?=" for word in words)
    return "bericht.eml", f"From: a@voorbeeld.test\r\nSubject: {subject}\r\n\r\nDag.".encode()


def mail_forwarded(text: str) -> tuple[str, bytes]:
    """A mail with another mail in it, which says it in its subject."""
    parts = b"--X\r\nContent-Type: message/rfc822\r\n\r\n" + mail_subject(text)[1] + b"\r\n--X--\r\n"
    return "bericht.eml", _raw("multipart/mixed; boundary=X", parts, "8bit")


def mail_around(text: str) -> tuple[str, bytes]:
    """A mail that says it before its first part."""
    parts = f"{text}\r\n--X\r\nContent-Type: text/plain\r\n\r\nDag.\r\n--X--\r\n".encode()
    return "bericht.eml", _raw("multipart/mixed; boundary=X", parts, "8bit")


def mail_described(text: str) -> tuple[str, bytes]:
    """A mail that says it about one of its parts."""
    words = " ".join(text.split())
    parts = f"--X\r\nContent-Type: text/plain\r\nContent-Description: {words}\r\n\r\nDag.\r\n--X--\r\n".encode()
    return "bericht.eml", _raw("multipart/mixed; boundary=X", parts, "8bit")


def mail_attached_name(text: str) -> tuple[str, bytes]:
    """A mail with an attachment that is called so, in the long way of writing."""
    head = f"Content-Disposition: attachment; filename*=utf-8''{quote(text)}.txt"
    return "bericht.eml", _raw("text/plain; charset=utf-8", b"Dag.", "8bit", head)


def _raw(kind: str, body: bytes, encoding: str, *more: str) -> bytes:
    head = ["From: a@voorbeeld.test", "MIME-Version: 1.0", f"Content-Type: {kind}", *more]
    return "\r\n".join([*head, f"Content-Transfer-Encoding: {encoding}", "", ""]).encode() + body


_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_between(text: str) -> tuple[str, bytes]:
    """A document in which struck words and the command of a field stand between two letters."""
    half = len(text) // 2
    between = "<w:del><w:r><w:delText>weg</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>"
    runs = [f"<w:r><w:t>{_escaped(part)}</w:t></w:r>" for part in (text[:half], text[half:])]
    body = f"<w:document {_WORD}><w:p>{runs[0]}{between}<w:proofErr/>{runs[1]}</w:p></w:document>"
    return "brief.docx", _package({"word/document.xml": body})


def docx_struck(text: str) -> tuple[str, bytes]:
    """A document in which it was struck out, letter by letter."""
    runs = "".join(f"<w:del><w:r><w:delText>{_escaped(sign)}</w:delText></w:r></w:del>" for sign in text)
    return "brief.docx", _package({"word/document.xml": f"<w:document {_WORD}><w:p>{runs}</w:p></w:document>"})


def docx_tag(text: str) -> tuple[str, bytes]:
    """A document that says it in a tag of its own."""
    said = quoteattr(text)
    return "brief.docx", _package({"word/document.xml": f"<w:document {_WORD}><w:ding w:anders={said}/></w:document>"})


def docx_part_name(text: str) -> tuple[str, bytes]:
    """A document with a part that is called so."""
    return "brief.docx", _package({"word/document.xml": "<document/>", f"word/{text}.xml": "<a/>"})


def xlsx_runs(text: str) -> tuple[str, bytes]:
    """A sheet whose shared text is cut into runs, on lines of its own."""
    runs = "\n".join(f'<r>\n<rPr><b/></rPr>\n<t xml:space="preserve">{_escaped(sign)}</t>\n</r>' for sign in text)
    return "lijst.xlsx", _package({"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": f"<sst><si>{runs}</si></sst>"})


def xlsx_numbered(text: str) -> tuple[str, bytes]:
    """A sheet that writes its signs by number."""
    signs = "".join(f"_x{ord(sign):04X}_" for sign in text)
    parts = {"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": f"<sst><si><t>{signs}</t></si></sst>"}
    return "lijst.xlsx", _package(parts)


def xlsx_prompt(text: str) -> tuple[str, bytes]:
    """A sheet that says it when a cell is chosen."""
    sheet = f"<worksheet><dataValidation prompt={quoteattr(text)}/></worksheet>"
    return "lijst.xlsx", _package({"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": sheet})


def xlsx_sheet_name(text: str) -> tuple[str, bytes]:
    """A workbook with a sheet that is called so."""
    book = f"<workbook><sheets><sheet name={quoteattr(text)}/></sheets></workbook>"
    return "lijst.xlsx", _package({"xl/workbook.xml": book})


def _pdf(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def pdf_bookmark(text: str) -> tuple[str, bytes]:
    """A PDF with it in its bookmarks."""

    def change(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(text, 0))

    return "plan.pdf", _pdf(change)


def pdf_field(text: str) -> tuple[str, bytes]:
    """A PDF with it in a field of a form."""

    def change(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="veld", V=text))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))

    return "plan.pdf", _pdf(change)


def pdf_link(text: str) -> tuple[str, bytes]:
    """A PDF with a link on its page."""
    goes = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://voorbeeld.test/" + quote(text))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=goes)
    return "plan.pdf", _pdf(lambda pdf: setattr(pdf.pages[0], "Annots", pikepdf.Array([link])))


def pdf_script(text: str) -> tuple[str, bytes]:
    """A PDF that says it in what it does on opening."""
    does = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=text)
    return "plan.pdf", _pdf(lambda pdf: setattr(pdf.Root, "OpenAction", does))


def pdf_layer(text: str) -> tuple[str, bytes]:
    """A PDF with a layer that is called so."""

    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=text))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary())

    return "plan.pdf", _pdf(change)


def pdf_page_label(text: str) -> tuple[str, bytes]:
    """A PDF whose pages are numbered with it."""
    label = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(P=text)]))
    return "plan.pdf", _pdf(lambda pdf: setattr(pdf.Root, "PageLabels", label))


def pdf_own_entry(text: str) -> tuple[str, bytes]:
    """A PDF whose data hold an entry that a program put there for itself."""
    own = pikepdf.Dictionary(Programma=pikepdf.Dictionary(Private=text))
    return "plan.pdf", _pdf(lambda pdf: setattr(pdf.Root, "PieceInfo", own))


def pdf_packet(text: str) -> tuple[str, bytes]:
    """A PDF whose metadata in XML write every letter by its number."""

    def change(pdf: pikepdf.Pdf) -> None:
        signs = "".join(f"&#{ord(sign)};" for sign in text)
        packet = pdf.make_stream(f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><t>{signs}</t></x:xmpmeta>'.encode())
        packet.Type = pikepdf.Name.Metadata
        pdf.Root.Metadata = packet

    return "plan.pdf", _pdf(change)


CARRIERS: list[Callable[[str], tuple[str, bytes]]] = [
    html, html_split, html_attribute, html_entities, html_script, html_link, html_svg, csv, csv_utf16,
    ics, ics_bytes, ics_page, xlsx, xlsx_comment, xlsx_runs, xlsx_numbered, xlsx_prompt, xlsx_sheet_name,
    docx, docx_properties, docx_between, docx_struck, docx_tag, docx_part_name,
    mail, mail_subject, mail_subject_parted, mail_attachment, mail_base64, mail_broken_lines, mail_named_text,
    mail_forwarded, mail_around, mail_described, mail_attached_name,
    pdf_metadata, pdf_packet, pdf_note, pdf_bookmark, pdf_field, pdf_link, pdf_script, pdf_layer, pdf_page_label,
    pdf_own_entry, file_name, plain, json_answer, json_page, json_list,
]  # fmt: skip
