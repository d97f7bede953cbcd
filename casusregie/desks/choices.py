"""Closed lists of the desks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportState(TextChoices):
    """Where an import stands: nothing is written before somebody asks for it."""

    READ = "read", _("read, nothing written yet")
    ASKED = "asked", _("being written")
    DONE = "done", _("written")
