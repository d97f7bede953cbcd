"""Closed lists of the network room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from families.choices import Intensity


class Channel(TextChoices):
    """How a contact went (contract: `channel`)."""

    VISIT = "visit", _("visit")
    PHONE = "phone", _("telephone call")
    VIDEO = "video", _("video call")
    APP = "app", _("app message")
    SMS = "sms", _("text message")
    MAIL = "mail", _("e-mail")
    LETTER = "letter", _("letter")
    OFFICE = "office", _("at the office")
    MEETING = "meeting", _("meeting")
    OTHER = "other", _("otherwise")


class ContactOutcome(TextChoices):
    """Whether somebody was reached; an attempt is never a contact, nor a voice heard (design.md 5)."""

    REACHED = "reached", _("spoken to")
    NO_ANSWER = "no_answer", _("no answer")
    VOICEMAIL = "voicemail", _("voicemail")
    NOT_HOME = "not_home", _("not at home")
    NO_SHOW = "no_show", _("did not come")


class Purpose(TextChoices):
    """What a contact was for (contract: `purposes`; the goals of contact in seed 000, 3.3)."""

    TRUST = "trust", _("build trust")
    MOTIVATE = "motivate", _("motivate")
    NORM = "norm", _("name the norm")
    INSIGHT = "insight", _("give insight")
    PRACTICAL = "practical", _("practical help")
    SAFETY = "safety", _("speak of safety")
    ANALYSIS = "analysis", _("understand")
    PLAN = "plan", _("work on the plan")
    EVALUATE = "evaluate", _("evaluate")
    MONITOR = "monitor", _("follow how it goes")
    ADJUST = "adjust", _("adjust")
    ALIGN = "align", _("align with partners")
    MEDIATE = "mediate", _("mediate")
    POSITION = "position", _("make roles clear")
    RELATION = "relation", _("work on relations")


class LineKind(TextChoices):
    """What a line in a contact is: unmarked is the director's report (domain.md, corrections: marks in notes)."""

    REPORT = "report", _("report")
    STATEMENT = "statement", _("in own words")
    FACT = "fact", _("fact")
    INTERPRETATION = "interpretation", _("interpretation")


class Domain(TextChoices):
    """The field a partner organisation works in (domain.md f)."""

    DIRECTION = "direction", _("direction and local team")
    SAFETY = "safety", _("safety and justice")
    YOUTH = "youth", _("youth and school")
    ADULT_CARE = "adult_care", _("care for adults")
    SHELTER = "shelter", _("shelter")
    LIVELIHOOD = "livelihood", _("income and housing")
    LAW = "law", _("law and separation")
    NETWORK = "network", _("own network")


class GroundBasis(TextChoices):
    """On what ground something may be shared (domain.md c)."""

    CONSENT = "consent", _("consent")
    PUBLIC_TASK = "public_task", _("task of the municipality")
    LEGAL_DUTY = "legal_duty", _("legal duty")
    VITAL_INTEREST = "vital_interest", _("acute danger")
    RIGHT_TO_REPORT = "right_to_report", _("right to report")
    SAFETY_HOUSE = "safety_house", _("law on partnerships (Zorg- en Veiligheidshuis)")


class SignalKind(TextChoices):
    """What a partner tells the director."""

    PROGRESS = "progress", _("how it goes")
    WORRY = "worry", _("I am worried")


class SpokenSafety(TextChoices):
    """What somebody said in a contact about how safe it is; left empty when nobody wrote it down."""

    SAFE = "safe", _("safe")
    UNSAFE = "unsafe", _("not safe")
    NOT_DISCUSSED = "not_discussed", _("not discussed")


class CautionKind(TextChoices):
    """What a colleague must know before she rings the bell."""

    DOG = "dog", _("dog")
    WEAPON = "weapon", _("weapon")
    AGGRESSION = "aggression", _("aggression")
    NOT_ALONE = "not_alone", _("do not go alone")
    OTHER = "other", _("something else")


class VoiceMode(TextChoices):
    """How a voice is heard: by itself in a rhythm, via somebody, or deliberately not for a while (design.md 5)."""

    RHYTHM = "rhythm", _("in a rhythm")
    VIA = "via", _("via somebody")
    TOO_YOUNG = "too_young", _("too young to speak for oneself")
    PAUSED = "paused", _("deliberately not now")


# How often a voice of the household is to be heard as long as nobody chose: the intensity only proposes (design.md 5).
PROPOSED_DAYS: dict[str, int] = {Intensity.RED: 7, Intensity.ORANGE: 14, Intensity.GREEN: 30}


class TimeCategory(TextChoices):
    """What working time goes to (domain.md j)."""

    FAMILY = "family", _("family")
    PARTNERS = "partners", _("chain partners")
    TEAM = "team", _("own team")
    ANALYSIS = "analysis", _("analysis and plan")
    TRAVEL = "travel", _("travel")
    OTHER = "other", _("other work")


class WithdrawalReason(TextChoices):
    """Why a contact stood in the wrong case; closed words, for the list that the privacy officer reads names nobody."""

    WRONG_FAMILY = "wrong_family", _("the wrong family was chosen")
    TWO_FAMILIES = "two_families", _("it belongs to two families")
    OTHER = "other", _("something else")
