"""Closed lists of the family room, and the table of what may follow what."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseStatus(TextChoices):
    """Where a case stands as a case (not as safety: that is the phase)."""

    REGISTERED = "registered", _("registered, no director yet")
    ACTIVE = "active", _("being directed")
    AFTERCARE = "aftercare", _("aftercare")
    CLOSED = "closed", _("closed")
    DECLINED = "declined", _("not taken on")


# What may follow what. A case has no road to *closed* that does not pass the process plan (design.md 3), so the pages
# of this room offer only what stands in `OFFERED`.
TRANSITIONS: dict[str, frozenset[str]] = {
    CaseStatus.REGISTERED: frozenset({CaseStatus.ACTIVE, CaseStatus.DECLINED}),
    CaseStatus.ACTIVE: frozenset({CaseStatus.AFTERCARE}),
    CaseStatus.AFTERCARE: frozenset({CaseStatus.ACTIVE, CaseStatus.CLOSED}),
    CaseStatus.CLOSED: frozenset({CaseStatus.ACTIVE}),
    CaseStatus.DECLINED: frozenset({CaseStatus.REGISTERED}),
}
OFFERED = frozenset({CaseStatus.ACTIVE, CaseStatus.AFTERCARE, CaseStatus.DECLINED, CaseStatus.REGISTERED})
OPEN_STATUSES = (CaseStatus.REGISTERED, CaseStatus.ACTIVE, CaseStatus.AFTERCARE)


class Intensity(TextChoices):
    """How closely the director stays in touch, chosen by her; a colour word, never the colour of danger."""

    RED = "red", _("red")
    ORANGE = "orange", _("orange")
    GREEN = "green", _("green")


class WorkingForm(TextChoices):
    """Samen of apart: undecided works as separate (design.md 5)."""

    UNDECIDED = "undecided", _("not decided yet")
    JOINT = "joint", _("together")
    SEPARATE = "separate", _("apart")


class MemberRole(TextChoices):
    """In which quality a colleague stands in a case team beside the director."""

    DEPUTY = "deputy", _("deputy")
    SECOND = "second", _("second worker")


class NameUse(TextChoices):
    """Which surname somebody uses (naamgebruik, domain.md g)."""

    OWN = "own", _("own name")
    PARTNER = "partner", _("partner's name")
    PARTNER_OWN = "partner_own", _("partner's name, then own name")
    OWN_PARTNER = "own_partner", _("own name, then partner's name")


class BirthPrecision(TextChoices):
    """How exactly a birth date is known; the population register holds incomplete ones."""

    DAY = "day", _("day known")
    MONTH = "month", _("month known")
    YEAR = "year", _("year known")


class ReachChannel(TextChoices):
    """How somebody can be reached."""

    PHONE = "phone", _("telephone")
    APP = "app", _("app or text message")
    MAIL = "mail", _("e-mail")
    POST = "post", _("by post")
    OTHER = "other", _("through somebody or somewhere")


class Safe(TextChoices):
    """Whether a way to reach somebody is safe; unknown is not safe (design.md 5)."""

    UNKNOWN = "unknown", _("not known yet")
    YES = "yes", _("safe")
    NO = "no", _("not safe")


class Allowed(TextChoices):
    """Whether something may be left behind for somebody: a message, a letter, paper; not asked is no."""

    UNKNOWN = "unknown", _("not asked yet")
    YES = "yes", _("yes")
    NO = "no", _("no")


class TermReason(TextChoices):
    """Why a confirmation holds as long as it does (issue 4: per person)."""

    CHOSEN = "chosen", _("chosen")
    LIVES_WITH = "lives_with", _("lives with somebody who uses violence")
    FOLLOWED = "followed", _("is followed or controlled")
    NEAR_FOLLOWED = "near_followed", _("lives with somebody who is followed or controlled")
    NOT_NOTED = "not_noted", _("not noted yet who uses violence")
    OTHER = "other", _("does not live with somebody who uses violence")


# How long a confirmation holds, in days: short for who lives with or is followed by the one who uses violence, and as
# long as nobody noted who that is (issue 4; domain.md i, 1).
SHORT_TERM, LONG_TERM = 30, 90
TERM_DAYS: dict[str, int] = {
    TermReason.LIVES_WITH: SHORT_TERM,
    TermReason.FOLLOWED: SHORT_TERM,
    TermReason.NEAR_FOLLOWED: SHORT_TERM,
    TermReason.NOT_NOTED: SHORT_TERM,
    TermReason.OTHER: LONG_TERM,
}


class RelationKind(TextChoices):
    """How two persons of a family are related."""

    PARTNER = "partner", _("partners")
    PARENT = "parent", _("parent of")
    SIBLING = "sibling", _("brother or sister of")
    TWIN = "twin", _("twin of")


class AuthorityStatus(TextChoices):
    """Whether somebody has authority (gezag) over a child; unknown stays unknown and asks for a check."""

    YES = "yes", _("has authority")
    PART = "part", _("has part of it, by a ruling")
    SUSPENDED = "suspended", _("is suspended")
    NO = "no", _("has no authority")
    UNKNOWN = "unknown", _("not known yet")


class AuthorityBasis(TextChoices):
    """On what authority rests (domain.md b): only a marriage, a recognition from 2023 on, or a ruling gives it."""

    BIRTH = "birth", _("mother by birth")
    MARRIAGE = "marriage", _("marriage or registered partnership")
    RECOGNITION = "recognition", _("recognition of the child")
    REGISTER = "register", _("noted together in the register")
    RULING = "ruling", _("ruling of the court")
    GUARDIAN = "guardian", _("guardian")


class AuthoritySource(TextChoices):
    """Where authority was looked up; "not in the register" proves nothing (domain.md, corrections)."""

    BRP = "brp", _("population register (BRP)")
    REGISTER = "register", _("authority register")
    RULING = "ruling", _("ruling, seen")
    OTHER = "other", _("elsewhere")


class RepresentationKind(TextChoices):
    """Why somebody does not decide alone (domain.md b)."""

    LACKS_CAPACITY = "lacks", _("cannot weigh this, an expert says")
    MENTOR = "mentor", _("has a mentor")
    CURATOR = "curator", _("is under guardianship (curatele)")


class LifeEventKind(TextChoices):
    """What kind of event it was; the mark on the timeline."""

    VIOLENCE = "violence", _("violence")
    LOSS = "loss", _("loss or separation")
    TOGETHER = "together", _("together, marriage, birth")
    MOVE = "move", _("moving house")
    HELP = "help", _("help or care")
    LAW = "law", _("court, police or protection")
    WORK = "work", _("work, school or money")
    HEALTH = "health", _("health")
    OTHER = "other", _("something else")


class ReferralSource(TextChoices):
    """Who comes with a family."""

    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
    POLICE = "police", _("police")
    LOCAL_TEAM = "local_team", _("local team")
    GP = "gp", _("general practitioner")
    SCHOOL = "school", _("school or child care")
    COURT = "court", _("judge, Raad voor de Kinderbescherming or GI")
    FAMILY = "family", _("the family itself")
    OTHER = "other", _("somebody else")


class ViolenceType(TextChoices):
    """Kinds of violence (domain.md g)."""

    SITUATIONAL = "situational", _("outbursts in a conflict")
    COERCIVE = "coercive", _("coercive control")
    PHYSICAL = "physical", _("physical violence")
    PSYCHOLOGICAL = "psychological", _("psychological violence")
    SEXUAL = "sexual", _("sexual violence")
    STALKING = "stalking", _("stalking")
    HONOUR = "honour", _("honour-related violence")
    FORCED_MARRIAGE = "forced_marriage", _("forced marriage")
    NEGLECT = "neglect", _("neglect")
    CHILD_ABUSE = "child_abuse", _("child abuse")
    CHILD_SEXUAL = "child_sexual", _("sexual abuse of a child")
    ELDER = "elder", _("elder abuse")
    FINANCIAL = "financial", _("financial abuse")


class Between(TextChoices):
    """Between whom the violence is."""

    PARTNERS = "partners", _("partners")
    EX_PARTNERS = "ex_partners", _("former partners")
    PARENT_CHILD = "parent_child", _("parent to child")
    CHILD_PARENT = "child_parent", _("child to parent")
    SIBLINGS = "siblings", _("brothers and sisters")
    WIDER = "wider", _("wider family")
    DEPENDENT = (
        "dependent",
        _("with somebody who depends: on care, on a residence permit, by a mild intellectual disability (LVB)"),
    )


class Position(TextChoices):
    """A position in one pattern, in one period."""

    HURT = "hurt", _("is hurt")
    USES = "uses", _("uses violence")
    WITNESS = "witness", _("witness")


class Wish(TextChoices):
    """Whether somebody wants to work together, said alone."""

    YES = "yes", _("wants to")
    NO = "no", _("does not want to")
    UNSURE = "unsure", _("does not know yet")


class DirectionAt(TextChoices):
    """Where formal direction can lie (design.md 5)."""

    ICR = "icr", _("case director")
    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
    GI = "gi", _("certified institution (GI)")
    MDA = "mda", _("MDA++")
    SAFETY_HOUSE = "safety_house", _("Zorg- en Veiligheidshuis")


class AskedBy(TextChoices):
    """Who asks whether a family is known."""

    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
    POLICE = "police", _("police")
    LOCAL_TEAM = "local_team", _("local team")
    CARE = "care", _("care or general practitioner")
    SCHOOL = "school", _("school or child care")
    OTHER = "other", _("somebody else")


class KnownAnswer(TextChoices):
    """What was answered, and nothing more."""

    KNOWN = "known", _("said that it is known")
    NOTHING = "nothing", _("said nothing")


class FactKind(TextChoices):
    """The kinds of confidential fact; what kills is not only an address (domain.md, corrections)."""

    ADDRESS = "address", _("place where somebody stays")
    SHELTER = "shelter", _("shelter")
    PHONE = "phone", _("telephone number")
    EMAIL = "email", _("e-mail address")
    SCHOOL = "school", _("school or child care")
    GP = "gp", _("general practitioner")
    EMPLOYER = "employer", _("employer")
    TIMES = "times", _("fixed times")
    ORGANISATION = "organisation", _("organisation that gives the place away")
    LEAVING = "leaving", _("plan to leave")
    POLICE = "police", _("report to the police")
    REPORTER = "reporter", _("who reported")
    PREGNANCY = "pregnancy", _("pregnancy")
    PARTNER = "partner", _("new partner")
    MEDICAL = "medical", _("medical")
    RESIDENCE = "residence", _("residence status")
    CONTACT = "contact", _("that she talks to us")
    PAPER = "paper", _("papers at home")
    READS_ALONG = "reads_along", _("who reads along")
    OTHER = "other", _("something else")


# Facts about where somebody is: they are the place of the children who live there too.
PLACES = frozenset({FactKind.ADDRESS.value, FactKind.SHELTER.value})


class Door(TextChoices):
    """Through what something that must stay confidential could leave, or left."""

    EDITION = "edition", _("edition")
    PAGE = "page", _("page of a partner")
    DOCUMENT = "document", _("document")


class Sex(TextChoices):
    """Which symbol stands for somebody in the genogram."""

    MAN = "man", _("man")
    WOMAN = "woman", _("woman")
    OTHER = "other", _("another sex")
    UNKNOWN = "unknown", _("not known")


class Nature(TextChoices):
    """What kind of parent, couple, brother or sister, or twin; empty is not said."""

    BIOLOGICAL = "biological", _("biological parent of")
    ADOPTIVE = "adoptive", _("adoptive parent of")
    FOSTER = "foster", _("foster parent of")
    CARER = "carer", _("step-parent or carer of")
    MARRIED = "married", _("married to")
    REGISTERED = "registered", _("in a registered partnership with")
    COHABITING = "cohabiting", _("lives together as a couple with")
    RELATION = "relation", _("in a relationship with")
    LAT = "lat", _("in a relationship, living apart, with")
    AFFAIR = "affair", _("in a secret relationship with")
    HALF = "half", _("half-brother or half-sister of")
    IDENTICAL = "identical", _("identical twin of")
    FRATERNAL = "fraternal", _("fraternal twin of")


# Which natures a kind of relation knows; the order is the one of the form.
NATURES: dict[str, tuple[str, ...]] = {
    RelationKind.PARENT: (Nature.BIOLOGICAL, Nature.ADOPTIVE, Nature.FOSTER, Nature.CARER),
    RelationKind.PARTNER: (
        Nature.MARRIED,
        Nature.REGISTERED,
        Nature.COHABITING,
        Nature.RELATION,
        Nature.LAT,
        Nature.AFFAIR,
    ),
    RelationKind.SIBLING: (Nature.HALF,),
    RelationKind.TWIN: (Nature.IDENTICAL, Nature.FRATERNAL),
}


class EndedHow(TextChoices):
    """How a couple ended."""

    SEPARATED = "separated", _("separated")
    DIVORCED = "divorced", _("divorced")
    DIED = "died", _("one of them died")


class LineKind(TextChoices):
    """What goes on between two people (domain.md e); abuse, control, focus and care have a direction."""

    CLOSE = "close", _("close")
    FUSED = "fused", _("fused")
    DISTANT = "distant", _("distant")
    HOSTILE = "hostile", _("conflict")
    CLOSE_HOSTILE = "close_hostile", _("close, with conflict")
    FUSED_HOSTILE = "fused_hostile", _("fused, with conflict")
    FOCUSED = "focused", _("focused on")
    CARETAKER = "caretaker", _("takes care of")
    SPIRITUAL = "spiritual", _("spiritually connected")
    CUTOFF = "cutoff", _("contact broken")
    CUTOFF_REPAIRED = "cutoff_repaired", _("contact restored")
    CONTROL = "control", _("controls")
    EMOTIONAL_ABUSE = "emotional_abuse", _("psychological violence against")
    PHYSICAL_ABUSE = "physical_abuse", _("physical violence against")
    SEXUAL_ABUSE = "sexual_abuse", _("sexual violence against")


DIRECTED_LINES = frozenset(
    {
        LineKind.FOCUSED,
        LineKind.CARETAKER,
        LineKind.CONTROL,
        LineKind.EMOTIONAL_ABUSE,
        LineKind.PHYSICAL_ABUSE,
        LineKind.SEXUAL_ABUSE,
    }
)
VIOLENCE_LINES = frozenset(
    {
        LineKind.CONTROL,
        LineKind.EMOTIONAL_ABUSE,
        LineKind.PHYSICAL_ABUSE,
        LineKind.SEXUAL_ABUSE,
        LineKind.HOSTILE,
        LineKind.CLOSE_HOSTILE,
        LineKind.FUSED_HOSTILE,
    }
)


class PregnancyOutcome(TextChoices):
    """A pregnancy now, or how one ended that brought no living child."""

    EXPECTED = "expected", _("pregnant")
    MISCARRIAGE = "miscarriage", _("miscarriage")
    ABORTION = "abortion", _("pregnancy ended")
    STILLBIRTH = "stillbirth", _("stillborn")


class DocumentKind(TextChoices):
    """What a document is; the order is the one of the form."""

    RULING = "ruling", _("ruling of a judge")
    REPORT_VT = "report_vt", _("report of Veilig Thuis")
    REPORT_RVDK = "report_rvdk", _("report of the Raad voor de Kinderbescherming")
    POLICE = "police", _("police report or declaration")
    LETTER = "letter", _("letter or message")
    PLAN = "plan", _("plan or agreements")
    CONSENT = "consent", _("consent")
    SCHOOL = "school", _("report of a school")
    MEDICAL = "medical", _("medical report")
    PHOTO = "photo", _("photo or screenshot")
    DRAWING = "drawing", _("drawing of a child")
    OTHER = "other", _("something else")


class Language(TextChoices):
    """The languages that families speak most; any other is written in words."""

    DUTCH = "nl", _("Dutch")
    ARABIC = "ar", _("Arabic")
    TIGRINYA = "ti", _("Tigrinya")
    TURKISH = "tr", _("Turkish")
    POLISH = "pl", _("Polish")
    UKRAINIAN = "uk", _("Ukrainian")
    ENGLISH = "en", _("English")
    PERSIAN = "fa", _("Farsi or Dari")
    SOMALI = "so", _("Somali")
    TAMAZIGHT = "ber", _("Tamazight")
    PAPIAMENTO = "pap", _("Papiamento")
    SIGN = "ngt", _("Dutch sign language")


class Interpreter(TextChoices):
    """How an interpreter helps, where one is needed; never somebody of the family."""

    PHONE = "phone", _("by telephone")
    PRESENT = "present", _("is present")


class Plain(TextChoices):
    """What makes talk and text clear to somebody, in words that she may read herself."""

    SHORT = "short", _("short sentences, ordinary words")
    PICTURES = "pictures", _("with pictures")
    ALOUD = "aloud", _("read aloud")
    STEPS = "steps", _("calmly, one thing at a time")
    WRITING = "writing", _("reading and writing is difficult")


class NumberReason(TextChoices):
    """Why a citizen service number is looked at; the closed word that the access log keeps."""

    IDENTITY = "identity", _("to be sure that this is the right person")
    REQUEST = "request", _("to ask for help, or for a decision about it")
    PROVIDER = "provider", _("to tell it to who gives the help")
    REPORT = "report", _("for a report to Veilig Thuis or a request to the Raad")
    OTHER = "other", _("something else")


class NumberAct(TextChoices):
    """What was done with a citizen service number."""

    NOTED = "noted", _("noted")
    CHANGED = "changed", _("changed")
    SHOWN = "shown", _("shown")


class HomeKind(TextChoices):
    """What kind of home it is; who lives in a home of the family lives in its household."""

    FAMILY = "family", _("home of the family")
    OTHER = "other", _("with somebody else")
    SHELTER = "shelter", _("shelter")
    FOSTER = "foster", _("foster family")
    CARE = "care", _("institution or clinic")
    PRISON = "prison", _("prison")
    ABROAD = "abroad", _("abroad")


class SameState(TextChoices):
    """Where the question stands whether two persons of different cases are one human."""

    ASKED = "asked", _("asked")
    LINKED = "linked", _("linked")
    UNDONE = "undone", _("undone")
    DIFFERENT = "different", _("two different persons")


class SameAct(TextChoices):
    """What somebody said about two persons being one human."""

    ASKED = "asked", _("asked")
    AGREED = "agreed", _("agreed")
    UNDONE = "undone", _("undone")
    DIFFERENT = "different", _("said that these are two")


class ArrangementKind(TextChoices):
    """What was decided or agreed about a child: with whom it has contact, who supervises, where it was placed."""

    CONTACT = "contact", _("contact arrangement")
    SUPERVISION = "supervision", _("supervision order (OTS)")
    PLACEMENT = "placement", _("out-of-home placement")


class ArrangementSource(TextChoices):
    """Where an arrangement was seen; told is not seen."""

    RULING = "ruling", _("ruling, seen")
    PLAN = "plan", _("parenting plan, seen")
    BRP = "brp", _("population register (BRP)")
    OTHER = "other", _("told or seen elsewhere")


class ApartKind(TextChoices):
    """Why two persons may not meet: what the director chose, what was agreed, or what somebody decided for them."""

    OWN = "own", _("kept apart by the case director")
    AGREEMENT = "agreement", _("agreed to stay apart")
    CONTACT_BAN = "contact_ban", _("contact ban")
    HOME_BAN = "home_ban", _("home ban")
    LOCATION_BAN = "location_ban", _("location ban")


# Decided by somebody with the power to, and directed: the first may not come near the second.
BANS = frozenset({ApartKind.CONTACT_BAN, ApartKind.HOME_BAN, ApartKind.LOCATION_BAN})


class ConditionKind(TextChoices):
    """What somebody has, as the genogram knows it (domain.md e)."""

    PHYSICAL = "physical", _("physical illness")
    PSYCHOLOGICAL = "psychological", _("psychological illness")
    ALCOHOL = "alcohol", _("alcohol")
    DRUGS = "drugs", _("drugs")


class ConditionState(TextChoices):
    """How it is with that; only use of alcohol or drugs is drawn as suspected."""

    PRESENT = "present", _("now")
    SUSPECTED = "suspected", _("suspected")
    RECOVERY = "recovery", _("in remission or recovery")


SUBSTANCES = frozenset({ConditionKind.ALCOHOL, ConditionKind.DRUGS})
