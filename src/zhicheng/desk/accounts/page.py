"""What the page of one account shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from zhicheng.desk.accounts.deeds import grant_lines, offers
from zhicheng.desk.accounts.forms import KeyForm
from zhicheng.desk.accounts.lists import account_mark
from zhicheng.desk.audit.wording import happenings_of
from zhicheng.desk.rights import ShownDelegation
from zhicheng.ground import clock
from zhicheng.ground.access.api import (
    ActorRequest,
    User,
    list_delegated_by,
    list_delegated_to,
    with_second_factor,
)
from zhicheng.ground.interface.api import SCOPES, Key, Scope, list_keys
from zhicheng.ground.ui.marks import StateMark, Tone
from zhicheng.ground.ui.templatetags.house import words_of
from zhicheng.ground.webhooks.api import list_subscriptions_of


@dataclass(frozen=True)
class KeyLine:
    """A key as its account's page shows it."""

    key: Key
    now: datetime

    @property
    def scopes(self) -> str:
        """What it is for, in words."""
        return gettext(", ").join(words_of(SCOPES[Scope(one)]) for one in self.key.scopes)

    @property
    def mark(self) -> StateMark:
        """Whether it works."""
        if self.key.revoked_at is not None:
            return StateMark(gettext("Revoked"), Tone.WRONG, "circle-slash")
        if not self.key.works(self.now):
            return StateMark(gettext("Ended"), Tone.NEUTRAL)
        return StateMark(gettext("In force"), Tone.DONE)


def find_account(pk: int) -> User:
    """The account, or 404."""
    return get_object_or_404(User.objects.select_related("organization"), pk=pk)


def account_page(request: ActorRequest, user: User, key_form: KeyForm | None = None) -> dict[str, Any]:
    """What the page of an account shows; `key_form` as it was sent, if it comes back."""
    today = clock.today()
    secured = user.pk in with_second_factor([user.pk])
    return {
        "account": user,
        "own": user.pk == request.actor.user_id,
        "mark": account_mark(user),
        "second_factor": secured,
        "offers": offers(user, request.actor, second_factor=secured),
        "grants": grant_lines(user, request.actor, today),
        "given": [ShownDelegation(one, today) for one in list_delegated_by(user)],
        "received": [ShownDelegation(one, today) for one in list_delegated_to(user)],
        "keys": [KeyLine(one, clock.now()) for one in list_keys(user)] if user.is_program else [],
        "subscriptions": list_subscriptions_of(user) if user.is_program else [],
        "key_form": (key_form or KeyForm()) if user.is_program else None,
        "happenings": happenings_of(("user", user.pk)),
        "crumbs": [
            {"label": gettext("Accounts"), "url": reverse("accounts:accounts")},
            {"label": user.username, "url": ""},
        ],
    }
