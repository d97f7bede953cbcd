"""Drafts: kept while somebody writes, ended by saving, hers alone, and passed on when she leaves."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.models import AccessLog, User
from casusregie.reminders.models import Reminder
from casusregie.reminders.services import sweep
from families.access import case_for, scope_for
from families.models import Case, CaseMember, ConflictOfInterest, Cover
from network.access import draft_for
from network.models import Contact, Draft
from network.selectors import draft_fields, drafts_in, drafts_of
from network.services import (
    ContactData,
    DraftChanged,
    DraftSent,
    Writer,
    contact_correct_once,
    contact_log,
    draft_discard,
    draft_put,
    draft_restore,
    drafts_clear,
)
from tests.cast import Cast

TEXT = "Halverwege de zin"


def keep(cast: Cast, by: User, text: str = TEXT, key: UUID | None = None, **more: object) -> Draft:
    values: dict[str, object] = {"case": cast.case, "author": by, "key": key or uuid4(), "now": clock.now(), **more}
    return draft_put(fields={"body": [text], "purposes": ["safety", "plan"]}, **values)  # type: ignore[arg-type]


def words(user: User, cast: Cast) -> list[str]:
    return [row.opening for row in drafts_of(user, scope_for(user, clock.now()), clock.now())]


def access_of(user: User, case: Case):  # type: ignore[no-untyped-def]
    return case_for(user, case.ref, Right.CONTACT_LOG, clock.now())


def as_contact(cast: Cast, text: str) -> ContactData:
    return ContactData(started_at=cast.now, channel="phone", body=text, participants=[cast.mother])


# --- keeping --------------------------------------------------------------------------------------------------------


def test_what_was_typed_comes_back_field_by_field(cast: Cast) -> None:
    draft = keep(cast, cast.owner)
    fields = draft_fields(access_of(cast.owner, cast.case), draft_for(access_of(cast.owner, cast.case), draft.ref))
    assert fields == {"body": [TEXT], "purposes": ["safety", "plan"]}


def test_the_database_holds_no_readable_word_of_it(cast: Cast) -> None:
    draft = keep(cast, cast.owner)
    assert TEXT.encode() not in bytes(Draft.objects.get(pk=draft.pk).content)


def test_the_guards_of_the_form_are_not_kept(cast: Cast) -> None:
    fields = {"body": [TEXT], "csrfmiddlewaretoken": ["geheim"], "key": ["x"], "draft_page": ["p"], "keep": [""]}
    draft = draft_put(case=cast.case, author=cast.owner, key=uuid4(), fields=fields, now=clock.now())
    assert draft_fields(access_of(cast.owner, cast.case), draft) == {"body": [TEXT]}


def test_writing_on_is_one_draft_with_a_higher_revision(cast: Cast) -> None:
    first = keep(cast, cast.owner)
    second = keep(cast, cast.owner, "Verder", key=first.key, seen_revision=1)
    assert (first.ref, second.revision) == (second.ref, 2)
    assert Draft.objects.count() == 1


def test_another_device_that_wrote_on_is_told_apart(cast: Cast) -> None:
    first = keep(cast, cast.owner)
    keep(cast, cast.owner, "Op de laptop", key=first.key, seen_revision=1)
    with pytest.raises(DraftChanged) as changed:
        keep(cast, cast.owner, "Op de telefoon", key=first.key, seen_revision=1)
    assert changed.value.draft is not None
    assert changed.value.draft.revision == 2
    assert words(cast.owner, cast) == ["Op de laptop"]


def test_an_answer_that_was_lost_is_no_other_device(cast: Cast) -> None:
    key = uuid4()
    keep(cast, cast.owner, "Een", key=key, writer=Writer("pagina", 1))
    again = keep(cast, cast.owner, "Een twee", key=key, writer=Writer("pagina", 2))
    assert again.revision == 2
    assert words(cast.owner, cast) == ["Een twee"]


def test_a_late_older_sending_of_the_same_page_overwrites_nothing(cast: Cast) -> None:
    key = uuid4()
    keep(cast, cast.owner, "Een twee", key=key, writer=Writer("pagina", 2))
    keep(cast, cast.owner, "Een", key=key, writer=Writer("pagina", 1))
    assert words(cast.owner, cast) == ["Een twee"]


def test_more_than_two_megabytes_is_said_in_words(cast: Cast) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="2 MB"):
        keep(cast, cast.owner, "é" * 1_200_000)


def test_keeping_leaves_a_row_without_content_in_the_access_log(cast: Cast) -> None:
    draft = keep(cast, cast.owner)
    row = AccessLog.objects.get(action="draft.kept")
    assert (row.case_ref, row.objects_seen) == (cast.case.ref, [draft.ref])


# --- saving ends it -------------------------------------------------------------------------------------------------


def test_saving_the_contact_ends_its_draft(cast: Cast) -> None:
    draft, other = keep(cast, cast.owner), keep(cast, cast.owner, "Een ander")
    contact_log(case=cast.case, by=cast.owner, data=as_contact(cast, TEXT), key=draft.key, now=clock.now())
    assert list(Draft.objects.all()) == [other]


def test_a_refused_contact_leaves_its_draft(cast: Cast) -> None:
    from django.core.exceptions import ValidationError

    draft = keep(cast, cast.owner)
    wrong = ContactData(started_at=cast.now, channel="phone", body="x", participants=["ONBEKEND"])
    with pytest.raises(ValidationError):
        contact_log(case=cast.case, by=cast.owner, data=wrong, key=draft.key, now=clock.now())
    assert Draft.objects.get() == draft


def test_a_late_sending_of_the_draft_does_not_bring_it_back(cast: Cast) -> None:
    key = uuid4()
    sent = contact_log(case=cast.case, by=cast.owner, data=as_contact(cast, TEXT), key=key, now=clock.now())
    with pytest.raises(DraftSent) as told:
        keep(cast, cast.owner, key=key)
    assert told.value.url == sent.url
    assert not Draft.objects.exists()


def test_saving_a_correction_ends_its_draft_and_sending_it_again_is_one_correction(cast: Cast) -> None:
    draft = keep(cast, cast.owner, contact=cast.contact)
    for _ in range(2):
        contact_correct_once(
            contact=cast.contact,
            by=cast.owner,
            data=as_contact(cast, "Beter"),
            reason="Typefout",
            seen_version=1,
            key=draft.key,
            now=cast.now,
        )
    assert not Draft.objects.exists()
    assert Contact.objects.get(pk=cast.contact.pk).version == 2


def test_a_draft_of_a_closed_case_stays_and_can_be_saved(cast: Cast) -> None:
    draft = keep(cast, cast.owner)
    Case.objects.filter(pk=cast.case.pk).update(status="closed")
    assert words(cast.owner, cast) == [TEXT]
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/nieuw/?concept={draft.ref}")
    assert page.status_code == 200


def test_a_draft_lives_as_long_as_its_case() -> None:
    from django.db.models import CASCADE

    assert Draft._meta.get_field("case").remote_field.on_delete is CASCADE


# --- whose it is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["owner", "deputy", "second"])
def test_who_logs_has_her_own_drafts_and_nobody_elses(name: str, cast: Cast) -> None:
    for writer in ("owner", "deputy", "second"):
        keep(cast, getattr(cast, writer), f"Van {writer}")
    assert words(getattr(cast, name), cast) == [f"Van {name}"]


def test_the_director_does_not_read_a_second_workers_draft_while_she_is_in_the_team(cast: Cast) -> None:
    draft = keep(cast, cast.second)
    with pytest.raises(Http404):
        draft_for(access_of(cast.owner, cast.case), draft.ref)


def _leave(cast: Cast) -> None:
    CaseMember.objects.filter(user=cast.second).update(until=clock.now() - timedelta(seconds=1))


def _lose_the_account(cast: Cast) -> None:
    User.objects.filter(pk=cast.second.pk).update(is_active=False)


def _get_a_conflict(cast: Cast) -> None:
    ConflictOfInterest.objects.create(case=cast.case, user=cast.second, noted_by=cast.leader, noted_at=clock.now())


@pytest.mark.parametrize("go", [_leave, _lose_the_account, _get_a_conflict])
def test_who_leaves_passes_her_draft_on_to_the_director_and_to_nobody_else(go, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    draft = keep(cast, cast.second)
    go(cast)
    assert words(cast.owner, cast) == [TEXT]
    assert drafts_in(access_of(cast.owner, cast.case), clock.now())[0].by == cast.second.name
    assert draft_for(access_of(cast.owner, cast.case), draft.ref) == draft
    assert words(cast.deputy, cast) == []
    path = f"/casussen/{cast.case.ref}/contacten/nieuw/?concept={draft.ref}"
    assert cast.client("second").get(path).status_code in (302, 404)


def test_at_a_handover_the_new_director_has_the_drafts_and_the_former_has_not(cast: Cast) -> None:
    draft = keep(cast, cast.owner)
    Case.objects.filter(pk=cast.case.pk).update(director=cast.colleague)
    assert (words(cast.colleague, cast), words(cast.owner, cast)) == ([TEXT], [])
    path = f"/casussen/{cast.case.ref}/contacten/nieuw/?concept={draft.ref}"
    assert cast.client("owner").get(path).status_code == 404
    Case.objects.get(pk=cast.case.pk)
    again = keep(cast, cast.colleague, "Door mij verder", key=draft.key, seen_revision=1)
    assert again.author == cast.colleague


def test_who_deputises_for_everything_keeps_her_draft_until_that_ends(cast: Cast) -> None:
    now = clock.now()
    cover = Cover.objects.create(
        absent=cast.owner, deputy=cast.colleague, since=now - timedelta(days=1), until=now + timedelta(days=1)
    )
    keep(cast, cast.colleague)
    assert (words(cast.colleague, cast), words(cast.owner, cast)) == ([TEXT], [])
    Cover.objects.filter(pk=cover.pk).update(until=now)
    assert (words(cast.colleague, cast), words(cast.owner, cast)) == ([], [TEXT])


def test_nobody_writes_in_somebody_elses_draft(cast: Cast) -> None:
    draft = keep(cast, cast.owner)
    with pytest.raises(DraftChanged) as refused:
        keep(cast, cast.deputy, "Van een ander", key=draft.key, seen_revision=1)
    assert refused.value.draft is None
    assert words(cast.owner, cast) == [TEXT]


def test_who_looks_inside_with_a_reason_sees_no_draft(cast: Cast) -> None:
    draft = keep(cast, cast.owner)
    client = cast.client("leader")
    client.post(f"/casussen/{cast.case.ref}/inzien/", {"reason": "Moeder belde mij over de afspraken."})
    page = client.get(f"/casussen/{cast.case.ref}/contacten/")
    assert page.status_code == 200
    assert TEXT not in page.content.decode()
    assert client.get(f"/casussen/{cast.case.ref}/contacten/nieuw/?concept={draft.ref}").status_code == 403


# --- the pages ------------------------------------------------------------------------------------------------------


def test_every_part_of_the_form_comes_back(cast: Cast) -> None:
    client, new = cast.client("owner"), f"/casussen/{cast.case.ref}/contacten/nieuw/"
    page = client.get(new).content.decode()
    written = {
        "body": "Half <b>klaar",
        "channel": "visit",
        "outcome": "voicemail",
        "participants": [cast.mother, cast.daughter],
        "purposes": ["safety"],
        "duration_minutes": "niet af",
        "started_at": "2026-11-20T09:15",
        f"safe-{cast.mother}": "unsafe",
        "follow_up_on": "2026-12-01",
        "follow_up_text": "School bellen",
        "next_at": "2026-12-02T10:00",
        "next_place": "Bibliotheek",
        "next_place_is_hidden": "on",
        "incident-text": "Er werd geslagen",
        "incident-source": "partner",
    }
    names = set(re.findall(r'name="([^"]+)"', page)) - {"language"}
    missing = {name for name in written if name not in names}
    assert not missing, f"the form has no field {missing}"
    client.post(f"/casussen/{cast.case.ref}/concepten/", {**written, "key": str(uuid4())})
    form = client.get(f"{new}?concept={Draft.objects.get().ref}").content.decode()
    assert "Half &lt;b&gt;klaar" in form
    for value in ("niet af", "2026-11-20T09:15", "2026-12-01", "School bellen", "2026-12-02T10:00", "Bibliotheek"):
        assert value in form, value
    assert "Er werd geslagen" in form
    checked = {
        tuple(sorted(re.findall(r' (?:name|value)="([^"]*)"', tag)))
        for tag in re.findall(r"<input[^>]*checked[^>]*>", form)
    }
    for name, value in (
        ("channel", "visit"),
        ("outcome", "voicemail"),
        ("participants", cast.mother),
        ("participants", cast.daughter),
        ("purposes", "safety"),
        (f"safe-{cast.mother}", "unsafe"),
        ("incident-source", "partner"),
    ):
        assert tuple(sorted((name, value))) in checked, name
    assert any("next_place_is_hidden" in pair for pair in checked)


def test_an_empty_form_offers_the_draft_back_in_one_line(cast: Cast) -> None:
    draft = keep(cast, cast.owner)
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/nieuw/").content.decode()
    assert f"?concept={draft.ref}" in page
    assert TEXT not in page


def test_a_draft_that_is_gone_is_an_empty_form_that_says_so(cast: Cast) -> None:
    draft = keep(cast, cast.owner)
    contact_log(case=cast.case, by=cast.owner, data=as_contact(cast, TEXT), key=draft.key, now=clock.now())
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/nieuw/?concept={draft.ref}")
    assert page.status_code == 200
    assert not page.context["form"].initial.get("body")
    assert page.context["draft_gone"]


def test_the_draft_of_a_correction_opens_at_that_correction(cast: Cast) -> None:
    keep(cast, cast.owner, "Verbeterd", contact=cast.contact)
    row = drafts_in(access_of(cast.owner, cast.case), clock.now())[0]
    assert row.is_correction
    assert f"/contacten/{cast.contact.ref}/corrigeren/?concept=" in row.url
    assert "Verbeterd" in cast.client("owner").get(row.url).content.decode()
    # It does not wait at the form of a new contact.
    assert row.ref not in cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/nieuw/").content.decode()


def test_a_correction_that_a_colleague_was_before_keeps_key_and_text_and_knows_the_new_version(cast: Cast) -> None:
    client, key = cast.client("owner"), str(uuid4())
    fields = {
        "key": key,
        "version": "1",
        "reason": "Verkeerd verstaan",
        "body": "Mijn lezing",
        "channel": "phone",
        "started_at": f"{cast.now.astimezone(clock.LOCAL):%Y-%m-%dT%H:%M}",
    }
    contact_correct_once(
        contact=cast.contact,
        by=cast.deputy,
        data=as_contact(cast, "Lezing van de waarnemer"),
        reason="Aanvulling",
        seen_version=1,
        key=uuid4(),
        now=cast.now,
    )
    path = f"/casussen/{cast.case.ref}/contacten/{cast.contact.ref}/corrigeren/"
    answer = client.post(path, fields)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mijn lezing" in page
    assert "Lezing van de waarnemer" in page
    assert f'name="key" value="{key}"' in page
    assert client.post(path, {**fields, "version": "2"}).status_code == 302
    assert Contact.objects.get(pk=cast.contact.pk).version == 3


def test_the_contacts_of_a_case_show_her_drafts_and_putting_back(cast: Cast) -> None:
    draft, client = keep(cast, cast.owner), cast.client("owner")
    log = f"/casussen/{cast.case.ref}/contacten/"
    assert TEXT in client.get(log).content.decode()
    thrown = client.post(f"/casussen/{cast.case.ref}/concepten/{draft.ref}/weggooien/", {"next": log}, follow=True)
    assert TEXT not in "".join(re.findall(r'class="cr-rows__words">.*?</div>', thrown.content.decode(), re.S))
    assert f"{draft.ref}/terugzetten/" in thrown.content.decode()
    client.post(f"/casussen/{cast.case.ref}/concepten/{draft.ref}/terugzetten/", {"next": log})
    assert not Draft.objects.get().discarded_at


@pytest.mark.parametrize("name", ["leader", "stranger", "partner", "administrator", "officer"])
def test_nobody_outside_the_team_keeps_or_finds_a_draft(name: str, cast: Cast) -> None:
    draft, client = keep(cast, cast.owner), cast.client(name)
    keeping = client.post(f"/casussen/{cast.case.ref}/concepten/", {"body": "x", "key": str(draft.key)})
    assert keeping.status_code in (403, 404)
    assert client.get(f"/casussen/{cast.case.ref}/contacten/nieuw/?concept={draft.ref}").status_code in (403, 404)
    assert Draft.objects.get().revision == 1


# --- what a script is told ------------------------------------------------------------------------------------------


def _ask(cast: Cast, fields: dict[str, str], name: str = "owner"):  # type: ignore[no-untyped-def]
    headers = {"X-Requested-With": "fetch", "Accept": "application/json"}
    return cast.client(name).post(f"/casussen/{cast.case.ref}/concepten/", fields, headers=headers)


def test_a_script_is_told_where_the_draft_stands(cast: Cast) -> None:
    answer = _ask(cast, {"key": str(uuid4()), "body": "x"})
    assert answer.status_code == 200
    draft = Draft.objects.get()
    assert (answer.json()["ref"], answer.json()["revision"]) == (draft.ref, 1)
    assert answer.json()["saved_at"] == f"{draft.saved_at.astimezone(clock.LOCAL):%H:%M}"


def test_a_script_of_another_page_is_told_409_with_the_newer_revision(cast: Cast) -> None:
    draft = keep(cast, cast.owner)
    answer = _ask(cast, {"key": str(draft.key), "body": "x", "draft_page": "andere"})
    assert (answer.status_code, answer.json()["ref"], answer.json()["revision"]) == (409, draft.ref, 1)


def test_a_script_is_told_that_the_contact_was_saved(cast: Cast) -> None:
    key = uuid4()
    sent = contact_log(case=cast.case, by=cast.owner, data=as_contact(cast, TEXT), key=key, now=clock.now())
    answer = _ask(cast, {"key": str(key), "body": "x"})
    assert (answer.status_code, answer.json()["go"]) == (410, sent.url)


def test_a_script_that_is_not_logged_in_or_locked_is_told_so(cast: Cast) -> None:
    from django.test import Client

    from casusregie.core.models import Session

    headers = {"X-Requested-With": "fetch", "Accept": "application/json"}
    path = f"/casussen/{cast.case.ref}/concepten/"
    assert Client().post(path, headers=headers).status_code == 401
    client = cast.client("owner")
    Session.objects.update(locked=True)
    assert client.post(path, headers=headers).status_code == 423


def test_two_megabytes_are_refused_before_they_are_read(cast: Cast) -> None:
    assert _ask(cast, {"key": str(uuid4()), "body": "x" * 2_200_000}).status_code == 413
    assert not Draft.objects.exists()


@pytest.mark.parametrize("field", ["key", "draft_revision", "draft_step", "draft_page"])
def test_nonsense_around_the_text_does_not_lose_it(field: str, cast: Cast) -> None:
    assert _ask(cast, {"body": TEXT, field: "�" * 300}).status_code == 200
    assert words(cast.owner, cast) == [TEXT]


def test_a_form_sent_by_a_script_is_told_where_to_go(cast: Cast) -> None:
    fields = {"key": str(uuid4()), "channel": "phone", "body": "x", "started_at": f"{clock.now():%Y-%m-%dT%H:%M}"}
    path = f"/casussen/{cast.case.ref}/contacten/nieuw/"
    answers = [cast.client("owner").post(path, fields, headers={"X-Requested-With": "fetch"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert "#c-" in answers[0].json()["go"]


def test_without_scripts_what_does_not_fit_in_the_draft_is_kept_apart(cast: Cast) -> None:
    draft = keep(cast, cast.owner, "Op de laptop")
    answer = cast.client("owner").post(
        f"/casussen/{cast.case.ref}/concepten/", {"key": str(draft.key), "body": "Op de telefoon", "keep": "x"}
    )
    assert answer.status_code == 302
    assert sorted(words(cast.owner, cast)) == ["Op de laptop", "Op de telefoon"]


# --- thrown away, waiting for long ----------------------------------------------------------------------------------


def test_thrown_away_can_be_put_back_for_ten_minutes(cast: Cast) -> None:
    draft, now = keep(cast, cast.owner), clock.now()
    draft_discard(draft=draft, by=cast.owner, now=now)
    access = access_of(cast.owner, cast.case)
    assert [row.is_discarded for row in drafts_in(access, now)] == [True]
    draft_restore(draft=draft_for(access, draft.ref, now + timedelta(minutes=9)), by=cast.owner)
    assert [row.is_discarded for row in drafts_in(access, now)] == [False]


def test_after_ten_minutes_it_is_gone_for_good(cast: Cast) -> None:
    draft, now = keep(cast, cast.owner), clock.now()
    draft_discard(draft=draft, by=cast.owner, now=now)
    late = now + timedelta(minutes=10)
    with pytest.raises(Http404):
        draft_for(access_of(cast.owner, cast.case), draft.ref, late)
    assert drafts_clear(now=now) == 0
    assert drafts_clear(now=late) == 1


def _told(after: timedelta) -> list[int]:
    sweep(now=clock.now() + after)
    return list(Reminder.objects.filter(promise__kind="draft").values_list("recipient_id", flat=True))


def test_after_thirty_days_its_writer_is_reminded(cast: Cast) -> None:
    keep(cast, cast.second)
    assert _told(timedelta(days=29)) == []
    assert _told(timedelta(days=31)) == [cast.second.pk]
    page = cast.client("second").get("/berichten/").content.decode()
    assert cast.case.name in page
    assert TEXT not in page


def test_a_draft_that_was_saved_or_thrown_away_reminds_nobody(cast: Cast) -> None:
    saved, thrown = keep(cast, cast.owner), keep(cast, cast.owner)
    contact_log(case=cast.case, by=cast.owner, data=as_contact(cast, TEXT), key=saved.key, now=clock.now())
    draft_discard(draft=thrown, by=cast.owner, now=clock.now())
    assert _told(timedelta(days=31)) == []


def test_the_reminder_goes_to_who_has_the_draft_by_then(cast: Cast) -> None:
    keep(cast, cast.second)
    _leave(cast)
    assert _told(timedelta(days=31)) == [cast.owner.pk]


def test_a_long_list_of_drafts_asks_a_fixed_number_of_queries(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    from tests.cast import make_case

    for number in range(8):
        keep(cast, cast.owner, f"Concept {number}")
        draft_put(
            case=make_case(cast.owner, f"Casus {number}"),
            author=cast.owner,
            key=uuid4(),
            fields={"body": ["Elders"]},
            now=clock.now(),
        )
    scope = scope_for(cast.owner, clock.now())
    with django_assert_num_queries(2):
        assert len(drafts_of(cast.owner, scope, clock.now())) == 16
