"""The multi-voiced analysis: themes, what each voice says about them, and patterns as circles."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Audience, Party, User
from casusregie.core.references import party_ref
from families.models import Case
from network.models import ContactLine
from processplan.choices import RecognitionAnswer


class Theme(models.Model):
    """Something that the voices speak about."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(_("theme"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "title"], name="theme_once")]

    def __str__(self) -> str:
        return self.ref


class Statement(models.Model):
    """What one voice says about one theme, in her own words, and who may read it; never merged with another's."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="statements")
    voice = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("in own words"), max_length=5000)
    source = models.ForeignKey(ContactLine, null=True, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, null=True, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="statement_says_something"),
            models.UniqueConstraint(
                fields=["theme", "source"], condition=Q(source__isnull=False), name="statement_taken_over_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["theme", "voice"], name="statement_cell")]

    def __str__(self) -> str:
        return self.ref


class Pattern(models.Model):
    """A pattern that keeps the violence going, as a circle of steps."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="patterns")
    title = models.CharField(_("pattern"), max_length=120)

    def __str__(self) -> str:
        return self.ref


class PatternStep(models.Model):
    """One step of the circle: what happens, which leads to the next."""

    pattern = models.ForeignKey(Pattern, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=160)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["pattern", "position"], name="pattern_step_place")]

    def __str__(self) -> str:
        return f"{self.pattern_id}:{self.position}"


class Recognition(models.Model):
    """Whether one voice recognises a pattern, in her own words."""

    pattern = models.ForeignKey(Pattern, on_delete=models.CASCADE, related_name="recognitions")
    voice = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=RecognitionAnswer.choices)
    words = models.CharField(_("in own words"), max_length=500, blank=True)
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["pattern", "voice"], name="recognition_once")]

    def __str__(self) -> str:
        return f"{self.pattern_id}:{self.voice_id}"
