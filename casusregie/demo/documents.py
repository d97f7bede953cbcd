"""Documents in the two composed families: what every file holds, and some that wait for a second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from uuid import NAMESPACE_URL, UUID, uuid5

import pikepdf
from PIL import Image, ImageDraw

from casusregie.core import audit
from casusregie.core.choices import Relation
from casusregie.demo.days import moment, workday
from casusregie.demo.files import letter
from casusregie.demo.telling import Municipality, story_ref
from families.models import Case, Document, Person
from families.services import DocumentData, document_give_once, document_upload_keep
from families.services.document import document_add

_RULING = (
    "Rechtbank Oosterwaard",
    "Beschikking over de kinderen",
    "De ouders houden samen het gezag.",
    "De kinderen wonen bij hun moeder. Zij zien hun vader onder begeleiding.",
    "Over een half jaar kijkt de rechtbank opnieuw.",
)
_SCHOOL = (
    "Verslag van een gesprek over Noor",
    "Noor is op tijd en werkt goed. Ze let steeds op of het met haar broertje goed gaat.",
    "Ze zegt dat ze slecht slaapt. Met de leerkracht is afgesproken dat ze altijd mag komen praten.",
)


@dataclass(frozen=True)
class _Paper:
    """A document of a family: `day` in working days from today, names as they are called at home."""

    kind: str
    title: str
    name: str
    data: bytes
    day: int
    about: tuple[str, ...]
    told_by: str = ""
    source: str = ""
    for_team: bool = True
    dated: int | None = None


def add_documents(town: Municipality) -> None:
    """A report and a drawing in the one family; in the other a ruling that was given, and a photo of a letter."""
    garage = Case.objects.select_related("director").get(ref=story_ref("garage"))
    school = _Paper(
        "school", "Verslag van school over Noor", "verslag.pdf", paper(_SCHOOL), -20, ("Noor",), source="school"
    )
    _add(garage, town, school)
    _add(garage, town, _Paper("drawing", "Tekening van de auto", "tekening.png", drawing(), -9, ("Bram",), "Bram"))
    separation = Case.objects.select_related("director").get(ref=story_ref("separation"))
    ruling = _Paper(
        "ruling",
        "Beschikking over de kinderen",
        "beschikking.pdf",
        paper(_RULING),
        -16,
        ("Defne", "Teun"),
        source="rechtbank",
        for_team=False,
        dated=-24,
    )
    _give(separation, town, _add(separation, town, ruling), "Elif")
    _add(separation, town, _Paper("letter", "Brief die in de bus lag", "brief.jpg", letter(), -3, ("Elif",), "Elif"))


def _add(case: Case, town: Municipality, one: _Paper) -> Document:
    """Added by who directs the family, on the day it came."""
    assert case.director is not None
    refs = dict(Person.objects.filter(case=case).values_list("given_name", "party__ref"))
    on = workday(town.today, one.day)
    data = DocumentData(
        kind=one.kind,
        title=one.title,
        received_on=on,
        about=[refs[name] for name in one.about],
        dated_on=workday(town.today, one.dated) if one.dated is not None else None,
        source_party=refs[one.told_by] if one.told_by else "",
        source=one.source,
        for_team=one.for_team,
    )
    by, now, key = case.director, moment(on, "16:10"), _key(case, one.title)
    with audit.trail(audit.Trail(actor_id=by.pk, relation=Relation.DIRECTOR, origin="demo")):
        document_upload_keep(case=case, by=by, key=key, name=one.name, data=one.data, now=now)
        return document_add(case=case, by=by, data=data, key=key, now=now)


def _give(case: Case, town: Municipality, document: Document, name: str) -> None:
    assert case.director is not None
    reader = Person.objects.select_related("party").get(case=case, given_name=name).party
    file, now = (
        document.files.select_related("document__case", "added_by").get(),
        moment(workday(town.today, -15), "11:00"),
    )
    key = _key(case, f"given {name}")
    with audit.trail(audit.Trail(actor_id=case.director_id, relation=Relation.DIRECTOR, origin="demo")):
        document_give_once(file=file, by=case.director, reader=reader, key=key, now=now)


def _key(case: Case, what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"oosterwaard {case.ref} document {what}")


def paper(lines: Sequence[str]) -> bytes:
    """A page of plain text as PDF; the first line large."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    drawn = [b"BT /F1 18 Tf 72 760 Td"]
    for number, line in enumerate(lines):
        text = line.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        drawn.append((b"" if number == 0 else b"/F1 11 Tf 0 -26 Td ") + b"(" + text + b") Tj")
    page.obj.Contents = pdf.make_stream(b"\n".join([*drawn, b"ET"]))
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def drawing() -> bytes:
    """A car as a child of seven draws it."""
    page = Image.new("RGB", (900, 640), (252, 251, 246))
    draw = ImageDraw.Draw(page)
    draw.ellipse((700, 40, 830, 170), fill=(244, 203, 82))
    draw.rectangle((0, 540, 900, 640), fill=(150, 160, 150))
    draw.polygon([(250, 300), (330, 190), (590, 190), (680, 300)], fill=(178, 206, 222), outline=(40, 60, 90), width=6)
    draw.rectangle((150, 300, 760, 460), fill=(196, 74, 62), outline=(40, 60, 90), width=6)
    for middle in (270, 640):
        draw.ellipse((middle - 70, 400, middle + 70, 540), fill=(60, 60, 66))
        draw.ellipse((middle - 26, 444, middle + 26, 496), fill=(210, 210, 210))
    for place in (370, 500):
        draw.ellipse((place - 24, 216, place + 24, 264), fill=(240, 205, 175), outline=(40, 60, 90), width=4)
    out = BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
