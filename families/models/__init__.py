"""The tables of the family room, a file per noun."""

from families.models.arrangement import Arrangement, Condition
from families.models.bsn import CitizenNumber, CitizenNumberEvent
from families.models.case import Case, CaseMember, ConflictOfInterest, Cover, Insight
from families.models.document import (
    Document,
    DocumentFile,
    DocumentGiven,
    DocumentRelease,
    DocumentUpload,
    DocumentVersion,
)
from families.models.event import LifeEvent, LifeEventPerson
from families.models.fact import ConfidentialFact, FactFinding, FactLook, FactVersion
from families.models.genogram import EmotionalLine, Household, HouseholdMember, Pregnancy
from families.models.intake import Direction, KnownQuestion, PositionNote, Referral, SpokenAlone, Weighing
from families.models.person import Person
from families.models.reach import Approach, ReachAgreement, SafeAnswer, SafeContact
from families.models.relation import Authority, KeepApart, Relation, Representation
from families.models.same import SamePerson, SamePersonEvent
from families.models.speech import Residence, Speech

__all__ = [
    "Approach",
    "Arrangement",
    "Authority",
    "Case",
    "CaseMember",
    "CitizenNumber",
    "CitizenNumberEvent",
    "Condition",
    "ConfidentialFact",
    "ConflictOfInterest",
    "Cover",
    "Direction",
    "Document",
    "DocumentFile",
    "DocumentGiven",
    "DocumentRelease",
    "DocumentUpload",
    "DocumentVersion",
    "FactFinding",
    "FactLook",
    "FactVersion",
    "EmotionalLine",
    "Household",
    "HouseholdMember",
    "Insight",
    "KeepApart",
    "KnownQuestion",
    "LifeEvent",
    "LifeEventPerson",
    "Person",
    "PositionNote",
    "Referral",
    "Pregnancy",
    "Relation",
    "Representation",
    "Residence",
    "ReachAgreement",
    "SafeAnswer",
    "SafeContact",
    "SpokenAlone",
    "Weighing",
    "SamePerson",
    "SamePersonEvent",
    "Speech",
]
