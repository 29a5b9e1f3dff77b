"""What other apps may use of access."""

from zhicheng.ground.access.accounts import (
    issue_password_link,
    lock_account,
    open_account,
    remove_second_factor,
    set_email,
    unlock_account,
    with_second_factor,
)
from zhicheng.ground.access.acting import list_users_acting, list_users_seeing
from zhicheng.ground.access.command_line import actor_named, commanding
from zhicheng.ground.access.leaving import end_roles_in
from zhicheng.ground.access.models import Delegation, Grant, Jurisdiction, User
from zhicheng.ground.access.queries import (
    actor_for,
    list_colleagues,
    list_competent_bodies,
    list_delegated_by,
    list_delegated_to,
    list_grants,
    superior_body,
)
from zhicheng.ground.access.refusals import AccessRefused
from zhicheng.ground.access.requests import ActorRequest, needs_role
from zhicheng.ground.access.services import delegate, end_delegation, end_grant, grant_role
from zhicheng.ground.access.wording import (
    DOMAINS,
    GRANTABLE,
    ROLES,
    domain_label,
    grant_label,
    period_label,
    role_label,
)

__all__ = [
    "DOMAINS",
    "GRANTABLE",
    "ROLES",
    "AccessRefused",
    "ActorRequest",
    "Delegation",
    "Grant",
    "Jurisdiction",
    "User",
    "actor_for",
    "actor_named",
    "commanding",
    "delegate",
    "domain_label",
    "end_delegation",
    "end_grant",
    "end_roles_in",
    "grant_label",
    "grant_role",
    "issue_password_link",
    "list_colleagues",
    "list_competent_bodies",
    "list_delegated_by",
    "list_delegated_to",
    "list_grants",
    "list_users_acting",
    "list_users_seeing",
    "lock_account",
    "needs_role",
    "open_account",
    "period_label",
    "remove_second_factor",
    "role_label",
    "set_email",
    "superior_body",
    "unlock_account",
    "with_second_factor",
]
