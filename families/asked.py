"""Who is asked for consent to help for a child, and who is asked to sign, on a given day (domain.md b).

Ages are about consent to help; a plan needs no signature by law, people are asked. What is unknown stays unknown and
asks for a check: nobody is left out because nobody looked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from families.choices import AuthorityBasis, AuthorityStatus

# From this age a child consents together with who has authority, and from this age alone (domain.md b, table).
TOGETHER, ALONE, ADULT = 12, 16, 18
# Recognition gives joint authority only when it was made from this day on (domain.md, corrections: gezag).
RECOGNITION_COUNTS_FROM = date(2023, 1, 1)


@dataclass(frozen=True)
class Young:
    """The child: the ages that her birth date allows on the day (both None when it is not known)."""

    name: str
    youngest: int | None
    oldest: int | None
    lacks_capacity: bool = False
    representative: str = ""


@dataclass(frozen=True)
class Holding:
    """What is known of one person's or organisation's authority over the child on the day."""

    name: str
    status: str
    basis: str = ""
    since: date | None = None
    part: str = ""
    checked: str = ""
    is_minor: bool = False
    is_replaced: bool = False


@dataclass(frozen=True)
class Asked:
    """Who is asked for what, what must be looked up first, and all of it in one sentence."""

    consent: list[str] = field(default_factory=list)
    sign: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    sentence: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether nothing has to be looked up."""
        return not self.checks


def asked(child: Young, holdings: Sequence[Holding]) -> Asked:
    """Who is asked, from the child's age on the day and what is known of authority over her."""
    if child.youngest is not None and child.youngest >= ADULT:
        return _grown(child)
    holders = [one for one in holdings if _counts(one)]
    checks = _checks(child, holdings, holders)
    consenting = [one.name for one in holders if not one.is_replaced]
    signing = [one.name for one in holders]
    own_say = child.youngest is not None and child.youngest >= TOGETHER and not child.lacks_capacity
    alone = own_say and child.youngest is not None and child.youngest >= ALONE
    return Asked(
        consent=[child.name] if alone else [*([child.name] if own_say else []), *consenting],
        sign=[*([child.name] if own_say else []), *signing],
        checks=checks,
        sentence=_sentence(child, holdings, holders, own_say=own_say, alone=alone),
    )


def _counts(one: Holding) -> bool:
    """Whether this authority is exercised: known, not suspended, with a ground that gives it, not a minor's own.

    A minor has no authority over her child (BW 1:246), unless the court declared her of age for it (BW 1:253ha).
    """
    if one.status not in (AuthorityStatus.YES, AuthorityStatus.PART) or _is_too_early(one):
        return False
    return not one.is_minor or one.basis == AuthorityBasis.RULING


def recognised_in_time(since: date | None) -> bool:
    """Whether a recognition of this day gives authority by itself."""
    return since is not None and since >= RECOGNITION_COUNTS_FROM


def _is_too_early(one: Holding) -> bool:
    """Noted as authority by a recognition that gives none by itself; a file from elsewhere can say so."""
    has = one.status == AuthorityStatus.YES and one.basis == AuthorityBasis.RECOGNITION
    return has and not recognised_in_time(one.since)


def _grown(child: Young) -> Asked:
    if child.representative:
        who = _("%(name)s is of age; %(who)s decides with or instead of her and is asked to sign too.")
        sentence = who % {"name": child.name, "who": child.representative}
        return Asked([child.representative], [child.name, child.representative], [], sentence)
    if child.lacks_capacity:
        look = _("Find out who decides for %(name)s: a mentor, a curator, a partner or a parent.")
        check = look % {"name": child.name}
        return Asked([], [child.name], [check], check)
    sentence = _("%(name)s is of age and decides for herself.") % {"name": child.name}
    return Asked([child.name], [child.name], [], sentence)


def _checks(child: Young, holdings: Sequence[Holding], holders: Sequence[Holding]) -> list[str]:
    checks = []
    if child.youngest is None:
        checks.append(_("Look up when %(name)s was born.") % {"name": child.name})
    elif child.oldest is not None and _band(child.youngest) != _band(child.oldest):
        words = _("Look up the exact birth date of %(name)s: an age limit lies between.")
        checks.append(words % {"name": child.name})
    unknown = [one.name for one in holdings if one.status == AuthorityStatus.UNKNOWN or _is_too_early(one)]
    if unknown:
        words = _("Look up whether %(names)s has authority: in the BRP, the authority register and rulings.")
        checks.append(words % {"names": _names(unknown)})
    if not holders and any(one.is_minor and one.status == AuthorityStatus.YES for one in holdings):
        checks.append(_("A parent who is a minor has no authority herself: find out who the guardian is."))
    elif not holders and not unknown:
        checks.append(_("Somebody must have authority: find out who, or who the guardian is."))
    return checks


def _band(age: int) -> int:
    return sum(age >= limit for limit in (TOGETHER, ALONE, ADULT))


def _sentence(
    child: Young, holdings: Sequence[Holding], holders: Sequence[Holding], *, own_say: bool, alone: bool
) -> str:
    return f"{_who_has(holders, holdings)}; {_what_the_child_does(child, own_say=own_say, alone=alone)}"


def _who_has(holders: Sequence[Holding], holdings: Sequence[Holding]) -> str:
    said = [*_whole(holders, holdings), *(words for one in holdings for words in _beside(one))]
    checked = list(dict.fromkeys(one.checked for one in holders if one.checked))
    words = ", ".join(said) or _("Of nobody it is known that she has authority")
    return f"{words[0].upper()}{words[1:]}{', ' if checked else ''}{' / '.join(checked)}"


def _whole(holders: Sequence[Holding], holdings: Sequence[Holding]) -> list[str]:
    whole = [one for one in holders if one.status == AuthorityStatus.YES]
    if len(whole) > 1:
        return [_("%(names)s have authority together") % {"names": _names([one.name for one in whole])}]
    if whole and whole[0].basis == AuthorityBasis.GUARDIAN:
        return [_("%(name)s is guardian") % {"name": whole[0].name}]
    # Alone is said only when it is known of everybody else.
    open_ones = (AuthorityStatus.UNKNOWN, AuthorityStatus.PART)
    is_alone = not any(one.status in open_ones or _is_too_early(one) for one in holdings)
    words = _("%(name)s has authority alone") if is_alone else _("%(name)s has authority")
    return [words % {"name": whole[0].name}] if whole else []


def _beside(one: Holding) -> list[str]:
    """What has to be said of a holder beside whole authority."""
    said = []
    if one.status == AuthorityStatus.PART:
        said.append(_("%(name)s has part of it: %(part)s") % {"name": one.name, "part": one.part})
    elif one.status == AuthorityStatus.SUSPENDED:
        said.append(_("the authority of %(name)s is suspended") % {"name": one.name})
    elif one.status == AuthorityStatus.UNKNOWN or _is_too_early(one):
        said.append(_("of %(name)s it is not known yet") % {"name": one.name})
    if one.is_replaced:
        said.append(_("the court consented instead of %(name)s") % {"name": one.name})
    return said


def _what_the_child_does(child: Young, *, own_say: bool, alone: bool) -> str:
    named = {"name": child.name, "age": child.youngest}
    if child.youngest is None:
        return _("the age of %(name)s is not known") % named
    if child.lacks_capacity and child.youngest >= TOGETHER:
        return _("%(name)s is %(age)s, cannot weigh this and is heard; others decide") % named
    if alone:
        return (
            _("%(name)s is %(age)s, decides alone about help and is asked to sign; a parent signs for her own part")
            % named
        )
    if own_say:
        return _("%(name)s is %(age)s and is asked to sign too") % named
    return _("%(name)s is %(age)s, is heard and does not sign") % named


def _names(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}
