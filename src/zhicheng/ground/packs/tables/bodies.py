"""organizations.csv and jurisdictions.csv: the public bodies and what they are competent for.

Declared here so that every pack is checked; the apps that keep the rows bind their stores.
"""

from typing import Annotated

from pydantic import Field

from zhicheng.core.access import Domain
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Entry, FullCode
from zhicheng.ground.packs.checks import check_refers
from zhicheng.ground.packs.sections import Check, Contents, Section
from zhicheng.ground.packs.tables.areas import area_codes
from zhicheng.ground.packs.tables.terms import Key

BodyKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
"""A name that packs use for an organization: small letters and digits, in parts joined by hyphens."""


class OrganizationRow(Entry):
    """A public body. `area` is where it sits; `parent` is the key of the body that it belongs to or follows.

    `kind` is a kind of organization; the app that keeps organizations knows which there are.
    """

    key: BodyKey
    name: str = Field(min_length=1, max_length=120)
    name_en: str = Field(min_length=1, max_length=200)
    kind: Key
    area: FullCode
    parent: BodyKey | None = None
    telephone: str = Field(default="", pattern=r"^[0-9-]*$", max_length=30)
    sample: bool = False


class JurisdictionRow(Entry):
    """A body is competent for a domain in an area and everything below it."""

    organization: BodyKey
    area: FullCode
    domain: Domain


def _keys(contents: Contents) -> set[str]:
    return {line.row.key for line in contents.of("organizations")}


_AN_AREA = words("the code of an area of areas.csv")
_A_BODY = words("the key of an organization of organizations.csv")


def check_body(column: str) -> Check:
    """A check that every value of `column` is the key of an organization of the same pack."""
    return check_refers(column, "organizations", _keys, _A_BODY)


ORGANIZATIONS = Section(
    name="organizations", file="organizations.csv", row=OrganizationRow, key=("key",),
    order=lambda row: (row.area, row.key),
    checks=(
        check_refers("area", "areas", area_codes, _AN_AREA),
        check_body("parent"),
    ),
)  # fmt: skip
JURISDICTIONS = Section(
    name="jurisdictions", file="jurisdictions.csv", row=JurisdictionRow,
    key=("organization", "area", "domain"),
    checks=(
        check_refers("area", "areas", area_codes, _AN_AREA),
        check_body("organization"),
    ),
)  # fmt: skip
