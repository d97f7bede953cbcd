"""Documents as lists and pages show them, and the one place that decides which bytes a reader gets.

Director and deputy read every file. A colleague of the case team gets the newest file of a document that is open to the
team: when the scanner read all of it and found nothing she may not know, or when a second person looked. Somebody of the
family gets what was given to her, by the same rule with her own eyes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, crypto, dates, files
from casusregie.core.access import circles_of, may_read
from casusregie.core.choices import Circle, FileKind
from casusregie.core.files import FileView, size_words
from casusregie.core.models import Party
from casusregie.core.paging import Page
from families.access import CaseAccess, documents_held, reading_of
from families.choices import DocumentKind
from families.models import (
    Case,
    Document,
    DocumentFile,
    DocumentGiven,
    DocumentRelease,
    DocumentUpload,
    DocumentVersion,
    Person,
)
from families.scanner import CannotLook, Found, Unreadable, newest_fact_at, place_words, text_of, watch
from families.selectors.fact import page_guard, secret_label

PAGE = 50
# So many stand on the page of one person; the list of all of them is a tap away.
ABOUT = 6
ICONS = {
    DocumentKind.RULING: "scale",
    DocumentKind.REPORT_VT: "file-text",
    DocumentKind.REPORT_RVDK: "file-text",
    DocumentKind.POLICE: "shield",
    DocumentKind.LETTER: "mail",
    DocumentKind.PLAN: "list-checks",
    DocumentKind.CONSENT: "file-check",
    DocumentKind.SCHOOL: "graduation-cap",
    DocumentKind.MEDICAL: "stethoscope",
    DocumentKind.PHOTO: "image",
    DocumentKind.DRAWING: "palette",
    DocumentKind.OTHER: "file-text",
}


# --- Which bytes a reader gets ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where something stands that a reader may not know: the place in words, what kind it is, and whom it is about."""

    place: str
    what: str
    about: str


class NotGiven(Exception):
    """These bytes are not for this reader. `places` say why; without any somebody has to look first (`needs_look`)."""

    def __init__(self, found: Sequence[Found] = (), *, needs_look: bool = False) -> None:
        super().__init__(_("Something stands in it that this reader may not know."))
        self.found = list(found)
        self.needs_look = needs_look

    @property
    def places(self) -> list[Place]:
        """Each place once, for director and deputy."""
        told = [Place(place_words(one.where), secret_label(one.secret), one.secret.concerns) for one in self.found]
        return list(dict.fromkeys(told))


def release_of(file: DocumentFile, reader: Party | None) -> DocumentRelease | None:
    """That a second person let this file go to this reader (None: the case team), with all that is noted now in mind.

    Something confidential that was noted after she looked asks for another look.
    """
    newest = newest_fact_at(file.document.case)
    rows = DocumentRelease.objects.filter(file=file, reader=reader).order_by("-at", "-pk")
    return (rows.filter(at__gte=newest) if newest else rows).first()


def file_for_reader(file: DocumentFile, reader: Party, now: datetime, *, in_team: bool = False) -> bytes:
    """The copy without metadata for somebody who is neither director nor deputy. Raises NotGiven, CannotDecrypt.

    `in_team`: she is of the case team, for whom one release counts together.
    """
    case = file.document.case
    if not file.has_text and release_of(file, None if in_team else reader) is None:
        raise NotGiven(needs_look=True)
    data = crypto.decrypt_bytes(case.ref, file.shown)
    try:
        found = watch(case, now).hits(_text(file, data), [reader.pk])
    except (CannotLook, Unreadable) as error:
        raise NotGiven from error
    if found:
        raise NotGiven(found)
    return data


def _text(file: DocumentFile, data: bytes) -> dict[str, str]:
    """What can be read of a file; all of it when it has a text layer, else as far as that goes. Raises Unreadable."""
    try:
        reading = text_of(stored_name(file), data)
    except Unreadable:
        if file.has_text:
            raise
        return {}
    if reading.unread and file.has_text:
        raise Unreadable(reading.unread[0])
    return reading.parts


def stored_name(file: DocumentFile) -> str:
    """Under which name a file leaves: it says nothing."""
    return f"document.{files.ENDINGS[FileKind(file.kind)]}"


@dataclass(frozen=True)
class Opened:
    """The bytes for a reader, or None: then `held` says what kept them (document, secret, place), for the director."""

    data: bytes | None
    held: tuple[tuple[str, str, str], ...] = ()


def document_opened(access: CaseAccess, file: DocumentFile, now: datetime, *, small: bool = False) -> Opened:
    """The copy of a file without metadata as this reader may have it; `small` a picture of at most 320 pixels.

    Raises CannotDecrypt, and ValidationError for a picture that cannot be made small.
    """
    try:
        data = _for(access, file, now)
    except NotGiven as refused:
        held = [(file.document.ref, _key(one), one.where) for one in refused.found]
        return Opened(None, tuple(held))
    return Opened(files.thumbnail(data, FileKind(file.kind)) if small else data)


def _for(access: CaseAccess, file: DocumentFile, now: datetime) -> bytes:
    if access.is_steward:
        return crypto.decrypt_bytes(access.case.ref, file.shown)
    return file_for_reader(file, access.user.party, now, in_team=True)


def _key(found: Found) -> str:
    return f"{found.secret.key[0]}:{found.secret.key[1]}"


# --- The list ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DocumentQuery:
    """What a list of documents asks for: about whom (a party reference), of which kind, after which one."""

    about: str = ""
    kind: str = ""
    after: str = ""


@dataclass(frozen=True)
class DocumentView:
    """One document as this reader may see it; `file_url` and `small_url` are empty when its bytes are not for her yet.

    `waits`: it is open to the team, and a second person has to look first.
    """

    ref: str
    title: str
    kind: str
    kind_label: str
    icon: str
    about: list[str]
    dated: str
    received: str
    source: str
    is_closed: bool
    waits: bool
    number: int
    file_label: str
    size: str
    is_picture: bool
    url: str
    small_url: str = ""
    file_url: str = ""


@dataclass(frozen=True)
class DocumentsPage:
    """One page of documents, newest first; what was kept from this reader; and who and what can be chosen."""

    page: Page[DocumentView]
    held: tuple[tuple[str, str, str], ...]
    people: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    taken_back: list["TakenBackView"]


@dataclass(frozen=True)
class TakenBackView:
    """A document that was taken back: that it was, by whom and why, and to whom it had been given; not what it was."""

    kind_label: str
    when: str
    who: str
    why: str
    given: list[str]


def documents(access: CaseAccess, query: DocumentQuery, now: datetime, limit: int = PAGE) -> DocumentsPage:
    """One page of the documents of a case, newest first, by key; a fixed number of queries, however many there are."""
    rows = documents_held(access).order_by("-received_on", "-pk")
    if query.about:
        rows = rows.filter(about__party__ref=query.about, about__case=access.case)
    if query.kind in DocumentKind.values:
        rows = rows.filter(kind=query.kind)
    mark = (
        documents_held(access).filter(ref=query.after).values_list("received_on", "pk").first() if query.after else None
    )
    if mark:
        rows = rows.extra(where=["(families_document.received_on, families_document.id) < (%s, %s)"], params=mark)
    found = list(rows.select_related("source_party").prefetch_related("audience__readers")[: limit + 1])
    views, held = _views(access, found[:limit], now)
    people = Person.objects.filter(case=access.case).order_by("-in_household", "sort_key", "pk")
    after = found[limit - 1].ref if len(found) > limit else ""
    return DocumentsPage(
        Page(views, after),
        held,
        [(ref, label) for ref, label in people.values_list("party__ref", "party__label")],
        [(kind.value, str(kind.label)) for kind in DocumentKind],
        _taken_back(access) if access.is_steward and not query.after else [],
    )


def documents_about(
    access: CaseAccess, person: Person, now: datetime
) -> tuple[list[DocumentView], tuple[tuple[str, str, str], ...]]:
    """The newest documents about one person that this reader may see, for a part of her page; and what was held back."""
    rows = documents_held(access).filter(about=person).order_by("-received_on", "-pk")
    found = list(rows.select_related("source_party").prefetch_related("audience__readers")[:ABOUT])
    return _views(access, found, now)


def _views(
    access: CaseAccess, rows: Sequence[Document], now: datetime
) -> tuple[list[DocumentView], tuple[tuple[str, str, str], ...]]:
    """The rows that this reader may see; for who is no steward without those whose title tells what she may not know."""
    around = reading_of(access).circles(access.case.pk, access.user.party_id)
    mine = [row for row in rows if may_read(access.user.party_id, row.audience, now, circles=around)]
    if not mine:
        return [], ()
    views = _described(access, mine, now)
    if access.is_steward:
        audit.seen(view.ref for view in views)
        return views, ()
    guard = page_guard(access.case, access.user.party_id, now)
    shown = [view for view in views if guard.shows(f"document:{view.ref}", view.title, view.source)]
    audit.seen(view.ref for view in shown)
    return shown, tuple((place.partition(":")[2], secret, "document") for secret, place in guard.held_back)


def _described(access: CaseAccess, rows: Sequence[Document], now: datetime) -> list[DocumentView]:
    """The rows with their newest file, about whom they are, and whether somebody has to look; five queries."""
    newest = DocumentFile.objects.filter(document__in=rows).order_by("document_id", "-number").distinct("document_id")
    of = {file.document_id: file for file in newest.defer("name", "original", "shown")}
    released = _released(access.case, of.values())
    about: dict[int, list[str]] = {}
    links = Document.about.through.objects.filter(document__in=rows).order_by("person__sort_key", "person_id")
    for document_id, label in links.values_list("document_id", "person__party__label"):
        about.setdefault(document_id, []).append(label)
    opened = crypto.opener(access.case.ref)
    return [_view(access, row, of[row.pk], about.get(row.pk, []), opened, released) for row in rows]


def _released(case: Case, some: Iterable[DocumentFile]) -> set[int]:
    """Of these files without text: which a second person let go to the team, with all that is noted now in mind."""
    newest = newest_fact_at(case)
    rows = DocumentRelease.objects.filter(file__in=[file.pk for file in some], reader__isnull=True)
    return set((rows.filter(at__gte=newest) if newest else rows).values_list("file_id", flat=True))


def _view(
    access: CaseAccess, row: Document, file: DocumentFile, about: list[str], opened: crypto.Opener, released: set[int]
) -> DocumentView:
    kind, is_picture = FileKind(file.kind), file.kind != FileKind.PDF
    is_closed = row.audience.circle == Circle.STEWARDS
    waits = not is_closed and not file.has_text and file.pk not in released
    case_ref, opens = access.case.ref, access.is_steward or not waits
    return DocumentView(
        ref=row.ref,
        title=opened(row.title),
        kind=row.kind,
        kind_label=str(DocumentKind(row.kind).label),
        icon=ICONS[DocumentKind(row.kind)],
        about=about,
        dated=dates.long(row.dated_on) if row.dated_on else "",
        received=dates.long(row.received_on),
        source=_source(row, opened),
        is_closed=is_closed,
        waits=waits,
        number=file.number,
        file_label=str(kind.label),
        size=size_words(file.size),
        is_picture=is_picture,
        url=reverse("document", args=[case_ref, row.ref]),
        small_url=reverse("document-small", args=[case_ref, row.ref, file.number]) if is_picture and opens else "",
        file_url=reverse("document-file", args=[case_ref, row.ref, file.number]) if opens else "",
    )


def _taken_back(access: CaseAccess) -> list[TakenBackView]:
    rows = Document.objects.filter(case=access.case, withdrawn_at__isnull=False).select_related("withdrawn_by")
    found = list(rows.order_by("-withdrawn_at", "-pk")[:PAGE])
    given: dict[int, list[str]] = {}
    for one in DocumentGiven.objects.filter(file__document__in=found).select_related("file", "reader").order_by("pk"):
        words = _("%(who)s, %(when)s") % {"who": one.reader.label, "when": dates.long(dates.day_of(one.at))}
        given.setdefault(one.file.document_id, []).append(words)
    return [
        TakenBackView(
            str(DocumentKind(row.kind).label),
            moment_words(row.withdrawn_at),
            row.withdrawn_by.name if row.withdrawn_by else "",
            row.withdrawal_reason,
            given.get(row.pk, []),
        )
        for row in found
    ]


def moment_words(at: datetime | None) -> str:
    """ "26 november 2026, 14:03"; empty without a moment."""
    return f"{dates.long(dates.day_of(at))}, {dates.clock_time(at)}" if at else ""


# --- One document -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FileVersionView:
    """One file of a document: who put it there and why. Addresses are empty for who may not open it."""

    number: int
    name: str
    file_label: str
    size: str
    when: str
    who: str
    why: str
    has_text: bool
    is_picture: bool
    url: str
    original_url: str


@dataclass(frozen=True)
class SaidView:
    """What was said of a document in one version."""

    number: int
    title: str
    kind_label: str
    about: list[str]
    dated: str
    received: str
    source: str
    is_closed: bool
    when: str
    who: str
    why: str


@dataclass(frozen=True)
class GivenView:
    """One time that a document was given to somebody."""

    ref: str
    reader: str
    number: int
    when: str
    who: str
    url: str


@dataclass(frozen=True)
class DocumentPage:
    """One document opened. What only director and deputy see is empty for others.

    `document` is None when its title tells a colleague what she may not know: for her it is not there, and `held` says
    what kept it.
    """

    document: DocumentView | None
    files: list[FileVersionView] = field(default_factory=list)
    version: int = 1
    said: list[SaidView] = field(default_factory=list)
    given: list[GivenView] = field(default_factory=list)
    readers: list[tuple[str, str]] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    who_can_look: list[str] = field(default_factory=list)
    needs_look: bool = False
    is_mine: bool = False
    held: tuple[tuple[str, str, str], ...] = ()


def document_page(access: CaseAccess, document: Document, now: datetime) -> DocumentPage:
    """One document with its files, its history, and to whom it was given; a fixed number of queries."""
    views, held = _views(access, [document], now)
    if not views:
        return DocumentPage(None, held=held)
    view = views[0]
    rows = list(document.files.select_related("added_by").order_by("-number").defer("original", "shown"))
    for row in rows:
        row.document = document
    if not access.is_steward:
        return DocumentPage(view, [_file(access, view, rows[0], "")], document.version)
    opened, newest = crypto.opener(access.case.ref), rows[0]
    return DocumentPage(
        document=view,
        files=[_file(access, view, row, opened(row.name)) for row in rows],
        version=document.version,
        said=_said(document, opened),
        given=_given(access, document),
        readers=_living(access.case),
        released=[] if newest.has_text else _let_go(newest),
        who_can_look=[] if newest.has_text else _who_can_look(access.case, newest, now),
        needs_look=not newest.has_text,
        is_mine=newest.added_by_id == access.user.pk,
    )


def _file(access: CaseAccess, view: DocumentView, row: DocumentFile, name: str) -> FileVersionView:
    args = [access.case.ref, view.ref, row.number]
    return FileVersionView(
        number=row.number,
        name=name,
        file_label=str(FileKind(row.kind).label),
        size=size_words(row.size),
        when=moment_words(row.added_at),
        who=row.added_by.name,
        why=row.reason,
        has_text=row.has_text,
        is_picture=row.kind != FileKind.PDF,
        url=reverse("document-file", args=args) if access.is_steward or view.file_url else "",
        original_url=reverse("document-original", args=args) if access.is_steward else "",
    )


def _living(case: Case) -> list[tuple[str, str]]:
    people = Person.objects.filter(case=case, died_on__isnull=True).order_by("-in_household", "sort_key", "pk")
    return list(people.values_list("party__ref", "party__label"))


def _let_go(file: DocumentFile) -> list[str]:
    """For whom a second person looked, as far as it counts now: by whom and when."""
    newest = newest_fact_at(file.document.case)
    rows = DocumentRelease.objects.filter(file=file).select_related("by", "reader").order_by("at", "pk")
    return [
        _("for %(who)s: %(by)s looked, %(when)s")
        % {
            "who": row.reader.label if row.reader else _("the case team"),
            "by": row.by.name,
            "when": moment_words(row.at),
        }
        for row in (rows.filter(at__gte=newest) if newest else rows)
    ]


def _who_can_look(case: Case, file: DocumentFile, now: datetime) -> list[str]:
    """Director and acting deputies, without who added the file: one of them has to look."""
    others = circles_of(case.ref, now).stewards - {file.added_by.party_id}
    return list(Party.objects.filter(pk__in=others).order_by("label").values_list("label", flat=True))


def _said(document: Document, opened: crypto.Opener) -> list[SaidView]:
    rows = list(document.versions.select_related("by", "source_party").order_by("-version"))
    ids = {pk for row in rows for pk in row.about_ids}
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "party__label"))
    return [
        SaidView(
            number=row.version,
            title=opened(row.title),
            kind_label=str(DocumentKind(row.kind).label),
            about=[names[pk] for pk in row.about_ids if pk in names],
            dated=dates.long(row.dated_on) if row.dated_on else "",
            received=dates.long(row.received_on),
            source=_source(row, opened),
            is_closed=row.circle == Circle.STEWARDS,
            when=moment_words(row.at),
            who=row.by.name,
            why=row.reason,
        )
        for row in rows
    ]


def _source(row: Document | DocumentVersion, opened: crypto.Opener) -> str:
    """From whom or from where it came, in words."""
    if row.source_party is not None:
        return row.source_party.label
    return opened(row.source) if row.source is not None else ""


def _given(access: CaseAccess, document: Document) -> list[GivenView]:
    rows = DocumentGiven.objects.filter(file__document=document).select_related("reader", "by", "file")
    rows = rows.defer("file__original", "file__shown", "file__name").order_by("-at", "-pk")
    return [
        GivenView(
            row.ref,
            row.reader.label,
            row.file.number,
            moment_words(row.at),
            row.by.name,
            reverse("document-given", args=[access.case.ref, document.ref, row.ref]),
        )
        for row in rows
    ]


def document_initial(access: CaseAccess, document: Document) -> dict[str, object]:
    """A document as its form starts from."""
    opened = crypto.opener(access.case.ref)
    return {
        "title": opened(document.title),
        "kind": document.kind,
        "about": list(document.about.values_list("party__ref", flat=True)),
        "dated_on": document.dated_on,
        "received_on": document.received_on,
        "source_party": document.source_party.ref if document.source_party else "",
        "source": opened(document.source) if document.source is not None else "",
        "readers": document.audience.circle,
        "version": document.version,
    }


def document_uploads(access: CaseAccess, key: UUID | None) -> list[FileView]:
    """The file that waits under the key of a form of this reader; two queries at most."""
    if key is None:
        return []
    rows = DocumentUpload.objects.filter(case=access.case, author=access.user, key=key).defer("original", "shown")
    return [
        FileView(
            row.ref,
            str(FileKind(row.kind).label),
            size_words(row.size),
            row.kind != FileKind.PDF,
            # She chose it herself: its name tells her nothing new.
            crypto.decrypt(access.case.ref, row.name),
            remove_url=reverse("document-upload-remove", args=[access.case.ref, row.ref]),
        )
        for row in rows
    ]


def reader_of(access: CaseAccess, ref: str) -> Party | None:
    """Somebody living of this family by reference; None for anybody else."""
    return Party.objects.filter(person__case=access.case, person__died_on__isnull=True, ref=ref).first()
