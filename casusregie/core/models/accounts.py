"""Who logs in: users, teams, and rights bundled in roles."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casusregie.core.choices import Right


class Team(models.Model):
    """People who work together under one team leader."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A bundle of rights with a name; the rights are data, so a municipality can cut its own bundles."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=120)

    def __str__(self) -> str:
        return self.name


class RoleRight(models.Model):
    """One right in one role."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="rights")
    right = models.CharField(max_length=40, choices=Right.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["role", "right"], name="role_right_once")]

    def __str__(self) -> str:
        return f"{self.role_id}:{self.right}"


# Every guarded request asks this, mostly in the statement that loads its session (`core.sessions`).
RIGHTS_OF = 'SELECT r."right" FROM core_roleright r JOIN core_user_roles m ON m.role_id = r.role_id WHERE m.user_id = '


class UserManager(BaseUserManager["User"]):
    """Finds a user by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of this address. Raises User.DoesNotExist."""
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user with a lower-case address; without a password none works."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person with an account of her own (no group accounts: domain.md c, BIO2 5.16.02)."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("active"), default=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    roles = models.ManyToManyField(Role, blank=True, related_name="users")
    party = models.OneToOneField("core.Party", on_delete=models.PROTECT, related_name="user")
    # Under which colleagues call her when she has not reported back from a visit.
    phone = models.CharField(_("work telephone"), max_length=32, blank=True, default="")
    # Until when she is inside somewhere, kept by the room that owns the visit: the frame asks further only when it is set.
    inside_until = models.DateTimeField(null=True, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = UserManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_whatever_case")]
        indexes: ClassVar = [models.Index(fields=["team"], name="user_team")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def rights(self) -> frozenset[str]:
        """All rights of all roles; asked once per request, so a right withdrawn counts from the next request on."""
        with connection.cursor() as cursor:
            cursor.execute(RIGHTS_OF + "%s", [self.pk])
            return frozenset(right for (right,) in cursor.fetchall())

    def has_right(self, right: str) -> bool:
        """Whether this person has a right now; an inactive account has none."""
        return self.is_active and right in self.rights
