"""What other apps may use of parties."""

from zhicheng.ground.parties.entering import (
    ENTERED,
    EntryRefused,
    KnownOrganization,
    check_place,
    correct_organization,
    enter_organization,
    find_known,
)
from zhicheng.ground.parties.models import Kind, Organization
from zhicheng.ground.parties.packs import Applied, OrganizationRow, apply_organizations
from zhicheng.ground.parties.queries import (
    enclosing_organizations,
    find_organizations,
    get_organization,
    get_organization_by_key,
    list_organizations,
)
from zhicheng.ground.parties.revising import check_reason, differing, record_revision, set_fields
from zhicheng.ground.parties.services import register_organization, revise_organization

__all__ = [
    "ENTERED",
    "Applied",
    "EntryRefused",
    "Kind",
    "KnownOrganization",
    "Organization",
    "OrganizationRow",
    "apply_organizations",
    "check_place",
    "check_reason",
    "correct_organization",
    "differing",
    "enclosing_organizations",
    "enter_organization",
    "find_known",
    "find_organizations",
    "get_organization",
    "get_organization_by_key",
    "list_organizations",
    "record_revision",
    "register_organization",
    "revise_organization",
    "set_fields",
]
