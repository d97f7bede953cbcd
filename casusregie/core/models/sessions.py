"""Sessions that a person can see and end."""

from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """A browser that is logged in: whose, since when, last active, and whether its screen is locked."""

    user_id = models.BigIntegerField(null=True)
    started_at = models.DateTimeField(null=True)
    active_at = models.DateTimeField(null=True)
    locked = models.BooleanField(default=False)
    origin = models.CharField(max_length=64, blank=True)
    browser = models.CharField(max_length=200, blank=True)

    class Meta(AbstractBaseSession.Meta):
        indexes: ClassVar = [models.Index(fields=["user_id"], name="session_user")]

    # The rights of whose session it is, as they were when the store loaded this row; None when it was not loaded so.
    rights: frozenset[str] | None = None

    # Set by the store when whose session this is changed; otherwise a save writes the data only (see `save`).
    all_of_it = False

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the data of a session; a slow request never puts back that the screen was open."""
        if kwargs.get("force_update") and not self.all_of_it:
            kwargs["update_fields"] = ("session_data", "expire_date")
        super().save(*args, **kwargs)

    @classmethod
    def get_session_store_class(cls):  # type: ignore[no-untyped-def]  # Django's own signature is untyped
        """The store that goes with this table."""
        from casusregie.core.sessions import SessionStore  # noqa: PLC0415  # store and model need each other

        return SessionStore
