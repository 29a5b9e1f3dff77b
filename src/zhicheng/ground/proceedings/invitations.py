"""Secret links by which a company without an account answers one matter. Only a hash of each is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from zhicheng.core.access import Actor, Part, Role
from zhicheng.core.codes import make_tracking_code
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.ledger.api import record
from zhicheng.ground.proceedings.models import Invitation, Participant, Proceeding
from zhicheng.ground.proceedings.situation import Situation

VALID_FOR = timedelta(days=90)
SECRET_BYTES = 15


@dataclass(frozen=True)
class Invited:
    """A new link: `secret` is shown once and cannot be read again."""

    secret: str
    invitation: Invitation


def invite(*, situation: Situation, by: Actor, now: datetime) -> Invited:
    """Makes a link for the company that was ordered; earlier links go on working until they expire.

    Raises Refused unless `by` is an officer of the body that holds the matter and a company was ordered.
    """
    if Role.OFFICER not in by.roles_on(situation.matter):
        raise Refused(words("Only an officer of the body that holds the matter can invite the company."))
    company = next((key for key, part in situation.matter.parts.items() if part is Part.RESPONDENT), None)
    if company is None:
        raise Refused(words("No company has been ordered to act in this matter."))
    secret = make_tracking_code(secrets.token_bytes(SECRET_BYTES))
    with transaction.atomic():
        invitation = Invitation.objects.create(
            proceeding_id=situation.id, organization_id=company, secret_hash=hash_of(secret),
            created_at=now, expires_at=now + VALID_FOR,
        )  # fmt: skip
        body = {"proceeding": situation.process.key, "organization": company, "invitation": invitation.id}
        record(subject=situation.subject, act="invite", by=by, now=now, body=body)
    return Invited(secret, invitation)


def find_invitation(secret: str, now: datetime) -> Invitation | None:
    """The invitation that a secret opens: while it is valid, its company is still the one ordered, and the
    record has no later proceeding of the kind.
    """
    found = Invitation.objects.select_related("proceeding", "organization").filter(
        secret_hash=hash_of(secret), expires_at__gt=now
    )
    invitation = found.first()
    if invitation is None:
        return None
    still = Participant.objects.filter(
        proceeding=invitation.proceeding_id, organization=invitation.organization_id, part=Part.RESPONDENT
    )
    return invitation if still.exists() and not _has_successor(invitation.proceeding) else None


def _has_successor(proceeding: Proceeding) -> bool:
    return Proceeding.objects.filter(
        subject_kind=proceeding.subject_kind, subject_id=proceeding.subject_id, kind=proceeding.kind,
        id__gt=proceeding.id,
    ).exists()  # fmt: skip


def hash_of(secret: str) -> bytes:
    """What an invitation keeps of its secret: 120 random bits need no slow hash."""
    return sha256(secret.encode()).digest()
