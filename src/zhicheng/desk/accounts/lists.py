"""The list of accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.access.api import GRANTABLE, ROLES, Grant, User, role_label, with_second_factor
from zhicheng.ground.ui.lists import Choice, Column, Empty, Flag, Kind, RecordList, Text
from zhicheng.ground.ui.marks import StateMark, Tone

OPEN, LOCKED = "open", "locked"


@dataclass(frozen=True)
class AccountRow:
    """An account with the roles it has today."""

    user: User
    roles: tuple[str, ...]
    second_factor: bool

    @property
    def organization(self) -> str:
        """Where its owner works."""
        return self.user.organization.name if self.user.organization else ""

    @property
    def factor(self) -> str:
        """Whether it asks for a second factor."""
        return gettext("Yes") if self.second_factor else gettext("No")

    @property
    def state(self) -> StateMark:
        """Whether anybody can sign in by it."""
        return account_mark(self.user)


def account_mark(user: User) -> StateMark:
    """Open or locked, as word, icon and colour."""
    if user.is_active:
        return StateMark(gettext("Open"), Tone.DONE)
    return StateMark(gettext("Locked"), Tone.WRONG, "lock")


def rows(actor: Actor) -> QuerySet[User]:
    """Every account: a security administrator answers for all of them."""
    return User.objects.select_related("organization")


def with_roles(users: Sequence[User], actor: Actor) -> list[AccountRow]:
    """The accounts with their roles: two queries for the page."""
    today = clock.today()
    roles: dict[int, set[str]] = {}
    for grant in Grant.objects.filter(user__in=users):
        if grant.in_force(today):
            roles.setdefault(grant.user_id, set()).add(role_label(grant.role))
    secured = with_second_factor(user.pk for user in users)
    return [AccountRow(user, tuple(sorted(roles.get(user.pk, ()))), user.pk in secured) for user in users]


def _granted(**conditions: object) -> Q:
    today = clock.today()
    lasting = Grant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), valid_from__lte=today)
    return Q(Exists(lasting.filter(user=OuterRef("pk"), **conditions)))


def _search(text: str) -> Q:
    return Q(username__icontains=text) | Q(name__contains=text) | Q(organization__name__contains=text)


def account_address(row: AccountRow) -> str:
    """The page of the account."""
    return reverse("accounts:account", args=[row.user.pk])


ACCOUNTS: RecordList[User] = RecordList(
    key="accounts",
    title=words("Accounts"),
    lead=words("Who can sign in, and what they may do. Every change is written to the ledger."),
    rows=rows,
    columns=(
        Column("username", words("Login name"), lambda row: row.user.username, sort="username",
               link=account_address, title=True),
        Column("name", words("Name"), lambda row: row.user.name, sort="name"),
        Column("organization", words("Organization"), lambda row: row.organization, sort="organization__sort_key"),
        Column("roles", words("Roles today"), lambda row: gettext(", ").join(row.roles)),
        Column("state", words("State"), lambda row: row.state, Kind.STATE),
        Column("factor", words("Second factor"), lambda row: row.factor),
        Column("login", words("Last sign-in"), lambda row: row.user.last_login, Kind.MOMENT, sort="last_login"),
    ),
    filters=(
        Text("q", _search),
        Choice("role", words("Role"), [(role, ROLES[role]) for role in GRANTABLE],
               where=lambda role, actor: _granted(role=role)),
        Choice("state", words("State"), [(OPEN, words("Open")), (LOCKED, words("Locked"))],
               where=lambda state, actor: Q(is_active=state == OPEN)),
        Flag("bare", words("Without any role"), lambda actor: ~_granted()),
    ),
    default_sort="username",
    present=with_roles,
    empty=Empty(words("No account yet"), words("Open the first one above."), "users"),
)  # fmt: skip
