"""Closed lists of the kernel: rights, kinds of party, circles of readers, outcomes in the access log."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    """What a person may do. Code asks for a right; roles are bundles of rights in the database."""

    INTERNAL = "internal", _("Knows the house: is told 'not allowed' where an outsider is told 'not found'")
    OWN_ACCOUNT = "account.own", _("Manage the own account")
    MESSAGES = "messages.view", _("Read the own notifications")
    DESK_TODAY = "desk.today", _("Today's desk of a case director")
    DESK_CASELOAD = "desk.caseload", _("The caseload of a team")
    DESK_ROLES = "desk.roles", _("The own roles as a partner")
    DESK_OUTCOMES = "desk.outcomes", _("Outcomes without persons")
    CASE_LIST = "case.list", _("The list of own cases")
    CASE_OPEN = "case.open", _("Open a case")
    CASE_VIEW = "case.view", _("Read a case one belongs to")
    CASE_HEAD = "case.head", _("See the head of the cases of the own team")
    CASE_DIRECT = "case.direct", _("Direct a case: change it, its team and its persons")
    CASE_ARRANGE = "case.arrange", _("Arrange direction and cover in the own team")
    CASE_INSIGHT = "case.insight", _("Look inside with a reason")
    CONTACT_LOG = "contact.log", _("Log a contact")
    AUDIT_VIEW = "audit.view", _("Read the access log")
    ADMINISTER = "administer", _("Accounts, teams and organisations")
    API = "api.use", _("Use the API")


class PartyKind(TextChoices):
    """What stands behind a party."""

    PERSON = "person", _("person of a family")
    PROFESSIONAL = "professional", _("professional")
    USER = "user", _("colleague with an account")


class Circle(TextChoices):
    """Whom an audience holds besides the readers it names."""

    STEWARDS = "stewards", _("director and deputy")
    TEAM = "team", _("everybody in the case team")


class Outcome(TextChoices):
    """How what somebody tried to do ended, as the access log keeps it."""

    ALLOWED = "allowed", _("allowed")
    REFUSED = "refused", _("refused")
    INVALID = "invalid", _("returned with errors")
    ROLLED_BACK = "rolled_back", _("undone")


class Relation(TextChoices):
    """In which quality somebody stands towards a case at a moment."""

    DIRECTOR = "director", _("case director")
    DEPUTY = "deputy", _("deputy")
    SECOND = "second", _("second worker")
    TEAM_LEADER = "team_leader", _("team leader")
    INSIGHT = "insight", _("team leader, with a reason")
    NONE = "", _("no relation")


class FileKind(TextChoices):
    """What kind of file may be kept, judged by its content and never by its name."""

    JPEG = "jpeg", _("photo")
    PNG = "png", _("picture")
    WEBP = "webp", _("picture")
    PDF = "pdf", _("PDF")
