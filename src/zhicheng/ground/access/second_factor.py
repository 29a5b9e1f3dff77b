"""Entries in the ledger for second factors that people add and remove by themselves."""

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset

from zhicheng.ground import clock
from zhicheng.ground.access.models import User
from zhicheng.ground.access.queries import actor_for
from zhicheng.ground.ledger.api import record

ACTS = {
    authenticator_added: "add_second_factor",
    authenticator_removed: "remove_second_factor",
    authenticator_reset: "renew_recovery_codes",
}


def watch() -> None:
    """Connects the signals; called once at start-up."""
    for signal in ACTS:
        signal.connect(_record, dispatch_uid="access.second_factor")


def _record(*, signal: Any, user: User, authenticator: Any, **_: object) -> None:
    by = actor_for(user, clock.today())
    body = {"type": str(authenticator.type)}
    record(subject=("user", user.id), act=ACTS[signal], by=by, now=clock.now(), body=body)
