"""F7: the same form 2 to 50 times at once; Back and send again; changed text under the same key."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from casusregie.core import clock
from families.models import Document, DocumentFile, DocumentUpload
from network.models import Contact, Draft, FollowUp
from tests.cast import Cast
from tests.pictures import photo


@pytest.fixture
def form(cast: Cast) -> dict[str, str]:
    return {
        "key": str(uuid4()),
        "started_at": f"{clock.now().astimezone(clock.LOCAL):%Y-%m-%dT%H:%M}",
        "channel": "phone",
        "duration_minutes": "10",
        "participants": cast.mother,
        "body": "Eén keer gebeld.",
        "follow_up_on": f"{clock.local_date(clock.now()):%Y-%m-%d}",
        "follow_up_text": "Terugbellen",
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", [2, 8, 50])
def test_the_same_form_at_once_is_one_contact_and_every_answer_leads_to_it(
    times: int, cast: Cast, form: dict[str, str]
) -> None:
    path = f"/casussen/{cast.case.ref}/contacten/nieuw/"
    clients = [cast.client("owner") for _ in range(times)]

    def send(client):  # type: ignore[no-untyped-def]
        try:
            answer = client.post(path, form)
            return answer.status_code, answer.get("Location")
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=min(times, 16)) as pool:
        answers = set(pool.map(send, clients))
    contact = Contact.objects.exclude(pk=cast.contact.pk).get()
    assert answers == {(302, f"/casussen/{cast.case.ref}/contacten/#c-{contact.ref}")}
    assert FollowUp.objects.exclude(pk=cast.follow_up.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_document_at_once_is_one_and_its_file_waits_for_nothing_afterwards(cast: Cast) -> None:
    path = f"/casussen/{cast.case.ref}/documenten/nieuw/"
    day = f"{clock.local_date(clock.now()):%Y-%m-%d}"
    said = {"title": "Brief", "kind": "letter", "about": cast.mother, "received_on": day, "source": "school"}
    said |= {"key": str(uuid4()), "readers": "stewards"}
    clients = [cast.client("owner") for _ in range(6)]

    def send(client):  # type: ignore[no-untyped-def]
        try:
            answer = client.post(path, {**said, "file": SimpleUploadedFile("brief.jpg", photo())})
            return answer.status_code, answer.get("Location")
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as pool:
        answers = set(pool.map(send, clients))
    document = Document.objects.get()
    assert answers == {(302, f"/casussen/{cast.case.ref}/documenten/{document.ref}/")}
    assert DocumentFile.objects.count() == 1
    assert not DocumentUpload.objects.exists()


def test_back_and_send_again_leads_to_the_same_contact(cast: Cast, form: dict[str, str]) -> None:
    client = cast.client("owner")
    path = f"/casussen/{cast.case.ref}/contacten/nieuw/"
    assert client.post(path, form)["Location"] == client.post(path, form)["Location"]
    assert Contact.objects.count() == 2


def test_changed_text_under_the_same_key_is_409_with_both_texts(cast: Cast, form: dict[str, str]) -> None:
    client = cast.client("owner")
    path = f"/casussen/{cast.case.ref}/contacten/nieuw/"
    first = client.post(path, form)["Location"]
    answer = client.post(path, {**form, "body": "Een heel andere tekst."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Een heel andere tekst." in page
    assert "Eén keer gebeld." in page
    assert first.split("#")[0] in page
    assert Contact.objects.count() == 2


def test_back_and_send_again_by_script_leads_to_the_same_contact(cast: Cast, form: dict[str, str]) -> None:
    client = cast.client("owner")
    path = f"/casussen/{cast.case.ref}/contacten/nieuw/"
    plain = client.post(path, form)["Location"]
    assert client.post(path, form, headers={"X-Requested-With": "fetch"}).json() == {"go": plain}
    assert Contact.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_correction_at_once_is_one_version(cast: Cast, form: dict[str, str]) -> None:
    path = f"/casussen/{cast.case.ref}/contacten/{cast.contact.ref}/corrigeren/"
    sent = {**form, "version": "1", "reason": "Ik had het verkeerd"}
    clients = [cast.client("owner") for _ in range(8)]

    def send(client):  # type: ignore[no-untyped-def]
        try:
            answer = client.post(path, sent)
            return answer.status_code, answer.get("Location")
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = set(pool.map(send, clients))
    assert answers == {(302, f"/casussen/{cast.case.ref}/contacten/{cast.contact.ref}/")}
    assert Contact.objects.get(pk=cast.contact.pk).version == 2


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_is_kept_while_its_contact_is_saved_does_not_stay_behind(cast: Cast, form: dict[str, str]) -> None:
    client, other = cast.client("owner"), cast.client("owner")

    def keep(number: int) -> int:
        try:
            fields = {**form, "body": f"Bezig {number}", "draft_page": "een", "draft_step": str(number)}
            headers = {"X-Requested-With": "fetch"}
            return other.post(f"/casussen/{cast.case.ref}/concepten/", fields, headers=headers).status_code
        finally:
            connection.close()

    def save() -> int:
        try:
            return client.post(f"/casussen/{cast.case.ref}/contacten/nieuw/", form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        kept = [pool.submit(keep, number) for number in range(1, 7)]
        saved = pool.submit(save)
        kept += [pool.submit(keep, number) for number in range(7, 13)]
    assert saved.result() == 302
    assert {one.result() for one in kept} <= {200, 410}
    assert not Draft.objects.exists()
