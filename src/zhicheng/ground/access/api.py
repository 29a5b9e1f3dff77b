"""What other apps may use of access."""

from zhicheng.ground.access.models import Delegation, Grant, Jurisdiction, User
from zhicheng.ground.access.queries import actor_for, list_competent_bodies, list_users_with_role
from zhicheng.ground.access.requests import ActorRequest, needs_role
from zhicheng.ground.access.services import delegate, end_grant, grant_role, open_account

__all__ = [
    "ActorRequest",
    "Delegation",
    "Grant",
    "Jurisdiction",
    "User",
    "actor_for",
    "delegate",
    "end_grant",
    "grant_role",
    "list_competent_bodies",
    "list_users_with_role",
    "needs_role",
    "open_account",
]
