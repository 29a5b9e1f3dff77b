"""How accounts come about and how their passwords change: never by signing up, never without the ledger."""

from typing import cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhicheng.ground import clock
from zhicheng.ground.access.accounts import set_password
from zhicheng.ground.access.models import User
from zhicheng.ground.access.queries import actor_for
from zhicheng.ground.personal.api import seal, unseal


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by a security administrator, so there is no sign-up page."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The login name or the password is not right."),
        "too_many_login_attempts": _("Too many attempts to sign in failed. Wait some minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Whoever sets their password, by the old one or by a link, leaves an entry in the ledger."""
        person, now = cast(User, user), clock.now()
        set_password(user=person, password=password, by=actor_for(person, clock.today()), now=now)


class HouseMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, whose secrets are kept sealed: whoever reads the database cannot make codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is neither the present code of the authenticator nor an unused recovery code."),
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is used. Raises SealBroken."""
        return unseal(encrypted_text)
