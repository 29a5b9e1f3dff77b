"""What other apps may use of parties."""

from zhicheng.ground.parties.models import Kind, Organization
from zhicheng.ground.parties.packs import Applied, OrganizationRow, apply_organizations
from zhicheng.ground.parties.queries import (
    enclosing_organizations,
    find_organizations,
    get_organization,
    get_organization_by_key,
    list_organizations,
    own_and_departments,
)
from zhicheng.ground.parties.services import register_organization, revise_organization

__all__ = [
    "Applied",
    "Kind",
    "Organization",
    "OrganizationRow",
    "apply_organizations",
    "enclosing_organizations",
    "find_organizations",
    "get_organization",
    "get_organization_by_key",
    "list_organizations",
    "own_and_departments",
    "register_organization",
    "revise_organization",
]
