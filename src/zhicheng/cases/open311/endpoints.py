"""Open311 GeoReport v2 over HTTP: each city has an address, below which the addresses of the standard lie."""

from typing import Annotated

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from ninja import Form, Header, Query

from zhicheng.cases.open311.asking import attributes_of, complaint_of, key_of_day, photos_of
from zhicheng.cases.open311.catalogue import changed_at, definition_of, find_service
from zhicheng.cases.open311.catalogue import list_services as services_of
from zhicheng.cases.open311.description import GeoReport
from zhicheng.cases.open311.keys import PARAMETER, AnyKey, shown_key, working_key
from zhicheng.cases.open311.listing import find_request
from zhicheng.cases.open311.listing import list_requests as requests_of
from zhicheng.cases.open311.rules import SPECIFICATION
from zhicheng.cases.open311.schemas import (
    Asked,
    CreatedOut,
    DefinitionOut,
    DiscoveryOut,
    EndpointOut,
    RequestIn,
    RequestOut,
    RequestsAsked,
    ServiceOut,
    TokenOut,
    Wire,
)
from zhicheng.cases.open311.tokens import find_number, token_of
from zhicheng.cases.open311.writing import answer
from zhicheng.cases.services import Receipt, open_case
from zhicheng.core.canonical import canonical_bytes
from zhicheng.ground import clock
from zhicheng.ground.areas.api import City, find_city, list_cities
from zhicheng.ground.database.simulation import is_simulated
from zhicheng.ground.interface.api import KeyRequest, Scope, request_key

api = GeoReport(title="Zhicheng 质城 Open311", version="2.0", urls_namespace="open311", docs_url=None)
READ, WRITE = AnyKey(Scope.READ), AnyKey(Scope.WRITE)
Named = Annotated[str | None, Header(alias="Idempotency-Key")]


@api.get("/discovery.{form}", response={200: DiscoveryOut}, operation_id="discover")
def discover(request: HttpRequest, form: Wire) -> HttpResponse:
    """Which cities take requests here, and where."""
    return answer("discovery", _directory(list_cities()), form)


@api.get("/{city}/v2/discovery.{form}", response={200: DiscoveryOut}, operation_id="discover_city")
def discover_city(request: HttpRequest, city: str, form: Wire, asked: Query[Asked]) -> HttpResponse:
    """The same of one city."""
    return answer("discovery", _directory([_city(city, asked.jurisdiction_id)]), form)


@api.get("/{city}/v2/services.{form}", response={200: list[ServiceOut]}, operation_id="list_services")
def list_services(request: HttpRequest, city: str, form: Wire, asked: Query[Asked]) -> HttpResponse:
    """What can be reported. Needs no key; a key that only writes is told that it is given tokens (`batch`)."""
    here, text = _city(city, asked.jurisdiction_id), shown_key(request)
    batch = bool(text) and Scope.READ not in working_key(text).scopes
    return answer("services", services_of(here, clock.today(), batch=batch), form)


@api.get("/{city}/v2/services/{code}.{form}", response={200: DefinitionOut}, operation_id="get_service_definition")
def get_service(request: HttpRequest, city: str, code: str, form: Wire, asked: Query[Asked]) -> HttpResponse:
    """What is asked when a matter of this service is reported. Needs no key."""
    here, today = _city(city, asked.jurisdiction_id), clock.today()
    term = find_service(here, code, today)
    if term is None:
        raise Http404
    return answer("service_definition", definition_of(term, here, today), form)


@api.post("/{city}/v2/requests.{form}", response={201: list[CreatedOut]}, auth=WRITE, operation_id="post_request")
def post_request(
    request: KeyRequest, city: str, form: Wire, sent: Form[RequestIn], idempotency_key: Named = None
) -> HttpResponse:
    """Records a request. The same sent again by the same key on the same day is one request with one answer."""
    here, now, today = _city(city, sent.jurisdiction_id), clock.now(), clock.today()
    photos = photos_of([*request.FILES.getlist("media"), *request.FILES.getlist("media[]")])
    content = {name: values for name, values in sorted(request.POST.lists()) if name != PARAMETER}
    with transaction.atomic():
        key = key_of_day(request.user, today)
        if idempotency_key is not None:
            body = canonical_bytes(content).decode()
            key = request_key(user=request.user, named=idempotency_key, what="open311", body=body, now=now)
        attributes = attributes_of(request.POST)
        complaint = complaint_of(sent, attributes, photos, city=here, by=request.actor, request_key=key, on=today)
        receipt = open_case(complaint=complaint, now=now, by=request.actor)
    return answer("service_requests", [_created(request, receipt)], form, 201)


@api.get("/{city}/v2/requests.{form}", response={200: list[RequestOut]}, auth=READ, operation_id="list_requests")
def list_requests(request: KeyRequest, city: str, form: Wire, asked: Query[RequestsAsked]) -> HttpResponse:
    """The requests that the key may see, the newest first: of the last 90 days, at most 1,000."""
    here = _city(city, asked.jurisdiction_id)
    return answer("service_requests", requests_of(asked, here, request.actor, clock.now()), form)


@api.get(
    "/{city}/v2/requests/{number}.{form}", response={200: list[RequestOut]}, auth=READ, operation_id="get_request"
)
def get_request(request: KeyRequest, city: str, number: str, form: Wire, asked: Query[Asked]) -> HttpResponse:
    """One request, if the key may see it."""
    found = find_request(number, _city(city, asked.jurisdiction_id), request.actor)
    if not found:
        raise Http404
    return answer("service_requests", found, form)


@api.get("/{city}/v2/tokens/{token}.{form}", response={200: list[TokenOut]}, operation_id="get_token")
def get_token(request: HttpRequest, city: str, token: str, form: Wire, asked: Query[Asked]) -> HttpResponse:
    """The number of the request that a token leads to. Needs no key: who has the token sent the request."""
    number = find_number(token, _city(city, asked.jurisdiction_id))
    if number is None:
        raise Http404
    return answer("service_requests", [TokenOut(service_request_id=number, token=token)], form)


def _city(slug: str, jurisdiction: str | None) -> City:
    """The city of the address; a jurisdiction that is named besides must be the same."""
    city = find_city(slug)
    if city is None or jurisdiction not in (None, city.slug, city.area.code, city.name):
        raise Http404
    return city


def _directory(cities: list[City]) -> DiscoveryOut:
    today = clock.today()
    endpoints = [
        EndpointOut(
            specification=SPECIFICATION,
            url=settings.BASE_URL + reverse("open311:discover_city", args=[city.slug, "xml"]).rpartition("/")[0],
            changeset=changed_at(city, today),
            type="test" if is_simulated() else "production",
            formats=["text/xml", "application/json"],
        )
        for city in cities
    ]
    return DiscoveryOut(
        changeset=max((one.changeset for one in endpoints), default=clock.now()),
        contact=gettext("The city's hotline, or the security administrators of this installation."),
        key_service=gettext("A security administrator of this installation issues keys; ask the city's office."),
        endpoints=endpoints,
    )


def _created(request: KeyRequest, receipt: Receipt) -> CreatedOut:
    """The number for a key that reads, else a token; and with what the reporter follows the matter."""
    page = settings.BASE_URL + reverse(settings.PAGES["tracking"])
    notice = gettext("The reporter follows the matter at %(page)s with the secret %(secret)s.") % {
        "page": page, "secret": receipt.secret,
    }  # fmt: skip
    reads = request.key is not None and Scope.READ in request.key.scopes
    if reads:
        return CreatedOut(service_request_id=receipt.case.number, service_notice=notice, account_id=None)
    return CreatedOut(token=token_of(receipt.case), service_notice=notice, account_id=None)
