"""Searching the contact log: what is found, for whom, how it is shown, and what never leaves the page."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casusregie.core import clock
from casusregie.core.models import AccessLog
from families.access import reading_scope
from families.models import CaseMember, ConflictOfInterest
from network.choices import Channel, ContactOutcome
from network.models import Contact, ContactSearch
from network.selectors import SearchQuery, contacts_found
from network.services import ContactData, contact_correct, search_forget
from tests.cast import Cast, log, make_case

ALL = "/zoeken/"


def ask(client: Client, path: str, words: str = "", **filters: str) -> str:
    """Send a search and return the page it leads to."""
    sent = client.post(path, {"words": words, **filters})
    assert sent.status_code == 302, sent.content.decode()
    answer = client.get(sent["Location"])
    assert answer.status_code == 200
    return answer.content.decode()


def found(cast: Cast, login: str, words: str, **filters: object) -> list[str]:
    """The contacts that somebody finds over all her cases."""
    user = getattr(cast, login)
    scope = reading_scope(user, cast.now, "")
    return [row.ref for row in contacts_found(user, scope, SearchQuery(words, **filters), cast.now).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Een gesprek op school over de overdracht.", "gesprekken scholen"),
        ("Zoë sliep bij oma in Curaçao.", "zoe curacao"),
        ("Zoe sliep bij oma.", "Zoë"),
        ("De jongste slaapt slecht.", '"jongste slaapt"'),
        ("Het huis aan de dijk.", "HUIS dijk"),
        ("Afspraak bij de rechtbank, niet bij de politie.", "rechtbank -school"),
    ],
)
def test_a_word_is_found_in_any_form_and_with_or_without_accents(cast: Cast, written: str, asked: str) -> None:
    """Stemmed Dutch, accents folded, a phrase between quotation marks, a minus sign leaves out."""
    contact = log(cast.case, cast.owner, body=written)
    assert found(cast, "owner", asked) == [contact.ref]


@pytest.mark.parametrize("asked", ['"slaapt jongste"', "jongste school", "jongste -slecht"])
def test_all_words_have_to_be_there(cast: Cast, asked: str) -> None:
    """Another order of a phrase, a missing word, a word that was left out: nothing."""
    log(cast.case, cast.owner, body="De jongste slaapt slecht.")
    assert found(cast, "owner", asked) == []


def test_words_may_stand_in_different_lines_and_each_is_marked(cast: Cast) -> None:
    """One contact is one thing that was written."""
    log(cast.case, cast.owner, body="Over de fiets gesproken.\n! De schuur is op slot.")
    page = ask(cast.client("owner"), ALL, "fiets schuur")
    assert "<mark>fiets</mark>" in page and "<mark>schuur</mark>" in page


def test_what_was_written_is_shown_as_text(cast: Cast) -> None:
    """A hit is marked in escaped text: what somebody typed never becomes a tag."""
    log(cast.case, cast.owner, body="<script>alert(1)</script> fiets \ue010<b>vet</b>\ue011 &amp; zo")
    page = ask(cast.client("owner"), ALL, "fiets")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>fiets</mark> &lt;b&gt;vet&lt;/b&gt; &amp;amp; zo" in page


def test_a_long_text_shows_the_pieces_around_the_hits(cast: Cast) -> None:
    """Not its beginning, and not all of it."""
    log(cast.case, cast.owner, body=f"Begin. {'Vulling en nog meer vulling. ' * 200} Daar stond de fiets in de regen.")
    page = ask(cast.client("owner"), ALL, "fiets")
    assert "<mark>fiets</mark>" in page and "Begin." not in page


def test_a_closed_statement_is_found_by_director_and_deputy_only(cast: Cast) -> None:
    """Not even as a number: the second worker's page is that of a word that nobody ever wrote."""
    assert found(cast, "owner", "weet alleen") == found(cast, "deputy", "weet alleen") == [cast.contact.ref]
    assert found(cast, "second", "weet") == []
    path = f"/casussen/{cast.case.ref}/contacten/zoeken/"
    assert "Dit <mark>weet</mark> <mark>alleen</mark>" in ask(cast.client("owner"), path, "weet alleen").replace(
        "<mark>Dit</mark>", "Dit"
    )
    for asked in ("weet", "keukentafel weet", "keukentafel -onzin"):
        page = ask(cast.client("second"), path, asked)
        assert "alleen jij" not in page
        assert ("c-" + cast.contact.ref in page or cast.contact.ref in page) == (asked == "keukentafel -onzin")


def test_leaving_out_a_word_tells_nothing_of_what_is_closed(cast: Cast) -> None:
    """For who may not read it, the closed word is not there; for who may, it is."""
    assert found(cast, "second", "keukentafel -weet") == [cast.contact.ref]
    assert found(cast, "owner", "keukentafel -weet") == []


def test_strangers_find_nothing(cast: Cast) -> None:
    """Neither a colleague of the team, nor somebody with a conflict of interest, nor the other team."""
    for who in ("colleague", "barred", "stranger", "leader", "other_leader"):
        assert found(cast, who, "keukentafel") == []


def test_who_has_a_conflict_of_interest_finds_nothing_in_what_she_directed(cast: Cast) -> None:
    """Whatever else ties her to it."""
    ConflictOfInterest.objects.create(case=cast.case, user=cast.owner, noted_by=cast.leader, noted_at=cast.now)
    assert found(cast, "owner", "keukentafel") == []


def test_a_membership_that_ended_finds_nothing(cast: Cast) -> None:
    """From the minute it ended."""
    CaseMember.objects.filter(user=cast.second).update(until=cast.now - timedelta(minutes=1))
    assert found(cast, "second", "keukentafel") == []


def test_the_team_leader_finds_only_where_she_looks_inside(cast: Cast) -> None:
    """For that session and that hour; before it, a sentence says so."""
    client = cast.client("leader")
    assert "keukentafel" not in client.get(ALL).content.decode()
    assert client.post(f"/casussen/{cast.case.ref}/contacten/zoeken/", {"words": "keukentafel"}).status_code == 403
    client.post(f"/casussen/{cast.case.ref}/inzien/", {"reason": "Vraag van moeder aan mij"})
    assert "<mark>keukentafel</mark>" in ask(client, ALL, "keukentafel")
    assert "alleen jij" not in ask(client, ALL, "weet")
    assert found(cast, "leader", "keukentafel") == []


def test_a_correction_is_what_is_found(cast: Cast) -> None:
    """The earlier text stays readable in the contact, and is not searched."""
    contact = log(cast.case, cast.owner, body="De fiets is rood.")
    data = ContactData(started_at=contact.started_at, channel=Channel.PHONE, body="De auto is rood.")
    contact_correct(contact=contact, by=cast.owner, data=data, reason="Vergist", seen_version=1, now=cast.now)
    assert found(cast, "owner", "fiets") == []
    assert found(cast, "owner", "auto") == [contact.ref]


def test_what_is_forgotten_is_not_found(cast: Cast) -> None:
    """Withdrawn from a wrong family: no words of it are left, and without words the filters leave it out too."""
    Contact.objects.filter(pk=cast.contact.pk).update(
        withdrawn_at=cast.now, withdrawn_by_id=cast.owner.pk, withdrawal_reason="Verkeerd gezin"
    )
    assert found(cast, "owner", "keukentafel") == []
    cast.contact.refresh_from_db()
    search_forget(contact=cast.contact)
    assert not ContactSearch.objects.exists()
    assert found(cast, "owner", "", channel=Channel.PHONE) == []


def test_the_filters_work_with_and_without_words(cast: Cast) -> None:
    """By party, kind of party, channel, purpose and period."""
    week = timedelta(days=7)
    visit = log(
        cast.case,
        cast.owner,
        cast.daughter,
        body="Fiets gemaakt.",
        channel=Channel.VISIT,
        purposes=["trust"],
        started_at=cast.now - week,
    )
    log(cast.case, cast.owner, body="Fiets gezien.", outcome=ContactOutcome.NO_ANSWER)
    day = clock.local_date(visit.started_at)
    filters: list[dict[str, object]] = [
        {"who": cast.daughter},
        {"channel": Channel.VISIT},
        {"purpose": "trust"},
        {"since": day - timedelta(days=1), "until": day},
    ]
    for one in filters:
        assert found(cast, "owner", "fiets", **one) == [visit.ref], one
        assert found(cast, "owner", "", **one) == [visit.ref], one
    assert found(cast, "owner", "fiets", who="person") == [visit.ref]


def test_a_page_goes_on_by_key_newest_first(cast: Cast) -> None:
    """Every contact once, in order, over two cases."""
    other = make_case(cast.owner, "Ander")
    made = [
        log([cast.case, other][n % 2], cast.owner, body="fiets", started_at=cast.now - timedelta(hours=n + 1)).ref
        for n in range(45)
    ]
    user, scope = cast.owner, reading_scope(cast.owner, cast.now, "")
    seen, after = [], ""
    while True:
        page = contacts_found(user, scope, SearchQuery("fiets", after=after), cast.now)
        seen += [row.ref for row in page.rows]
        after = page.next_after
        if not after:
            break
    assert seen == made


def test_no_word_is_in_an_address_or_in_the_access_log(cast: Cast) -> None:
    """The log says that was searched and what was seen; the address holds a random id that is hers alone."""
    client = cast.client("owner")
    sent = client.post(ALL, {"words": "keukentafel"})
    assert "keuken" not in sent["Location"]
    client.get(sent["Location"])
    rows = AccessLog.objects.order_by("-pk")[:2]
    assert {row.action for row in rows} == {"GET:search", "POST:search"}
    assert {cast.case.ref, cast.contact.ref} <= set(rows[0].objects_seen)
    assert not any("keuken" in str(vars(row)) for row in rows)
    assert "keukentafel" not in cast.client("deputy").get(sent["Location"]).content.decode()
    assert "keukentafel" not in client.get(f"{ALL}?zoek=bestaatniet").content.decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "id_words_error"),
        ("de het een", "id_words_error"),
        ("-keukentafel", "id_words_error"),
        ("woord " * 1_000, "id_words_error"),
        ("a" * 10_000, "id_words_error"),
        ('" " or - & | ! ( ) <->', "id_words_error"),
        ("nul\x00teken", "id_words_error"),
    ],
)
def test_what_cannot_be_looked_for_is_answered_at_the_field(cast: Cast, words: str, said: str) -> None:
    """422, and what was typed is still there."""
    for path in (ALL, f"/casussen/{cast.case.ref}/contacten/zoeken/"):
        answer = cast.client("owner").post(path, {"words": words})
        assert answer.status_code == 422
        assert said in answer.content.decode()


@pytest.mark.parametrize(
    "words", ["fiets & ! ( ) | <-> :*", "fiets' OR 1=1 --", "fiets \\ % _", "fiets or auto", "“fiets”"]
)
def test_operators_and_signs_are_only_words(cast: Cast, words: str) -> None:
    """Nothing that can be typed makes an error."""
    log(cast.case, cast.owner, body="De fiets van 1=1 staat er.")
    assert ask(cast.client("owner"), ALL, words)


def test_a_period_that_ends_before_it_begins_is_said_at_the_day(cast: Cast) -> None:
    """At the field, with what was typed."""
    answer = cast.client("owner").post(ALL, {"words": "fiets", "since": "2026-03-02", "until": "2026-03-01"})
    assert answer.status_code == 422 and "id_until_error" in answer.content.decode()


def test_a_search_takes_the_same_number_of_queries_whatever_it_finds(cast: Cast) -> None:
    """One hit or twenty, in one case or in thirty; a second worker asks for the readerships beside it."""
    for who, at_most in (("owner", 9), ("second", 11)):
        client = cast.client(who)
        client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (test)"
        ask(client, ALL, "keukentafel")
        counts = []
        for rows in (1, 30):
            for _ in range(rows):
                log(make_case(cast.owner, uuid4().hex[:8]), cast.owner, body="keukentafel")
                log(cast.case, cast.owner, cast.mother, body="keukentafel\n@Marianne: Aan de keukentafel.")
            address = client.post(ALL, {"words": "keukentafel"})["Location"]
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
        assert counts[0] == counts[1] <= at_most, "\n".join(query["sql"][-150:] for query in queries)


def test_the_contact_log_has_a_field_that_leads_to_the_search(cast: Cast) -> None:
    """In place, and it sends what is typed as a form."""
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/").content.decode()
    assert f'action="/casussen/{cast.case.ref}/contacten/zoeken/"' in page


def test_one_case_and_all_cases_are_searched_apart(cast: Cast) -> None:
    """What was asked in one case finds nothing of another, and its id opens no other page."""
    other = make_case(cast.owner, "Ander")
    log(other, cast.owner, body="keukentafel")
    client, path = cast.client("owner"), f"/casussen/{other.ref}/contacten/zoeken/"
    sent = client.post(path, {"words": "keukentafel"})
    assert len(client.get(sent["Location"]).context["page"].rows) == 1
    query = urlsplit(sent["Location"]).query
    assert "page" not in client.get(f"/casussen/{cast.case.ref}/contacten/zoeken/?{query}").context
