"""The genogram in words: a sentence for everything it shows, and the words of its legend."""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from casusregie.core import dates
from families.choices import (
    DIRECTED_LINES,
    ConditionKind,
    ConditionState,
    EndedHow,
    LineKind,
    PregnancyOutcome,
    RelationKind,
    Sex,
)
from families.genogram import (
    Condition,
    Couple,
    Feeling,
    Home,
    Individual,
    Link,
    Mark,
    Parentage,
    Pregnancy,
    Said,
    Siblings,
    Twins,
    Words,
)
from families.models import Relation

ADULT = 18


def words_of(
    title: str, sources: dict[str, str], seconds: frozenset[tuple[str, str]], more: dict[str, str] | None = None
) -> Words:
    """The words for one drawing.

    `sources` says for the key of a tie how it is known; `seconds` are home and person for whom it is not the main home;
    `more` are words of the legend for what higher rooms drew.
    """
    return Words(
        title=title,
        summary=_("A drawing of the family in generations. Everything in it stands in words in the list beside it."),
        sentence=partial(sentence, sources=sources, seconds=seconds),
        short=short,
        legend=lambda code: (more or {}).get(code) or legend(code),
        legend_title=_("What the signs mean"),
    )


def sentence(
    said: Said, *, sources: dict[str, str] | None = None, seconds: frozenset[tuple[str, str]] = frozenset()
) -> str:
    """One thing of the genogram as a sentence."""
    row = said.row
    if isinstance(row, Home):
        return _home(row, said, seconds)
    for kind, words in _SENTENCES:
        if isinstance(row, kind):
            source = (sources or {}).get(getattr(row, "key", ""), "")
            return words(said) + (". " + _("Source: %(source)s") % {"source": source} if source else "")
    raise TypeError(f"No words for {row!r}")


def _sex(row: Individual) -> str:
    if row.sex == Sex.UNKNOWN:
        return _("sex not known")
    if row.age is not None and row.age < ADULT and row.sex != Sex.OTHER:
        return _("boy") if row.sex == Sex.MAN else _("girl")
    return str(Sex(row.sex).label)


def _person(said: Said) -> str:
    row = said.row
    assert isinstance(row, Individual)
    parts = [row.name, _sex(row)]
    if row.born_text:
        parts.append(_("born %(day)s") % {"day": row.born_text})
    if row.is_dead:
        parts.append(_("died %(day)s") % {"day": row.died_text} if row.died_text else _("died"))
    if row.age is not None:
        parts.append((_("became %(n)s") if row.is_dead else _("%(n)s years")) % {"n": row.age})
    if row.is_index:
        parts.append(_("the person it is about"))
    return ", ".join(parts)


def period(since: date | None, until: date | None) -> list[str]:
    """From when until when, as far as it is known."""
    parts = [_("since %(day)s") % {"day": dates.long(since)}] if since else []
    return parts + ([_("until %(day)s") % {"day": dates.long(until)}] if until else [])


_COUPLES: dict[str, Callable[[], str]] = {
    "": lambda: _("partners"),
    "married": lambda: _("married"),
    "registered": lambda: _("registered partnership"),
    "cohabiting": lambda: _("live together as a couple"),
    "relation": lambda: _("relationship"),
    "lat": lambda: _("relationship, living apart"),
    "affair": lambda: _("secret relationship"),
}


def _couple(said: Said) -> str:
    row = said.row
    assert isinstance(row, Couple)
    parts = [_COUPLES[row.nature](), *period(row.since, row.until)]
    if row.ended:
        parts.append(str(EndedHow(row.ended).label))
    return _("%(one)s and %(other)s: %(what)s") % _two(said, ", ".join(parts))


def _two(said: Said, what: str = "") -> dict[str, str]:
    one, other = (*said.names, "", "")[:2]
    return {"one": one, "other": other, "what": what}


_PARENTS: dict[str, Callable[[], str]] = {
    "": lambda: _("%(one)s is a parent of %(other)s"),
    "biological": lambda: _("%(one)s is a biological parent of %(other)s"),
    "adoptive": lambda: _("%(one)s adopted %(other)s"),
    "foster": lambda: _("%(one)s is a foster parent of %(other)s"),
    "carer": lambda: _("%(one)s is a step-parent or carer of %(other)s"),
}


def _parent(said: Said) -> str:
    assert isinstance(said.row, Parentage)
    return _PARENTS[said.row.nature]() % _two(said)


def _siblings(said: Said) -> str:
    assert isinstance(said.row, Siblings)
    half = said.row.nature == "half"
    text = (
        _("%(one)s and %(other)s are half-brother or half-sister")
        if half
        else _("%(one)s and %(other)s are brother or sister")
    )
    return text % _two(said)


def _twins(said: Said) -> str:
    assert isinstance(said.row, Twins)
    text = {
        "identical": _("%(one)s and %(other)s are identical twins"),
        "fraternal": _("%(one)s and %(other)s are fraternal twins"),
    }.get(said.row.nature, _("%(one)s and %(other)s are twins"))
    return text % _two(said)


def _pregnancy(said: Said) -> str:
    row = said.row
    assert isinstance(row, Pregnancy)
    parts = [str(PregnancyOutcome(row.outcome).label)]
    if row.due:
        expected = row.outcome == PregnancyOutcome.EXPECTED
        parts.append((_("expected on %(day)s") if expected else _("on %(day)s")) % {"day": dates.long(row.due)})
    return f"{_all(said.names)}: {', '.join(parts)}"


def _feeling(said: Said) -> str:
    row = said.row
    assert isinstance(row, Feeling)
    kind = str(LineKind(row.kind).label)
    template = (
        _("from %(one)s to %(other)s: %(what)s")
        if row.kind in DIRECTED_LINES
        else _("between %(one)s and %(other)s: %(what)s")
    )
    parts = [template % _two(said, kind), *period(row.since, row.until)]
    if row.view:
        parts.append(_("seen so by %(name)s") % {"name": row.view})
    text = ", ".join(parts)
    return _("Line %(n)s, %(text)s") % {"n": said.number, "text": text} if said.number else text


def _home(row: Home, said: Said, seconds: frozenset[tuple[str, str]]) -> str:
    names = [
        _("%(name)s (second home)") % {"name": name} if (row.key, key) in seconds else name
        for key, name in zip(row.members, said.names, strict=False)
    ]
    return _("%(home)s: %(names)s") % {"home": row.label or _("In one home"), "names": _all(names)}


def _mark(said: Said) -> str:
    assert isinstance(said.row, Mark)
    return said.row.said or f"{_all(said.names)}: {said.row.text}"


def _link(said: Said) -> str:
    assert isinstance(said.row, Link)
    return _("Line %(n)s, %(text)s") % {"n": said.number, "text": said.row.said} if said.number else said.row.said


def _condition(said: Said) -> str:
    row = said.row
    assert isinstance(row, Condition)
    parts = [str(ConditionKind(row.kind).label)]
    if row.state != ConditionState.PRESENT:
        parts.append(_STATES[row.state]())
    if row.words:
        parts.append(row.words)
    parts += period(row.since, row.until)
    if row.view:
        parts.append(_("seen so by %(name)s") % {"name": row.view})
    return f"{_all(said.names)}: {', '.join(parts)}"


_STATES: dict[str, Callable[[], str]] = {
    "suspected": lambda: _("suspected"),
    "recovery": lambda: _("in remission or recovery"),
}


def _all(names: tuple[str, ...] | list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


_SENTENCES: tuple[tuple[type, Callable[[Said], str]], ...] = (
    (Individual, _person),
    (Couple, _couple),
    (Parentage, _parent),
    (Siblings, _siblings),
    (Twins, _twins),
    (Pregnancy, _pregnancy),
    (Feeling, _feeling),
    (Condition, _condition),
    (Mark, _mark),
    (Link, _link),
)


def relation_text(row: Relation, one: str, other: str) -> str:
    """A relation as a sentence, with these names."""
    tie: Couple | Parentage | Siblings | Twins
    if row.kind == RelationKind.PARTNER:
        tie = Couple("", "", "", row.nature, row.since, row.until, row.ended_how)
    elif row.kind == RelationKind.PARENT:
        tie = Parentage("", "", "", row.nature)
    else:
        tie = (Twins if row.kind == RelationKind.TWIN else Siblings)("", "", "", row.nature)
    return sentence(Said(tie, (one, other)))


def short(row: Couple) -> str:
    """The years of a couple, as they stand on its line."""
    since = str(row.since.year) if row.since else ""
    years = f"{since}–{row.until.year}" if row.until else since
    # Drawn like a marriage; the word tells it apart.
    return f"{_('reg.')} {years}".strip() if row.nature == "registered" else years


_LEGEND: dict[str, Callable[[], str]] = {
    "man": lambda: _("man"),
    "woman": lambda: _("woman"),
    "other": lambda: _("another sex"),
    "unknown": lambda: _("sex not known"),
    "index": lambda: _("the person it is about"),
    "dead": lambda: _("died"),
    "couple_partners": lambda: _("partners"),
    "couple_none": lambda: _("have a child together"),
    "separated": lambda: _("separated"),
    "divorced": lambda: _("divorced"),
    "adoptive": lambda: _("adopted"),
    "foster": lambda: _("foster child"),
    "carer": lambda: _("step-parent or carer"),
    "joined": lambda: _("brothers and sisters, parents not noted"),
    "identical": lambda: _("identical twins"),
    "fraternal": lambda: _("fraternal twins"),
    "home": lambda: _("live in one home"),
    "siblings": lambda: _("brother or sister"),
    "illness_present": lambda: _("physical or psychological illness"),
    "illness_recovery": lambda: _("illness, in remission"),
    "use_present": lambda: _("alcohol or drugs"),
    "use_suspected": lambda: _("alcohol or drugs, suspected"),
    "use_recovery": lambda: _("alcohol or drugs, in recovery"),
    "mark_authority": lambda: _("who has authority over the child"),
    "mark_supervision": lambda: _("supervision order (OTS)"),
    "mark_placement": lambda: _("placed out of home"),
    "link_contact": lambda: _("contact arrangement"),
    "link_own": lambda: _("kept apart by the case director"),
    "link_agreement": lambda: _("agreed to stay apart"),
    "link_contact_ban": lambda: _("contact ban"),
    "link_home_ban": lambda: _("home ban"),
    "link_location_ban": lambda: _("location ban"),
}


def legend(code: str) -> str:
    """What a sign means."""
    if code in _LEGEND:
        return _LEGEND[code]()
    if code.startswith("couple_"):
        return _COUPLES[code.removeprefix("couple_")]()
    if code.startswith(("mark_", "link_")):
        # A higher room gave no words for what it drew: its own word for it, rather than no drawing.
        return code.partition("_")[2]
    if code in PregnancyOutcome.values:
        return str(PregnancyOutcome(code).label)
    return str(LineKind(code).label)
