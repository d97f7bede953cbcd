"""The analysis: themes, statements, patterns. What a voice says is written as she says it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casusregie.core import audit
from casusregie.core.choices import Circle
from casusregie.core.models import Audience, Party, User
from families.models import Case
from network.models import ContactLine
from processplan.models import Pattern, PatternStep, Recognition, Statement, Theme

FEWEST_STEPS, MOST_STEPS = 2, 8


@transaction.atomic
def theme_make(*, case: Case, by: User, title: str) -> Theme:
    """Add a theme. Raises ValidationError when it is there already."""
    if Theme.objects.filter(case=case, title__iexact=title).exists():
        raise ValidationError({"title": _("This theme is there already.")})
    last = Theme.objects.filter(case=case).order_by("-position").values_list("position", flat=True).first()
    theme = Theme.objects.create(case=case, title=title, position=(last or 0) + 1)
    audit.record("theme.made", case_ref=case.ref, objects=[theme.ref])
    return theme


@transaction.atomic
def statement_write(*, theme: Theme, by: User, voice: Party, text: str, closed: bool, now: datetime) -> Statement:
    """Write what a voice says about a theme; `closed`: only director and deputy read it, otherwise the case team."""
    circle = Circle.STEWARDS if closed else Circle.TEAM
    statement = Statement.objects.create(
        theme=theme,
        voice=voice,
        text=text,
        audience=Audience.objects.create(scope=theme.case.ref, circle=circle),
        written_by=by,
        written_at=now,
    )
    audit.record("statement.written", case_ref=theme.case.ref, objects=[statement.ref, voice.ref])
    return statement


@transaction.atomic
def statement_take_over(*, theme: Theme, by: User, line: ContactLine, now: datetime) -> Statement:
    """Take a statement over from the contact log, with its readers; twice is once.

    Raises ValidationError for a line that is nobody's own words.
    """
    if line.voice is None:
        raise ValidationError(_("Only what somebody said in her own words can be taken over."))
    statement, _made = Statement.objects.get_or_create(
        theme=theme,
        source=line,
        defaults={
            "voice": line.voice,
            "text": line.text[:5000],
            "audience": line.audience,
            "written_by": by,
            "written_at": now,
        },
    )
    audit.record("statement.taken_over", case_ref=theme.case.ref, objects=[statement.ref, line.contact.ref])
    return statement


@transaction.atomic
def pattern_make(*, case: Case, by: User, title: str, steps: list[str]) -> Pattern:
    """Draw a pattern as a circle of two to eight steps. Raises ValidationError for fewer or more."""
    if not FEWEST_STEPS <= len(steps) <= MOST_STEPS:
        raise ValidationError({"steps": _("A circle has two to eight steps, one on a line.")})
    pattern = Pattern.objects.create(case=case, title=title)
    PatternStep.objects.bulk_create(
        PatternStep(pattern=pattern, position=position, text=text) for position, text in enumerate(steps)
    )
    audit.record("pattern.made", case_ref=case.ref, objects=[pattern.ref])
    return pattern


@transaction.atomic
def recognition_note(*, pattern: Pattern, by: User, voice: Party, answer: str, words: str, on: date) -> Recognition:
    """Note whether a voice recognises a pattern; a later answer replaces hers."""
    row, _made = Recognition.objects.update_or_create(
        pattern=pattern, voice=voice, defaults={"answer": answer, "words": words, "on": on}
    )
    audit.record("recognition.noted", case_ref=pattern.case.ref, objects=[pattern.ref, voice.ref])
    return row
