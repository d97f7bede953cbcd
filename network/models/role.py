"""Partner organisations, their professionals, and the role somebody has in a case."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Party, User
from casusregie.core.references import party_ref
from families.models import Case
from network.choices import Domain, GroundBasis, SignalKind


class Organisation(models.Model):
    """An organisation whose people can have a role in a case."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    domain = models.CharField(_("field"), max_length=12, choices=Domain.choices)

    def __str__(self) -> str:
        return self.name


class Professional(models.Model):
    """Somebody of an organisation, with or without an account; one identity over all her cases."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="professional")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=120)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="professional")

    def __str__(self) -> str:
        return f"{self.pk}"


class CaseRole(models.Model):
    """What one professional is asked to do in one case, from when and until when; it ends by itself."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="roles")
    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="roles")
    title = models.CharField(_("role"), max_length=120)
    assignment = models.TextField(_("assignment"), max_length=2000)
    since = models.DateField(_("from"))
    until = models.DateField(_("until and including"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="role_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(assignment=""), name="role_has_an_assignment"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "until"], name="role_case"),
            models.Index(fields=["professional"], name="role_professional"),
        ]

    def __str__(self) -> str:
        return self.ref


class SharingGround(models.Model):
    """Why something may be shared with a role, for what, until when: without one there is no edition."""

    role = models.ForeignKey(CaseRole, on_delete=models.CASCADE, related_name="grounds")
    basis = models.CharField(_("ground"), max_length=20, choices=GroundBasis.choices)
    purpose = models.CharField(_("what for"), max_length=300)
    until = models.DateField(_("until and including"))
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(purpose=""), name="ground_has_a_purpose")]
        indexes: ClassVar = [models.Index(fields=["role", "until"], name="ground_role")]

    def __str__(self) -> str:
        return f"{self.role_id}:{self.basis}"


class RoleSignal(models.Model):
    """What a partner told the director from her role; only added, and read by the director."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    role = models.ForeignKey(CaseRole, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=8, choices=SignalKind.choices)
    text = models.TextField(max_length=5000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="signal_says_something"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("at")), name="signal_read_after"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["role", "-id"], name="signal_role"),
            models.Index(fields=["role"], condition=Q(read_at__isnull=True), name="signal_unread"),
        ]

    def __str__(self) -> str:
        return self.ref
