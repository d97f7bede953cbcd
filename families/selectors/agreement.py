"""What was agreed with somebody about reaching her, in words, and what was agreed and said before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from casusregie.core import crypto, dates
from families.access import CaseAccess
from families.choices import Allowed, ReachChannel, Safe
from families.models import ReachAgreement, SafeAnswer
from families.scanner.terms import problem_with


@dataclass(frozen=True)
class AgreedLine:
    """One thing that was agreed, in words; `warns` when it says what must not happen."""

    key: str
    label: str
    text: str
    warns: bool = False


@dataclass(frozen=True)
class AgreementView:
    """What was agreed with somebody, as far as this reader needs it."""

    version: int
    lines: list[AgreedLine]
    confirmed: str
    is_stale: bool
    noted: str
    # Why its code word cannot be found in what leaves; empty when it can.
    unfindable: str = ""


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# What a second worker needs before a visit; the rest is for director and deputy, as numbers are.
FOR_SECOND = frozenset({"times", "not_times", "name_to_use", "voicemail", "post", "paper", "not_near"})


def noted_words(at: datetime | None, by: str) -> str:
    """When something was noted and by whom."""
    return f"{dates.long(dates.day_of(at))}, {by}" if at else ""


def agreed_lines(content: Mapping[str, Any]) -> list[AgreedLine]:
    """What an agreement says, as lines in the order in which they matter to who picks up the telephone."""
    said = {key: str(content.get(key) or "").strip() for key in _TEXTS}
    found = [
        *_left_behind(content),
        AgreedLine("times", _("When"), _times(content)),
        AgreedLine("not_times", _("Not when"), said["not_times"], warns=True),
        AgreedLine("not_near", _("Do not call when near"), said["not_near"], warns=True),
        AgreedLine("who_may", _("May answer"), said["who_may"]),
        AgreedLine("who_not", _("Must not hear it"), said["who_not"], warns=True),
        AgreedLine("reads_along", _("Reads along on telephone or account"), said["reads_along"], warns=True),
        AgreedLine("name_to_use", _("Say that you are"), said["name_to_use"]),
        AgreedLine("code_word", _("Code word"), said["code_word"]),
        AgreedLine("remark", _("Mind also"), said["remark"]),
        AgreedLine("holds_reason", _("Why this term"), said["holds_reason"]),
    ]
    return [line for line in found if line.text]


_TEXTS = (
    "not_times",
    "not_near",
    "who_may",
    "who_not",
    "reads_along",
    "name_to_use",
    "code_word",
    "remark",
    "holds_reason",
)


def _left_behind(content: Mapping[str, Any]) -> list[AgreedLine]:
    labels = {"voicemail": _("Voicemail"), "post": _("Post"), "paper": _("Paper at home")}
    words = {
        ("voicemail", Allowed.YES): _("may be left"),
        ("voicemail", Allowed.NO): _("leave nothing"),
        ("post", Allowed.YES): _("may be sent"),
        ("post", Allowed.NO): _("send nothing"),
        ("paper", Allowed.YES): _("may lie there"),
        ("paper", Allowed.NO): _("leave no paper there"),
    }
    return [
        AgreedLine(key, label, words[key, answer], warns=answer == Allowed.NO)
        for key, label in labels.items()
        if (answer := content.get(key) or Allowed.UNKNOWN) != Allowed.UNKNOWN
    ]


def day_labels() -> dict[str, str]:
    """The days of the week, short."""
    names = (_("mon"), _("tue"), _("wed"), _("thu"), _("fri"), _("sat"), _("sun"))
    return dict(zip(WEEK, names, strict=True))


def _times(content: Mapping[str, Any]) -> str:
    days = [label for key, label in day_labels().items() if key in (content.get("days") or ())]
    start, end = content.get("from_time") or "", content.get("until_time") or ""
    hours = _("between %(start)s and %(end)s") % {"start": start, "end": end} if start and end else ""
    return " ".join(part for part in (", ".join(days), hours) if part)


def code_word_problem(content: Mapping[str, Any]) -> str:
    """Why a code word cannot be searched for in what leaves; empty when it can, or when there is none."""
    word = str(content.get("code_word") or "").strip()
    return problem_with(word) if word else ""


@dataclass(frozen=True)
class AgreementForForm:
    """The agreement that holds, as the form begins with it; version 0 when there is none."""

    version: int
    content: dict[str, Any]
    holds_days: int | None
    confirmed_on: date | None


def agreement_initial(access: CaseAccess, person_id: int) -> AgreementForForm:
    """What was agreed last, opened for its form; only director and deputy come there."""
    row = ReachAgreement.objects.filter(person_id=person_id).order_by("-version").first()
    if row is None:
        return AgreementForForm(0, {}, None, None)
    content: dict[str, Any] = json.loads(crypto.decrypt(access.case.ref, row.content))
    return AgreementForForm(row.version, content, row.holds_days, row.confirmed_on)


@dataclass(frozen=True)
class EarlierView:
    """One version of what was agreed, with who noted it and when."""

    version: int
    noted: str
    confirmed: str
    lines: list[AgreedLine]


@dataclass(frozen=True)
class ReachHistory:
    """What was agreed before, and what was said of each way; newest first."""

    versions: list[EarlierView]
    answers: list[str]


def reach_history(access: CaseAccess, person_id: int) -> ReachHistory:
    """All that was agreed and said before about reaching one person; three queries, at most two hundred rows of each."""
    rows = list(
        ReachAgreement.objects.filter(person_id=person_id).select_related("noted_by").order_by("-version")[:200]
    )
    texts = crypto.decrypt_all((access.case.ref, row.content) for row in rows) if rows else []
    versions = [
        EarlierView(
            row.version,
            noted_words(row.noted_at, row.noted_by.name),
            dates.long(row.confirmed_on),
            agreed_lines(json.loads(text)),
        )
        for row, text in zip(rows, texts, strict=True)
    ]
    said = SafeAnswer.objects.filter(way__person_id=person_id).select_related("way", "noted_by")
    return ReachHistory(versions, [_answer_words(row) for row in said.order_by("-said_on", "-pk")[:200]])


def _answer_words(row: SafeAnswer) -> str:
    return _("%(day)s: %(what)s %(safe)s%(by)s") % {
        "day": dates.long(row.said_on),
        "what": ReachChannel(row.way.channel).label,
        "safe": Safe(row.safe).label,
        "by": f" ({row.noted_by.name})" if row.noted_by else "",
    }
