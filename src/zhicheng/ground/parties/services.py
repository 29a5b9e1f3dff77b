"""Registering and changing organizations. Every act is an entry in the organization's ledger chain."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhicheng.core.access import Actor, Subject
from zhicheng.core.codes import IndustryCode, parse_social_credit_code
from zhicheng.core.pinyin import sort_key
from zhicheng.core.refused import Refused
from zhicheng.core.search import bigrams
from zhicheng.core.words import words
from zhicheng.ground.ledger.api import record
from zhicheng.ground.parties.indexing import SUBJECT, index_organization
from zhicheng.ground.parties.models import Organization
from zhicheng.ground.parties.revising import check_reason, differing, record_revision, set_fields

REVISABLE = frozenset({
    "name", "name_en", "short_name", "kind", "parent", "uscc", "area", "industry", "address", "telephone",
    "longitude", "latitude", "valid_from", "valid_to",
})  # fmt: skip
DERIVED = ("sort_key", "terms")
"""What `prepare` makes of the names."""
_MAY_BE_PERSONAL = frozenset({"telephone"})


@transaction.atomic
def register_organization(*, name: str, kind: str, by: Actor, now: datetime, **fields: Any) -> Organization:
    """Enters an organization; `fields` are further fields of Organization, of which `area` is required.

    Raises Refused if the name is missing or a code does not check.
    """
    organization = Organization(name=name, kind=kind, **fields)
    prepare(organization)
    organization.save(force_insert=True)
    index_organization(organization)
    body = {"name": organization.name, "kind": kind, "area": organization.area_id, "uscc": organization.uscc}
    record(subject=subject_of(organization), act="organization.register", by=by, now=now, body=body)
    return organization


@transaction.atomic
def revise_organization(
    *, organization: Organization, changes: Mapping[str, Any], reason: str, by: Actor, now: datetime
) -> Organization:
    """Changes fields of an organization for a stated reason; what is already so is passed over.

    Raises Refused if the reason or the name is missing or a code does not check.
    """
    if unknown := changes.keys() - REVISABLE:
        raise TypeError(f"not fields that can be revised: {', '.join(sorted(unknown))}")
    check_reason(reason)
    current = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    before = set_fields(current, changes)
    prepare(current)
    if changed := differing(current, before):
        current.save(update_fields=[*changed, *DERIVED])
        index_organization(current)
        record_revision(
            subject=subject_of(current), act="organization.revise", current=current, before=changed, reason=reason,
            by=by, now=now, personal=_MAY_BE_PERSONAL,
        )  # fmt: skip
    return current


def prepare(organization: Organization) -> None:
    """Checks the codes and puts names, sort key and search terms in their one form, before a write."""
    organization.name = organization.name.strip()
    if not organization.name:
        raise Refused(words("Give the name of the organization"))
    organization.uscc = parse_social_credit_code(organization.uscc) if organization.uscc else None
    organization.industry = IndustryCode.parse(organization.industry).digits if organization.industry else ""
    organization.sort_key = sort_key(organization.name)
    organization.terms = bigrams(
        organization.name, organization.short_name, organization.name_en, organization.address
    )


def subject_of(organization: Organization) -> Subject:
    """How the ledger names an organization."""
    return (SUBJECT, organization.pk)
