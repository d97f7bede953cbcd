"""What this database is: the demo's, or a town's own."""

from typing import ClassVar

from django.db import models


class Installation(models.Model):
    """One row that marks a database; a normal start refuses one that carries the demo mark (design.md 11)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    is_demo = models.BooleanField(default=False)
    marked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="installation_single_row")]

    def __str__(self) -> str:
        return "demo" if self.is_demo else "own"
