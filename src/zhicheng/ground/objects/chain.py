"""Who answers, as a tree: developer → contractor → subcontractor → material supplier, or seller → producer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from zhicheng.ground.objects.models import Answers, Product, Responsibility, Site

_RANK = {role.value: place for place, role in enumerate(Answers)}

_OF_SITE_AND_ABOVE = """
    WITH RECURSIVE up(id, parent_id, distance) AS (
        SELECT id, parent_id, 0 FROM objects_site WHERE id = %(site)s
        UNION ALL
        SELECT s.id, s.parent_id, up.distance + 1 FROM objects_site s JOIN up ON s.id = up.parent_id)
    SELECT r.*, up.distance, o.name AS organization_name, o.sort_key
      FROM objects_responsibility r
      JOIN up ON up.id = r.site_id
      JOIN parties_organization o ON o.id = r.organization_id
     WHERE %(on)s::date IS NULL
        OR (coalesce(r.valid_from <= %(on)s::date, true) AND coalesce(r.valid_to >= %(on)s::date, true))
"""
_OF_PRODUCT = """
    SELECT r.*, 0 AS distance, o.name AS organization_name, o.sort_key
      FROM objects_responsibility r
      JOIN parties_organization o ON o.id = r.organization_id
     WHERE r.product_id = %(product)s
"""


@dataclass(frozen=True)
class Link:
    """One organization in the chain; `depth` is 0 for those who answer to nobody else here.

    `inherited` says that it answers for the whole project, not for this building alone.
    """

    id: int
    role: Answers
    organization_id: int
    organization_name: str
    scope: str
    valid_from: date | None
    valid_to: date | None
    inherited: bool
    depth: int
    answered_by: tuple["Link", ...]

    def __iter__(self) -> Iterator["Link"]:
        """This link and all below it, in the order in which a page shows them."""
        yield self
        for link in self.answered_by:
            yield from link


def responsibility_chain(site: Site, *, on: date | None = None) -> tuple[Link, ...]:
    """The trees of who answers for a site, in the order of the roles; a building inherits its project's.

    With `on`, only what held on that date. One query.
    """
    rows = list(Responsibility.objects.raw(_OF_SITE_AND_ABOVE, {"site": site.pk, "on": on}))
    return _trees(rows)


def product_chain(product: Product) -> tuple[Link, ...]:
    """The trees of who answers for a product, those whose time ended included. One query."""
    return _trees(list(Responsibility.objects.raw(_OF_PRODUCT, {"product": product.pk})))


def flat(chain: Iterable[Link]) -> list[Link]:
    """Every link of the trees, parents before those who answer to them."""
    return [link for root in chain for link in root]


def _trees(rows: list[Responsibility]) -> tuple[Link, ...]:
    present = {row.pk for row in rows}
    below: dict[int | None, list[Responsibility]] = {}
    for row in sorted(rows, key=_place):
        below.setdefault(row.answers_to_id if row.answers_to_id in present else None, []).append(row)

    def links(above: int | None, depth: int) -> tuple[Link, ...]:
        return tuple(_link(row, depth, links(row.pk, depth + 1)) for row in below.get(above, ()))

    return links(None, 0)


def _place(row: Responsibility) -> tuple[int, int, str, int]:
    return (_RANK[row.role], vars(row)["distance"], vars(row)["sort_key"], row.pk)


def _link(row: Responsibility, depth: int, answered_by: tuple[Link, ...]) -> Link:
    # What the query adds to a row is not a field of the model, so it is read from the instance's namespace.
    added = vars(row)
    return Link(
        id=row.pk,
        role=Answers(row.role),
        organization_id=row.organization_id,
        organization_name=added["organization_name"],
        scope=row.scope,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        inherited=added["distance"] > 0,
        depth=depth,
        answered_by=answered_by,
    )
