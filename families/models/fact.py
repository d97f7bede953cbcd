"""Confidential facts: encrypted, in a table of their own, each with who may know."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import Audience, User
from casusregie.core.references import party_ref
from families.choices import FactKind
from families.models.case import Case
from families.models.person import Person


class ConfidentialFact(models.Model):
    """One fact about one person, under the case's key; director, deputy and the named readers may know it."""

    ref = models.CharField(max_length=16, unique=True, default=party_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="facts")
    concerns = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(_("what"), max_length=12, choices=FactKind.choices, default=FactKind.ADDRESS)
    value = models.BinaryField()
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.ref
