"""The demo's mail: a file a message, named by its reminder key, in the data folder."""

import re
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from casusregie.core.references import party_ref


class FolderBackend(BaseEmailBackend):
    """Writes each message whole to one file; the header `X-Reminder-Key` names it."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:  # type: ignore[override]  # narrower on purpose
        """Write the messages; returns how many."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            key = re.sub(r"[^A-Za-z0-9_.-]", "_", message.extra_headers.get("X-Reminder-Key", party_ref()))
            half = folder / f".{key}.part"
            half.write_bytes(message.message().as_bytes())
            half.replace(folder / f"{key}.eml")
        return len(email_messages)
