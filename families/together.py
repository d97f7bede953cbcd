"""Together or apart: when apart is proposed, and what is missing before everybody may work together.

Source: seed 003, 4.1.2 and domain.md, corrections 6: no joint plan with coercive control or sexual abuse of a child;
together only after every adult was spoken to alone and who is at risk agreed, alone (design.md 5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from families.choices import ApartKind, Between, ViolenceType, Wish

# Each of these alone is a reason to propose working apart.
APART = (
    ViolenceType.COERCIVE,
    ViolenceType.CHILD_SEXUAL,
    ViolenceType.STALKING,
    ViolenceType.HONOUR,
    ViolenceType.FORCED_MARRIAGE,
)


@dataclass(frozen=True)
class Adult:
    """An adult of the family, with what she said alone; `wish` empty when nobody spoke to her alone."""

    name: str
    wish: str = ""
    is_at_risk: bool = False


def reasons_apart(
    violence: Iterable[str],
    between: Iterable[str],
    adults: Sequence[Adult],
    *,
    kept_apart: bool,
    hidden: bool,
    bans: Iterable[str] = (),
) -> list[str]:
    """Why working apart is proposed; none of these decides, the director does."""
    found = set(violence)
    reasons = [str(kind.label) for kind in APART if kind.value in found]
    if Between.DEPENDENT in set(between):
        reasons.append(_("one depends on the other"))
    reasons += [str(kind.label) for kind in ApartKind if kind.value in set(bans)]
    if kept_apart:
        reasons.append(_("two of them may not meet"))
    if hidden:
        reasons.append(_("an address is hidden"))
    reasons += [_("%(name)s does not want to") % {"name": one.name} for one in adults if one.wish == Wish.NO]
    return reasons


def missing_for_together(adults: Sequence[Adult]) -> list[str]:
    """What must have been done before the working form may be *together*; empty when it may."""
    missing = [_("Speak to %(name)s alone.") % {"name": one.name} for one in adults if not one.wish]
    if adults and not missing and not any(one.is_at_risk for one in adults):
        missing.append(_("Say who of the adults is at risk: that person must agree, alone."))
    for one in adults:
        if one.is_at_risk and one.wish and one.wish != Wish.YES:
            missing.append(_("%(name)s is at risk and did not agree.") % {"name": one.name})
        elif one.wish == Wish.NO:
            missing.append(_("%(name)s does not want to.") % {"name": one.name})
    return missing
