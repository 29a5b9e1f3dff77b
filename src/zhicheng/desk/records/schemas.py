"""What the HTTP interface says of organizations, sites and products, and takes. It tells no telephone numbers."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from zhicheng.core.typed import LARGEST_ID
from zhicheng.ground.objects.api import Answers, Link, Product, Site, SiteKind
from zhicheng.ground.parties.api import Kind, Organization

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
Name = Annotated[Line, Field(min_length=1, max_length=120)]
Code = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
Industry = Annotated[Line, Field(max_length=10)]


class OrganizationOut(Schema):
    """An organization: `uscc` is its unified social credit code, `industry` a code of GB/T 4754."""

    id: int
    name: str
    kind: Kind
    uscc: str | None
    area: str
    industry: str
    address: str
    simulated: bool

    @classmethod
    def of(cls, one: Organization) -> "OrganizationOut":
        """The organization as the interface shows it."""
        return cls(
            id=one.pk, name=one.name, kind=Kind(one.kind), uscc=one.uscc, area=one.area.code,
            industry=one.industry, address=one.address, simulated=one.simulated,
        )  # fmt: skip


class AnsweringOut(Schema):
    """Who answers for a site or product, as what; `inherited` says that it answers for the whole estate."""

    organization: int
    name: str
    role: Answers
    scope: str
    valid_from: date | None
    valid_to: date | None
    inherited: bool

    @classmethod
    def of(cls, link: Link) -> "AnsweringOut":
        """One of the chain."""
        return cls(
            organization=link.organization_id, name=link.organization_name, role=link.role, scope=link.scope,
            valid_from=link.valid_from, valid_to=link.valid_to, inherited=link.inherited,
        )  # fmt: skip


class SiteOut(Schema):
    """An estate or project, a building (`parent` is its estate), a shop or another site."""

    id: int
    kind: SiteKind
    name: str
    parent: int | None
    area: str
    address: str
    completed_on: date | None
    simulated: bool

    @classmethod
    def of(cls, one: Site) -> "SiteOut":
        """The site as lists show it."""
        return cls(
            id=one.pk, kind=SiteKind(one.kind), name=one.name, parent=one.parent_id, area=one.area.code,
            address=one.address, completed_on=one.completed_on, simulated=one.simulated,
        )  # fmt: skip


class SiteDetailOut(SiteOut):
    """A site with everybody who answers for it."""

    answering: list[AnsweringOut]


class ProductOut(Schema):
    """A product; `producer` is the organization that makes it, if that is known."""

    id: int
    name: str
    trademark: str
    model: str
    standard: str
    industry: str
    producer: int | None
    simulated: bool

    @classmethod
    def of(cls, one: Product) -> "ProductOut":
        """The product as lists show it."""
        return cls(
            id=one.pk, name=one.name, trademark=one.trademark, model=one.model, standard=one.standard,
            industry=one.industry, producer=one.producer_id, simulated=one.simulated,
        )  # fmt: skip


class ProductDetailOut(ProductOut):
    """A product with its sellers and its producer."""

    answering: list[AnsweringOut]


class OrganizationsOut(Schema):
    """One page of organizations, and the cursor behind it."""

    items: list[OrganizationOut]
    after: str | None


class SitesOut(Schema):
    """One page of sites, and the cursor behind it."""

    items: list[SiteOut]
    after: str | None


class ProductsOut(Schema):
    """One page of products, and the cursor behind it."""

    items: list[ProductOut]
    after: str | None


class _In(Schema):
    model_config = ConfigDict(extra="forbid")


class OrganizationIn(_In):
    """A company, laboratory, service point or other organization to enter, in its area (12 digits)."""

    name: Name
    area: Code
    kind: Kind = Kind.COMPANY
    uscc: Annotated[Line, Field(max_length=40)] = ""
    industry: Industry = ""
    address: Annotated[Line, Field(max_length=200)] = ""
    telephone: Annotated[Line, Field(max_length=40)] = ""


class SiteIn(_In):
    """A site to enter: in `area`, or where its estate `parent` lies."""

    name: Name
    kind: SiteKind
    area: Code | None = None
    parent: Id | None = None
    address: Annotated[Line, Field(max_length=200)] = ""
    completed_on: date | None = None


class ProductIn(_In):
    """A product to enter, with the organization that makes it, one that sells it, or both."""

    name: Name
    trademark: Annotated[Line, Field(max_length=80)] = ""
    model: Annotated[Line, Field(max_length=80)] = ""
    standard: Annotated[Line, Field(max_length=120)] = ""
    industry: Industry = ""
    producer: Id | None = None
    seller: Id | None = None
