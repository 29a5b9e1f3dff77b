"""What a security administrator may do with an account: each deed is offered, filled in, and done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from zhicheng.core.access import Actor, Domain, Role
from zhicheng.core.words import words
from zhicheng.desk.accounts.forms import EndForm, GrantForm, SureForm
from zhicheng.desk.fields import DeskForm
from zhicheng.desk.rights import ShownGrant
from zhicheng.ground.access.api import (
    User,
    end_grant,
    grant_role,
    list_grants,
    lock_account,
    remove_second_factor,
    unlock_account,
)

Do = Callable[[User, Any, Actor, datetime], str]


@dataclass(frozen=True)
class Deed:
    """One thing to do; `note` says what follows, `grave` marks what people feel at once."""

    key: str
    label: str
    note: str
    icon: str
    do: Do
    grave: bool = False


class Offer:
    """A deed on a page with its form; `open` once the form was sent and came back."""

    def __init__(self, deed: Deed, make: Callable[..., DeskForm] = SureForm) -> None:
        self.deed, self.form, self.open, self._make = deed, make(), False, make

    def fill(self, data: QueryDict) -> None:
        """Takes what was sent."""
        self.form, self.open = self._make(data), True


def _grant(user: User, form: GrantForm, by: Actor, now: datetime) -> str:
    given = form.cleaned_data
    grant_role(
        user=user, role=Role(given["role"]), organization=given["organization_text"], area=given["area_text"],
        domain=Domain(given["domain"]) if given["domain"] else None, valid_from=given["valid_from"],
        valid_to=given["valid_to"], reason=given["reason"], by=by, now=now,
    )  # fmt: skip
    return gettext("The role is granted.")


def _end(user: User, form: EndForm, by: Actor, now: datetime) -> str:
    grant = end_grant(grant=form.grant, last_on=form.cleaned_data["last_on"], by=by, now=now)
    return gettext("The grant ends with %(last)s.") % {"last": grant.valid_to}


def _lock(user: User, form: SureForm, by: Actor, now: datetime) -> str:
    lock_account(user=user, by=by, now=now)
    return gettext("The account is locked. Whoever was signed in by it is signed out.")


def _unlock(user: User, form: SureForm, by: Actor, now: datetime) -> str:
    unlock_account(user=user, by=by, now=now)
    return gettext("The account is open again.")


def _remove_factor(user: User, form: SureForm, by: Actor, now: datetime) -> str:
    remove_second_factor(user=user, by=by, now=now)
    return gettext("The second factor is removed. The password alone is enough now.")


GRANT = Deed("grant", words("Grant a role"), words("in an organization, for a time"), "user-check", _grant)
END = Deed("end", words("End this grant"), "", "circle-slash", _end, grave=True)
LOCK = Deed(
    "lock", words("Lock the account"), words("nobody can sign in by it; its grants stay"), "lock", _lock,
    grave=True,
)  # fmt: skip
UNLOCK = Deed("unlock", words("Unlock the account"), words("with the grants that are in force"), "log-in", _unlock)
REMOVE_FACTOR = Deed(
    "remove-factor", words("Remove the second factor"), words("if its owner lost the telephone and the codes"),
    "fingerprint", _remove_factor, grave=True,
)  # fmt: skip


def offers(user: User, by: Actor, *, second_factor: bool) -> list[Offer]:
    """What may be done with the account now, besides a new link and the ends of its grants."""
    if user.pk == by.user_id:
        return []
    found = [Offer(GRANT, partial(GrantForm, user=user))]
    found += [Offer(REMOVE_FACTOR)] if second_factor else []
    return [*found, Offer(LOCK if user.is_active else UNLOCK)]


@dataclass
class GrantLine:
    """A grant on its holder's page, and the form that ends it where it can be ended."""

    shown: ShownGrant
    end: Offer | None


def grant_lines(user: User, by: Actor, today: date) -> list[GrantLine]:
    """Every grant of the account, those that last first."""
    shown = sorted((ShownGrant(one, today) for one in list_grants(user)), key=lambda one: not one.lasts)
    if user.pk == by.user_id:
        return [GrantLine(one, None) for one in shown]
    return [GrantLine(one, Offer(END, partial(EndForm, grant=one.grant)) if one.lasts else None) for one in shown]
