"""What is to come: with whom, when, where; afterwards it becomes a contact."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Party, User
from casusregie.core.references import party_ref
from families.models import Case
from network.choices import Channel
from network.models.contact import Contact


class Appointment(models.Model):
    """One appointment: open until it became a contact or was called off."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="appointments")
    starts_at = models.DateTimeField(_("when"))
    duration_minutes = models.PositiveSmallIntegerField(_("how long"), default=60)
    channel = models.CharField(_("how"), max_length=8, choices=Channel.choices, default=Channel.VISIT)
    subject = models.CharField(_("what for"), max_length=200, blank=True)
    # Encrypted under the case's key; a hidden place is for director, deputy and who made the appointment.
    place = models.BinaryField(null=True)
    place_is_hidden = models.BooleanField(_("the place is confidential"), default=False)
    # Why two people who may not meet are in it together all the same; empty when nobody has to be kept apart.
    together_reason = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # Which state of it somebody saw who changes it: two who change it at once do not undo each other.
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    cancel_reason = models.CharField(max_length=500, blank=True)
    contact = models.OneToOneField(Contact, null=True, on_delete=models.PROTECT, related_name="appointment")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="appointment_channel_known"),
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=1, duration_minutes__lte=1440), name="appointment_within_a_day"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(contact__isnull=True), name="appointment_held_or_cancelled"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "starts_at"], name="appointment_case"),
            models.Index(
                fields=["starts_at", "id"],
                condition=Q(cancelled_at__isnull=True, contact__isnull=True),
                name="appointment_open",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class AppointmentParty(models.Model):
    """Somebody with whom an appointment is."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appointment", "party"], name="appointment_party_once")
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id}:{self.party_id}"
