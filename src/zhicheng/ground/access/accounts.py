"""Opening and closing accounts, and their means of signing in. Every change is an entry in the user's chain."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db import transaction

from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground.access.models import User
from zhicheng.ground.access.refusals import AccessRefused
from zhicheng.ground.ledger.api import record
from zhicheng.ground.parties.api import Organization


def open_account(
    *, username: str, name: str, password: str | None = None, organization: Organization | None, by: Actor,
    now: datetime, simulated: bool = False, is_program: bool = False,
) -> User:  # fmt: skip
    """Opens an account without any grant; without a password nobody signs in until one is set by its link.

    A program's account never has a password.

    Raises AccessRefused if the login name is taken, whatever its case.
    """
    with transaction.atomic():
        if User.objects.filter(username__iexact=username).exists():
            raise AccessRefused(words("There is an account “{username}” already."), "username", username=username)
        user = User.objects.create_user(
            username, password, name=name, organization=organization, simulated=simulated, is_program=is_program
        )
        body = {"organization": organization.id if organization else None, "simulated": simulated}
        body |= {"program": True} if is_program else {}
        _record(user, "open_account", by, now, body)
    return user


def lock_account(*, user: User, by: Actor, now: datetime) -> User:
    """Shuts an account: nobody signs in by it, and whoever is signed in is signed out with the next page.

    Raises AccessRefused if it is one's own or shut already.
    """
    if by.user_id == user.id:
        raise AccessRefused(words("Nobody locks their own account; ask another security administrator."))
    return _set_active(user, active=False, act="lock_account", by=by, now=now)


def unlock_account(*, user: User, by: Actor, now: datetime) -> User:
    """Opens a shut account again, with the grants that are in force. Raises AccessRefused if it is open."""
    return _set_active(user, active=True, act="unlock_account", by=by, now=now)


def set_password(*, user: User, password: str, by: Actor, now: datetime) -> None:
    """Sets a password that the validators have accepted. Links issued before end with it."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        _record(user, "set_password", by, now)


def set_email(*, user: User, email: str, by: Actor, now: datetime) -> None:
    """Sets where notices go by e-mail, or nowhere; the entry says that it was set, and not to what."""
    if user.email == email:
        return
    with transaction.atomic():
        user.email = email
        user.save(update_fields=["email"])
        _record(user, "set_email", by, now)


def issue_password_link(*, user: User, by: Actor, now: datetime) -> tuple[str, str]:
    """What the address of a page to set a password by needs: the user's word and a key that works once.

    The key lasts three days (PASSWORD_RESET_TIMEOUT). The old password goes on until the new one is set.
    Raises AccessRefused if the account is shut, or a program's.
    """
    if user.is_program:
        raise AccessRefused(words("Nobody signs in by the account of a program: issue a key."))
    if not user.is_active:
        raise AccessRefused(words("This account is locked. Unlock it first."))
    with transaction.atomic():
        _record(user, "issue_password_link", by, now)
    return user_pk_to_url_str(user), default_token_generator.make_token(user)


def with_second_factor(user_ids: Iterable[int]) -> frozenset[int]:
    """Those of the accounts that ask for a second factor."""
    found = Authenticator.objects.filter(user__in=list(user_ids), type=Authenticator.Type.TOTP)
    return frozenset(found.values_list("user_id", flat=True))


def remove_second_factor(*, user: User, by: Actor, now: datetime) -> None:
    """Takes the second factor off an account whose owner lost it. Raises AccessRefused if there is none."""
    with transaction.atomic():
        removed, _ = Authenticator.objects.filter(user=user).delete()
        if not removed:
            raise AccessRefused(words("This account has no second factor."))
        _record(user, "remove_second_factor", by, now)


def _set_active(user: User, *, active: bool, act: str, by: Actor, now: datetime) -> User:
    with transaction.atomic():
        found = User.objects.select_for_update(of=("self",)).get(id=user.id)
        if found.is_active is active:
            raise AccessRefused(
                words("This account is open already.") if active else words("This account is locked already.")
            )
        found.is_active = active
        found.save(update_fields=["is_active"])
        _record(found, act, by, now)
    return found


def _record(user: User, act: str, by: Actor, now: datetime, body: Mapping[str, Any] | None = None) -> None:
    record(subject=("user", user.id), act=act, by=by, now=now, body=body or {})
