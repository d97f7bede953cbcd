"""What the page of a pasted chat accepts: the text, and who each sender is."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core.models import User
from families.names import fold
from network.chats import Chat, read
from network.lines import MAX_TEXT
from network.selectors import ParticipantChoice

# More than this is not read at all: a note holds less.
LONGEST = 4 * MAX_TEXT
MOST_SENDERS = 50
ME = "me"


@dataclass(frozen=True)
class Sender:
    """Somebody in the chat, the field that asks who she is, and what was chosen or is most likely."""

    name: str
    field: str
    chosen: str


class ChatForm(forms.Form):
    """A pasted chat. `people` are those whose words can be marked, `user` the one who pastes."""

    text = forms.CharField(
        label=_("The chat"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "autofocus": True, "spellcheck": "false"}),
        error_messages={"required": _("Paste the chat here.")},
    )

    def __init__(self, *args: Any, people: list[ParticipantChoice], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = [person for person in people if person.mark]
        self.user = user
        self.chat = Chat([])

    def clean_text(self) -> str:
        """A chat that can be read, of a length that can become a note. Raises ValidationError."""
        text: str = self.cleaned_data["text"]
        if len(text) > LONGEST:
            raise too_long(count=len(text))
        self.chat = read(text)
        if not self.chat.messages:
            raise ValidationError(
                _("No message with a day, a time and a name was found. Copy the chat from the app itself and paste it.")
            )
        if len(self.chat.senders) > MOST_SENDERS:
            raise ValidationError(_("At most %(most)s senders fit in one contact."), params={"most": MOST_SENDERS})
        return text

    def options(self) -> list[tuple[str, str]]:
        """Who a sender can be."""
        named = [(person.ref, f"{person.name}, {person.who}" if person.who else person.name) for person in self.people]
        return [("", str(_("somebody else"))), (ME, str(_("me"))), *named]

    def senders(self) -> list[Sender]:
        """Every sender with who she is: as chosen, else as the name says."""
        known = {value for value, _label in self.options()}
        found = []
        for number, name in enumerate(self.chat.senders):
            field = f"who-{number}"
            chosen = self.data.get(field, self._likely(name))
            found.append(Sender(name, field, chosen if chosen in known else ""))
        return found

    def _likely(self, name: str) -> str:
        wanted = fold(name)
        if wanted and wanted in (fold(self.user.name), fold(self.user.name).split(" ")[0]):
            return ME
        alike = [person.ref for person in self.people if wanted in (fold(person.mark), fold(person.name))]
        return alike[0] if len(alike) == 1 else ""


def too_long(*, count: int) -> ValidationError:
    """The sentence for a chat that does not fit in one contact."""
    return ValidationError(
        _("At most 50,000 characters fit in one contact; this chat has %(n)s. Paste a shorter stretch, or divide it."),
        params={"n": f"{count:,}".replace(",", ".")},
    )
