"""Users, what they are granted, and what organizations are competent for."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from zhicheng.core.access import Domain, Role


class UserManager(BaseUserManager["User"]):
    """Creates accounts; there is no super-user, because nobody may do everything."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Creates an account with a hashed password."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Finds an account by its login name, whatever its case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A member of staff or of a company, or a program. What the account may do is written in its grants.

    Nobody signs in by the account of a program (`is_program`): it shows a key, and has no password.
    """

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    organization = models.ForeignKey(
        "parties.Organization", null=True, on_delete=models.PROTECT, related_name="users"
    )
    is_active = models.BooleanField(default=True)
    is_program = models.BooleanField(default=False)
    simulated = models.BooleanField(default=False)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """The name whose first character stands for the user in the head of a page."""
        return self.name

    def get_full_name(self) -> str:
        """The name shown beside what the user did."""
        return self.name


class Jurisdiction(models.Model):
    """An organization is competent for one matter domain in one area and everything below it."""

    organization = models.ForeignKey(
        "parties.Organization", on_delete=models.PROTECT, related_name="jurisdictions"
    )
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=20, choices=[(d, d) for d in Domain])
    valid_from = models.DateField(default=date(2020, 1, 1))
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "area", "domain", "valid_from"], name="jurisdiction_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="jurisdiction_period_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.domain} {self.area_id}"


class Grant(models.Model):
    """A user has a role in an organization and its departments.

    Area and domain narrow the organization's jurisdictions; left empty, all of them apply. `reason` is what the
    security administrator gave; the ledger keeps its keyed hash.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=[(r, r) for r in Role])
    organization = models.ForeignKey("parties.Organization", on_delete=models.PROTECT, related_name="grants")
    area = models.ForeignKey("areas.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=20, blank=True, choices=[(d, d) for d in Domain])
    valid_from = models.DateField(default=date(2020, 1, 1))
    valid_to = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="grant_period_forward",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=[Role.SYSTEM, Role.REPORTER]), name="grant_role_is_a_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organization_id}"

    def in_force(self, on: date) -> bool:
        """Whether it gives its role on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Delegation(models.Model):
    """For a time, one user's grant is also another's; what is done by it says on whose behalf.

    `ended_at` is the moment at which the giver took it back before its last day.
    """

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="delegations")
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_received")
    valid_from = models.DateField()
    valid_to = models.DateField()
    reason = models.CharField(max_length=200)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="delegation_period_forward")
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} → {self.to_user_id}"

    def in_force(self, on: date) -> bool:
        """Whether the grant is delegated on that day."""
        return self.ended_at is None and self.valid_from <= on <= self.valid_to
