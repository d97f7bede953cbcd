"""How one speaks with somebody, in one line that every page shows alike."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from families.choices import Interpreter, Language, Plain

# Joined to a person as `p`: the newest row counts. Its columns are what `SpeechView` takes, in their order.
SPEECH_COLUMNS = "q.languages, q.other_language, q.interpreter, q.interpreter_who, q.plain"
SPEECH_JOIN = """
    LEFT JOIN LATERAL (SELECT languages, other_language, interpreter, interpreter_who, plain FROM families_speech
                        WHERE person_id = p.id ORDER BY id DESC LIMIT 1) q ON true
"""


@dataclass(frozen=True)
class SpeechView:
    """What somebody speaks, who interprets and how, and what makes words clear to her."""

    languages: list[str]
    other_language: str
    interpreter: str
    interpreter_who: str
    plain: list[str]

    @property
    def spoken(self) -> str:
        """The languages in words."""
        known = [str(Language(code).label) for code in self.languages]
        return ", ".join([*known, self.other_language] if self.other_language else known)

    @property
    def interpreted(self) -> str:
        """How an interpreter helps and who that is; empty when none is needed."""
        if not self.interpreter:
            return ""
        how = {
            Interpreter.PHONE: _("interpreter by telephone"),
            Interpreter.PRESENT: _("interpreter comes along"),
        }[Interpreter(self.interpreter)]
        return f"{how} ({self.interpreter_who})" if self.interpreter_who else how

    @property
    def made_plain(self) -> str:
        """What makes words clear."""
        return ", ".join(str(Plain(code).label) for code in self.plain)

    @property
    def asks(self) -> str:
        """What to reckon with in a talk, in one line; empty for who speaks Dutch and needs nothing."""
        spoken = _("speaks %(languages)s") % {"languages": self.spoken} if self.spoken and self._is_foreign else ""
        return " · ".join(part for part in (spoken, self.interpreted, self.made_plain) if part)

    @property
    def _is_foreign(self) -> bool:
        return Language.DUTCH not in self.languages


def speech_of(languages: list[str] | None, *rest: object) -> SpeechView | None:
    """What `SPEECH_COLUMNS` brought; None when nothing was noted."""
    return None if languages is None else SpeechView(languages, *rest)  # type: ignore[arg-type]  # columns of the join
