"""What the sweep leaves behind."""

from django.db import models


class Sweep(models.Model):
    """When a sweep last came round; one row, looked at by `/gezondheid/`."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    ran_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d %H:%M}"
