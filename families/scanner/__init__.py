"""The edition scanner: what leaves is held against the confidential facts of its case before it leaves (design.md 6).

Composing an edition keeps out what is not allowed; this looks whether something slipped in all the same, through free
text. `folding` is what it sees through, `terms` how a fact is spelled, `matcher` finds, `carriers` reads finished bytes,
`facts` knows the facts of a case and who may know them.
"""

from families.scanner.carriers import Reading, has_text_layer, html_text, text_of
from families.scanner.errors import CannotLook, Unreadable
from families.scanner.facts import (
    SECRET_LINES,
    Found,
    Secret,
    Watch,
    fact_terms,
    has_hidden_place,
    newest_fact_at,
    watch,
)
from families.scanner.folding import fold, folded
from families.scanner.matcher import Hit, Matcher
from families.scanner.places import place_words
from families.scanner.terms import forms_of, problem_with, proposals, spellings, tells_an_address

__all__ = [
    "SECRET_LINES",
    "CannotLook",
    "Found",
    "Hit",
    "Matcher",
    "Reading",
    "Secret",
    "Unreadable",
    "Watch",
    "fact_terms",
    "fold",
    "folded",
    "forms_of",
    "has_hidden_place",
    "has_text_layer",
    "html_text",
    "newest_fact_at",
    "place_words",
    "problem_with",
    "proposals",
    "spellings",
    "tells_an_address",
    "text_of",
    "watch",
]
