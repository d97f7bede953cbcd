"""Editions of a version for one reader each, their PDFs, and who can have one."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override

from casusregie.core import clock, crypto, dates
from casusregie.core.models import Party
from families.access import CaseAccess
from families.models import Case, Person
from families.scanner import CannotLook, Found, Unreadable, place_words, watch
from network.access import current_roles
from network.models import CaseRole, SharingGround
from processplan import editions
from processplan.choices import RenderState
from processplan.models import PlanVersion, RenderedEdition
from processplan.selectors.version import signatures_of


class NoGround(Exception):
    """A partner has no running ground for sharing: no ground, no edition."""


def _composed(version: PlanVersion, reader: editions.Reader, now: datetime) -> editions.Edition:
    # Always in Dutch: what was read and signed, and its digest, are the same whatever language the device shows.
    with override("nl"):
        return _composed_in_dutch(version, reader, now)


def _composed_in_dutch(version: PlanVersion, reader: editions.Reader, now: datetime) -> editions.Edition:
    earlier = list(PlanVersion.objects.filter(case=version.case, number__lte=version.number).order_by("number"))
    contents = [editions.thaw(row.content) for row in earlier]
    number, place = editions.place_of(contents, reader, now)
    if reader.key == editions.FILE:
        number, place = version.number, len(earlier) - 1
    offered = dates.long(dates.day_of(earlier[place].offered_at))
    return editions.compose(contents[-1], number, reader, now, signatures_of(version), offered)


def edition_for(version: PlanVersion, party: Party, now: datetime) -> editions.Edition:
    """The edition of one party: a partner in her role needs a running ground. Raises NoGround."""
    partner = _partner_role(version.case, party.pk, now)
    if partner is not None and not _has_ground(partner, now):
        raise NoGround
    return _composed(version, editions.Reader.of(party, is_partner=partner is not None), now)


def edition_by_key(version: PlanVersion, key: str, now: datetime) -> editions.Edition:
    """The edition for `kern`, `dossier` or a party's reference.

    Raises Http404 for an unknown reader or one with nothing to read, and NoGround.
    """
    if key in (editions.CORE, editions.FILE):
        reader = editions.CORE_READER if key == editions.CORE else editions.FILE_READER
        edition = _composed(version, reader, now)
    else:
        edition = edition_for(version, _reader_party(version.case, key, now), now)
    if edition.is_empty:
        raise Http404
    return edition


def _reader_party(case: Case, ref: str, now: datetime) -> Party:
    roles = CaseRole.objects.filter(current_roles(clock.local_date(now)), case=case)
    party = Party.objects.filter(ref=ref).first()
    if party is None:
        raise Http404
    if party.scope != case.ref and not roles.filter(professional__party=party).exists():
        raise Http404
    return party


def _partner_role(case: Case, party_id: int, now: datetime) -> CaseRole | None:
    roles = CaseRole.objects.filter(current_roles(clock.local_date(now)), case=case, professional__party_id=party_id)
    return roles.first()


def _has_ground(role: CaseRole, now: datetime) -> bool:
    return SharingGround.objects.filter(role=role, until__gte=clock.local_date(now)).exists()


@dataclass(frozen=True)
class ReaderChoice:
    """Somebody for whom an edition can be made."""

    key: str
    name: str
    who: str
    rendered: str = ""
    problem: str = ""


def readers_of(version: PlanVersion, now: datetime) -> list[ReaderChoice]:
    """Everybody who has something to read in this version: core, file, family, partners with a ground."""
    case = version.case
    made = {(row.reader, row.sha256): row for row in RenderedEdition.objects.filter(version=version).defer("pdf")}
    choices = [(editions.CORE, _("what everybody signs"), ""), (editions.FILE, _("whole, for the file"), "")]
    for person in Person.objects.filter(case=case).select_related("party").order_by("-in_household", "sort_key"):
        choices.append((person.party.ref, person.party.label, person.described_as))
    roles = CaseRole.objects.filter(current_roles(clock.local_date(now)), case=case).select_related(
        "professional__party", "professional__organisation"
    )
    for role in roles.order_by("pk"):
        choices.append((role.professional.party.ref, role.professional.name, role.professional.organisation.name))
    found = []
    for key, name, who in choices:
        try:
            edition = edition_by_key(version, key, now)
        except (Http404, NoGround):
            continue
        row = made.get((key, edition.sha256))
        found.append(ReaderChoice(key, name, who, row.state if row else "", row.problem if row else ""))
    return found


def rendered(version: PlanVersion, key: str, now: datetime) -> RenderedEdition | None:
    """The PDF that was asked for of what this reader reads now."""
    edition = edition_by_key(version, key, now)
    return RenderedEdition.objects.filter(version=version, reader=key, sha256=edition.sha256).first()


def pdf_of(row: RenderedEdition) -> bytes:
    """The file of an edition that is ready."""
    return crypto.decrypt_bytes(row.version.case.ref, row.pdf) if row.state == RenderState.DONE and row.pdf else b""


@dataclass(frozen=True)
class EditionPage:
    """An edition as a page shows it, or why there is none."""

    edition: editions.Edition | None
    problem: str
    offered: str


def edition_page(access: CaseAccess, version: PlanVersion, key: str, now: datetime) -> EditionPage:
    """*Bekijken als …*: the edition of a reader; without one the core, or the file when there is no core.

    Only director and deputy look as somebody else; another member of the case team sees the core.
    """
    version.case = access.case
    offered = dates.long(dates.day_of(version.offered_at))
    wanted = key if key and access.is_steward else _own_key(access, version)
    try:
        return EditionPage(edition_by_key(version, wanted, now), "", offered)
    except NoGround:
        return EditionPage(None, str(_("There is no ground for sharing with this partner now: no edition.")), offered)
    except Http404:
        return EditionPage(None, str(_("There is nothing in this version for this reader.")), offered)


def _own_key(access: CaseAccess, version: PlanVersion) -> str:
    joint = editions.thaw(version.content).form == "joint"
    return editions.CORE if joint or not access.is_steward else editions.FILE


def who_reads(version: PlanVersion, edition: editions.Edition) -> tuple[int, ...] | None:
    """The parties before whose eyes an edition comes: its reader, of the core all who sign, of the file nobody else.

    None for the file: it is for director and deputy, who know everything.
    """
    if edition.reader.key == editions.FILE:
        return None
    if edition.reader.key == editions.CORE:
        return tuple(party_id for party_id, _name in editions.thaw(version.content).signatories)
    return (edition.reader.party_id,) if edition.reader.party_id is not None else ()


def leaks(version: PlanVersion, edition: editions.Edition, now: datetime, pdf: bytes = b"") -> list[str]:
    """The places (codes) at which an edition holds what its reader may not know; `unreadable` when nobody can tell.

    Looks at what was composed, and at the finished bytes when there are any: text, metadata and the file's name.
    """
    readers = who_reads(version, edition)
    if readers is None:
        return []
    try:
        guard = watch(version.case, now)
        found = guard.hits(editions.text_of(edition), readers)
        if pdf and not found:
            found = guard.hits_in_bytes("plan.pdf", pdf, readers)
    except (Unreadable, CannotLook):
        return ["unreadable"]
    return list(dict.fromkeys(one.where for one in found))


@dataclass(frozen=True)
class LeakView:
    """One place that refuses an edition, with the words around it and what stands there."""

    place: str
    before: str
    there: str
    after: str
    about: str


def leak_views(version: PlanVersion, key: str, now: datetime) -> list[LeakView]:
    """Where exactly an edition is refused, for director and deputy; composed anew, never stored."""
    edition = edition_by_key(version, key, now)
    readers, parts = who_reads(version, edition), editions.text_of(edition)
    if readers is None:
        return []
    try:
        found = watch(version.case, now).hits(parts, readers)
    except CannotLook:
        return []
    return [_leak(one, parts[one.where]) for one in found]


def _leak(found: Found, text: str) -> LeakView:
    start, end = found.start, found.end
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    return LeakView(place_words(found.where), before, text[start:end], after, found.secret.concerns)
