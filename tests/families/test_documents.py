"""Documents: kept encrypted, judged by content, replaced and never lost, and read by nobody who may not."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import InternalError
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casusregie.core import clock, crypto
from casusregie.core.models import AccessLog, Party, User
from casusregie.demo.documents import paper
from families.choices import ReachChannel, Safe
from families.models import (
    Document,
    DocumentFile,
    DocumentGiven,
    DocumentRelease,
    DocumentUpload,
    FactFinding,
    Person,
)
from families.services import (
    AgreementData,
    DocumentData,
    PersonData,
    ResidenceData,
    WayData,
    agreement_note,
    document_give_once,
    document_release,
    document_take_back,
    document_upload_keep,
    document_uploads_clear,
    fact_note,
    fact_search,
    number_note,
    person_add,
    reach_confirm,
    residence_note,
    safe_contact_add,
    same_agree,
    same_ask,
)
from families.services.document import document_add
from tests.cast import Cast, make_case
from tests.pictures import HEIC, SECRET, bomb, photo
from tests.pictures import paper as sly_paper

TITLE = "Beschikking over Noor"
NAME = "beschikking-marianne.pdf"
LETTER = paper(["Rechtbank", "De moeder heeft het gezag."])
FETCH = {"X-Requested-With": "fetch"}


def _url(cast: Cast, rest: str = "") -> str:
    return f"/casussen/{cast.case.ref}/documenten/{rest}"


def _good(cast: Cast, **changes: Any) -> dict[str, Any]:
    day = clock.local_date(cast.now)
    return {
        "key": str(uuid4()),
        "title": TITLE,
        "kind": "ruling",
        "about": [cast.daughter],
        "dated_on": f"{day - timedelta(days=3):%Y-%m-%d}",
        "received_on": f"{day:%Y-%m-%d}",
        "source_party": "",
        "source": "rechtbank",
        "readers": "stewards",
        "file": SimpleUploadedFile(NAME, LETTER, "text/html"),
        **changes,
    }


def _add(cast: Cast, data: bytes = LETTER, *, by: User | None = None, name: str = "", **said: Any) -> Document:
    """A document as the page makes it, its file included."""
    key, author, now = uuid4(), by or cast.owner, said.pop("now", cast.now)
    about = said.pop("about", [cast.daughter])
    values = {"kind": "ruling", "title": TITLE, "received_on": clock.local_date(now), "source": "rechtbank", **said}
    ending = {b"%P": "pdf", b"\x89P": "png", b"\xff\xd8": "jpg"}[data[:2]]
    document_upload_keep(case=cast.case, by=author, key=key, name=name or f"naam.{ending}", data=data, now=now)
    return document_add(case=cast.case, by=author, data=DocumentData(about=about, **values), key=key, now=now)


def _party(ref: str) -> Party:
    return Party.objects.get(ref=ref)


def _fact(cast: Cast, value: str = "Wilgenhof 12", about: str = "", **more: Any) -> Any:
    person = Person.objects.get(party__ref=about or cast.mother)
    return fact_note(case=cast.case, by=cast.owner, concerns=person, value=value, may_know=[], now=clock.now(), **more)


def _give(cast: Cast, row: Document, to: str, login: str = "owner", **more: Any) -> HttpResponse:
    fields = {"key": str(uuid4()), "reader": to, "number": row.files.count(), **more}
    return cast.client(login).post(_url(cast, f"{row.ref}/geven/"), fields)


def _release(cast: Cast, row: Document, to: str = "team", login: str = "deputy") -> HttpResponse:
    fields = {"reader": to, "number": row.files.count()}
    return cast.client(login).post(_url(cast, f"{row.ref}/vrijgeven/"), fields)


def _file(cast: Cast, row: Document, number: int = 1, rest: str = "") -> str:
    return _url(cast, f"{row.ref}/bestand/{number}/{rest}")


# --- Adding -----------------------------------------------------------------------------------------------------------


def test_a_document_is_added_with_its_file_in_one_form(cast: Cast) -> None:
    """On the list with what it is, about whom and from whom; on its own page too."""
    client = cast.client("owner")
    answer = client.post(_url(cast, "nieuw/"), _good(cast))
    row = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, _url(cast, f"{row.ref}/"))
    for address in (_url(cast), _url(cast, f"{row.ref}/")):
        page = client.get(address).content.decode()
        for words in (TITLE, "Noor Halteren", "rechtbank", "alleen regisseur en waarnemer"):
            assert words in page
    assert not DocumentUpload.objects.exists()


def test_title_source_name_and_bytes_are_encrypted_under_the_key_of_the_case(cast: Cast) -> None:
    """Nothing of it stands in a column in the clear; opened it is what came."""
    row = _add(cast, sly_paper(), name=NAME)
    file = row.files.get()
    for column in (row.title, row.source, file.name, file.original, file.shown, row.versions.get().title):
        for words in (TITLE.encode(), b"rechtbank", NAME.encode(), b"%PDF"):
            assert words not in bytes(column)
    assert crypto.decrypt_bytes(cast.case.ref, file.original) == sly_paper()
    shown = cast.client("owner").get(_file(cast, row)).content
    assert SECRET in sly_paper()
    assert SECRET not in shown


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": "x" * 121},
        {"kind": ""},
        {"kind": "geheim"},
        {"about": []},
        {"about": ["XXXXXXXX"]},
        {"dated_on": "2099-01-01"},
        {"dated_on": "31-02-2026"},
        {"received_on": ""},
        {"received_on": "2099-01-01"},
        {"received_on": "1700-01-01"},
        {"received_on": "2001-01-01"},
        {"source": "", "source_party": ""},
        {"source_party": "XXXXXXXX"},
        {"readers": "iedereen"},
    ],
)
def test_what_cannot_be_is_answered_at_its_field_and_the_file_is_kept(cast: Cast, change: dict[str, Any]) -> None:
    """422 with everything typed; the file has arrived and is not asked for again, with scripts or without."""
    client, sent = cast.client("owner"), _good(cast, **change)
    answer = client.post(_url(cast, "nieuw/"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "title" in change or TITLE in page
    assert NAME in page
    assert not Document.objects.exists()
    again = {**sent, **{name: value for name, value in _good(cast).items() if name not in ("key", "file")}}
    del again["file"]
    again["waiting_files"] = sent["key"]
    assert f'name="waiting_files" value="{sent["key"]}"' in page
    assert client.post(_url(cast, "nieuw/"), again).status_code == 302
    assert crypto.decrypt_bytes(cast.case.ref, DocumentFile.objects.get().original) == LETTER


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "leeg.pdf"),
        (b"<html><script>alert(1)</script>", "brief.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "tekening.svg"),
        (b"PK\x03\x04" + b"\0" * 99, "verslag.docx"),
        (photo(), "brief.pdf"),
        (LETTER, "foto.jpg"),
        (photo()[:300], "half.jpg"),
        (HEIC, "IMG_0001.heic"),
        (sly_paper(password="dicht"), "dicht.pdf"),
        (bomb(60_000, 60_000), "bom.png"),
        (b"%PDF-1.7\n" + b"\0" * 500, "stuk.pdf"),
        (b"\0" * (15 * 1024 * 1024 + 1), "groot.pdf"),
    ],
    ids=[
        "empty",
        "html",
        "svg",
        "zip",
        "photo-as-pdf",
        "pdf-as-photo",
        "half",
        "heic",
        "locked",
        "bomb",
        "broken",
        "large",
    ],
)
def test_a_file_that_cannot_be_kept_is_a_sentence_at_its_field(cast: Cast, data: bytes, name: str) -> None:
    """On the page with all that was typed, and for the script; nothing is kept."""
    client = cast.client("owner")
    answer = client.post(_url(cast, "nieuw/"), _good(cast, file=SimpleUploadedFile(name, data)))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_file_error"' in page
    assert TITLE in page
    told = client.post(_url(cast, "bestanden/"), {"key": str(uuid4()), "file": SimpleUploadedFile(name, data)})
    assert told.status_code == 422
    assert len(told.json()["error"]) > 10
    assert not DocumentUpload.objects.exists()
    assert not Document.objects.exists()


def test_a_form_without_a_file_is_told_so(cast: Cast) -> None:
    """At the field, with everything typed."""
    sent = _good(cast)
    del sent["file"]
    answer = cast.client("owner").post(_url(cast, "nieuw/"), sent)
    assert answer.status_code == 422
    assert "Kies een bestand." in answer.content.decode()
    assert TITLE in answer.content.decode()


@pytest.mark.parametrize("rest", ["nieuw/", "{ref}/vervangen/", "{ref}/wijzigen/", "{ref}/geven/", "{ref}/vrijgeven/"])
def test_an_empty_form_is_answered_with_its_page(rest: str, cast: Cast) -> None:
    """Nothing that is sent breaks it, and nothing is made."""
    row = _add(cast)
    answer = cast.client("owner").post(_url(cast, rest.format(ref=row.ref)))
    assert answer.status_code in (200, 422)
    assert Document.objects.count() == 1
    assert not DocumentGiven.objects.exists()


def test_the_limit_is_named_and_stays_two_megabytes_elsewhere(cast: Cast) -> None:
    """413 before it is read."""
    row, client = _add(cast), cast.client("owner")
    kind = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": 30 * 2**20}
    for rest in ("nieuw/", "bestanden/", f"{row.ref}/vervangen/"):
        answer = client.post(_url(cast, rest), b"x", **kind)
        assert (answer.status_code, "15 MB" in answer.content.decode()) == (413, True)
    answer = client.post(_url(cast, f"{row.ref}/wijzigen/"), b"x", content_type="text/plain", CONTENT_LENGTH=3 * 2**20)
    assert (answer.status_code, "2 MB" in answer.content.decode()) == (413, True)


def test_a_file_that_is_sent_by_script_waits_for_its_form(cast: Cast) -> None:
    """Another takes its place; taken away nothing stays; only its own author lists it."""
    client, key = cast.client("owner"), str(uuid4())
    for data, name in ((photo(), "een.jpg"), (LETTER, "twee.pdf")):
        file = SimpleUploadedFile(name, data)
        assert client.post(_url(cast, "bestanden/"), {"key": key, "file": file}, headers=FETCH).status_code == 200
    row = DocumentUpload.objects.get()
    assert row.kind == "pdf"
    assert "twee.pdf" in client.get(_url(cast, f"bestanden/?key={key}")).content.decode()
    assert "twee.pdf" not in cast.client("deputy").get(_url(cast, f"bestanden/?key={key}")).content.decode()
    assert client.post(_url(cast, f"bestanden/{row.ref}/weg/")).status_code == 200
    assert not DocumentUpload.objects.exists()


def test_files_that_were_never_saved_are_cleared_after_a_day(cast: Cast) -> None:
    """Not before."""
    document_upload_keep(case=cast.case, by=cast.owner, key=uuid4(), name="a.jpg", data=photo(), now=cast.now)
    assert document_uploads_clear(now=cast.now + timedelta(hours=23)) == 0
    assert document_uploads_clear(now=cast.now + timedelta(hours=25)) == 1


def test_back_and_send_again_leads_to_the_same_document(cast: Cast) -> None:
    """With its file once more, and without it, as the script sends it; another text or file under that key is 409."""
    client, sent = cast.client("owner"), _good(cast)
    first = client.post(_url(cast, "nieuw/"), sent)["Location"]
    again = {**sent, "file": SimpleUploadedFile(NAME, LETTER)}
    assert client.post(_url(cast, "nieuw/"), again)["Location"] == first
    del again["file"]
    assert client.post(_url(cast, "nieuw/"), again)["Location"] == first
    assert not DocumentUpload.objects.exists()
    other = client.post(_url(cast, "nieuw/"), {**again, "title": "Een heel andere titel"})
    assert (other.status_code, "Een heel andere titel" in other.content.decode()) == (409, True)
    other = client.post(_url(cast, "nieuw/"), {**again, "file": SimpleUploadedFile("foto.jpg", photo())})
    assert (other.status_code, "foto.jpg" in other.content.decode()) == (409, True)
    assert Document.objects.count() == 1


# --- Who reads --------------------------------------------------------------------------------------------------------

OPEN = {"owner": 200, "deputy": 200, "second": 200}
CLOSED = {"owner": 200, "deputy": 200, "second": 404}
LOGINS = ["owner", "deputy", "second", "leader", "colleague", "barred", "stranger", "partner", "officer", "board"]


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("for_team", [True, False], ids=["team", "closed"])
def test_who_reads_a_document(login: str, for_team: bool, cast: Cast) -> None:
    """Director and deputy always, a second worker when it is open to the team, nobody else; its bytes just so."""
    row, client = _add(cast, for_team=for_team), cast.client(login)
    expected = (OPEN if for_team else CLOSED).get(login, 403 if login == "leader" else 404)
    for address in (_url(cast, f"{row.ref}/"), _file(cast, row)):
        assert client.get(address).status_code == expected
    listed = client.get(_url(cast))
    assert (TITLE in listed.content.decode()) == (expected == 200)
    original = client.post(_file(cast, row, rest="origineel/")).status_code
    assert original == (200 if login in ("owner", "deputy") else 403 if login in ("second", "leader") else 404)


def test_who_looks_inside_with_a_reason_reads_what_is_open_to_the_team(cast: Cast) -> None:
    """For that hour, and nothing that is closed."""
    row, closed = _add(cast, for_team=True), _add(cast, title="Gesloten stuk")
    client = cast.client("leader")
    client.post(f"/casussen/{cast.case.ref}/inzien/", {"reason": "Vraag van de wethouder over dit gezin"})
    assert client.get(_file(cast, row)).status_code == 200
    assert client.get(_file(cast, closed)).status_code == 404
    assert "Gesloten stuk" not in client.get(_url(cast)).content.decode()
    assert client.get(_url(cast, "nieuw/")).status_code == 403


@pytest.mark.parametrize("data", [photo(), sly_paper()], ids=["photo", "pdf-with-a-picture"])
def test_bytes_without_a_text_layer_open_after_a_second_person_looked(data: bytes, cast: Cast) -> None:
    """Never after her own look who added it; a colleague is told that she has to wait, and gets not a byte."""
    row, second = _add(cast, data, for_team=True), cast.client("second")
    refused = second.get(_file(cast, row))
    assert refused.status_code == 409
    assert refused["Content-Type"].startswith("text/html")
    assert "tweede persoon" in second.get(_url(cast)).content.decode()
    assert _release(cast, row, login="owner").status_code == 422
    assert _release(cast, row, login="second").status_code == 403
    assert not DocumentRelease.objects.exists()
    assert _release(cast, row).status_code == 302
    assert second.get(_file(cast, row)).status_code == 200


def test_the_page_says_who_has_to_look(cast: Cast) -> None:
    """The deputy's name, for who added it; and the deputy finds the form."""
    row = _add(cast, photo(), for_team=True)
    assert cast.deputy.name in cast.client("owner").get(_url(cast, f"{row.ref}/")).content.decode()
    assert "/vrijgeven/" not in cast.client("owner").get(_url(cast, f"{row.ref}/")).content.decode()
    assert "/vrijgeven/" in cast.client("deputy").get(_url(cast, f"{row.ref}/")).content.decode()


def test_a_fact_that_is_noted_later_asks_for_another_look(cast: Cast) -> None:
    """Who looked did not know of it."""
    row = _add(cast, photo(), for_team=True)
    _release(cast, row)
    _fact(cast)
    assert cast.client("second").get(_file(cast, row)).status_code == 409
    _release(cast, row)
    assert cast.client("second").get(_file(cast, row)).status_code == 200


def _agree(cast: Cast, person: Person, **more: str) -> None:
    data = AgreementData(**more)  # type: ignore[arg-type]
    today = clock.local_date(cast.now)
    agreement_note(person=person, data=data, said_on=today - timedelta(days=1), by=cast.owner, now=clock.now())


def _noted_beside(cast: Cast, what: str) -> None:
    """Something that must not slip out and is no fact."""
    person = Person.objects.select_related("case", "party").get(party__ref=cast.mother)
    more: dict[str, Any] = {"person": person, "by": cast.owner, "now": clock.now()}
    if what == "agreement":
        _agree(cast, person, code_word="paarse kameel")
    elif what == "town":
        residence_note(data=ResidenceData("Middelburg", is_hidden=True), **more)
    elif what == "way":
        way = WayData(ReachChannel.PHONE, "06 00998877", "", Safe.NO, clock.local_date(cast.now))
        safe_contact_add(way=way, **more)
    else:
        Person.objects.filter(pk=person.pk).update(gets_help=True)
        number_note(number="111222333", **more)


@pytest.mark.parametrize("what", ["agreement", "town", "number", "way"])
def test_what_is_noted_beside_the_facts_asks_for_another_look_too(what: str, cast: Cast) -> None:
    """A code word, a number or a municipality may stand on a photo as well as an address."""
    row = _add(cast, photo(), for_team=True)
    _release(cast, row)
    _noted_beside(cast, what)
    assert cast.client("second").get(_file(cast, row)).status_code == 409
    _release(cast, row)
    assert cast.client("second").get(_file(cast, row)).status_code == 200


def test_that_an_agreement_still_holds_asks_for_no_other_look(cast: Cast) -> None:
    """It tells nothing that she who looked did not know."""
    person = Person.objects.select_related("case", "party").get(party__ref=cast.mother)
    _agree(cast, person, code_word="paarse kameel")
    row = _add(cast, photo(), for_team=True)
    _release(cast, row)
    reach_confirm(person=person, said_on=clock.local_date(cast.now), by=cast.owner, now=clock.now())
    assert person.agreements.count() == 2
    assert cast.client("second").get(_file(cast, row)).status_code == 200


def test_a_link_that_was_asked_before_and_agreed_after_the_look_asks_for_another(cast: Cast) -> None:
    """From then on the facts of the other case count here."""
    mother = Person.objects.select_related("case", "party").get(party__ref=cast.mother)
    data = PersonData(given_name="Marianne", infix="van", surname="Halteren")
    twin = person_add(case=make_case(cast.stranger, "Zilverberg"), data=data, by=cast.stranger)
    fact_note(case=twin.case, by=cast.stranger, concerns=twin, value="Wilgenhof 12", may_know=[], now=clock.now())
    link = same_ask(one=mother, other=twin, case=twin.case, by=cast.other_leader, now=clock.now(), is_leader=True)
    row = _add(cast, photo(), for_team=True)
    _release(cast, row)
    assert cast.client("second").get(_file(cast, row)).status_code == 200
    same_agree(link=link, case=cast.case, by=cast.leader, now=clock.now())
    assert cast.client("second").get(_file(cast, row)).status_code == 409


def test_the_database_itself_refuses_her_own_look(cast: Cast) -> None:
    """Whatever the code does."""
    file = _add(cast, photo()).files.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentRelease.objects.create(file=file, added_by=cast.owner, by=cast.owner, at=cast.now)


def test_what_a_second_worker_may_not_know_is_kept_from_her_and_the_director_is_told(cast: Cast) -> None:
    """In the bytes: refused without a place. In the title: not there. Both stand in what was found."""
    _fact(cast)
    inside = _add(cast, paper(["Brief", "Zij woont op Wilgenhof 12."]), title="Brief", for_team=True)
    outside = _add(cast, title="Bezoek aan Wilgenhof 12", for_team=True)
    second = cast.client("second")
    refused = second.get(_file(cast, inside))
    assert (refused.status_code, "Wilgenhof" in refused.content.decode()) == (409, False)
    assert "Wilgenhof" not in second.get(_url(cast)).content.decode()
    assert second.get(_url(cast, f"{outside.ref}/")).status_code == 404
    assert {row.what for row in FactFinding.objects.all()} == {inside.ref, outside.ref}
    assert "Wilgenhof" in cast.client("owner").get(_url(cast)).content.decode()


def test_what_is_kept_from_a_second_worker_on_a_persons_page_is_told_too(cast: Cast) -> None:
    """The part of the person's page is read oftener than the list."""
    _fact(cast)
    row = _add(cast, title="Bezoek aan Wilgenhof 12", for_team=True, about=[cast.mother])
    page = cast.client("second").get(f"/casussen/{cast.case.ref}/gezin/{cast.mother}/documenten/").content.decode()
    assert "Wilgenhof" not in page
    assert [found.what for found in FactFinding.objects.all()] == [row.ref]


def test_a_document_of_another_case_is_not_found(cast: Cast) -> None:
    """Also for who directs both."""
    row, other = _add(cast), make_case(cast.owner, "Ander")
    assert cast.client("owner").get(f"/casussen/{other.ref}/documenten/{row.ref}/").status_code == 404
    assert cast.client("owner").get(f"/casussen/{other.ref}/documenten/{row.ref}/bestand/1/").status_code == 404


def test_every_look_is_logged_and_no_name_leaves(cast: Cast) -> None:
    """Also the director's; the file is called document.pdf, and no browser may take it for a page."""
    row = _add(cast, name=NAME)
    answer = cast.client("owner").get(_file(cast, row))
    assert answer["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    seen = AccessLog.objects.get(action="GET:document-file")
    assert (seen.actor_id, row.ref in seen.objects_seen) == (cast.owner.pk, True)
    original = cast.client("deputy").post(_file(cast, row, rest="origineel/"))
    assert original.content == LETTER
    assert original["Content-Type"] == "application/octet-stream"
    assert AccessLog.objects.filter(action="document.original_opened", actor_id=cast.deputy.pk).exists()


# --- Corrections are additions ----------------------------------------------------------------------------------------


def test_a_replaced_file_stays_readable_with_who_and_why(cast: Cast) -> None:
    """For director and deputy; a colleague reads the newest only."""
    row, client = _add(cast, for_team=True), cast.client("owner")
    sent = {"key": str(uuid4()), "number": "1", "reason": "Dit is de getekende"}
    new = paper(["Getekend", "Door beide ouders."])
    assert client.post(_url(cast, f"{row.ref}/vervangen/"), sent).status_code == 422
    answer = client.post(_url(cast, f"{row.ref}/vervangen/"), {**sent, "file": SimpleUploadedFile("n.pdf", new)})
    assert answer["Location"] == _url(cast, f"{row.ref}/#v2")
    again = client.post(_url(cast, f"{row.ref}/vervangen/"), {**sent, "file": SimpleUploadedFile("n.pdf", new)})
    assert again["Location"] == answer["Location"]
    assert client.post(_url(cast, f"{row.ref}/vervangen/"), sent)["Location"] == answer["Location"]
    assert client.get(_file(cast, row, 1)).status_code == client.get(_file(cast, row, 2)).status_code == 200
    assert "Dit is de getekende" in client.get(_url(cast, f"{row.ref}/")).content.decode()
    second = cast.client("second")
    assert (second.get(_file(cast, row, 1)).status_code, second.get(_file(cast, row, 2)).status_code) == (404, 200)


@pytest.mark.parametrize(
    ("change", "data"),
    [({"reason": ""}, photo()), ({"number": "2"}, photo()), ({"number": "x"}, photo()), ({}, LETTER)],
    ids=["no-reason", "another-newest", "no-number", "the-same-file"],
)
def test_a_file_is_not_replaced_without_a_reason_or_unseen(change: dict[str, str], data: bytes, cast: Cast) -> None:
    """422, and the one that stands there stays the newest."""
    row = _add(cast)
    name = "nieuw.jpg" if data == photo() else "nieuw.pdf"
    sent = {"key": str(uuid4()), "number": "1", "reason": "Beter", "file": SimpleUploadedFile(name, data), **change}
    assert cast.client("owner").post(_url(cast, f"{row.ref}/vervangen/"), sent).status_code == 422
    assert row.files.count() == 1


def test_what_was_said_of_it_stays_in_its_history(cast: Cast) -> None:
    """Title, about whom and who reads it; without a reason, or over a colleague's change, nothing changes."""
    row, client = _add(cast), cast.client("owner")
    sent = {**_good(cast), "title": "Tussenbeschikking", "about": [cast.mother], "readers": "team", "version": "1"}
    del sent["file"], sent["key"]
    assert client.post(_url(cast, f"{row.ref}/wijzigen/"), sent).status_code == 422
    assert client.post(_url(cast, f"{row.ref}/wijzigen/"), {**sent, "reason": "Verkeerde titel"}).status_code == 302
    assert client.post(_url(cast, f"{row.ref}/wijzigen/"), {**sent, "reason": "Nog eens"}).status_code == 422
    page = client.get(_url(cast, f"{row.ref}/")).content.decode()
    for words in (TITLE, "Tussenbeschikking", "Verkeerde titel", "Noor Halteren"):
        assert words in page
    assert cast.client("second").get(_url(cast, f"{row.ref}/")).status_code == 200


def test_a_document_taken_back_is_gone_for_every_reader_and_stays_in_the_record(cast: Cast) -> None:
    """From the list, its page, its bytes, the part of a person; that it was there is listed, with who and why."""
    row, client = _add(cast, for_team=True), cast.client("owner")
    assert client.post(_url(cast, f"{row.ref}/terugnemen/"), {"reason": ""}).status_code == 422
    assert client.post(_url(cast, f"{row.ref}/terugnemen/"), {"reason": "Hoort bij een ander"}).status_code == 302
    person = f"/casussen/{cast.case.ref}/gezin/{cast.daughter}/documenten/"
    for login in ("owner", "deputy", "second"):
        for address in (_url(cast), person):
            assert TITLE not in cast.client(login).get(address).content.decode()
        for address in (_url(cast, f"{row.ref}/"), _file(cast, row), _url(cast, f"{row.ref}/wijzigen/")):
            expected = 403 if (login, address[-10:]) == ("second", "/wijzigen/") else 404
            assert cast.client(login).get(address).status_code == expected
    page = client.get(_url(cast)).content.decode()
    assert "Hoort bij een ander" in page
    assert "Hoort bij een ander" not in cast.client("second").get(_url(cast)).content.decode()
    assert row.files.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM families_document",
        "UPDATE families_documentfile SET shown = original",
        "DELETE FROM families_documentfile",
        "UPDATE families_documentgiven SET reader_id = reader_id",
        "DELETE FROM families_documentrelease",
        "UPDATE families_documentversion SET reason = ''",
    ],
)
def test_raw_sql_cannot_change_what_was_recorded(statement: str, cast: Cast) -> None:
    """As the application's role."""
    _add(cast)
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_document_that_was_taken_back_cannot_come_back(cast: Cast) -> None:
    """The database freezes it."""
    row = _add(cast)
    document_take_back(document=row, by=cast.owner, reason="Verkeerd gezin", now=cast.now)
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        Document.objects.filter(pk=row.pk).update(withdrawn_at=None)


# --- Giving -----------------------------------------------------------------------------------------------------------


def test_what_is_given_is_a_row_and_is_held_against_the_facts_again_when_it_leaves(cast: Cast) -> None:
    """Given once however often the form is sent; a fact noted meanwhile stops the next download."""
    row, key = _add(cast), str(uuid4())
    first = _give(cast, row, cast.mother, key=key)
    assert first.status_code == 302
    assert _give(cast, row, cast.mother, key=key)["Location"] == first["Location"]
    given_row = DocumentGiven.objects.get()
    assert (given_row.reader.ref, given_row.by) == (cast.mother, cast.owner)
    assert _give(cast, row, cast.daughter, key=key).status_code == 409
    address = _url(cast, f"{row.ref}/gegeven/{given_row.ref}/")
    answer = cast.client("owner").get(address)
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert AccessLog.objects.filter(action="document.given_opened").exists()
    _fact(cast, "De moeder heeft het gezag", about=cast.daughter, terms=["De moeder heeft het gezag"])
    assert cast.client("owner").get(address).status_code == 409


def test_a_hit_refuses_and_names_the_place(cast: Cast) -> None:
    """Nothing is given, and whose fact it is and on which page is told to the director."""
    _fact(cast)
    row = _add(cast, paper(["Brief", "Zij woont op Wilgenhof 12."]))
    answer = _give(cast, row, cast.daughter)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bladzijde 1" in page or "Pagina 1" in page
    assert "Marianne" in page
    assert not DocumentGiven.objects.exists()
    assert _give(cast, row, cast.mother).status_code == 302, "whose it is knows it"


def test_a_photo_is_given_after_a_second_person_looked_with_this_reader_in_mind(cast: Cast) -> None:
    """A look for the team, or for somebody else, is no look for her."""
    row = _add(cast, photo())
    assert _give(cast, row, cast.mother).status_code == 409
    _release(cast, row, "team")
    _release(cast, row, cast.daughter)
    assert _give(cast, row, cast.mother).status_code == 409
    _release(cast, row, cast.mother)
    assert _give(cast, row, cast.mother).status_code == 302


@pytest.mark.parametrize("to", ["", "XXXXXXXX", "owner"])
def test_nobody_outside_the_family_is_given_anything(to: str, cast: Cast) -> None:
    """422 at the field."""
    row = _add(cast)
    assert _give(cast, row, cast.owner.party.ref if to == "owner" else to).status_code == 422
    assert not DocumentGiven.objects.exists()


def test_a_replaced_file_is_not_given_any_more(cast: Cast) -> None:
    """The form showed another file than the one that stands there now."""
    row = _add(cast)
    key = uuid4()
    document_upload_keep(case=cast.case, by=cast.owner, key=key, name="n.jpg", data=photo(), now=cast.now)
    sent = {"key": str(key), "number": "1", "reason": "Beter", "waiting_files": str(key)}
    assert cast.client("owner").post(_url(cast, f"{row.ref}/vervangen/"), sent).status_code == 302
    assert _give(cast, row, cast.mother, number=1).status_code == 422


def test_a_new_fact_shows_to_whom_it_was_given_and_when(cast: Cast) -> None:
    """Also what a colleague opened; not to who may know it, and also of a document that was taken back."""
    row = _add(cast, paper(["Brief", "Zij woont op Wilgenhof 12."]), for_team=True)
    for reader in (cast.mother, cast.daughter):
        document_give_once(file=row.files.get(), by=cast.owner, reader=_party(reader), key=uuid4(), now=cast.now)
    assert cast.client("second").get(_file(cast, row)).status_code == 200
    document_take_back(document=row, by=cast.owner, reason="Verkeerd stuk", now=clock.now())
    fact = _fact(cast)
    assert fact_search(fact_id=fact.pk, now=clock.now())
    found = {(one.reader, one.door, one.given_count) for one in FactFinding.objects.all()}
    assert found == {(cast.daughter, "document", 1), (cast.second.party.ref, "document", 1)}
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/gezin/vertrouwelijk/gevonden/").content.decode()
    assert "Noor Halteren" in page


def test_a_photo_that_was_given_cannot_be_searched_and_that_is_told(cast: Cast) -> None:
    """Nobody can say that it is clean."""
    row = _add(cast, photo())
    file = row.files.get()
    document_release(file=file, by=cast.deputy, reader=_party(cast.daughter), now=cast.now)
    document_give_once(file=file, by=cast.owner, reader=_party(cast.daughter), key=uuid4(), now=cast.now)
    fact_search(fact_id=_fact(cast).pk, now=clock.now())
    assert [(one.reader, one.place) for one in FactFinding.objects.all()] == [(cast.daughter, "unreadable")]


SPELLED = ["Wilgenhof 12", "wilgenhof  12", "WILGENHOF 12", "Wil-\ngenhof 12", "Wilgenhof nr. 12", "12 Wilgenhof"]
WORDS = st.lists(st.sampled_from(["rust", "huis", "school", "morgen", "zorg", "samen", "brief"]), max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SPELLED), WORDS, WORDS, st.booleans(), st.booleans())
def test_no_reader_gets_bytes_with_a_fact_she_may_not_know(
    cast: Cast, spelled: str, before: list[str], after: list[str], first: bool, in_title: bool
) -> None:
    """Through any door, in any listed spelling, whichever came first: the fact or the document."""
    with transaction.atomic():
        text = [" ".join(before), *spelled.split("\n"), " ".join(after)]
        data = paper(["Brief", *text]) if not in_title else LETTER
        title = " ".join(spelled.split()) if in_title else "Brief"
        if first:
            _fact(cast)
        row = _add(cast, data, title=title, for_team=True)
        if not first:
            _fact(cast)
        second = cast.client("second")
        answers = [
            second.get(_url(cast)),
            second.get(_url(cast, f"{row.ref}/")),
            second.get(_file(cast, row)),
            second.get(f"/casussen/{cast.case.ref}/gezin/{cast.daughter}/documenten/"),
        ]
        for answer in answers:
            assert b"ilgenhof" not in answer.content.lower()
        if not in_title:
            assert answers[2].status_code == 409
            assert _give(cast, row, cast.daughter).status_code == 409
            assert not DocumentGiven.objects.exists()
        transaction.set_rollback(True)


# --- Lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["owner", "second"])
@pytest.mark.parametrize("rest", ["", "?over={person}", "?soort=ruling"])
def test_the_list_asks_the_same_however_many_there_are(login: str, rest: str, cast: Cast) -> None:
    """10, 50 or 200: the same number of queries, never their bytes, no OFFSET."""
    row, counts = _add(cast, for_team=True), []
    client, address = cast.client(login), _url(cast, rest.format(person=cast.daughter))
    client.get(address)
    for number in (10, 50, 200):
        _more(cast, row, number)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
        said = " ".join(query["sql"] for query in queries.captured_queries)
        assert '"original"' not in said
        assert "OFFSET" not in said
    assert len(set(counts)) == 1
    assert counts[0] <= 24


def _more(cast: Cast, row: Document, number: int) -> None:
    while Document.objects.count() < number:
        start = Document.objects.count()
        one = Document.objects.get(ref=row.ref)
        file, said = one.files.get(), one.versions.get()
        about = list(one.about.all())
        one.pk, one.ref = None, f"COPY{start:05}"
        one.save(force_insert=True)
        one.about.set(about)
        file.pk, file.ref, file.document = None, f"FILE{start:05}", one
        file.save(force_insert=True)
        said.pk, said.document = None, one
        said.save(force_insert=True)


def test_a_long_list_goes_on_by_key_and_shows_every_document_once(cast: Cast) -> None:
    """Newest first, also when many came on one day."""
    import re

    row, client = _add(cast), cast.client("owner")
    _more(cast, row, 120)
    seen: list[str] = []
    address: str | None = _url(cast)
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'id="d-(\w+)"', page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found[1] if found else None
    assert len(seen) == len(set(seen)) == 120


def test_the_list_is_filtered_by_person_and_kind_with_codes_only(cast: Cast) -> None:
    """No title or name in an address; nothing that matches says so."""
    _add(cast, title="Over Noor")
    _add(cast, title="Over Marianne", about=[cast.mother], kind="letter")
    client = cast.client("owner")
    for rest, there, absent in (
        (f"?over={cast.mother}", "Over Marianne", "Over Noor"),
        ("?soort=ruling", "Over Noor", "Over Marianne"),
    ):
        page = client.get(_url(cast, rest)).content.decode()
        assert there in page
        assert absent not in page
    page = client.get(_url(cast, "?soort=medical")).content.decode()
    assert "Geen document gevonden" in page
    assert "Nog geen documenten" in cast.client("second").get(_url(cast)).content.decode()


def test_the_part_of_a_person_holds_what_is_about_her(cast: Cast) -> None:
    """As a part of her page, and as a page of its own."""
    _add(cast, title="Over Noor")
    address = f"/casussen/{cast.case.ref}/gezin/{{}}/documenten/"
    client = cast.client("owner")
    whole = client.get(address.format(cast.daughter)).content.decode()
    part = client.get(address.format(cast.daughter), headers={"HX-Request": "true"}).content.decode()
    assert "Over Noor" in whole
    assert "Over Noor" in part
    assert "<html" in whole
    assert "<html" not in part
    assert "Over Noor" not in client.get(address.format(cast.mother)).content.decode()
