"""Logging and correcting a contact: what the services promise."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casusregie.core import clock
from casusregie.core.models import AccessLog
from casusregie.core.submissions import SameKeyOtherContent
from families.access import case_for
from families.services import PersonData, person_add
from network import selectors
from network.choices import ContactOutcome, LineKind
from network.models import Contact, ContactLine
from network.selectors import ContactFilter
from network.services import ContactChanged, ContactData, contact_correct, contact_log
from network.services.dates import case_dates_refresh_all
from tests.cast import Cast, log, make_case


def _data(cast: Cast, **fields: object) -> ContactData:
    values: dict[str, object] = {"started_at": cast.now - timedelta(hours=2), "channel": "phone", "body": "Gebeld."}
    return ContactData(**{**values, **fields})  # type: ignore[arg-type]


def _texts(cast: Cast, user: str, right: str = "case.view") -> list[str]:
    access = case_for(getattr(cast, user), cast.case.ref, right, clock.now())
    page = selectors.contacts(access, ContactFilter(), clock.now())
    return [line.text for contact in page.rows for line in contact.lines]


def test_unmarked_text_is_one_report_line(cast: Cast) -> None:
    contact = log(cast.case, cast.owner, body="Eerste zin.\n\nTweede zin.")
    line = contact.lines.get()
    assert (line.kind, line.text) == (LineKind.REPORT, "Eerste zin.\n\nTweede zin.")


def test_marks_make_statement_fact_and_interpretation(cast: Cast) -> None:
    body = "Verslag.\n@Marianne: Ik wil rust.\n! Deur is heel (zelf gezien).\n~ Zij is op."
    contact = log(cast.case, cast.owner, body=body)
    kinds = list(contact.lines.order_by("position").values_list("kind", flat=True))
    assert kinds == [LineKind.REPORT, LineKind.STATEMENT, LineKind.FACT, LineKind.INTERPRETATION]
    assert contact.lines.get(kind=LineKind.STATEMENT).voice.ref == cast.mother


def test_an_unknown_voice_is_named_with_its_line(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        log(cast.case, cast.owner, body="Een.\n@Pietje: Hoi.")
    assert "Pietje" in refused.value.message_dict["body"][0]
    assert "2" in refused.value.message_dict["body"][0]


def test_a_party_of_another_case_is_refused_and_nothing_is_stored(cast: Cast) -> None:
    other = make_case(cast.stranger, "Anders")
    before = Contact.objects.count()
    with pytest.raises(ValidationError):
        log(other, cast.stranger, cast.mother)
    assert Contact.objects.count() == before


def test_the_same_form_twice_is_one_contact(cast: Cast) -> None:
    key, data = uuid4(), _data(cast)
    first = contact_log(case=cast.case, by=cast.owner, data=data, key=key, now=cast.now)
    second = contact_log(case=cast.case, by=cast.owner, data=data, key=key, now=cast.now)
    assert (first.new, second.new) == (True, False)
    assert first.url == second.url


def test_the_same_key_with_another_text_is_refused_and_points_at_the_first(cast: Cast) -> None:
    key = uuid4()
    first = contact_log(case=cast.case, by=cast.owner, data=_data(cast), key=key, now=cast.now)
    with pytest.raises(SameKeyOtherContent) as refused:
        contact_log(case=cast.case, by=cast.owner, data=_data(cast, body="Anders."), key=key, now=cast.now)
    assert refused.value.result_url == first.url


def test_somebody_elses_key_leads_nowhere(cast: Cast) -> None:
    key = uuid4()
    contact_log(case=cast.case, by=cast.owner, data=_data(cast), key=key, now=cast.now)
    with pytest.raises(SameKeyOtherContent) as refused:
        contact_log(case=cast.case, by=cast.deputy, data=_data(cast), key=key, now=cast.now)
    assert refused.value.result_url == ""


@pytest.mark.parametrize("outcome", [o for o in ContactOutcome.values if o != ContactOutcome.REACHED])
def test_an_attempt_is_never_the_last_contact(cast: Cast, outcome: str) -> None:
    before = cast.case.__class__.objects.get(pk=cast.case.pk).last_contact_at
    log(cast.case, cast.owner, cast.mother, outcome=outcome, started_at=cast.now)
    cast.case.refresh_from_db()
    assert cast.case.last_contact_at == before


def test_a_contact_without_the_family_is_not_the_last_contact(cast: Cast) -> None:
    cast.case.refresh_from_db()
    before = cast.case.last_contact_at
    log(cast.case, cast.owner, cast.owner.party.ref, started_at=cast.now, body="Overleg met school.")
    cast.case.refresh_from_db()
    assert cast.case.last_contact_at == before


def test_the_stored_dates_equal_what_the_rows_say(cast: Cast) -> None:
    log(
        cast.case,
        cast.owner,
        cast.mother,
        started_at=cast.now,
        follow_up_on=clock.local_date(cast.now),
        follow_up_text="x",
    )
    assert case_dates_refresh_all() == 0


def test_a_correction_adds_a_version_and_keeps_the_first(cast: Cast) -> None:
    data = _data(cast, body="Zo was het.", participants=[cast.daughter])
    contact_correct(contact=cast.contact, by=cast.owner, data=data, reason="Tikfout", seen_version=1, now=clock.now())
    access = case_for(cast.owner, cast.case.ref, "case.view", clock.now())
    cast.contact.refresh_from_db()
    versions = selectors.contact_history(access, cast.contact, clock.now())
    assert [version.number for version in versions] == [2, 1]
    assert versions[0].why == "Tikfout"
    assert [line.text for line in versions[1].contact.lines][0] == "Gesproken aan de keukentafel."
    assert versions[1].contact.participants == ["Marianne van Halteren"]
    assert versions[0].contact.participants == ["Noor Halteren"]


def test_a_correction_of_an_older_version_is_refused(cast: Cast) -> None:
    for text in ("Een", "Twee"):
        if text == "Twee":
            with pytest.raises(ContactChanged):
                contact_correct(
                    contact=cast.contact,
                    by=cast.deputy,
                    data=_data(cast, body=text),
                    reason="r",
                    seen_version=1,
                    now=cast.now,
                )
        else:
            contact_correct(
                contact=cast.contact,
                by=cast.owner,
                data=_data(cast, body=text),
                reason="r",
                seen_version=1,
                now=cast.now,
            )
    assert ContactLine.objects.filter(contact=cast.contact, version=2).get().text == "Een"


def test_text_survives_the_way_to_the_correction_form_and_back(cast: Cast) -> None:
    body = "Verslag.\nNog een regel.\n@Marianne van Halteren: Ik wil rust.\n@Noor Halteren*: Alleen jij.\n! Feit.\n~ Duiding."
    contact = log(cast.case, cast.owner, body=body)
    access = case_for(cast.owner, cast.case.ref, "case.view", clock.now())
    assert selectors.contact_text(access, contact, clock.now()) == body


@pytest.mark.parametrize(
    ("who", "marks"),
    [
        (("vader", "zoon"), ["Jan Jansen (vader)", "Jan Jansen (zoon)"]),
        (("oom", "oom"), ["Jan Jansen (1)", "Jan Jansen (2)"]),
        (("", "zoon"), ["Jan Jansen (1)", "Jan Jansen (zoon)"]),
    ],
)
def test_namesakes_have_a_mark_of_their_own_and_keep_their_words(
    cast: Cast, who: tuple[str, str], marks: list[str]
) -> None:
    people = [
        person_add(
            case=cast.case, by=cast.owner, data=PersonData(given_name="Jan", surname="Jansen", described_as=described)
        )
        for described in who
    ]
    access = case_for(cast.owner, cast.case.ref, "case.view", clock.now())
    choices = {choice.ref: choice.mark for choice in selectors.participant_choices(access, clock.now())}
    assert [choices[person.party.ref] for person in people] == marks
    body = "\n".join(f"@{mark}: Ik ben het." for mark in marks)
    contact = log(cast.case, cast.owner, body=body)
    assert [line.voice_id for line in contact.lines.order_by("position")] == [person.party_id for person in people]
    assert selectors.contact_text(access, contact, clock.now()) == body


def test_a_closed_statement_is_for_director_and_deputy_only(cast: Cast) -> None:
    secret = "Dit weet alleen jij."
    assert secret in _texts(cast, "owner")
    assert secret in _texts(cast, "deputy")
    assert secret not in _texts(cast, "second")
    assert "Ik wil rust." in _texts(cast, "second")


def test_who_logs_leaves_one_row_in_the_access_log(cast: Cast) -> None:
    before = AccessLog.objects.count()
    contact = log(cast.case, cast.owner, cast.mother)
    row = AccessLog.objects.order_by("-pk")[0]
    assert AccessLog.objects.count() == before + 1
    assert (row.action, row.case_ref, row.objects_seen) == ("contact.logged", cast.case.ref, [contact.ref])


def test_the_access_log_holds_no_text_and_no_name(cast: Cast) -> None:
    log(cast.case, cast.owner, cast.mother, body="Geheim verhaal over Marianne")
    row = AccessLog.objects.order_by("-pk").values()[0]
    assert "Geheim" not in str(row)
    assert "Marianne" not in str(row)


@pytest.mark.parametrize("text", ["👩‍👧 rust 🙂", "שלום وسلام", "<script>alert(1)</script>", "Ünïcödé ﬁ"])
def test_any_text_is_kept_as_it_was_typed(cast: Cast, text: str) -> None:
    contact = log(cast.case, cast.owner, body=text)
    assert contact.lines.get().text == text


def _statements(cast: Cast, participants: list[str], body: str) -> int:
    """How many statements sending the form of a contact takes, those of session, user and access log among them.

    That a browser is active is noted every half minute, on whichever page.
    """
    client = cast.client("owner")
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (test)"
    path = f"/casussen/{cast.case.ref}/contacten/nieuw/"
    # The first request notes that this browser is active.
    assert client.get(path).status_code == 200
    moment = (cast.now - timedelta(hours=1)).astimezone(clock.LOCAL)
    data = {"key": str(uuid4()), "started_at": f"{moment:%Y-%m-%dT%H:%M}", "channel": "phone", "outcome": "reached"}
    with CaptureQueriesContext(connection) as queries:
        sent = client.post(path, {**data, "participants": participants, "body": body})
    assert sent.status_code == 302
    said = [query["sql"] for query in queries]
    return len([sql for sql in said if "SAVEPOINT" not in sql and 'UPDATE "core_session"' not in sql])


def test_saving_takes_as_many_statements_whatever_was_said_and_with_whom(cast: Cast) -> None:
    """One line with one person, or forty of two: what is stored together is sent together."""
    few = _statements(cast, [cast.mother], "@Marianne: Ik wil rust.")
    many = _statements(
        cast, [cast.mother, cast.daughter], "Verslag.\n@Marianne: Rust.\n@Noor*: Dit ook.\n! Feit.\n" * 10
    )
    assert few == many
    assert few <= 16


def test_what_was_stored_together_stands_in_the_order_in_which_it_was_written(cast: Cast) -> None:
    """Participants in the order of choosing, lines in that of the text, each with its voice and who may read it."""
    body = "Verslag.\n@Noor*: Alleen jij.\n! Deur is heel (bron: zelf gezien)\n@Marianne: Rust."
    contact = log(cast.case, cast.owner, cast.daughter, cast.mother, body=body, safety={cast.mother: "safe"})
    lines = contact.lines.order_by("position").values_list("position", "kind", "voice__label", "known_from", "text")
    assert list(lines) == [
        (0, "report", None, "", "Verslag."),
        (1, "statement", "Noor Halteren", "", "Alleen jij."),
        (2, "fact", None, "zelf gezien", "Deur is heel"),
        (3, "statement", "Marianne van Halteren", "", "Rust."),
    ]
    there = contact.participations.order_by("pk").values_list("party__ref", "safety")
    assert list(there) == [(cast.daughter, ""), (cast.mother, "safe")]
    closed = contact.lines.filter(audience__circle="stewards").values_list("text", flat=True)
    assert list(closed) == ["Alleen jij."]
