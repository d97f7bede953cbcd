"""Confidential facts through the doors people take: noted, changed, ended, looked at, found, held back, warned of."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from casusregie.core import clock, crypto
from casusregie.core.models import AccessLog, Party
from casusregie.reminders.models import Promise
from casusregie.reminders.selectors import messages
from casusregie.reminders.services import sweep
from families.choices import CaseStatus
from families.models import ConfidentialFact, FactFinding, FactLook, FactVersion, Person
from families.scanner import CannotLook, watch
from families.services import (
    FactData,
    fact_change,
    fact_end,
    fact_note,
    fact_search,
    facts_search_waiting,
    findings_notice,
    person_add,
    relation_add,
    same_agree,
    same_ask,
)
from families.services.person import PersonData
from processplan import services as plan_services
from processplan.models import EditionRelease
from processplan.selectors import edition_for, role_work
from tests.cast import Cast, make_case
from tests.plans import Line, make_line

PLACE = "Huize Zilverfuut, Meerkoetlaan 7, 4999 ZZ Westerduin"


def _url(cast: Cast, rest: str = "") -> str:
    return f"/casussen/{cast.case.ref}/gezin/vertrouwelijk/{rest}"


def _mother(cast: Cast) -> Person:
    return Person.objects.select_related("party", "case").get(party__ref=cast.mother)


def _daughter(cast: Cast) -> Person:
    return Person.objects.select_related("party", "case").get(party__ref=cast.daughter)


def _note(cast: Cast, value: str = PLACE, **more: object) -> ConfidentialFact:
    fields: dict[str, object] = {"concerns": _mother(cast), "may_know": [], "now": cast.now, **more}
    return fact_note(case=cast.case, by=cast.owner, value=value, **fields)  # type: ignore[arg-type]


# --- Noting ------------------------------------------------------------------------------------------------------------


def test_the_words_are_proposed_and_count_once_they_were_looked_at(cast: Cast) -> None:
    client = cast.client("owner")
    data = {"key": str(uuid4()), "kind": "address", "concerns": cast.mother, "value": PLACE}
    first = client.post(_url(cast, "nieuw/"), data)
    assert first.status_code == 422
    page = first.content.decode()
    assert "Meerkoetlaan 7" in page
    assert "4999 ZZ" in page
    assert not ConfidentialFact.objects.exists()
    again = client.post(_url(cast, "nieuw/"), {**data, "terms": "Meerkoetlaan 7\n4999 ZZ"})
    assert again.status_code == 302
    fact = ConfidentialFact.objects.get()
    assert crypto.decrypt(cast.case.ref, fact.terms or b"") == '["Meerkoetlaan 7", "4999 ZZ"]'
    for blob in (bytes(fact.value), bytes(fact.terms or b"")):
        assert b"Meerkoet" not in blob


def test_words_that_are_too_common_are_refused_at_the_field_with_everything_typed(cast: Cast) -> None:
    data = {
        "key": str(uuid4()),
        "kind": "times",
        "concerns": cast.mother,
        "value": "Zwemles",
        "terms": "dinsdag\nBad Zilverfuut",
    }
    page = cast.client("owner").post(_url(cast, "nieuw/"), data)
    assert page.status_code == 422
    text = page.content.decode()
    assert "dinsdag" in text
    assert "Bad Zilverfuut" in text
    assert 'id="id_terms_error"' in text
    assert not ConfidentialFact.objects.exists()


def test_a_fact_that_concerns_nobody_is_refused_by_form_service_and_database(cast: Cast) -> None:
    data = {"key": str(uuid4()), "kind": "other", "concerns": "", "value": "iets", "no_wording": "on"}
    assert cast.client("owner").post(_url(cast, "nieuw/"), data).status_code == 422
    elsewhere = make_case(cast.stranger, "Elders")
    other = person_add(case=elsewhere, data=PersonData(given_name="Els"), by=cast.stranger)
    with pytest.raises(ValidationError):
        _note(cast, concerns=other)
    fact = _note(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfidentialFact.objects.filter(pk=fact.pk).update(concerns=None)


def test_the_name_of_somebody_of_the_family_is_no_word_to_search_for(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        _note(cast, terms=["Marianne"])


def test_a_fact_without_fixed_words_is_shown_whenever_an_edition_is_prepared(cast: Cast) -> None:
    line = make_line(cast)
    data = {
        "key": str(uuid4()),
        "kind": "leaving",
        "concerns": cast.mother,
        "value": "zij gaat weg",
        "no_wording": "on",
    }
    assert cast.client("owner").post(_url(cast, "nieuw/"), data).status_code == 302
    fact = ConfidentialFact.objects.get(kind="leaving")
    version = line.offer()
    for path in ("plan/", f"plan/{version.number}/"):
        page = cast.client("owner").get(f"/casussen/{cast.case.ref}/{path}").content.decode()
        assert f"vertrouwelijk/{fact.ref}/" in page, path
        assert "zij gaat weg" not in page
        assert (
            f"vertrouwelijk/{fact.ref}/"
            not in cast.client("second").get(f"/casussen/{cast.case.ref}/{path}").content.decode()
        )


def test_a_hidden_place_is_the_place_of_the_children_who_live_there(cast: Cast) -> None:
    relation_add(case=cast.case, by=cast.owner, kind="parent", one=_mother(cast), other=_daughter(cast))
    elsewhere = person_add(case=cast.case, data=PersonData(given_name="Kees", in_household=False), by=cast.owner)
    relation_add(case=cast.case, by=cast.owner, kind="parent", one=_mother(cast), other=elsewhere)
    assert [person.pk for person in _note(cast).also.all()] == [_daughter(cast).pk]
    assert not _note(cast, "06 98765432", kind="phone").also.exists()


def test_whom_a_place_spreads_to_does_not_read_it_unless_named(cast: Cast) -> None:
    relation_add(case=cast.case, by=cast.owner, kind="parent", one=_mother(cast), other=_daughter(cast))
    fact = _note(cast)
    guard = watch(cast.case, cast.now)
    text = {"a": "in de meerkoetlaan 7"}
    assert guard.hits(text, [_daughter(cast).party_id])
    assert not guard.hits(text, [_mother(cast).party_id])
    data = FactData("address", PLACE, ("Meerkoetlaan 7",), (_daughter(cast).party,))
    later = cast.now + timedelta(minutes=1)
    fact_change(fact=fact, by=cast.owner, data=data, reason="zij weet het", seen_version=1, now=later)
    assert not watch(cast.case, later).hits(text, [_daughter(cast).party_id])


# --- Changing and ending -----------------------------------------------------------------------------------------------


def test_a_change_is_a_new_version_and_the_old_one_stays(cast: Cast) -> None:
    fact = _note(cast)
    client = cast.client("owner")
    data = {"kind": "address", "value": "Hazelhof 3", "terms": "Hazelhof 3", "reason": "verhuisd", "version": "1"}
    assert client.post(_url(cast, f"{fact.ref}/wijzigen/"), {**data, "reason": ""}).status_code == 422
    assert client.post(_url(cast, f"{fact.ref}/wijzigen/"), data).status_code == 302
    assert client.post(_url(cast, f"{fact.ref}/wijzigen/"), {**data, "value": "Anders 9"}).status_code == 422
    page = client.get(_url(cast, f"{fact.ref}/")).content.decode()
    assert "Hazelhof 3" in page
    assert "Meerkoetlaan 7" in page
    assert [row.version for row in FactVersion.objects.order_by("version")] == [1, 2]
    guard = watch(cast.case, clock.now())
    assert guard.finds({"a": "hazelhof 3"})
    assert not guard.finds({"a": "meerkoetlaan 7"})


def test_what_a_fact_said_cannot_be_rewritten(cast: Cast) -> None:
    _note(cast)
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError), transaction.atomic():
        FactVersion.objects.update(reason="weg")


def test_an_ended_fact_is_searched_for_no_more_and_says_why(cast: Cast) -> None:
    fact = _note(cast)
    client = cast.client("owner")
    assert client.post(_url(cast, f"{fact.ref}/vervalt/"), {"end_reason": ""}).status_code == 422
    assert client.post(_url(cast, f"{fact.ref}/vervalt/"), {"end_reason": "Zij vertelt het zelf."}).status_code == 302
    assert not watch(cast.case, clock.now()).secrets.get(("fact", fact.pk))
    assert "Zij vertelt het zelf." in client.get(_url(cast, f"{fact.ref}/")).content.decode()
    with pytest.raises(ValidationError):
        fact_end(fact=fact, by=cast.owner, reason="nog eens", now=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfidentialFact.objects.update(end_reason="")


# --- Who reads one -----------------------------------------------------------------------------------------------------


def test_a_second_worker_reads_only_what_she_may_know_and_gives_a_reason(cast: Cast) -> None:
    told = _note(cast, may_know=[cast.second.party])
    hers, other = _url(cast, f"{told.ref}/"), _url(cast, f"{_note(cast, '06 98765432', kind='phone').ref}/")
    client = cast.client("second")
    family = client.get(f"/casussen/{cast.case.ref}/gezin/").content.decode()
    assert told.ref in family
    assert "Meerkoetlaan" not in family
    assert client.get(other).status_code == 403
    assert client.post(other, {"reason": "ik ga er morgen heen"}).status_code == 403
    assert "Meerkoetlaan" not in client.get(hers).content.decode()
    assert client.post(hers, {"reason": "kort"}).status_code == 422
    assert "Meerkoetlaan 7" in client.post(hers, {"reason": "Ik ga er morgen heen."}).content.decode()
    assert FactLook.objects.get().user == cast.second
    assert "Ik ga er morgen heen." in cast.client("owner").get(hers).content.decode()
    assert AccessLog.objects.filter(action="fact.looked", actor_id=cast.second.pk, case_ref=cast.case.ref).exists()


def test_a_team_leader_who_looks_inside_sees_no_fact(cast: Cast) -> None:
    fact = _note(cast)
    client = cast.client("leader")
    client.post(f"/casussen/{cast.case.ref}/inzien/", {"reason": "Vraag van moeder aan mij"})
    page = client.get(f"/casussen/{cast.case.ref}/gezin/")
    assert page.status_code == 200
    assert fact.ref not in page.content.decode()
    for rest in ("", "wijzigen/"):
        assert client.get(_url(cast, f"{fact.ref}/{rest}")).status_code == 403
    assert client.get(_url(cast, "gevonden/")).status_code == 403


# --- What was given already --------------------------------------------------------------------------------------------


def _given(line: Line, party: Party) -> None:
    version = line.offer()
    row = plan_services.edition_ask(version=version, reader_key=party.ref, now=clock.now())
    plan_services.edition_render(edition_id=row.pk, now=clock.now())
    path = f"/casussen/{line.cast.case.ref}/plan/{version.number}/pdf/?voor={party.ref}"
    assert line.cast.client("owner").get(path).status_code == 200


def test_a_new_fact_shows_what_was_given_to_whom_and_when(cast: Cast) -> None:
    line = make_line(cast)
    _given(line, line.aunt)
    assert EditionRelease.objects.get().by == cast.owner
    fact = _note(cast, "op zondag bellen zij", kind="times", terms=["bellen elkaar op zondag"])
    assert fact_search(fact_id=fact.pk, now=clock.now())
    found = {row.reader: row for row in FactFinding.objects.filter(fact=fact)}
    assert found[line.aunt.ref].given_count == 1
    assert found[line.aunt.ref].place == "agreement:1"
    assert line.mother.ref not in found, "whose fact it is may read it"
    assert line.son.ref not in found, "it is not in his edition"
    sweep(now=clock.now())
    told = messages(cast.owner, clock.now()).rows
    assert [row.url for row in told if row.is_urgent] == [_url(cast, "gevonden/")]
    assert messages(cast.deputy, clock.now()).rows
    page = cast.client("owner").get(_url(cast, f"{fact.ref}/")).content.decode()
    assert "Germaine Wiersma" in page
    assert "Germaine Wiersma" in cast.client("owner").get(_url(cast, "gevonden/")).content.decode()
    assert cast.client("owner").post(_url(cast, "gevonden/")).status_code == 302
    assert not FactFinding.objects.filter(noticed_at__isnull=True).exists()
    assert Promise.objects.get(kind="fact-given").settled_at is not None


def test_a_fact_that_stands_in_nothing_is_searched_once_and_tells_nobody(cast: Cast) -> None:
    line = make_line(cast)
    _given(line, line.aunt)
    _note(cast, "06 98765432", kind="phone")
    assert facts_search_waiting(now=clock.now()) >= 1
    assert facts_search_waiting(now=clock.now()) == 0
    assert not FactFinding.objects.exists()
    assert not Promise.objects.filter(kind="fact-given").exists()


def test_what_cannot_be_opened_is_a_finding_and_leaves_no_more(cast: Cast) -> None:
    line = make_line(cast)
    version = line.offer()
    row = plan_services.edition_ask(version=version, reader_key=line.aunt.ref, now=clock.now())
    plan_services.edition_render(edition_id=row.pk, now=clock.now())
    fact = ConfidentialFact.objects.get()
    ConfidentialFact.objects.update(value=b"kapot" * 9, searched_version=0)
    with pytest.raises(CannotLook):
        watch(cast.case, clock.now()) if fact.terms is None else _break_terms(cast)
    path = f"/casussen/{cast.case.ref}/plan/{version.number}/pdf/?voor={line.aunt.ref}"
    assert cast.client("owner").get(path).status_code == 409
    assert fact_search(fact_id=fact.pk, now=clock.now())
    assert set(FactFinding.objects.values_list("place", flat=True)) == {"unreadable"}
    work = role_work(line.housing, _guard(line), clock.now())
    assert (work.steps, work.agreements) == ([], [])


def _break_terms(cast: Cast) -> None:
    ConfidentialFact.objects.update(terms=b"kapot" * 9)
    watch(cast.case, clock.now())


def _guard(line: Line):  # type: ignore[no-untyped-def]
    from families.selectors import page_guard

    return page_guard(line.cast.case, line.partner.party_id, clock.now())


# --- Live pages --------------------------------------------------------------------------------------------------------


def test_a_partner_never_sees_the_item_and_nothing_tells_that_it_is_gone(cast: Cast) -> None:
    line = make_line(cast)
    secret = "Verhuisdozen brengen naar de meer\u00adkoet laan 7."
    data = plan_services.plan.ItemData("step", secret, owner_role=line.housing)
    plan_services.item_write(plan=line.plan, by=cast.owner, data=data, now=clock.now())
    version = line.offer()
    plan_services.version_activate(version=version, by=cast.owner, reason="nu", now=clock.now())
    login = cast.client("owner")
    login.force_login(line.partner, backend="allauth.account.auth_backends.AuthenticationBackend")
    path = f"/mijn-rollen/{line.housing.ref}/"
    assert "Verhuisdozen" in login.get(path).content.decode()
    _note(cast, terms=["Meerkoetlaan 7"])
    for page in (login.get(path), login.get("/mijn-rollen/")):
        text = page.content.decode()
        assert "Verhuisdozen" not in text
        assert "woning zoeken" in text
        assert not any(word in text.lower() for word in ("vertrouwelijk", "confidential", "verborgen", "weggelaten"))
    assert login.get(f"{path}plan.pdf").status_code in (202, 409)
    finding = FactFinding.objects.get()
    assert (finding.door, finding.what, finding.reader) == (
        "page",
        line.housing.ref,
        line.housing.professional.party.ref,
    )
    assert cast.client("owner").get(_url(cast, "gevonden/")).status_code == 200
    findings_notice(case=cast.case, by=cast.owner, now=clock.now())
    login.get(path)
    assert not FactFinding.objects.filter(noticed_at__isnull=True).exists(), "told once"


def test_a_role_that_says_it_itself_is_shown_without(cast: Cast) -> None:
    line = make_line(cast)
    type(line.housing).objects.filter(pk=line.housing.pk).update(
        assignment="Helpt met Meerkoetlaan 7.", title="Meerkoetlaan 7"
    )
    _note(cast, terms=["Meerkoetlaan 7"])
    login = cast.client("owner")
    login.force_login(line.partner, backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in ("/mijn-rollen/", f"/mijn-rollen/{line.housing.ref}/"):
        text = login.get(path).content.decode()
        assert "Meerkoet" not in text
        assert "consulent" in text


def test_a_plan_with_a_secret_is_not_shown_for_signing(cast: Cast) -> None:
    line = make_line(cast)
    _note(cast, "zij bellen", kind="times", terms=["bellen elkaar op zondag"])
    version = line.offer()
    path = f"/casussen/{cast.case.ref}/plan/{version.number}/ondertekenen/?wie="
    assert cast.client("owner").get(path + line.aunt.ref).status_code == 302
    assert cast.client("owner").get(path + line.mother.ref).status_code == 200


# --- While typing ------------------------------------------------------------------------------------------------------


def test_a_text_that_is_being_written_says_what_it_touches_and_for_whom(cast: Cast) -> None:
    line = make_line(cast)
    _note(cast, may_know=[line.son], terms=["Meerkoetlaan 7"])
    client = cast.client("owner")
    fields = {"text": "Ophalen bij de Meerkoetlaan 7", "reader": [line.aunt.ref, line.son.ref, line.mother.ref]}
    page = client.post(_url(cast, "raakt/"), fields).content.decode()
    assert "Germaine" in page
    assert "Bram" not in page
    assert client.post(_url(cast, "raakt/"), {**fields, "reader": [line.son.ref]}).content.decode().strip() == ""
    assert "Marianne" in client.post(_url(cast, "raakt/"), {"text": fields["text"]}).content.decode()
    assert client.post(_url(cast, "raakt/"), {"text": "gewoon"}).content.decode().strip() == ""
    assert cast.client("second").post(_url(cast, "raakt/"), fields).status_code == 403
    log = AccessLog.objects.filter(case_ref=cast.case.ref).order_by("-pk")[0]
    assert not any("Meerkoet" in seen for seen in log.objects_seen)


def test_without_scripts_the_warning_comes_at_saving(cast: Cast) -> None:
    line = make_line(cast)
    _note(cast, terms=["Meerkoetlaan 7"])
    data = {"text": "Ophalen bij Meerkoetlaan 7", "readers": [line.aunt.ref]}
    page = (
        cast.client("owner").post(f"/casussen/{cast.case.ref}/plan/nieuw/afspraak/", data, follow=True).content.decode()
    )
    assert "Germaine" in page.split("cr-sheet")[0]
    assert line.plan.items.filter(text="Ophalen bij Meerkoetlaan 7").exists()


def test_any_line_of_a_contact_can_become_confidential(cast: Cast) -> None:
    url = f"/casussen/{cast.case.ref}/contacten/{cast.contact.ref}/"
    client = cast.client("owner")
    assert "vertrouwelijk/" in client.get(url).content.decode()
    assert "contact-line-keep" not in cast.client("second").get(url).content.decode()
    assert f"{url}vertrouwelijk/" not in cast.client("second").get(url).content.decode()
    page = client.post(f"{url}vertrouwelijk/", {"line": "1"}).content.decode()
    assert "Ik wil rust." in page
    assert f'<option value="{cast.mother}" selected' in page
    assert f'action="{_url(cast, "nieuw/")}"' in page
    assert not ConfidentialFact.objects.exists()
    assert client.post(f"{url}vertrouwelijk/", {"line": "99"}).status_code == 302


# --- Linked persons ----------------------------------------------------------------------------------------------------


def test_the_facts_of_who_is_the_same_person_elsewhere_are_watched_too(cast: Cast) -> None:
    elsewhere = make_case(cast.stranger, "Elders", status=CaseStatus.ACTIVE)
    same = person_add(case=elsewhere, data=PersonData(given_name="Noor"), by=cast.stranger)
    fact_note(
        case=elsewhere,
        by=cast.stranger,
        concerns=same,
        value=PLACE,
        may_know=[],
        now=cast.now,
        terms=["Meerkoetlaan 7"],
    )
    text = {"a": "Meerkoetlaan 7"}
    assert not watch(cast.case, cast.now).finds(text)
    link = same_ask(one=_daughter(cast), other=same, case=cast.case, by=cast.leader, now=cast.now, is_leader=True)
    assert not watch(cast.case, cast.now).finds(text), "as long as one team has not agreed nothing is read"
    same_agree(link=link, case=elsewhere, by=cast.other_leader, now=cast.now)
    guard = watch(cast.case, cast.now)
    assert guard.hits(text, [_mother(cast).party_id])
    assert not guard.hits(text, [_daughter(cast).party_id]), "it is her own fact"
    assert guard.finds(text)[0].secret.ref == "", "no door leads from here to the other case"


# --- Cost --------------------------------------------------------------------------------------------------------------


def test_many_facts_cost_no_more_questions(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(12):
        _note(cast, f"Hazelhof {number}", terms=[f"Hazelhof {number}"])
    watch(cast.case, cast.now)
    with django_assert_max_num_queries(12):
        watch(cast.case, cast.now).finds({"a": "Hazelhof 3"})
    client = cast.client("owner")
    client.get(f"/casussen/{cast.case.ref}/gezin/")
    with django_assert_max_num_queries(40):
        client.get(f"/casussen/{cast.case.ref}/gezin/")


def test_an_edition_is_composed_as_before(cast: Cast) -> None:
    """The scanner takes nothing out of a document: it refuses it."""
    line = make_line(cast)
    _note(cast, "zij bellen", kind="times", terms=["bellen elkaar op zondag"])
    assert "zondag" in " ".join(item.text for item in edition_for(line.offer(), line.aunt, clock.now()).agreements)
