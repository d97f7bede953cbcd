"""The access log: who read or did what, without content and without names; and the seals over it."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from casusregie.core.choices import Outcome


class AccessLog(models.Model):
    """One thing somebody read or did. Rows are inserted without a chain, so readers never wait for each other.

    Fields after domain.md (c): the union of NEN 7513 and BIO2 8.15.01.
    """

    append_only = True

    at = models.DateTimeField(_("at"), db_default=TransactionNow())
    # The transaction that wrote the row: below the oldest running one, a set of rows is complete and can be sealed.
    xid = models.BigIntegerField(db_default=RawSQL("(pg_current_xact_id()::text::bigint)", []))
    actor_id = models.BigIntegerField(null=True)
    relation = models.CharField(max_length=16, blank=True)
    on_behalf_of_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    case_ref = models.CharField(max_length=16, blank=True)
    objects_seen = ArrayField(models.CharField(max_length=24), default=list)
    ground = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=64, blank=True)
    session = models.CharField(max_length=16, blank=True)
    request = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["xid"], name="access_log_xid"),
            models.Index(fields=["case_ref", "-id"], name="access_log_case"),
            models.Index(fields=["actor_id", "-id"], name="access_log_actor"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.pk}"


class AuditSeal(models.Model):
    """A seal over a complete set of log rows: each row's own code, and a head that holds the whole past."""

    append_only = True

    sealed_at = models.DateTimeField()
    from_xid = models.BigIntegerField()
    to_xid = models.BigIntegerField()
    after_id = models.BigIntegerField()
    rows = models.IntegerField()
    last_id = models.BigIntegerField()
    # 16 bytes for each row in order of id: so that a broken seal can name the row.
    row_codes = models.BinaryField()
    head = models.BinaryField()

    class Meta:
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.pk}"
