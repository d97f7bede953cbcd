"""Everybody's own edition: composed from an allow-list, tested on the bytes that leave."""

import re
import subprocess
import zlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casusregie.core import clock
from families.choices import WorkingForm
from network.models import SharingGround
from processplan import editions, services
from processplan.choices import RenderState
from processplan.editions import Content, Item, Reader
from processplan.models import PlanVersion, RenderedEdition
from processplan.selectors import NoGround, edition_by_key, edition_for, pdf_of, rendered
from tests.cast import Cast
from tests.plans import COMMON, GOAL, HOUSING, INCOME, ONLY_MOTHER, ONLY_SON, SECRET_PLACE, Line, make_line

ALL = {COMMON, GOAL, HOUSING, INCOME, ONLY_MOTHER, ONLY_SON}


def _texts(edition: editions.Edition) -> str:
    return " ".join([edition.common_goal, *(i.text for i in (*edition.goals, *edition.steps, *edition.agreements))])


def _pdf_text(pdf: bytes) -> str:
    """What a reader of the file can find: the text layer, the raw bytes and every stream unpacked."""
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    streams = []
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            streams.append(zlib.decompress(match[1]).decode("latin-1"))
        except zlib.error:
            continue
    return re.sub(r"\s+", " ", told) + pdf.decode("latin-1") + " ".join(streams)


@pytest.fixture
def line(cast: Cast) -> Line:
    return make_line(cast)


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("mother", {GOAL, COMMON, ONLY_MOTHER, INCOME}),
        ("aunt", {GOAL, COMMON}),
        ("son", {ONLY_SON}),
    ],
)
def test_a_member_of_the_family_reads_the_core_and_her_own(who: str, reads: set[str], line: Line) -> None:
    said = _texts(edition_for(line.offer(), getattr(line, who), clock.now()))
    assert {text for text in ALL if text in said} == reads


@pytest.mark.parametrize(("role", "reads"), [("housing", {HOUSING}), ("income", {INCOME})])
def test_a_partner_reads_her_own_steps_only(role: str, reads: set[str], line: Line) -> None:
    said = _texts(edition_for(line.offer(), getattr(line, role).professional.party, clock.now()))
    assert {text for text in ALL if text in said} == reads


def test_without_a_running_ground_there_is_no_edition(line: Line) -> None:
    version = line.offer()
    SharingGround.objects.update(until=clock.local_date(clock.now()) - timedelta(days=1))
    with pytest.raises(NoGround):
        edition_for(version, line.housing.professional.party, clock.now())


@pytest.mark.parametrize("form", [WorkingForm.SEPARATE, WorkingForm.UNDECIDED])
def test_apart_there_is_no_core(form: str, cast: Cast) -> None:
    line = make_line(cast, form)
    version = line.offer()
    said = _texts(edition_for(version, line.mother, clock.now()))
    assert COMMON not in said
    assert GOAL not in said
    with pytest.raises(Http404):
        edition_by_key(version, editions.CORE, clock.now())


def test_an_unknown_reader_has_no_edition(line: Line) -> None:
    version = line.offer()
    for key in ("", "BESTAATNIET", "team", line.cast.owner.party.ref):
        with pytest.raises(Http404):
            edition_by_key(version, key, clock.now())


def test_another_persons_signature_is_in_nobodys_edition(line: Line) -> None:
    version = line.offer()
    line.sign(version, line.mother, statement="Alleen voor mij")
    assert edition_for(version, line.aunt, clock.now()).signatures == ()
    assert edition_for(version, line.mother, clock.now()).signatures[0].statement == "Alleen voor mij"


def test_a_change_in_one_annex_changes_nothing_for_anybody_else(line: Line) -> None:
    first = line.offer()
    item = line.plan.items.get(text=ONLY_MOTHER)
    data = services.plan.ItemData(item.kind, "Iets anders voor moeder.", readers=[line.mother])
    services.item_change(item=item, by=line.cast.owner, data=data, now=clock.now())
    second = line.offer()
    now = clock.now()
    assert edition_for(first, line.aunt, now) == edition_for(second, line.aunt, now)
    assert edition_for(first, line.mother, now) != edition_for(second, line.mother, now)


@pytest.mark.django_db(transaction=True)
def test_the_pdf_of_each_reader_holds_nothing_that_is_not_hers(cast: Cast) -> None:
    line = make_line(cast)
    version = line.offer()
    line.sign(version, line.mother, statement="Woorden van moeder alleen")
    readers = {
        line.aunt.ref: {GOAL, COMMON},
        line.son.ref: {ONLY_SON},
        line.housing.professional.party.ref: {HOUSING},
        line.income.professional.party.ref: {INCOME},
        line.mother.ref: {GOAL, COMMON, ONLY_MOTHER, INCOME},
    }
    for key, reads in readers.items():
        row = services.edition_ask(version=version, reader_key=key, now=clock.now())
        services.edition_render(edition_id=row.pk, now=clock.now())
        row.refresh_from_db()
        assert row.state == RenderState.DONE, row.problem
        said = _pdf_text(pdf_of(row))
        assert {text for text in ALL if text in said} == reads
        assert ("Woorden van moeder alleen" in said) == (key == line.mother.ref)
        assert "Geheimlaan" not in said
        assert cast.case.ref not in said


def test_a_fact_that_slipped_into_a_text_refuses_the_release(line: Line) -> None:
    data = services.plan.ItemData("agreement", "Ophalen bij GEHEIM-laan 12 om drie uur.", is_common=True)
    services.item_write(plan=line.plan, by=line.cast.owner, data=data, now=clock.now())
    version = line.offer()
    states = {}
    for party in (line.aunt, line.son, line.mother):
        row = services.edition_ask(version=version, reader_key=party.ref, now=clock.now())
        services.edition_render(edition_id=row.pk, now=clock.now())
        row.refresh_from_db()
        states[party.label.split()[0]] = row.state
    assert states == {"Germaine": RenderState.FAILED, "Bram": RenderState.DONE, "Marianne": RenderState.DONE}
    path = f"/casussen/{line.cast.case.ref}/plan/{version.number}/pdf/?voor={line.aunt.ref}"
    assert line.cast.client("owner").get(path).status_code == 409


def test_a_fact_noted_later_stops_the_download_of_what_was_made(line: Line) -> None:
    from families.services import fact_note

    version = line.offer()
    row = services.edition_ask(version=version, reader_key=line.aunt.ref, now=clock.now())
    services.edition_render(edition_id=row.pk, now=clock.now())
    path = f"/casussen/{line.cast.case.ref}/plan/{version.number}/pdf/?voor={line.aunt.ref}"
    assert line.cast.client("owner").get(path).status_code == 200
    person = line.cast.case.persons.get(party=line.mother)
    fact_note(
        case=line.cast.case,
        by=line.cast.owner,
        concerns=person,
        value="bellen elkaar op zondag",
        may_know=[],
        now=clock.now(),
    )
    assert line.cast.client("owner").get(path).status_code == 409


def test_a_render_that_fails_says_so_and_can_be_tried_again(line: Line) -> None:
    version = line.offer()
    row = services.edition_ask(version=version, reader_key=line.aunt.ref, now=clock.now())
    RenderedEdition.objects.filter(pk=row.pk).update(
        state=RenderState.FAILED, problem="Het maken van de PDF is mislukt"
    )
    path = f"/casussen/{line.cast.case.ref}/plan/{version.number}/pdf/?voor={line.aunt.ref}"
    client = line.cast.client("owner")
    answer = client.get(path)
    assert answer.status_code == 409
    assert "Het maken van de PDF is mislukt" in answer.content.decode()
    assert client.post(path).status_code == 302
    services.editions_render_waiting(now=clock.now())
    assert client.get(path)["Content-Type"] == "application/pdf"
    made = rendered(version, line.aunt.ref, clock.now())
    assert made is not None
    assert made.state == RenderState.DONE


def test_signing_is_bound_to_what_was_on_the_screen(line: Line) -> None:
    version = line.offer()
    with pytest.raises(ValidationError):
        line.sign(version, line.mother, shown_sha256="0" * 64)
    with pytest.raises(ValidationError):
        line.sign(version, line.mother, drawing="")
    line.sign(version, line.mother)
    with pytest.raises(ValidationError):
        line.sign(version, line.mother)
    with pytest.raises(ValidationError):
        line.sign(version, line.son)


def test_an_empty_plan_is_not_offered(cast: Cast) -> None:
    plan = services.plan_of(case=cast.case, by=cast.owner, now=cast.now)
    with pytest.raises(ValidationError):
        services.version_offer(plan=plan, by=cast.owner, now=cast.now)
    assert not PlanVersion.objects.exists()


def test_a_step_of_a_role_that_ended_is_refused(line: Line) -> None:
    today = clock.local_date(clock.now())
    type(line.housing).objects.filter(pk=line.housing.pk).update(
        since=today - timedelta(days=9), until=today - timedelta(days=1)
    )
    line.housing.refresh_from_db()
    data = services.plan.ItemData("step", "Nog iets", owner_role=line.housing)
    with pytest.raises(ValidationError):
        services.item_write(plan=line.plan, by=line.cast.owner, data=data, now=clock.now())
    with pytest.raises(ValidationError):
        line.offer()


def test_the_plan_comes_in_force_when_all_signed_or_with_a_reason(line: Line) -> None:
    version = line.offer()
    with pytest.raises(ValidationError):
        services.version_activate(version=version, by=line.cast.owner, reason="", now=clock.now())
    line.sign(version, line.mother)
    line.sign(version, line.aunt, kind="read", drawing="")
    assert set(version.events.values_list("state", flat=True)) == {"offered"}
    services.version_activate(version=version, by=line.cast.owner, reason="Tante leest mee.", now=clock.now())
    assert "active" in set(version.events.values_list("state", flat=True))


_items = st.lists(
    st.builds(
        Item,
        ref=st.text("ABC", min_size=1, max_size=4),
        kind=st.sampled_from(["goal", "step", "agreement"]),
        text=st.text(max_size=20),
        is_common=st.booleans(),
        readers=st.lists(st.integers(1, 6), max_size=4).map(tuple),
    ),
    max_size=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=200)
@given(_items, st.integers(1, 6), st.booleans(), st.booleans(), st.sampled_from(WorkingForm.values))
def test_no_composition_ever_holds_an_item_that_names_nobody_of_its_reader(
    items: list[Item], who: int, signs: bool, partner: bool, form: str
) -> None:
    content = Content("X", form, "doel", "weekly", "Nadia", ((who, "Zij"),) if signs else (), tuple(items))
    edition = editions.compose(content, 1, Reader("X", "Zij", who, partner), clock.now())
    core = form == WorkingForm.JOINT and signs and not partner
    for item in (*edition.goals, *edition.steps, *edition.agreements):
        assert who in item.readers or (item.is_common and core)
    assert edition.common_goal == ("doel" if core else "")


def test_the_scanner_knows_the_secret_in_every_listed_spelling() -> None:
    from families.scanner import folded, spellings

    forms = spellings(SECRET_PLACE)
    for text in ("geheimlaan 12", "GEHEIMLAAN  12", "Ge\u00adheimlaan 12", "1234ab", "1234 AB", "1234-AB"):
        assert any(form in folded(text) for form in forms), text
    assert not any(form in folded("We bellen dinsdag om twaalf uur.") for form in forms)
