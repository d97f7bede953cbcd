"""Every login at every address there is, generated from the resolver: a new address is asked by itself.

The expected answers come from the two small tables below and from nothing in the code under test but the declared right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from casusregie.core.choices import Right
from casusregie.core.errors import declared_access
from tests.cast import Cast
from tests.doors import QUERY

# The short list of addresses that are open to everybody (design.md 7.1).
PUBLIC = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "language",
    "health",
    "health-web",
}

# What each login may, by hand: the table that a privacy officer would sign.
OWN = {Right.OWN_ACCOUNT, Right.INTERNAL}
DIRECTOR = OWN | {Right.MESSAGES, Right.DESK_TODAY, Right.CASE_LIST, Right.CASE_OPEN, Right.API}
RIGHTS: dict[str, set[Right]] = {
    "owner": DIRECTOR,
    "deputy": DIRECTOR,
    "second": OWN | {Right.MESSAGES, Right.DESK_TODAY, Right.CASE_LIST, Right.API},
    "colleague": DIRECTOR,
    "barred": DIRECTOR,
    "leader": OWN | {Right.MESSAGES, Right.DESK_CASELOAD, Right.DESK_OUTCOMES, Right.CASE_LIST, Right.API},
    "stranger": DIRECTOR,
    "other_leader": OWN | {Right.MESSAGES, Right.DESK_CASELOAD, Right.DESK_OUTCOMES, Right.CASE_LIST, Right.API},
    "partner": {Right.OWN_ACCOUNT, Right.MESSAGES, Right.DESK_ROLES},
    "administrator": OWN | {Right.ADMINISTER},
    "officer": OWN | {Right.AUDIT_VIEW},
    "board": OWN | {Right.DESK_OUTCOMES},
}
# What each may in the one case; who is not named is a stranger to it and gets 404 everywhere.
STEWARD = {Right.CASE_HEAD, Right.CASE_VIEW, Right.CONTACT_LOG, Right.CASE_DIRECT}
IN_CASE: dict[str, set[Right]] = {
    "owner": STEWARD,
    "deputy": STEWARD,
    "second": {Right.CASE_HEAD, Right.CASE_VIEW, Right.CONTACT_LOG},
    "leader": {Right.CASE_HEAD, Right.CASE_ARRANGE, Right.CASE_INSIGHT},
}


# A second worker corrects what she wrote herself; the contact of the matrix is the owner's.
# A partner without a role is a stranger to every role.
# The draft of the matrix is the owner's too: nobody else in the team reads or throws away a colleague's.
NOT_HERS = {
    # A second worker reads a fact only when she may know it by name.
    ("second", "fact-show"): 403,
    ("second", "contact-correct"): 403,
    ("second", "contact-wrong"): 403,
    ("partner", "my-role"): 404,
    # An import is seen by who brought it, whoever else may bring one.
    **{
        (login, name): 404
        for login in ("deputy", "colleague", "barred", "stranger")
        for name in ("caseload-import-one", "caseload-import-write")
    },
    ("partner", "my-role-pdf"): 404,
    **{(login, name): 404 for login in ("deputy", "second") for name in ("draft-discard", "draft-restore")},
    # The photo that waits is the owner's; the second worker looks at no photo at all.
    ("second", "attachment-new"): 403,
    ("second", "draft-file-remove"): 404,
    ("deputy", "draft-file-remove"): 404,
    ("deputy", "draft-file-small"): 404,
    # The file that waits in a form is the owner's.
    ("deputy", "document-upload-remove"): 404,
    ("second", "document-upload-remove"): 404,
    # A line of working time is its maker's alone.
    **{(login, "time-undo"): 404 for login in ("deputy", "second", "colleague", "barred", "stranger")},
    # A contact that was withdrawn waits for who withdrew it.
    **{(login, "contact-place"): 404 for login in ("deputy", "second", "colleague", "barred", "stranger")},
    # The owner is inside and in time: where she is opens for nobody else, not even for the colleague she chose.
    **{
        (login, name): 404
        for login in ("deputy", "second", "colleague", "barred", "leader", "stranger", "other_leader", "partner")
        for name in ("stay", "stay-close", "stay-extend")
    },
}


@dataclass(frozen=True)
class Address:
    """One address of the resolver."""

    name: str
    kwargs: tuple[str, ...]
    right: str | None
    about_a_case: bool
    methods: tuple[str, ...]


def _walk(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns)
        else:
            yield pattern


def _methods(view: Any) -> tuple[str, ...]:
    """The verbs a view answers, from what `require_http_methods` closed over; both when it says nothing."""
    if hasattr(view, "cls"):
        return tuple(verb for verb in ("GET", "POST") if hasattr(view.cls, verb.lower()))
    seen: list[str] = []
    inner = view
    while inner is not None:
        for cell in inner.__closure__ or ():
            try:
                value = cell.cell_contents
            except ValueError:
                continue
            if isinstance(value, list) and value and all(isinstance(v, str) and v.isupper() for v in value):
                seen += value
        inner = getattr(inner, "__wrapped__", None)
    return tuple(verb for verb in ("GET", "POST") if not seen or verb in seen)


def _about_a_case(view: Any) -> bool:
    """Whether a view, or the class behind it (API), declares that it is about one case."""
    return bool(getattr(view, "about_a_case", False) or getattr(getattr(view, "cls", None), "about_a_case", False))


def _right(view: Any) -> str | None:
    """The right a view declares; of an API view about one case, the right needed in the case."""
    found = getattr(getattr(view, "cls", None), "case_right", None) or declared_access(view)
    return str(found) if found is not None else None


ADDRESSES = [
    Address(
        pattern.name or str(pattern.pattern),
        tuple(pattern.pattern.regex.groupindex),
        _right(pattern.callback),
        _about_a_case(pattern.callback),
        _methods(pattern.callback),
    )
    for pattern in _walk(get_resolver().url_patterns)
]
GUARDED = [address for address in ADDRESSES if address.right not in (None, "public")]


def test_every_address_declares_a_right() -> None:
    """A view without a declaration fails the build; in service it would not exist."""
    assert [address.name for address in ADDRESSES if address.right is None] == []


def test_the_public_list_is_short_and_known() -> None:
    """Nothing becomes public without standing in the list above."""
    assert {address.name for address in ADDRESSES if address.right == "public"} <= PUBLIC


def test_every_address_under_a_case_checks_the_case() -> None:
    """An address with a case's reference goes through `case_page`."""
    assert [a.name for a in ADDRESSES if "ref" in a.kwargs and not a.about_a_case] == []


def test_names_are_unique() -> None:
    """Two addresses under one name would hide one from the matrix."""
    names = [address.name for address in ADDRESSES]
    assert sorted(names) == sorted(set(names))


def _path(address: Address, refs: dict[str, str]) -> str:
    return reverse(address.name, kwargs={name: refs[name] for name in address.kwargs}) + QUERY.get(address.name, "")


def _ask(client: Client, verb: str, path: str) -> int:
    return client.get(path).status_code if verb == "GET" else client.post(path).status_code


def _expected(login: str, address: Address) -> set[int] | None:
    """The refusals expected, or None when the door is open."""
    right = Right(address.right or "")
    if (login, address.name) in NOT_HERS:
        return {NOT_HERS[(login, address.name)]}
    if address.about_a_case:
        if login not in IN_CASE:
            return {404}
        return None if right in IN_CASE[login] else {403}
    if right in RIGHTS[login]:
        return None
    return {403} if Right.INTERNAL in RIGHTS[login] else {404}


@pytest.mark.parametrize("login", sorted(RIGHTS))
def test_each_login_finds_open_what_is_hers_and_closed_what_is_not(
    login: str, cast: Cast, refs: dict[str, str]
) -> None:
    """Login × address × verb; a refusal is 404 for a stranger and 403 for who knows the case or the house."""
    wrong = []
    for address in GUARDED:
        for verb in address.methods:
            client = cast.client(login)
            status = _ask(client, verb, _path(address, refs))
            expected = _expected(login, address)
            fine = status not in (403, 404, 405, 500) if expected is None else status in expected
            if address.right in (Right.CASE_HEAD, Right.CASE_VIEW) and verb == "POST" and expected is None:
                fine = status != 500  # these few ask a second right inside; the next test holds them
            if not fine:
                wrong.append((address.name, verb, status, expected))
    assert wrong == []


def test_who_reads_a_case_only_cannot_change_its_team(cast: Cast, refs: dict[str, str]) -> None:
    """The team's forms are the director's, her deputy's and the team leader's; a second worker is told 403."""
    posts = [a for a in GUARDED if a.right in (Right.CASE_HEAD, Right.CASE_VIEW) and "POST" in a.methods]
    # A search is a POST that changes nothing: who reads a case may search it.
    posts = [a for a in posts if not a.name.startswith("api-") and a.name != "contact-search"]
    assert posts
    for address in posts:
        assert cast.client("second").post(_path(address, refs)).status_code == 403, address.name
        if address.right == Right.CASE_HEAD:
            assert cast.client("leader").post(_path(address, refs)).status_code in (302, 422), address.name


@pytest.mark.parametrize("address", GUARDED, ids=lambda address: address.name)
def test_nobody_is_sent_to_the_login_page(address: Address, cast: Cast, refs: dict[str, str]) -> None:
    """Not logged in: a page 302, the API 401, a fragment 401 with where to go; for an unknown case just the same."""
    path = _path(address, refs)
    client = Client(raise_request_exception=False)
    if path.startswith("/api/"):
        assert client.get(path).status_code == 401
        return
    for verb in address.methods:
        answer = client.get(path) if verb == "GET" else client.post(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/inloggen/")
        fragment = getattr(client, verb.lower())(path, headers={"HX-Request": "true"})
        assert (fragment.status_code, fragment["HX-Redirect"]) == (401, "/inloggen/")


@pytest.mark.parametrize("address", [a for a in GUARDED if a.about_a_case], ids=lambda address: address.name)
def test_an_unknown_case_and_somebody_elses_case_answer_the_same(
    address: Address, cast: Cast, refs: dict[str, str]
) -> None:
    """A stranger cannot tell whether a case exists."""
    client = cast.client("stranger")
    verb = address.methods[0].lower()
    there = getattr(client, verb)(_path(address, refs))
    nowhere = getattr(client, verb)(_path(address, {**refs, "ref": "XXXXXXXX"}))
    assert there.status_code == nowhere.status_code == 404
    assert _without_token(there.content) == _without_token(nowhere.content)


def _without_token(page: bytes) -> bytes:
    import re

    return re.sub(rb'(name="csrfmiddlewaretoken" value="|nonce=")[^"]*', b"", page)


@pytest.mark.parametrize("address", GUARDED, ids=lambda address: address.name)
def test_every_refusal_stands_in_the_access_log(address: Address, cast: Cast, refs: dict[str, str]) -> None:
    """A stranger's attempt leaves a row, with the case it was about."""
    from casusregie.core.models import AccessLog

    if _expected("partner", address) is None:
        pytest.skip("open to everybody who has an account")
    before = AccessLog.objects.count()
    _ask(cast.client("partner"), address.methods[0], _path(address, refs))
    rows = AccessLog.objects.order_by("-pk")[: AccessLog.objects.count() - before]
    assert [row.outcome for row in rows] == ["refused"]
    if address.about_a_case:
        assert rows[0].case_ref == cast.case.ref
