"""The analysis of a case: themes by voices, patterns, and statements that can be taken over."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from casusregie.core.access import circles_of, may_read
from families.access import CaseAccess
from families.models import Case, Person
from network.models import ContactLine
from processplan.choices import RecognitionAnswer
from processplan.circle import Circle, circle_of
from processplan.models import Pattern, Statement, Theme


@dataclass(frozen=True)
class Quote:
    """What one voice says, as this reader may read it."""

    ref: str
    text: str
    closed: bool


@dataclass(frozen=True)
class MatrixRow:
    """One theme with a cell for every voice; an empty cell is an empty chair."""

    ref: str
    title: str
    cells: list[tuple[str, list[Quote]]]


@dataclass(frozen=True)
class PatternView:
    """A pattern as a circle, with who recognises it."""

    ref: str
    title: str
    steps: list[str]
    circle: Circle
    recognitions: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Analysis:
    """The analysis on the page."""

    voices: list[tuple[str, str]]
    rows: list[MatrixRow]
    patterns: list[PatternView]
    lines: list[tuple[int, str, str]]


def analysis(access: CaseAccess, now: datetime) -> Analysis:
    """Themes × voices, patterns, and the statements of the contact log that can be taken over; a fixed number of queries."""
    case = access.case
    around = circles_of(case.ref, now)
    me = access.user.party_id
    persons = Person.objects.filter(case=case, died_on__isnull=True).select_related("party")
    voices = [(person.party_id, person.party.label) for person in persons.order_by("-in_household", "sort_key")]
    themes = list(Theme.objects.filter(case=case).order_by("position", "pk"))
    rows = standing(Statement.objects.filter(theme__in=themes)).select_related("audience", "voice")
    said: dict[tuple[int, int], list[Quote]] = {}
    for row in rows.prefetch_related("audience__readers").order_by("pk"):
        if may_read(me, row.audience, now, scope=case.ref, circles=around):
            closed = row.audience is None or row.audience.circle == "stewards"
            said.setdefault((row.theme_id, row.voice_id), []).append(Quote(row.ref, row.text, closed))
            if row.voice_id not in {pk for pk, _name in voices}:
                voices.append((row.voice_id, row.voice.label))
    matrix = [
        MatrixRow(theme.ref, theme.title, [(name, said.get((theme.pk, pk), [])) for pk, name in voices])
        for theme in themes
    ]
    return Analysis([(str(pk), name) for pk, name in voices], matrix, _patterns(case), _lines(access, now))


def standing(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    """Only the statements that stand: one whose contact turned out to be of another family is no longer said here."""
    return rows.filter(Q(source__isnull=True) | Q(source__contact__withdrawn_at__isnull=True))


def _patterns(case: Case) -> list[PatternView]:
    rows = Pattern.objects.filter(case=case).prefetch_related("steps", "recognitions__voice").order_by("pk")
    return [_pattern(row) for row in rows]


def _pattern(row: Pattern) -> PatternView:
    steps = [step.text for step in sorted(row.steps.all(), key=lambda step: step.position)]
    seen = sorted(row.recognitions.all(), key=lambda one: one.pk)
    answers = [(one.voice.label, str(RecognitionAnswer(one.answer).label), one.words) for one in seen]
    return PatternView(row.ref, row.title, steps, circle_of(steps), answers)


def _lines(access: CaseAccess, now: datetime, limit: int = 40) -> list[tuple[int, str, str]]:
    """The newest statements of the contact log that no theme holds yet: (number, voice, words)."""
    taken = Statement.objects.filter(theme__case=access.case, source__isnull=False).values("source_id")
    rows = ContactLine.objects.filter(contact__case=access.case, contact__withdrawn_at__isnull=True)
    rows = rows.filter(voice__isnull=False).exclude(pk__in=taken)
    rows = rows.select_related("contact", "voice", "audience").prefetch_related("audience__readers")
    around = circles_of(access.case.ref, now)
    return [
        (row.pk, row.voice.label if row.voice else "", row.text)
        for row in rows.order_by("-contact__started_at", "position")[: 2 * limit]
        if row.version == row.contact.version
        and may_read(access.user.party_id, row.audience, now, scope=access.case.ref, circles=around)
    ][:limit]
