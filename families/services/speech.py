"""How one speaks with somebody, and which municipality is responsible for her."""

import hashlib
import hmac
import json
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casusregie.core import audit, crypto
from casusregie.core.models import User
from casusregie.core.submissions import Sent, once
from families.models import Person, Residence, Speech
from families.names import fold
from families.scanner import has_hidden_place

# Words for somebody of the family: who interprets is never one of them (domain.md h).
_KIN = frozenset(
    {
        *("moeder", "vader", "mama", "papa", "stiefmoeder", "stiefvader", "zoon", "zoontje", "dochter", "dochtertje"),
        *(
            "broer",
            "broertje",
            "zus",
            "zusje",
            "schoonzus",
            "zwager",
            "oom",
            "tante",
            "nicht",
            "nichtje",
            "neef",
            "neefje",
        ),
        *("opa", "oma", "ex-partner", "echtgenoot", "echtgenote"),
    }
)


@dataclass(frozen=True)
class SpeechData:
    """What a form says of how one speaks with somebody."""

    languages: tuple[str, ...] = ()
    other_language: str = ""
    interpreter: str = ""
    interpreter_who: str = ""
    plain: tuple[str, ...] = ()


@transaction.atomic
def speech_note(*, person: Person, data: SpeechData, by: User, now: datetime) -> Speech:
    """Note how one speaks with somebody; what was noted before stays.

    Raises ValidationError when an interpreter is named while none is needed, and for a relative as interpreter.
    """
    if data.interpreter_who and not data.interpreter:
        raise ValidationError({"interpreter": _("Choose how the interpreter helps.")})
    if data.interpreter_who and _is_relative(person, data.interpreter_who):
        raise ValidationError(
            {
                "interpreter_who": _(
                    "This is somebody of the family. A relative never interprets: she cannot speak freely then. "
                    "Name an agency or an interpreter from outside."
                )
            }
        )
    values = {**asdict(data), "languages": list(data.languages), "plain": list(data.plain)}
    row = Speech.objects.create(person=person, noted_by=by, noted_at=now, **values)
    audit.record("speech.noted", case_ref=person.case.ref, objects=[person.party.ref])
    return row


def _is_relative(person: Person, who: str) -> bool:
    """Whether these words name somebody of this family: by name, or as who that is to her."""
    text = _words(who)
    if _KIN & set(text.split(" ")):
        return True
    rows = Person.objects.filter(case_id=person.case_id)
    for row in rows:
        full = _words(row.name.full)
        names = {full, _words(row.given_name), _words(row.name.signed), _words(row.described_as)} - {""}
        if text in names or f" {full} " in f" {text} ":
            return True
    return False


def _words(text: str) -> str:
    """As names are compared: no capitals, no accents, no commas."""
    return " ".join(re.findall(r"[\w'-]+", fold(text)))


def speech_note_once(*, person: Person, data: SpeechData, by: User, key: UUID, now: datetime) -> Sent:
    """`speech_note` for a form: the same form twice is one row. Raises as it does, and SameKeyOtherContent."""

    def make() -> str:
        speech_note(person=person, data=data, by=by, now=now)
        return _about(person)

    content = {"person": person.pk, **asdict(data)}
    return once(key=key, user=by, form="speech", content=content, now=now, make=make)


@dataclass(frozen=True)
class ResidenceData:
    """Which municipality is responsible from a day on; without a name it is our own."""

    municipality: str = ""
    since: date | None = None
    checked_where: str = ""
    is_hidden: bool = False


@transaction.atomic
def residence_note(*, person: Person, data: ResidenceData, by: User, now: datetime) -> Residence:
    """Note which municipality is responsible for somebody; what was noted before stays.

    Of somebody whose place is confidential another municipality is hidden whatever was chosen. Raises ValidationError
    for a name that is none.
    """
    name = " ".join(data.municipality.split())
    if name and not any(sign.isalpha() for sign in name):
        raise ValidationError({"municipality": _("Write the name of a municipality.")})
    scope = person.case.ref
    row = Residence.objects.create(
        person=person,
        municipality=crypto.encrypt(scope, name) if name else None,
        is_hidden=bool(name) and (data.is_hidden or has_hidden_place(person)),
        since=data.since,
        checked_where=data.checked_where,
        noted_by=by,
        noted_at=now,
    )
    audit.record("residence.noted", case_ref=scope, objects=[person.party.ref])
    return row


def residence_note_once(*, person: Person, data: ResidenceData, by: User, key: UUID, now: datetime) -> Sent:
    """`residence_note` for a form: the same form twice is one row. Raises as it does, and SameKeyOtherContent.

    What is kept to recognise the form is taken with a key of the house: there are few municipalities to guess from.
    """

    def make() -> str:
        residence_note(person=person, data=data, by=by, now=now)
        return _about(person)

    said = json.dumps(asdict(data), default=str)
    code = hmac.new(crypto.derived_key("submission"), f"{key}:{said}".encode(), hashlib.sha256).hexdigest()
    return once(key=key, user=by, form="residence", content={"person": person.pk, "said": code}, now=now, make=make)


def _about(person: Person) -> str:
    return f"{reverse('person', args=[person.case.ref, person.party.ref])}#details"
