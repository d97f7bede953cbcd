"""Promises, the ladder, reminders, and what the sweep leaves behind."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import User
from casusregie.core.references import party_ref
from casusregie.reminders.choices import Rung


class LadderStep(models.Model):
    """When a rung is told, counted from the moment a promise falls due; data, so that a town sets its own."""

    kind = models.CharField(max_length=32)
    rung = models.PositiveSmallIntegerField(choices=Rung.choices)
    after_minutes = models.PositiveIntegerField(_("minutes after it falls due"))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "rung"], name="ladder_step_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.rung}"


class Promise(models.Model):
    """Something that falls due at a moment. `ref` and `case_ref` are references as text; the kind knows what they mean."""

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=32)
    ref = models.CharField(max_length=32)
    case_ref = models.CharField(max_length=16, blank=True)
    due_at = models.DateTimeField()
    # The next moment at which the sweep must look at it again; empty when nobody is told any more.
    look_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(look_at__isnull=True), name="promise_settled_is_left_alone"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["look_at", "id"], condition=Q(look_at__isnull=False), name="promise_look"),
            models.Index(fields=["kind", "ref"], name="promise_ref"),
        ]

    def __str__(self) -> str:
        return self.key


class Reminder(models.Model):
    """One telling of one person about one promise: made once (its key), seen in *berichten*, mailed without content."""

    key = models.CharField(max_length=120, unique=True)
    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reminders")
    rung = models.PositiveSmallIntegerField(choices=Rung.choices)
    made_at = models.DateTimeField()
    # Somebody is sending it until this moment; afterwards anybody may (a worker that was killed sends nothing more).
    leased_until = models.DateTimeField(null=True)
    try_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(try_at__isnull=True), name="reminder_sent_is_not_tried"
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("made_at")), name="reminder_read_after_made"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["try_at", "id"], condition=Q(try_at__isnull=False), name="reminder_try"),
            models.Index(fields=["recipient", "-id"], name="reminder_recipient"),
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="reminder_unread"),
        ]

    def __str__(self) -> str:
        return self.key


class Sweep(models.Model):
    """When a sweep last came round; one row, looked at by `/gezondheid/`."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    ran_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d %H:%M}"
