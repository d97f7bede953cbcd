"""The edition scanner: what leaves is held against the confidential facts of its case before it leaves.

Composing an edition keeps out what is not allowed; this looks whether something slipped in all the same, through free
text. It sees through capitals, accents, spaces, punctuation and hyphenation, and finds each part of a fact that stands
on its own: the whole, a postcode, a street with its number. The deeper list of spellings and carriers builds on this.
"""

import re
import unicodedata
from datetime import datetime

from casusregie.core import crypto
from casusregie.core.access import may_read
from families.access import circles
from families.models import Case, ConfidentialFact, SafeContact

_SHORTEST = 5
_POSTCODE = re.compile(r"\b(\d{4})\s?([A-Za-z]{2})\b")


def folded(text: str) -> str:
    """Only letters and digits, without capitals, accents, ligatures and soft hyphens."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def spellings(value: str) -> set[str]:
    """The folded forms by which a fact is recognised: the whole, its postcodes, and each line or comma part with a digit."""
    found = {folded(value)}
    found |= {folded("".join(match)) for match in _POSTCODE.findall(value)}
    found |= {folded(part) for part in re.split(r"[,\n;]", value) if any(sign.isdigit() for sign in part)}
    digits = re.sub(r"\D", "", value)
    if len(digits) >= 9:
        found |= {digits, digits.removeprefix("0"), re.sub(r"^0", "31", digits)}
    return {form for form in found if len(form) >= _SHORTEST}


def hits_in(case: Case, parts: dict[str, str], reader_party_id: int | None, now: datetime) -> list[str]:
    """The names of the parts of an output in which a fact stands that this reader may not know; empty when clean.

    `parts` maps where (a title on paper) to its text. Without a reader (the core, the file) only the facts that
    everybody named may know pass; the file is for director and deputy, who know all, and is not scanned.
    """
    forbidden = _forbidden(case, reader_party_id, now)
    hits = []
    for where, text in parts.items():
        plain = folded(text)
        if any(form in plain for form in forbidden):
            hits.append(where)
    return hits


def _forbidden(case: Case, reader_party_id: int | None, now: datetime) -> set[str]:
    around = circles(case.ref, now)
    forms: set[str] = set()
    facts = (
        ConfidentialFact.objects.filter(case=case)
        .select_related("audience", "concerns")
        .prefetch_related("audience__readers")
    )
    for fact in facts:
        known = reader_party_id is not None and (
            fact.concerns.party_id == reader_party_id
            or may_read(reader_party_id, fact.audience, now, scope=case.ref, circles=around)
        )
        if not known:
            forms |= spellings(crypto.decrypt(case.ref, fact.value))
    for way in SafeContact.objects.filter(person__case=case).select_related("person"):
        if way.person.party_id != reader_party_id:
            forms |= spellings(crypto.decrypt(case.ref, way.value))
    return forms
