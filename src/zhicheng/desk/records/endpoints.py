"""Organizations, sites and products over HTTP: listed, read and entered by the scope and rules of the desk."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Header, Router, Schema, Status
from pydantic import Field

from zhicheng.core.words import words
from zhicheng.desk.records.answering import chain_of
from zhicheng.desk.records.lists import named, organizations_found, products_found
from zhicheng.desk.records.schemas import (
    AnsweringOut,
    Id,
    OrganizationIn,
    OrganizationOut,
    OrganizationsOut,
    ProductDetailOut,
    ProductIn,
    ProductOut,
    ProductsOut,
    SiteDetailOut,
    SiteIn,
    SiteOut,
    SitesOut,
)
from zhicheng.desk.records.scope import visible_organizations, visible_products, visible_sites
from zhicheng.ground import clock
from zhicheng.ground.areas.api import Area, find_area
from zhicheng.ground.interface.api import (
    MOST_ITEMS,
    WRITE,
    KeyRequest,
    Refusal,
    page_of,
    read_cursor,
    request_key,
)
from zhicheng.ground.objects.api import KnownObject, Site, enter_product, enter_site
from zhicheng.ground.parties.api import ENTERED, KnownOrganization, Organization, enter_organization

router = Router(tags=["records"])
Limit = Annotated[int, Field(ge=1, le=MOST_ITEMS)]
Idempotency = Annotated[str | None, Header(alias="Idempotency-Key")]
Asked = Annotated[str | None, Field(max_length=100)]
Row = TypeVar("Row", bound=Model)


@router.get("/organizations", response=OrganizationsOut, operation_id="list_organizations")
def organizations(
    request: KeyRequest, response: HttpResponse, q: Asked = None, after: str | None = None, limit: Limit = 50
) -> OrganizationsOut:
    """The organizations of the caller's areas, and who answers for something there, the newest first."""
    found = _asked(visible_organizations(request.actor), q, organizations_found)
    rows, more = _page(found, after, limit, "organizations", request, response)
    return OrganizationsOut(items=[OrganizationOut.of(one) for one in rows], after=more)


@router.get("/organizations/{organization}", response=OrganizationOut, operation_id="get_organization")
def organization_detail(request: KeyRequest, organization: Id) -> OrganizationOut:
    """One organization."""
    return OrganizationOut.of(_one(visible_organizations(request.actor), organization))


@router.post("/organizations", response={201: OrganizationOut}, auth=WRITE, operation_id="enter_organization")
def organization_new(
    request: KeyRequest, response: HttpResponse, body: OrganizationIn, idempotency_key: Idempotency = None
) -> Status[OrganizationOut]:
    """Enters an organization, once under one `Idempotency-Key`; one that is known by its code or name is named."""
    if body.kind not in ENTERED:
        told = words("Public bodies and their departments come from the city's pack: change them there")
        raise Refusal(422, "refused", told, fields={"kind": told})
    with transaction.atomic():
        key = _key(request, idempotency_key, "enter_organization", body)
        given = body.dict() | {"area": _area(body.area)}
        try:
            entered = enter_organization(**given, request_key=key, by=request.actor, now=clock.now())
        except KnownOrganization as refused:
            seen = visible_organizations(request.actor).filter(id=refused.organization.pk).exists()
            raise _known(refused, refused.field, refused.organization.pk if seen else None) from None
    return _entered(response, "api:organization_detail", OrganizationOut.of(entered))


@router.get("/sites", response=SitesOut, operation_id="list_sites")
def sites(
    request: KeyRequest, response: HttpResponse, q: Asked = None, after: str | None = None, limit: Limit = 50
) -> SitesOut:
    """The estates, buildings, shops and other sites in the caller's areas, the newest first."""
    found = _asked(visible_sites(request.actor), q, named)
    rows, more = _page(found, after, limit, "sites", request, response)
    return SitesOut(items=[SiteOut.of(one) for one in rows], after=more)


@router.get("/sites/{site}", response=SiteDetailOut, operation_id="get_site")
def site_detail(request: KeyRequest, site: Id) -> SiteDetailOut:
    """One site, with who answers for it; a building inherits its estate's chain."""
    found = _one(visible_sites(request.actor), site)
    answering = [AnsweringOut.of(link) for link in chain_of(found)]
    return SiteDetailOut(**SiteOut.of(found).dict(), answering=answering)


@router.post("/sites", response={201: SiteOut}, auth=WRITE, operation_id="enter_site")
def site_new(
    request: KeyRequest, response: HttpResponse, body: SiteIn, idempotency_key: Idempotency = None
) -> Status[SiteOut]:
    """Enters a site, once under one `Idempotency-Key`; one of its name that is there already is named."""
    with transaction.atomic():
        key = _key(request, idempotency_key, "enter_site", body)
        parent = _parent(request, body.parent)
        if parent is None and body.area is None:
            told = words("Name the area, or the estate that the building belongs to.")
            raise Refusal(422, "refused", told, fields={"area": told})
        area = _area(body.area) if body.area else parent.area if parent else None
        given = body.dict() | {"parent": parent, "area": area}
        try:
            entered = enter_site(**given, request_key=key, by=request.actor, now=clock.now())
        except KnownObject as refused:
            seen = visible_sites(request.actor).filter(id=refused.known.pk).exists()
            raise _known(refused, refused.field, refused.known.pk if seen else None) from None
    return _entered(response, "api:site_detail", SiteOut.of(entered))


@router.get("/products", response=ProductsOut, operation_id="list_products")
def products(
    request: KeyRequest, response: HttpResponse, q: Asked = None, after: str | None = None, limit: Limit = 50
) -> ProductsOut:
    """The products that are made or sold in the caller's areas, the newest first."""
    found = _asked(visible_products(request.actor), q, products_found)
    rows, more = _page(found, after, limit, "products", request, response)
    return ProductsOut(items=[ProductOut.of(one) for one in rows], after=more)


@router.get("/products/{product}", response=ProductDetailOut, operation_id="get_product")
def product_detail(request: KeyRequest, product: Id) -> ProductDetailOut:
    """One product, with who sells and who makes it."""
    found = _one(visible_products(request.actor), product)
    answering = [AnsweringOut.of(link) for link in chain_of(found)]
    return ProductDetailOut(**ProductOut.of(found).dict(), answering=answering)


@router.post("/products", response={201: ProductOut}, auth=WRITE, operation_id="enter_product")
def product_new(
    request: KeyRequest, response: HttpResponse, body: ProductIn, idempotency_key: Idempotency = None
) -> Status[ProductOut]:
    """Enters a product, once under one `Idempotency-Key`; one that its producer has already is named."""
    with transaction.atomic():
        key = _key(request, idempotency_key, "enter_product", body)
        named_ones = {role: _organization(role, getattr(body, role)) for role in ("producer", "seller")}
        try:
            entered = enter_product(
                **(body.dict() | named_ones), request_key=key, by=request.actor, now=clock.now()
            )
        except KnownObject as refused:
            seen = visible_products(request.actor).filter(id=refused.known.pk).exists()
            raise _known(refused, refused.field, refused.known.pk if seen else None) from None
    return _entered(response, "api:product_detail", ProductOut.of(entered))


def _asked(found: QuerySet[Row], q: str | None, by: Callable[[str], Q]) -> QuerySet[Row]:
    """What holds every word that was asked for, if any was."""
    return found if q is None else found.filter(by(q.replace("\x00", "")))


def _page(
    found: QuerySet[Row], after: str | None, limit: int, key: str, request: KeyRequest, response: HttpResponse
) -> tuple[list[Row], str | None]:
    rows = found.order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=read_cursor(key, after))
    return page_of(rows, limit, key, request, response)


def _one(found: QuerySet[Row], pk: int) -> Row:
    one = found.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def _key(request: KeyRequest, named_: str | None, what: str, body: Schema) -> UUID:
    return request_key(user=request.user, named=named_, what=what, body=body.model_dump_json(), now=clock.now())


def _area(code: str) -> Area:
    area = find_area(code, clock.today())
    if area is None:
        told = words("There is no area of the code “{value}” today.")
        raise Refusal(422, "values", told, fields={"area": told}, value=code)
    return area


def _parent(request: KeyRequest, pk: int | None) -> Site | None:
    if pk is None:
        return None
    found = visible_sites(request.actor).filter(pk=pk).first()
    if found is None:
        raise _nothing("parent")
    return found


def _organization(role: str, pk: int | None) -> Organization | None:
    """Who is named: any organization, as on the desk, for a producer is seldom of the same place."""
    if pk is None:
        return None
    found = Organization.objects.select_related("area").filter(pk=pk).first()
    if found is None:
        raise _nothing(role)
    return found


def _nothing(field: str) -> Refusal:
    told = words("There is nothing of this name that you may see.")
    return Refusal(422, "values", told, fields={field: told})


def _known(refused: Any, field: str, pk: int | None) -> Refusal:
    """409 with the record that is there; its number only for whoever may see it."""
    return Refusal(
        409, "known", refused.message, fields={field: refused.message}, params=refused.params, more={"id": pk}
    )


def _entered(response: HttpResponse, url_name: str, one: Any) -> Status[Any]:
    response["Location"] = reverse(url_name, args=[one.id])
    return Status(201, one)
