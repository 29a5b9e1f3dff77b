"""How far a grant reaches: the role in its organization, where and for what that is competent, as values.

Asked with every request, so what somebody holds is read by one statement.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from zhicheng.core.access import Domain, Reach, Role
from zhicheng.ground.access.models import Grant
from zhicheng.ground.areas.api import current_path, standing_paths

_HELD = """
    WITH lent AS (
        SELECT DISTINCT d.grant_id, g.user_id
          FROM access_delegation d
          JOIN access_grant g ON g.id = d.grant_id
          JOIN access_user giver ON giver.id = g.user_id AND giver.is_active
         WHERE d.to_user_id = %(user)s AND d.ended_at IS NULL AND %(on)s BETWEEN d.valid_from AND d.valid_to)
    SELECT g.role, g.domain, a.path, lent.user_id,
           (WITH RECURSIVE own(id) AS (
                SELECT g.organization_id
                UNION
                SELECT o.id FROM parties_organization o JOIN own ON o.parent_id = own.id
                 WHERE o.kind = 'department')
            SELECT array_agg(id) FROM own),
           (SELECT coalesce(jsonb_agg(jsonb_build_array(place.path, j.domain)), '[]')
              FROM access_jurisdiction j JOIN areas_area place ON place.id = j.area_id
             WHERE j.organization_id = g.organization_id
               AND j.valid_from <= %(on)s AND coalesce(j.valid_to >= %(on)s, true))
      FROM access_grant g
      LEFT JOIN areas_area a ON a.id = g.area_id
      LEFT JOIN lent ON lent.grant_id = g.id
     WHERE (g.user_id = %(user)s OR lent.grant_id IS NOT NULL)
       AND g.valid_from <= %(on)s AND coalesce(g.valid_to >= %(on)s, true)
     ORDER BY g.id
"""


@dataclass(frozen=True)
class Held:
    """A grant as it is held: by its own user, or by one to whom `giver` delegated it.

    `path` and `domain` are what it is narrowed to; empty, it is not. `competences` are the pairs of path and
    domain for which its organization is competent.
    """

    role: Role
    domain: str
    path: str
    organizations: frozenset[int]
    competences: tuple[tuple[str, str], ...]
    giver: int | None = None

    @classmethod
    def of(cls, grant: Grant, organizations: frozenset[int]) -> "Held":
        """A grant read with its area and its organization's jurisdictions, for some of its organizations."""
        competences = tuple((one.area.path, str(one.domain)) for one in grant.organization.jurisdictions.all())
        path = grant.area.path if grant.area else ""
        return cls(Role(grant.role), grant.domain, path, organizations, competences)

    @property
    def is_confined(self) -> bool:
        """Whether it was narrowed to an area or a domain."""
        return bool(self.path or self.domain)


def list_held(user_id: int, on: date) -> list[Held]:
    """What somebody holds on a day, their own grants and those delegated to them, by the grants' ids."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"user": user_id, "on": on})
        return [
            Held(Role(role), domain, path or "", frozenset(own), tuple(map(tuple, json.loads(competent))), giver)
            for role, domain, path, giver, own, competent in cursor.fetchall()
        ]


def reaches_of(held: Held, on: date) -> Iterable[Reach]:
    """One reach per set of areas that share their domains, so that a body's pairs are never crossed.

    An area reaches back to those that it succeeded: their records are its own.
    """
    by_path: dict[str, set[Domain]] = {}
    for competent, domain in held.competences:
        path = _narrowed(held.path, competent, on)
        if path and held.domain in ("", domain):
            by_path.setdefault(path, set()).add(Domain(domain))
    grouped: dict[frozenset[Domain], list[str]] = {}
    for path, domains in by_path.items():
        grouped.setdefault(frozenset(domains), []).append(path)
    if not grouped:
        yield Reach(held.role, held.organizations, on_behalf_of=held.giver, confined=held.is_confined)
    for domains_held, paths in grouped.items():
        places = standing_paths(paths, on)
        yield Reach(held.role, held.organizations, places, domains_held, held.giver, held.is_confined)


def _narrowed(granted: str, competent: str, on: date) -> str:
    """The smaller of the grant's area and the jurisdiction's as they are today, or nothing if they lie apart."""
    path = current_path(competent, on)
    if not granted:
        return path
    own = current_path(granted, on)
    if own.startswith(path):
        return own
    return path if path.startswith(own) else ""
