"""Reader × fact × door over the whole demo: nobody finds anywhere what she may not know, in any listed spelling."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client, override_settings
from django.urls import Resolver404, resolve

from casusregie.core import clock
from casusregie.core.models import AccessLog, User
from casusregie.demo.canaries import canaries
from casusregie.demo.line import editions_make
from casusregie.demo.municipality import fill
from casusregie.demo.people import PEOPLE
from casusregie.desks.api_urls import urlpatterns as api_urlpatterns
from casusregie.reminders.models import Reminder
from casusregie.reminders.services import reminders_send, sweep
from families.models import Case
from families.scanner import text_of
from processplan import editions
from processplan.choices import RenderState
from processplan.models import PlanVersion, RenderedEdition
from processplan.selectors import edition_by_key, pdf_of, readers_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LOGINS = [login for login, _name, _role, _team in PEOPLE]
# Of one kind of page (an address name in one case) so many are opened: all of them in a case with something confidential,
# a few elsewhere, where they differ only in which row they show.
OF_EACH, OF_EACH_ELSEWHERE = 60, 1
# What leaves the login, the language or the session behind.
NOT_FOLLOWED = {"account_logout", "language", "lock", "unlock"}


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[dict[str, Any]]]:
    """The default municipality with its PDFs, and every confidential fact in it."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True):
        now = clock.now()
        fill(now=now)
        editions_make(now)
        yield list(canaries(now))
        transaction.set_rollback(True)


def _words(line: dict[str, Any]) -> list[str]:
    return [word for word in dict.fromkeys([line["marker"], line["literal"], *line["variants"]]) if len(word) >= 5]


def _found(text: str, lines: list[dict[str, Any]]) -> list[str]:
    """The facts that stand in a text: each of its ways of writing is looked for as it is."""
    return [line["marker"] for line in lines if any(word in text for word in _words(line))]


def _links(page: str) -> list[str]:
    found = re.findall(r'(?:href|src|hx-get|data|data-[a-z-]+|action)="(/[^"]*)"', page)
    return [html.unescape(link) for link in found if not link.startswith(("/static/", "//"))]


def _client(login: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(email=login), backend=BACKEND)
    return client


def _api(refs: set[str]) -> list[str]:
    """Every address of the API, for every case with something confidential."""
    found = [url for url in api_urlpatterns if "<" not in str(url.pattern)]
    about = [url for url in api_urlpatterns if "<str:ref>" in str(url.pattern)]
    return [
        *(f"/api/{url.pattern}" for url in found),
        *(f"/api/{url.pattern}".replace("<str:ref>", ref) for url in about for ref in sorted(refs)),
    ]


def _walk(
    login: str, refs: set[str], client: Client | None = None, start: Sequence[str] = ()
) -> Iterator[tuple[str, str]]:
    """Every page that this login reaches by links from her desk, and every answer of the API, as address and text.

    `refs` are the cases with something confidential: of those everything is opened; with `start` nothing else.
    """
    client = client or _client(login)
    todo = list(start) or ["/", "/berichten/", *_api(refs)]
    seen, opened = set(todo), Counter[tuple[str, str]]()
    while todo:
        path = todo.pop(0)
        answer = client.get(path, follow=True)
        text = _text(path, answer)
        yield path, text
        for link in _links(text):
            kind = _kind(link)
            if link in seen or kind is None or opened[kind] >= _most(kind, refs, bool(start)):
                continue
            seen.add(link)
            opened[kind] += 1
            todo.append(link)


def _most(kind: tuple[str, str], refs: set[str], is_inside: bool) -> int:
    """How many of a kind are opened; who was let inside one case stays in it."""
    if kind[1] in refs:
        return OF_EACH
    return 0 if is_inside else OF_EACH_ELSEWHERE


def _kind(link: str) -> tuple[str, str] | None:
    try:
        found = resolve(urlsplit(link).path)
    except Resolver404:
        return None
    if found.url_name in NOT_FOLLOWED:
        return None
    return str(found.url_name), str(found.kwargs.get("ref", found.kwargs.get("role_ref", "")))


def _text(path: str, answer: Any) -> str:
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = json.dumps(dict(answer.headers))
    if data[:4] in (b"%PDF", b"PK\x03\x04"):
        return head + "\n".join(text_of("bestand", data).parts.values())
    text = data.decode("utf-8", "replace")
    return f"{head}{text}\n{html.unescape(text)}"


@pytest.mark.parametrize("login", LOGINS)
def test_no_page_tells_a_login_what_she_may_not_know(login: str, town: list[dict[str, Any]]) -> None:
    forbidden = [line for line in town if login not in line["may_know"]]
    leaks, pages = [], 0
    for path, text in _walk(login, _refs(town)):
        pages += 1
        leaks += [(path, marker) for marker in _found(text, forbidden)]
    assert leaks == []
    assert pages >= 3
    assert forbidden


def _refs(town: list[dict[str, Any]]) -> set[str]:
    """The cases in which somebody noted a fact: addresses and other ways to be reached are in all of them."""
    plain = {"phone", "mail", "other", "safe_contact_note"}
    return {line["case"] for line in town if line["kind"] not in plain}


def test_looking_inside_with_a_reason_tells_a_leader_no_fact_and_no_closed_statement(
    town: list[dict[str, Any]],
) -> None:
    """With the hour that a reason opens, through every page of each such case of the team (design.md 7)."""
    login, client = "teamleider@demo.example", _client("teamleider@demo.example")
    forbidden = [line for line in town if login not in line["may_know"]]
    leaks, opened = [], 0
    for ref in sorted(_refs(town)):
        if (
            client.post(f"/casussen/{ref}/inzien/", {"reason": "De rechter vraagt vandaag om een stand."}).status_code
            == 302
        ):
            opened += 1
            for path, text in _walk(login, {ref}, client, [f"/casussen/{ref}/"]):
                leaks += [(path, marker) for marker in _found(text, forbidden)]
    assert opened >= 1
    assert leaks == []


def _answers(client: Client, path: str, field: str, words: str) -> str:
    """What a search shows, without what was typed and what differs at every request."""
    shown = _text(path, client.post(path, {field: words}, follow=True)).partition("<main")[2]
    shown = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", shown)).split())
    return shown.replace(" ".join(words.split()), "")


@pytest.mark.parametrize("login", LOGINS)
def test_no_search_tells_that_something_exists_by_finding_it(login: str, town: list[dict[str, Any]]) -> None:
    """Looked for, what she may not know answers as a word that stands nowhere."""
    client = _client(login)
    forbidden = [line for line in town if login not in line["may_know"]]
    # Enough of each kind, and no longer than a search may be: a marker and the words of every seventh.
    words_of = {line[part][:90] for line in forbidden for part in ("marker", "literal")}
    looked_for = sorted(words_of)[::7]
    doors = [("/zoeken/", "words"), ("/casussen/zoeken/", "words"), ("/caseload/zoeken/", "words")]
    doors += [(f"/casussen/{ref}/contacten/zoeken/", "words") for ref in sorted(_refs(town))]
    for path, field in doors:
        nothing = _answers(client, path, field, "qzxvwkpj")
        told = [words for words in looked_for if _answers(client, path, field, words) != nothing]
        assert told == [], path


def test_no_drawing_tells_a_member_of_the_family_what_she_may_not_know(town: list[dict[str, Any]]) -> None:
    """The genogram of each person, as it is opened for her at the table: drawing, words and legend."""
    looked = 0
    for case in Case.objects.filter(ref__in=_refs(town), director__isnull=False).select_related("director"):
        client = _client(case.director.email)
        mine = [line for line in town if line["case"] == case.ref]
        for ref in case.persons.values_list("party__ref", flat=True):
            text = _text("", client.get(f"/casussen/{case.ref}/gezin/genogram.svg?voor={ref}"))
            assert _found(text, _not_for(mine, ref)) == [], (case.ref, ref)
            looked += 1
    assert looked >= 6


def test_no_mail_and_no_line_of_the_log_holds_any_fact(town: list[dict[str, Any]]) -> None:
    """Whoever is told something waits is told nothing else, and the log holds references only."""
    now = clock.now()
    for day in range(3):
        sweep(now=now + timedelta(days=40 * day))
    for reminder in Reminder.objects.order_by("pk")[:400]:
        reminders_send(reminder_ids=[reminder.pk], now=now + timedelta(days=90))
    assert mail.outbox
    for message in mail.outbox:
        reading = text_of("bericht.eml", message.message().as_bytes())
        assert _found("\n".join(reading.parts.values()), town) == []
    lines = AccessLog.objects.values().iterator(chunk_size=2000)
    assert not any(_found(json.dumps(line, default=str), town) for line in lines)


def test_the_net_is_not_empty(town: list[dict[str, Any]]) -> None:
    """The same search does find what a director reads about her own families."""
    mine = [line for line in town if "icr1@demo.example" in line["may_know"]]
    seen = {marker for _path, text in _walk("icr1@demo.example", _refs(town)) for marker in _found(text, mine)}
    assert len(seen) >= 10
    facts = {line["marker"] for line in mine if line["kind"] not in ("phone", "mail", "other", "closed_statement")}
    assert facts & seen, "behind the one tap that shows a fact"
    assert "KANARIE-Grutto" in seen


def test_no_edition_of_any_version_holds_what_its_reader_may_not_know(town: list[dict[str, Any]]) -> None:
    """Composed for every reader, and the finished bytes of everything that was rendered."""
    now, looked = clock.now(), 0
    for version in PlanVersion.objects.select_related("case"):
        mine = [line for line in town if line["case"] == version.case.ref]
        for choice in readers_of(version, now):
            if choice.key == editions.FILE:
                continue
            text = "\n".join(editions.text_of(edition_by_key(version, choice.key, now)).values())
            assert _found(text, _not_for(mine, choice.key)) == [], choice.name
            looked += 1
    assert looked >= 6
    rows = RenderedEdition.objects.filter(state=RenderState.DONE).exclude(reader=editions.FILE)
    assert rows.count() >= 4
    for row in rows.select_related("version__case"):
        reading = text_of("plan.pdf", pdf_of(row))
        assert reading.unread == []
        everything = "\n".join(reading.parts.values()) + pdf_of(row).decode("latin-1")
        assert _found(everything, _not_for(town, row.reader)) == []


def _not_for(lines: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return [line for line in lines if key not in line["may_know"]]


def test_every_stored_text_of_the_demo_was_searched_and_found_clean(town: list[dict[str, Any]]) -> None:
    """What the worker does after a new fact, for all facts of the demo at once."""
    from families.models import ConfidentialFact, FactFinding
    from families.services import facts_search_waiting

    assert facts_search_waiting(now=clock.now()) == ConfidentialFact.objects.count() >= 10
    assert not FactFinding.objects.exists()
    assert Case.objects.filter(facts__isnull=False).distinct().count() >= 2
