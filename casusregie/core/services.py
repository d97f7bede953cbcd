"""Writes of the kernel: accounts, sessions, searches, the mark of the demo."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.forms import ResetPasswordForm
from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest

from casusregie.core import audit, crypto, guessing
from casusregie.core.choices import PartyKind
from casusregie.core.models import (
    Installation,
    Party,
    Role,
    Session,
    StoredSearch,
    Submission,
    Team,
    User,
)


@transaction.atomic
def user_create(
    *, email: str, name: str, roles: list[str], team: Team | None = None, password: str | None = None
) -> User:
    """Make an account with its party and its bundles of rights; without a password it must be set by mail.

    Raises IntegrityError for an address that has an account, Role.DoesNotExist for an unknown bundle.
    """
    party = Party.objects.create(kind=PartyKind.USER, label=name)
    user = User.objects.create_user(email, password, name=name, team=team, party=party)
    user.roles.set([Role.objects.get(slug=slug) for slug in roles])
    audit.record("account.created", objects=[party.ref])
    return user


@transaction.atomic
def sessions_end(*, user: User, except_key: str | None = None, only: str | None = None) -> int:
    """End the sessions of a person: all, all but this one, or one; returns how many."""
    rows = Session.objects.filter(user_id=user.pk)
    if except_key:
        rows = rows.exclude(session_key=except_key)
    if only:
        rows = rows.filter(session_key=only)
    ended, _ = rows.delete()
    audit.record("sessions.ended", objects=[user.party.ref])
    return ended


def sessions_clear(*, now: datetime) -> None:
    """Drop expired sessions, searches of over a day and form keys of over a month."""
    Session.objects.filter(expire_date__lt=now).delete()
    StoredSearch.objects.filter(at__lt=now - timedelta(days=1)).delete()
    Submission.objects.filter(at__lt=now - timedelta(days=30)).delete()


def search_store(*, user: User, page: str, terms: dict[str, str], now: datetime) -> str:
    """Keep what was looked for, encrypted, and return the random id that may stand in an address."""
    text = json.dumps(terms)
    return StoredSearch.objects.create(
        user_id=user.pk, page=page, terms=crypto.encrypt("kernel:search", text), at=now
    ).ref


def search_terms(*, user: User, page: str, ref: str) -> dict[str, str]:
    """What this person looked for under that id; empty for an unknown or somebody else's id."""
    row = StoredSearch.objects.filter(ref=ref, user_id=user.pk, page=page).first()
    terms: dict[str, str] = json.loads(crypto.decrypt("kernel:search", row.terms)) if row else {}
    return terms


def demo_mark_set() -> None:
    """Mark this database as the demo's; a normal start refuses it from now on."""
    Installation.objects.update_or_create(id=1, defaults={"is_demo": True})


def account_invite(*, request: HttpRequest, name: str, email: str, team: Team | None, roles: Iterable[Role]) -> User:
    """Make an account and send the one mail that may hold a link: to choose a password, once, within 24 hours.

    Raises IntegrityError for an address that has an account. `request` only tells the address of this installation.
    """
    user = user_create(email=email, name=name, roles=[role.slug for role in roles], team=team)
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)
    return user


def password_confirm(request: HttpRequest, user: User, password: str) -> bool:
    """Whether this is the user's password; guesses count as guesses at the login do (axes)."""
    found = authenticate(request, email=user.email, login=user.email, password=password)
    right = found is not None and found.pk == user.pk
    if right:
        guessing.forgive(request, user.email)
    else:
        guessing.slow_down(user.email)
    return right


def language_choose(*, user: User, language: str) -> None:
    """Keep in which language this person wants her mail."""
    User.objects.filter(pk=user.pk).update(language=language)


@transaction.atomic
def phone_set(*, user: User, phone: str) -> None:
    """Note under which number colleagues reach somebody; the log holds that it changed, not the number."""
    User.objects.filter(pk=user.pk).update(phone=phone)
    audit.record("account.phone", objects=[user.party.ref])
