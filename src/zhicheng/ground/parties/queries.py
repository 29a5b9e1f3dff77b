"""Reads of organizations."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Case, QuerySet, When

from zhicheng.core.refused import Refused
from zhicheng.core.search import query_bigrams
from zhicheng.core.words import words
from zhicheng.ground.parties.models import Kind, Organization

_ENCLOSING = """
    WITH RECURSIVE enclosing(inner_id, id) AS (
        SELECT id, id FROM parties_organization WHERE id = ANY(%s)
        UNION
        SELECT e.inner_id, o.parent_id FROM enclosing e JOIN parties_organization o ON o.id = e.id
         WHERE o.kind = 'department')
    SELECT id, array_agg(inner_id) FROM enclosing GROUP BY id
"""
_BY_NAME = ("sort_key", "id")


def enclosing_organizations(organization_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The other way round: the organizations and whatever they are departments of, each with those inside it."""
    with connection.cursor() as cursor:
        cursor.execute(_ENCLOSING, [list(organization_ids)])
        return {outer: frozenset(inner) for outer, inner in cursor.fetchall()}


def get_organization(organization_id: int) -> Organization:
    """One organization with its area; raises Organization.DoesNotExist."""
    return Organization.objects.select_related("area").get(pk=organization_id)


def get_organization_by_key(key: str) -> Organization:
    """The organization that a pack calls `key`. Raises Refused if there is none."""
    found = Organization.objects.select_related("area").filter(key=key).first()
    if found is None:
        raise Refused(words("No organization has the key “{key}”."), key=key)
    return found


def list_organizations(*kinds: Kind) -> QuerySet[Organization]:
    """Organizations of the given kinds (all, if none is named), in the order of their names."""
    found = Organization.objects.filter(kind__in=kinds) if kinds else Organization.objects.all()
    return found.select_related("area").order_by(*_BY_NAME)


def find_organizations(text: str, *kinds: Kind, near: Iterable[str] = (), limit: int = 20) -> list[Organization]:
    """Organizations whose names or address hold every word of `text`; none for a single character.

    One that is called exactly so comes first, then those of the areas with the paths `near`, then the others; each
    in the order of their names.
    """
    terms = query_bigrams(text)
    if not terms:
        return []
    found = list_organizations(*kinds).filter(terms__contains=terms)
    here = [When(area__path__startswith=path, then=1) for path in near]
    return list(found.order_by(Case(When(name=text.strip(), then=0), *here, default=2), *_BY_NAME)[:limit])
