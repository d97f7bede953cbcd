"""How one speaks with somebody, and which municipality is responsible for her: rows are added, the newest counts."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import User
from families.choices import Interpreter, Language, Plain
from families.models.person import Person

_APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Speech(models.Model):
    """Which languages somebody speaks, whether an interpreter is needed and who, and what makes words clear to her."""

    append_only = True

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="speech")
    languages = ArrayField(models.CharField(max_length=3, choices=Language.choices), default=list)
    other_language = models.CharField(_("another language"), max_length=60, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=7, choices=Interpreter.choices, blank=True)
    interpreter_who = models.CharField(_("who interprets"), max_length=120, blank=True)
    plain = ArrayField(models.CharField(max_length=8, choices=Plain.choices), default=list)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(interpreter_who="") | ~Q(interpreter=""), name="speech_names_who_when_needed"
            ),
            models.CheckConstraint(condition=Q(interpreter__in=["", *Interpreter.values]), name="speech_how_known"),
            models.CheckConstraint(condition=Q(languages__contained_by=Language.values), name="speech_language_known"),
            models.CheckConstraint(condition=Q(plain__contained_by=Plain.values), name="speech_plain_known"),
        ]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.pk}"


class Residence(models.Model):
    """Which municipality is responsible for somebody from a day on, under the case's key; empty is our own.

    Where somebody is registered can give a hidden place away: `is_hidden` lets the scanner look for its name.
    """

    append_only = True

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="residences")
    municipality = models.BinaryField(null=True)
    is_hidden = models.BooleanField(_("nobody outside the team may know"))
    since = models.DateField(_("from"), null=True, blank=True)
    checked_where = models.CharField(_("where was this looked up"), max_length=120, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_hidden=False) | Q(municipality__isnull=False), name="residence_hidden_has_a_name"
            ),
        ]
        triggers: ClassVar = [_APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.pk}"
