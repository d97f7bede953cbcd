"""Closed lists of the plan room, and what may follow what."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionState(TextChoices):
    """Where an offered version of the plan stands; a draft is not a version yet."""

    OFFERED = "offered", _("offered")
    ACTIVE = "active", _("in force")
    SUPERSEDED = "superseded", _("replaced")


# A version is offered once, comes in force once, and is replaced by the next one that comes in force.
VERSION_TRANSITIONS: dict[str, frozenset[str]] = {
    VersionState.OFFERED: frozenset({VersionState.ACTIVE, VersionState.SUPERSEDED}),
    VersionState.ACTIVE: frozenset({VersionState.SUPERSEDED}),
    VersionState.SUPERSEDED: frozenset(),
}


class ItemKind(TextChoices):
    """What an item of the plan is."""

    GOAL = "goal", _("goal")
    STEP = "step", _("action")
    AGREEMENT = "agreement", _("agreement")


class StepState(TextChoices):
    """How far an action is."""

    OPEN = "open", _("still to do")
    BUSY = "busy", _("under way")
    DONE = "done", _("done")
    STUCK = "stuck", _("stuck")


class SignatureKind(TextChoices):
    """How somebody answered the plan."""

    DRAWN = "drawn", _("signed by hand")
    TYPED = "typed", _("signed by name")
    READ = "read", _("read, not signed")


class RecognitionAnswer(TextChoices):
    """Whether somebody recognises a pattern."""

    YES = "yes", _("recognises this")
    PARTLY = "partly", _("partly")
    NO = "no", _("does not recognise this")


class Rhythm(TextChoices):
    """How often the plan is evaluated."""

    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every three months")


class RenderState(TextChoices):
    """Where a rendered edition stands."""

    ASKED = "asked", _("being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")
