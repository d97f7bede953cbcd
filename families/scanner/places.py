"""Where in an output something stands, as a closed code that is stored (`agreement:3`), and in words."""

from django.utils.translation import gettext as _


def place_words(code: str) -> str:
    """A place in words: it never holds a word of the text itself."""
    kind, _colon, number = code.partition(":")
    words = {
        "common_goal": _("the common goal"),
        "goal": _("goal %(n)s"),
        "step": _("action %(n)s"),
        "agreement": _("agreement %(n)s"),
        "statement": _("the own statement"),
        "together": _("the names and moments"),
        "page": _("page %(n)s"),
        "metadata": _("the data of the file"),
        "structure": _("the structure of the file"),
        "name": _("the name of the file"),
        "document": _("the title or the source of a document"),
        "assignment": _("the assignment"),
        "title": _("the title of the role"),
        "ground": _("the ground for sharing"),
    }
    return words.get(kind, _("part %(n)s")) % {"n": number or kind}
