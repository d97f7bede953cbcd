"""With one save, by taps: how safe, what follows, the next appointment, an incident, the state of an action."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casusregie.core import clock
from casusregie.core.models import AccessLog
from families.choices import CaseStatus
from network.choices import LineKind
from network.models import Appointment, Contact, ContactParticipant, FollowUp
from processplan.choices import StepState
from processplan.models import PlanItem
from safety.models import Incident, SafetyCheck
from tests.cast import Cast
from tests.plans import make_line


def _url(cast: Cast) -> str:
    return f"/casussen/{cast.case.ref}/contacten/nieuw/"


def _fields(cast: Cast, **changes: object) -> dict[str, object]:
    moment = (cast.now - timedelta(hours=1)).astimezone(clock.LOCAL)
    return {
        "key": str(uuid4()),
        "started_at": f"{moment:%Y-%m-%dT%H:%M}",
        "channel": "phone",
        "duration_minutes": "10",
        "participants": [cast.mother],
        "body": "Wat ik typte.",
        **changes,
    }


def _later(cast: Cast, days: int = 7) -> str:
    return f"{(cast.now + timedelta(days=days)).astimezone(clock.LOCAL):%Y-%m-%dT%H:%M}"


def _newest() -> Contact:
    return Contact.objects.order_by("-pk")[0]


def test_everything_goes_with_one_save(cast: Cast) -> None:
    step = make_line(cast).plan.items.filter(kind="step")[0]
    fields = _fields(
        cast,
        **{
            f"safe-{cast.mother}": "unsafe",
            "follow_up_on": f"{clock.local_date(cast.now)}",
            "next_at": _later(cast),
            "next_place": "Buurthuis",
            "incident-text": "Er is geslagen.",
            "incident-source": "family",
            f"action-{step.ref}": "done",
        },
    )
    assert cast.client("owner").post(_url(cast), fields).status_code == 302
    contact = _newest()
    assert ContactParticipant.objects.get(contact=contact).safety == "unsafe"
    assert FollowUp.objects.filter(contact=contact, safety_check__isnull=True).count() == 1
    meeting = Appointment.objects.get(case=cast.case)
    assert [row.party.ref for row in meeting.parties.all()] == [cast.mother]
    incident = Incident.objects.get(contact=contact)
    assert (incident.text, incident.happened_at) == ("Er is geslagen.", contact.started_at)
    assert SafetyCheck.objects.filter(follow_up__contact=contact).exists()
    step.refresh_from_db()
    assert (step.state, step.said_in_id) == (StepState.DONE, contact.pk)
    moved = AccessLog.objects.get(action="step.moved", objects_seen__contains=[step.ref])
    assert contact.ref in moved.objects_seen


def test_sent_twice_it_is_one_of_each(cast: Cast) -> None:
    fields = _fields(cast, **{"incident-text": "Er is geslagen.", "incident-source": "own", "next_at": _later(cast)})
    client = cast.client("owner")
    first, second = client.post(_url(cast), fields), client.post(_url(cast), fields)
    assert first["Location"] == second["Location"]
    assert Incident.objects.filter(case=cast.case).count() == 1
    assert Appointment.objects.filter(case=cast.case).count() == 1


def test_another_incident_under_the_same_key_is_another_content(cast: Cast) -> None:
    fields = _fields(cast, **{"incident-text": "Er is geslagen.", "incident-source": "own"})
    client = cast.client("owner")
    client.post(_url(cast), fields)
    answer = client.post(_url(cast), {**fields, "incident-text": "Er is geschreeuwd."})
    assert answer.status_code == 409
    assert "Er is geschreeuwd." in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"next_at": "2020-01-01T10:00"}, "next_at"),
        ({"next_at": "2062-01-01T10:00"}, "next_at"),
        ({"next_at": "volgende week"}, "next_at"),
        ({"next_place": "Buurthuis"}, "next_at"),
        ({"duration_minutes": "300"}, "duration_minutes"),
    ],
)
def test_it_is_answered_at_the_field_and_the_part_is_open(changes: dict[str, str], field: str, cast: Cast) -> None:
    before = Contact.objects.count()
    answer = cast.client("owner").post(_url(cast), _fields(cast, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Wat ik typte." in page
    assert f'value="{cast.mother}" class' in page or f'value="{cast.mother}"' in page
    assert Contact.objects.count() == before
    assert not Appointment.objects.exists()


def test_a_thousand_people_are_answered_at_the_field(cast: Cast) -> None:
    refs = [cast.mother, *(f"NIEMAND{number}" for number in range(999))]
    answer = cast.client("owner").post(_url(cast), _fields(cast, participants=refs))
    assert answer.status_code == 422
    assert "50" in answer.context["form"].errors["participants"][0]
    assert len(answer.context["form"].errors["participants"]) == 1
    assert "Wat ik typte." in answer.content.decode()


def test_half_an_incident_is_answered_at_its_field_with_the_contact_unsaved(cast: Cast) -> None:
    before = Contact.objects.count()
    answer = cast.client("owner").post(_url(cast), _fields(cast, **{"incident-text": "Er is geslagen."}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="part-incident" open' in page
    assert "Er is geslagen." in page
    assert Contact.objects.count() == before


def test_who_spoke_of_safety_was_there(cast: Cast) -> None:
    answer = cast.client("owner").post(_url(cast), _fields(cast, **{f"safe-{cast.daughter}": "safe"}))
    assert answer.status_code == 422
    assert "Noor Halteren" in answer.context["form"].errors["safety"][0]
    assert f'id="safe-{cast.daughter}-safe" checked' in answer.content.decode()


def test_an_answer_about_safety_that_is_not_offered_is_refused(cast: Cast) -> None:
    answer = cast.client("owner").post(_url(cast), _fields(cast, **{f"safe-{cast.mother}": "misschien"}))
    assert list(answer.context["form"].errors) == ["safety"]


def test_the_log_shows_who_said_what_of_safety_and_how_a_fact_is_known(cast: Cast) -> None:
    body = "! De deur is heel (bron: zelf gezien)\n! Hij drinkt niet"
    client = cast.client("second")
    client.post(_url(cast), _fields(cast, body=body, **{f"safe-{cast.mother}": "safe"}))
    page = client.get(f"/casussen/{cast.case.ref}/contacten/").content.decode()
    assert "zelf gezien" in page
    assert "Marianne van Halteren</bdi>: veilig" in page
    line = _newest().lines.get(position=0)
    assert (line.kind, line.text, line.known_from) == (LineKind.FACT, "De deur is heel", "zelf gezien")


def test_a_correction_keeps_safety_and_source(cast: Cast) -> None:
    client = cast.client("owner")
    fields = _fields(cast, body="! Heel (bron: zelf gezien)", **{f"safe-{cast.mother}": "safe"})
    client.post(_url(cast), fields)
    contact = _newest()
    url = f"/casussen/{cast.case.ref}/contacten/{contact.ref}/corrigeren/"
    page = client.get(url)
    assert page.context["form"]["body"].value() == "! Heel (bron: zelf gezien)"
    assert f'id="safe-{cast.mother}-safe" checked' in page.content.decode()
    changed = _fields(cast, body=fields["body"], reason="Verkeerd getikt", version="1")
    changed[f"safe-{cast.mother}"] = "unsafe"
    assert client.post(url, changed).status_code == 302
    said = ContactParticipant.objects.filter(contact=contact).order_by("version").values_list("safety", flat=True)
    assert list(said) == ["safe", "unsafe"]
    history = client.get(f"/casussen/{cast.case.ref}/contacten/{contact.ref}/").content.decode()
    assert history.count("zelf gezien") == 2


def test_a_contact_is_logged_on_a_closed_case_without_opening_it_again(cast: Cast) -> None:
    type(cast.case).objects.filter(pk=cast.case.pk).update(status=CaseStatus.CLOSED)
    client = cast.client("owner")
    assert "cr-quiet-note" in client.get(_url(cast)).content.decode()
    assert client.post(_url(cast), _fields(cast)).status_code == 302
    cast.case.refresh_from_db()
    assert cast.case.status == CaseStatus.CLOSED
    assert _newest().lines.get().text == "Wat ik typte."


def test_a_second_worker_writes_a_childs_voice_and_an_incident_but_moves_no_action(cast: Cast) -> None:
    step = make_line(cast).plan.items.filter(kind="step")[0]
    client = cast.client("second")
    assert "part-actions" not in client.get(_url(cast)).content.decode()
    fields = _fields(
        cast,
        body="@Noor: Ik ben bang.",
        **{f"action-{step.ref}": "done", "incident-text": "Er is geslagen.", "incident-source": "family"},
    )
    assert client.post(_url(cast), fields).status_code == 302
    assert _newest().lines.get().voice.ref == cast.daughter
    assert Incident.objects.get(case=cast.case).noted_by == cast.second
    assert PlanItem.objects.get(pk=step.pk).state != StepState.DONE


def test_a_second_worker_cannot_open_the_correction_of_what_was_closed_to_her(cast: Cast) -> None:
    client = cast.client("second")
    client.post(_url(cast), _fields(cast, body="Gesproken."))
    contact = _newest()
    url = f"/casussen/{cast.case.ref}/contacten/{contact.ref}/corrigeren/"
    assert client.get(url).status_code == 200
    changed = _fields(cast, body="@Noor*: Geheim.", reason="Aangevuld", version="1")
    assert cast.client("owner").post(url, changed).status_code == 302
    answer = client.get(url)
    assert answer.status_code == 403
    assert "Geheim" not in answer.content.decode()


def test_an_action_of_another_family_is_refused(cast: Cast) -> None:
    answer = cast.client("owner").post(_url(cast), _fields(cast, **{"action-ANDERS": "done"}))
    assert answer.status_code == 422


def test_how_to_reach_somebody_stands_there_without_a_number_and_unknown_is_not_safe(cast: Cast) -> None:
    for name in ("owner", "second"):
        page = cast.client(name).get(f"{_url(cast)}?met={cast.mother}").content.decode()
        assert "00112233" not in page.replace(" ", "")
        assert "cr-safe--unknown" in page
        assert ("alleen overdag" in page) == (name == "owner")


def test_the_parts_cost_nothing_when_they_are_not_used(cast: Cast) -> None:
    client = cast.client("owner")
    client.post(_url(cast), _fields(cast))
    with CaptureQueriesContext(connection) as queries:
        assert client.post(_url(cast), _fields(cast)).status_code == 302
    said = "\n".join(query["sql"] for query in queries)
    assert "processplan" not in said
    assert "safety_incident" not in said
    assert "appointment" not in said
    assert "families_safecontact" not in said


def test_the_page_asks_a_fixed_number_of_things(cast: Cast) -> None:
    client = cast.client("owner")
    client.get(_url(cast))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(_url(cast)).status_code == 200
    assert len(queries) <= 16, "\n".join(query["sql"][-150:] for query in queries)
