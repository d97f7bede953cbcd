"""Every confidential fact of the demo, in the clear, with everybody who may know it (contract: demo_canaries).

Outside checks look for these texts wherever they must not be. `may_know` is complete: the logins of the director and of
who deputises now, whose it is, and whom the story names beside her. What somebody added later is known to nobody else.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from casusregie.core import crypto
from casusregie.core.access import circles_of
from casusregie.core.choices import Circle
from casusregie.core.models import Party, User
from casusregie.demo.stories import STORIES
from casusregie.demo.telling import story_ref
from families.access import users_of_team
from families.choices import ReachChannel
from families.models import CitizenNumber, ConfidentialFact, Person, ReachAgreement, Residence, SafeContact
from families.scanner import SECRET_LINES, fact_terms
from network.choices import LineKind
from network.models import ContactLine, Professional
from processplan.models import Statement

_MARKER = re.compile(r"KANARIE-[A-Z][a-z]+")
# Pieces of an address that tell the place by themselves.
_STREET = re.compile(r"[A-Z][a-z]{7,} \d+")
_POSTCODE = re.compile(r"\d{4} ?[A-Z]{2}\b")


def canaries(now: datetime) -> Iterator[dict[str, Any]]:
    """One line for each way to reach somebody, each note beside one, what is agreed, closed statements and each fact."""
    knowers = _Knowers(now)
    ways = SafeContact.objects.select_related("person__party", "person__case").order_by("pk")
    for way in ways.iterator(chunk_size=500):
        scope = way.person.case.ref
        literal = crypto.decrypt(scope, way.value)
        stewards = knowers.stewards(scope)
        parties = [way.person.party.ref, *knowers.told(scope, literal)]
        yield _line(literal, way.channel, scope, [*stewards, *parties])
        if way.note:
            yield _line(crypto.decrypt(scope, way.note), "safe_contact_note", scope, stewards)
    yield from _agreed(knowers)
    closed = ContactLine.objects.filter(kind=LineKind.STATEMENT, audience__circle=Circle.STEWARDS)
    closed = closed.filter(contact__withdrawn_at__isnull=True)
    for line in closed.select_related("contact__case", "voice").order_by("pk"):
        scope = line.contact.case.ref
        voice = [line.voice.ref] if line.voice else []
        yield _line(line.text, "closed_statement", scope, [*knowers.stewards(scope), *voice])
    yield from _of_the_analysis(knowers)
    yield from _numbers_and_towns(knowers)
    yield from _facts(knowers)


def _agreed(knowers: "_Knowers") -> Iterator[dict[str, Any]]:
    """What is agreed now on reaching somebody and must not come to whom it is hidden from; she knows it herself.

    A second worker reads near whom not to call, and nothing else of these.
    """
    rows = ReachAgreement.objects.select_related("person__party", "person__case")
    for row in rows.order_by("person_id", "-version").distinct("person_id"):
        scope = row.person.case.ref
        said = json.loads(crypto.decrypt(scope, row.content))
        for what in SECRET_LINES:
            if text := said.get(what):
                told = knowers.team(scope) if what == "not_near" else knowers.stewards(scope)
                yield _line(text, f"reach_{what}", scope, [*told, row.person.party.ref])


def _of_the_analysis(knowers: "_Knowers") -> Iterator[dict[str, Any]]:
    """Closed statements that were written in the analysis itself; what was taken over stands in the log already."""
    rows = Statement.objects.filter(audience__circle=Circle.STEWARDS, source__isnull=True)
    for row in rows.select_related("theme__case", "voice").order_by("pk"):
        scope = row.theme.case.ref
        yield _line(row.text, "closed_statement", scope, [*knowers.stewards(scope), row.voice.ref])


def _numbers_and_towns(knowers: "_Knowers") -> Iterator[dict[str, Any]]:
    """Citizen service numbers, which nobody reads without a reason; municipalities that give a place away."""
    for kept in CitizenNumber.objects.select_related("person__case").order_by("pk"):
        scope = kept.person.case.ref
        number = crypto.decrypt(scope, kept.value)
        line = _line(number, "bsn", scope, knowers.stewards(scope))
        line["variants"] = [f"{number[:4]}.{number[4:6]}.{number[6:]}", f"{number[:3]} {number[3:6]} {number[6:]}"]
        yield line
    for row in Residence.objects.filter(is_hidden=True).select_related("person__case", "person__party").order_by("pk"):
        scope = row.person.case.ref
        team = User.objects.filter(pk__in=users_of_team(scope, knowers.now)).order_by("email")
        may_know = [*team.values_list("email", flat=True), row.person.party.ref]
        yield _line(crypto.decrypt(scope, row.municipality or b""), "municipality", scope, may_know)


def _facts(knowers: "_Knowers") -> Iterator[dict[str, Any]]:
    """Confidential facts that hold: director and deputy, whose it is, and the readers by name with their logins."""
    rows = ConfidentialFact.objects.filter(ended_at__isnull=True)
    for fact in rows.select_related("case", "concerns__party", "audience").order_by("pk"):
        scope = fact.case.ref
        opened = crypto.opener(scope)
        named = Party.objects.filter(pk__in=fact.audience.named(knowers.now)).order_by("pk")
        parties = [fact.concerns.party.ref, *named.values_list("ref", flat=True)]
        users = User.objects.filter(Q(party__in=named) | Q(pk__in=_accounts_of(named)), is_active=True)
        logins = users.order_by("email").values_list("email", flat=True)
        may_know = list(dict.fromkeys([*knowers.stewards(scope), *logins, *parties]))
        literal = opened(fact.value)
        spelled = [way for term in fact_terms(fact, opened) for way in (term, *written(term))]
        line = _line(literal, fact.kind, scope, may_know)
        line["variants"] = [way for way in dict.fromkeys([literal.lower(), *spelled]) if way != literal]
        yield line


def _accounts_of(parties: QuerySet[Party]) -> QuerySet[Professional, int]:
    """The accounts of the professionals behind some parties."""
    rows = Professional.objects.filter(party__in=parties, user__isnull=False)
    return rows.values_list("user_id", flat=True)


def written(term: str) -> list[str]:
    """The listed spellings of a search term, as somebody could write them in a text that leaves."""
    digits = re.sub(r"\D", "", term)
    if re.fullmatch(r"[+\d\s().-]{9,}", term):
        return variants(term, ReachChannel.PHONE) if len(digits) == 10 else [digits]
    ways = [term.lower(), term.upper()]
    for numbers, letters in re.findall(r"(\d{4}) ?([A-Z]{2})\b", term):
        pair = f"{numbers[:2]} {numbers[2:]} {letters}".lower()
        ways += [f"{numbers}{letters}", f"{numbers} {letters}", f"{numbers}{letters}".lower(), pair]
    street = re.fullmatch(r"([A-Z][A-Za-z]+) (\d+[a-z]?)", term)
    if street:
        ways += [f"{street[2]} {street[1]}", f"{street[1]}, {street[2]}", f"{street[1]} nr. {street[2]}"]
    return [way for way in dict.fromkeys(ways) if way != term]


class _Knowers:
    """Who knows, asked once for each case."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._stewards: dict[str, list[str]] = {}
        self._told = {
            (story_ref(story.slug), way.value): way.knows
            for story in STORIES
            for someone in story.persons
            for way in someone.ways
        }

    def stewards(self, scope: str) -> list[str]:
        """Logins of the director and of who deputises now."""
        if scope not in self._stewards:
            users = User.objects.filter(party_id__in=circles_of(scope, self.now).stewards, is_active=True)
            self._stewards[scope] = list(users.order_by("email").values_list("email", flat=True))
        return self._stewards[scope]

    def team(self, scope: str) -> list[str]:
        """Logins of everybody who works in the case now."""
        users = User.objects.filter(party_id__in=circles_of(scope, self.now).team, is_active=True)
        return list(users.order_by("email").values_list("email", flat=True))

    def told(self, scope: str, literal: str) -> list[str]:
        """The parties whom the story names as knowing this."""
        names = self._told.get((scope, literal), ())
        rows = Person.objects.filter(case__ref=scope, given_name__in=names)
        return list(rows.order_by("pk").values_list("party__ref", flat=True)) if names else []


def _line(literal: str, kind: str, case_ref: str, may_know: list[str]) -> dict[str, Any]:
    found = _MARKER.search(literal)
    return {
        "marker": found.group() if found else literal,
        "literal": literal,
        "variants": variants(literal, kind),
        "kind": kind,
        "case": case_ref,
        "may_know": may_know,
    }


def variants(literal: str, kind: str) -> list[str]:
    """The other ways in which somebody could write it, the literal itself left out."""
    if kind in (ReachChannel.PHONE, ReachChannel.APP) and re.fullmatch(r"[+\d ()-]+", literal):
        digits = re.sub(r"\D", "", literal)
        rest = digits[1:]
        pairs = " ".join(digits[at : at + 2] for at in range(0, len(digits), 2))
        ways = [
            digits,
            f"{digits[:2]}-{digits[2:]}",
            f"{digits[:2]} {digits[2:]}",
            pairs,
            f"+31{rest}",
            f"+31 {rest}",
            f"+31 {rest[:1]} {rest[1:]}",
            f"0031{rest}",
            f"+31 (0){rest[:1]} {rest[1:]}",
            ".".join(digits[at : at + 2] for at in range(0, len(digits), 2)),
        ]
    elif kind == ReachChannel.OTHER:
        postcodes = _POSTCODE.findall(literal)
        ways = [literal.lower(), *_STREET.findall(literal), *postcodes, *(code.replace(" ", "") for code in postcodes)]
    else:
        ways = [literal.lower()]
    return [way for way in dict.fromkeys(ways) if way != literal]
