"""Photos and files of a contact: kept sealed with their hash, shown without metadata, to director and deputy."""

from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.db.utils import InternalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from casusregie.core import clock, crypto
from casusregie.core.models import AccessLog
from network.models import Attachment, Contact, Draft, DraftFile
from network.services import (
    WithdrawalData,
    attachment_add,
    contact_withdraw,
    draft_file_add,
    draft_files_clear,
    draft_put,
)
from tests.cast import Cast, make_case
from tests.pictures import SECRET, paper, photo

NAME = "moeder-marianne.jpg"
FETCH = {"X-Requested-With": "fetch"}


def _send(client: Client, cast: Cast, key: UUID, data: bytes, name: str = NAME) -> HttpResponse:
    file = SimpleUploadedFile(name, data, "text/html")
    return client.post(reverse("draft-files", args=[cast.case.ref]), {"key": str(key), "file": file}, headers=FETCH)


def _contact_fields(key: UUID, **more: Any) -> dict[str, Any]:
    now = f"{clock.now().astimezone(clock.LOCAL):%Y-%m-%dT%H:%M}"
    return {"key": str(key), "body": "Met foto.", "channel": "phone", "started_at": now, **more}


@pytest.fixture
def held(cast: Cast) -> Attachment:
    """A photo of the contact of the cast."""
    return attachment_add(contact=cast.contact, by=cast.owner, name=NAME, data=photo(), now=cast.now)


def test_a_file_is_sent_while_writing_and_saved_with_the_contact(cast: Cast) -> None:
    """Sent at once under the key of the form; an attachment when the form is saved, in the same transaction."""
    client, key = cast.client("owner"), uuid4()
    answer = _send(client, cast, key, photo())
    assert answer.status_code == 200
    assert DraftFile.objects.get().key == key
    client.post(reverse("contact-new", args=[cast.case.ref]), _contact_fields(key, waiting_files=str(key)))
    contact = Contact.objects.exclude(pk=cast.contact.pk).get()
    row = Attachment.objects.get()
    assert (row.contact, row.added_by) == (contact, cast.owner)
    assert not DraftFile.objects.exists()


def test_a_contact_without_files_asks_nothing_of_them(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    """Nothing is paid for what was not sent."""
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        cast.client("owner").post(reverse("contact-new", args=[cast.case.ref]), _contact_fields(uuid4()))
    assert not [query for query in queries.captured_queries if "draftfile" in query["sql"]]


def test_the_original_is_kept_encrypted_with_the_hash_of_its_bytes(cast: Cast, held: Attachment) -> None:
    """Bytes and name under the case's key; opened again they are the same."""
    assert held.sha256 == sha256(photo()).hexdigest()
    for column in (held.original, held.shown, held.name):
        assert b"JFIF" not in bytes(column)
        assert NAME.encode() not in bytes(column)
    assert crypto.decrypt_bytes(cast.case.ref, held.original) == photo()


def test_what_is_shown_has_no_metadata(cast: Cast, held: Attachment) -> None:
    """The copy, with headers that keep a browser from running anything."""
    answer = cast.client("owner").get(reverse("attachment", args=[cast.case.ref, held.ref]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert SECRET in photo()
    assert SECRET not in answer.content
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert NAME not in answer["Content-Disposition"]


def test_a_pdf_is_downloaded_never_opened_in_the_page(cast: Cast) -> None:
    """Under a neutral name."""
    row = attachment_add(contact=cast.contact, by=cast.owner, name="brief.pdf", data=paper(), now=cast.now)
    answer = cast.client("owner").get(reverse("attachment", args=[cast.case.ref, row.ref]))
    assert answer["Content-Disposition"] == f'attachment; filename="bijlage-{row.ref}.pdf"'
    small = reverse("attachment-small", args=[cast.case.ref, row.ref])
    assert cast.client("owner").get(small).status_code == 404


def test_the_original_is_opened_on_purpose_and_that_is_logged(cast: Cast, held: Attachment) -> None:
    """Only by a POST, byte for byte; the access log has it."""
    address = reverse("attachment-original", args=[cast.case.ref, held.ref])
    assert cast.client("owner").get(address).status_code == 405
    answer = cast.client("owner").post(address)
    assert answer.content == photo()
    assert answer["Content-Type"] == "application/octet-stream"
    row = AccessLog.objects.get(action="attachment.original_opened")
    assert (row.actor_id, row.case_ref, row.objects_seen) == (
        cast.owner.pk,
        cast.case.ref,
        [cast.contact.ref, held.ref],
    )


def test_looking_at_it_is_logged(cast: Cast, held: Attachment) -> None:
    """Who looked at which file."""
    cast.client("deputy").get(reverse("attachment", args=[cast.case.ref, held.ref]))
    row = AccessLog.objects.get(action="GET:attachment")
    assert (row.actor_id, held.ref in row.objects_seen) == (cast.deputy.pk, True)


READERS = {"owner": 200, "deputy": 200, "second": 403, "leader": 403}


@pytest.mark.parametrize(
    "login",
    ["owner", "deputy", "second", "leader", "colleague", "barred", "stranger", "partner", "officer", "administrator"],
)
@pytest.mark.parametrize("name", ["attachment", "attachment-small", "attachment-original"])
def test_only_director_and_deputy_look_at_it(login: str, name: str, cast: Cast, held: Attachment) -> None:
    """Bytes without a text layer: nobody else, and a stranger does not learn that it exists."""
    address = reverse(name, args=[cast.case.ref, held.ref])
    client = cast.client(login)
    answer = client.post(address) if name == "attachment-original" else client.get(address)
    assert answer.status_code == READERS.get(login, 404)


def test_a_file_of_another_case_is_not_found(cast: Cast, held: Attachment) -> None:
    """Also for who directs both."""
    other = make_case(cast.owner, "Ander")
    assert cast.client("owner").get(reverse("attachment", args=[other.ref, held.ref])).status_code == 404


def test_the_second_worker_sees_that_it_is_there_and_no_more(cast: Cast, held: Attachment) -> None:
    """Neither its name nor a picture, also of what she sent herself."""
    page = cast.client("second").get(reverse("contact", args=[cast.case.ref, cast.contact.ref])).content.decode()
    assert 'id="files"' in page
    assert NAME not in page
    assert held.ref not in page
    answer = _send(cast.client("second"), cast, uuid4(), photo()).content.decode()
    assert NAME not in answer
    assert "<img" not in answer


def test_director_and_deputy_see_its_name_and_a_small_picture(cast: Cast, held: Attachment) -> None:
    """On the page of the contact."""
    page = cast.client("deputy").get(reverse("contact", args=[cast.case.ref, cast.contact.ref])).content.decode()
    assert NAME in page
    small = reverse("attachment-small", args=[cast.case.ref, held.ref])
    assert small in page
    assert cast.client("deputy").get(small)["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "leeg.jpg"),
        (b"geen foto", "foto.jpg"),
        (photo()[:200], "half.jpg"),
        (b"\0" * (15 * 1024 * 1024 + 1), "groot.jpg"),
    ],
    ids=["empty", "lie", "half", "large"],
)
def test_what_cannot_be_attached_is_answered_at_the_field(data: bytes, name: str, cast: Cast) -> None:
    """While writing as JSON for the script, on the plain page at its field; nothing is stored."""
    client = cast.client("owner")
    answer = _send(client, cast, uuid4(), data, name)
    assert answer.status_code == 422
    assert len(answer.json()["error"]) > 10
    address = reverse("attachment-new", args=[cast.case.ref, cast.contact.ref])
    page = client.post(address, {"file": SimpleUploadedFile(name, data)})
    assert page.status_code == 422
    assert 'id="id_file_error"' in page.content.decode()
    assert not DraftFile.objects.exists()
    assert not Attachment.objects.exists()


def test_thirty_megabytes_are_refused_before_they_are_read(cast: Cast) -> None:
    """413 with the limit of this address; everywhere else the limit stays 2 MB."""
    client = cast.client("owner")
    for name, args in (("draft-files", [cast.case.ref]), ("attachment-new", [cast.case.ref, cast.contact.ref])):
        answer = client.post(
            reverse(name, args=args), b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=30 * 2**20
        )
        assert answer.status_code == 413
        assert "15 MB" in answer.content.decode()
    page = client.post(
        reverse("contact-new", args=[cast.case.ref]), b"x", content_type="text/plain", CONTENT_LENGTH=3 * 2**20
    )
    assert page.status_code == 413
    assert "2 MB" in page.content.decode()


def test_no_upload_is_ever_laid_on_a_disk(cast: Cast, tmp_path: Any, settings: Any) -> None:
    """Five megabytes too stay in memory until they are encrypted."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "absent")
    answer = _send(cast.client("owner"), cast, uuid4(), photo() + b"\0" * 5_000_000)
    assert answer.status_code == 200


def test_at_most_ten_files_fit(cast: Cast) -> None:
    """The eleventh is answered with the limit."""
    key = uuid4()
    small = [photo("PNG", (10 + number, 10)) for number in range(11)]
    for data in small[:10]:
        draft_file_add(case=cast.case, by=cast.owner, key=key, name="a.png", data=data, now=cast.now)
    answer = _send(cast.client("owner"), cast, key, small[10], "elf.png")
    assert answer.status_code == 422
    assert "10" in answer.json()["error"]


def test_the_same_file_twice_is_once(cast: Cast) -> None:
    """A second tap, or a line that dropped after it had arrived."""
    client, key = cast.client("owner"), uuid4()
    _send(client, cast, key, photo())
    _send(client, cast, key, photo())
    assert DraftFile.objects.count() == 1


def test_a_draft_that_is_opened_again_lists_its_files(cast: Cast) -> None:
    """By the key of its form, on any device of hers."""
    key = uuid4()
    draft_file_add(case=cast.case, by=cast.owner, key=key, name=NAME, data=photo(), now=cast.now)
    page = cast.client("owner").get(f"{reverse('draft-files', args=[cast.case.ref])}?key={key}").content.decode()
    assert NAME in page


def test_a_colleague_neither_lists_nor_takes_away_what_waits_in_a_draft(cast: Cast) -> None:
    """A draft is its writer's."""
    key = uuid4()
    row = draft_file_add(case=cast.case, by=cast.owner, key=key, name=NAME, data=photo(), now=cast.now)
    client = cast.client("deputy")
    assert NAME not in client.get(f"{reverse('draft-files', args=[cast.case.ref])}?key={key}").content.decode()
    for name in ("draft-file-small", "draft-file-remove"):
        address = reverse(name, args=[cast.case.ref, row.ref])
        answer = client.get(address) if name == "draft-file-small" else client.post(address)
        assert answer.status_code == 404
    assert DraftFile.objects.exists()


def test_what_was_not_saved_yet_can_be_taken_away(cast: Cast) -> None:
    """Nothing of it stays."""
    row = draft_file_add(case=cast.case, by=cast.owner, key=uuid4(), name=NAME, data=photo(), now=cast.now)
    answer = cast.client("owner").post(reverse("draft-file-remove", args=[cast.case.ref, row.ref]))
    assert answer.status_code == 200
    assert not DraftFile.objects.exists()


def test_a_key_that_waits_in_another_case_brings_nothing_along(cast: Cast) -> None:
    """The files stay where they are."""
    other = make_case(cast.owner, "Ander")
    key = uuid4()
    draft_file_add(case=other, by=cast.owner, key=key, name=NAME, data=photo(), now=cast.now)
    fields = _contact_fields(uuid4(), waiting_files=str(key))
    cast.client("owner").post(reverse("contact-new", args=[cast.case.ref]), fields)
    assert DraftFile.objects.get().case == other
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("key", ["", "geen-sleutel", "123"])
def test_a_wrong_key_is_answered(key: str, cast: Cast) -> None:
    """422, and in the form of the contact too."""
    client = cast.client("owner")
    file = SimpleUploadedFile(NAME, photo())
    answer = client.post(reverse("draft-files", args=[cast.case.ref]), {"key": key, "file": file})
    assert answer.status_code == 422
    if key:
        fields = _contact_fields(uuid4(), waiting_files=key)
        assert client.post(reverse("contact-new", args=[cast.case.ref]), fields).status_code == 422


def test_raw_sql_cannot_change_or_delete_a_file(cast: Cast, held: Attachment) -> None:
    """Append-only, as the application's role."""
    for statement in ("DELETE FROM network_attachment", "UPDATE network_attachment SET shown = original"):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_page_of_a_contact_asks_the_same_however_many_files(cast: Cast, held: Attachment) -> None:
    """And never fetches their bytes."""
    from django.test.utils import CaptureQueriesContext

    client = cast.client("owner")
    address = reverse("contact", args=[cast.case.ref, cast.contact.ref])
    counts = []
    for number in (1, 4):
        while Attachment.objects.count() < number:
            data = photo("PNG", (20 + Attachment.objects.count(), 20))
            attachment_add(contact=cast.contact, by=cast.owner, name="a.png", data=data, now=cast.now)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
        assert not [query for query in queries.captured_queries if '"original"' in query["sql"]]
    assert counts[0] == counts[1]


def test_a_contact_in_the_wrong_case_takes_its_files_to_the_draft(cast: Cast, held: Attachment) -> None:
    """Sealed anew under the key of the right case; here they are gone."""
    right = make_case(cast.owner, "De Goede")
    draft = contact_withdraw(
        contact=cast.contact, by=cast.owner, data=WithdrawalData(right, "wrong_family"), now=clock.now()
    )
    assert draft is not None
    row = DraftFile.objects.get()
    assert (row.key, row.case, row.sha256) == (draft.key, right, held.sha256)
    assert crypto.decrypt_bytes(right.ref, row.original) == photo()
    assert cast.client("owner").get(reverse("attachment", args=[cast.case.ref, held.ref])).status_code == 404


def test_files_without_a_draft_are_cleared_after_a_day(cast: Cast) -> None:
    """Those of a draft stay as long as it does."""
    from datetime import timedelta

    key = uuid4()
    draft_put(case=cast.case, author=cast.owner, key=key, fields={"body": ["x"]}, now=cast.now)
    draft_file_add(case=cast.case, by=cast.owner, key=key, name=NAME, data=photo(), now=cast.now)
    draft_file_add(case=cast.case, by=cast.owner, key=uuid4(), name=NAME, data=photo(), now=cast.now)
    assert draft_files_clear(now=cast.now + timedelta(hours=23)) == 0
    assert draft_files_clear(now=cast.now + timedelta(hours=25)) == 1
    assert DraftFile.objects.get().key == key
    assert Draft.objects.exists()
