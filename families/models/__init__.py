"""The tables of the family room, a file per noun."""

from families.models.case import Case, CaseMember, ConflictOfInterest, Cover, Insight
from families.models.person import Person, SafeContact

__all__ = ["Case", "CaseMember", "ConflictOfInterest", "Cover", "Insight", "Person", "SafeContact"]
