"""The tables of the kernel, a file per noun."""

from casusregie.core.models.accounts import Role, RoleRight, Team, User
from casusregie.core.models.audit import AccessLog, AuditSeal
from casusregie.core.models.files import SealedFile
from casusregie.core.models.installation import Installation
from casusregie.core.models.keys import CaseKey
from casusregie.core.models.parties import Audience, AudienceReader, Party
from casusregie.core.models.sessions import Session
from casusregie.core.models.submissions import StoredSearch, Submission

__all__ = [
    "AccessLog",
    "Audience",
    "AudienceReader",
    "AuditSeal",
    "CaseKey",
    "Installation",
    "Party",
    "Role",
    "RoleRight",
    "SealedFile",
    "Session",
    "StoredSearch",
    "Submission",
    "Team",
    "User",
]
