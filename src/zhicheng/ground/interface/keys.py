"""Issuing, revoking and recognising keys. What is done to a key is an entry in its account's chain."""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q

from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground.access.api import AccessRefused, User
from zhicheng.ground.interface.models import Key
from zhicheng.ground.interface.rules import LONGEST_LIFE, Scope
from zhicheng.ground.ledger.api import record

FORM = re.compile(r"zck_[0-9a-f]{8}_[A-Za-z0-9_-]{43}\Z")
OPENING = len("zck_01234567")
USED_WITHIN = timedelta(minutes=1)
"""A key that is used all the time writes that it was used once a minute."""


@dataclass(frozen=True)
class Issued:
    """A new key and its text, which nobody can read again."""

    key: Key
    text: str = field(repr=False)


def issue_key(
    *, user: User, name: str, scopes: Collection[Scope], expires_at: datetime, by: Actor, now: datetime
) -> Issued:
    """Issues a key to the account of a program.

    Raises AccessRefused if the account is a person's or locked, if nothing is opened by the key, or if it would
    last longer than two years or not at all.
    """
    if not user.is_program:
        raise AccessRefused(words("Only the account of a program has keys: a person signs in."))
    if not user.is_active:
        raise AccessRefused(words("This account is locked. Unlock it first."))
    if not scopes:
        raise AccessRefused(words("Choose at least one thing that the key is for."), "scopes")
    if not now < expires_at <= now + LONGEST_LIFE:
        raise AccessRefused(
            words("A key lasts at least to the end of today and at most {days} days."), "last_on",
            days=LONGEST_LIFE.days,
        )  # fmt: skip
    text = f"zck_{secrets.token_hex(4)}_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        key = Key.objects.create(
            user=user, name=name, opening=text[:OPENING], key_hash=_hash(text), scopes=sorted(scopes),
            created_at=now, expires_at=expires_at,
        )  # fmt: skip
        body = {"key": key.id, "scopes": sorted(scopes), "until": expires_at.isoformat()}
        record(subject=("user", user.id), act="issue_key", by=by, now=now, body=body)
    return Issued(key, text)


def revoke_key(*, key: Key, by: Actor, now: datetime) -> Key:
    """Ends a key at once. Raises AccessRefused if it was revoked before."""
    with transaction.atomic():
        found = Key.objects.select_for_update().get(id=key.id)
        if found.revoked_at is not None:
            raise AccessRefused(words("This key is revoked already."))
        found.revoked_at = now
        found.save(update_fields=["revoked_at"])
        record(subject=("user", found.user_id), act="revoke_key", by=by, now=now, body={"key": found.id})
    return found


def key_of(text: str, now: datetime) -> Key | None:
    """The working key with this text, with its account, noted as used; None for anything else."""
    if not FORM.match(text):
        return None
    key = Key.objects.select_related("user").filter(key_hash=_hash(text)).first()
    if key is None or not key.works(now) or not key.user.is_active:
        return None
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - USED_WITHIN)
    if key.last_used_at is None or key.last_used_at < now - USED_WITHIN:
        Key.objects.filter(stale, id=key.id).update(last_used_at=now)
    return key


def list_keys(user: User) -> list[Key]:
    """Every key of an account, the newest first."""
    return list(Key.objects.filter(user=user).order_by("-created_at", "-id"))


def _hash(text: str) -> bytes:
    """A key has 256 random bits: nothing slower is needed than for a password of people."""
    return sha256(text.encode()).digest()
