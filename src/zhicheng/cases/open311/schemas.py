"""What Open311 GeoReport v2 says of services and requests: its names, in its order."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.utils import timezone
from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from zhicheng.cases.exchange.schemas import PRINTABLE, WRITTEN
from zhicheng.cases.open311.rules import LONGEST_DESCRIPTION, MOST_REQUESTS

DataType = Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
Wire = Literal["xml", "json"]
"""What ends an address: the form of the answer."""


def _given(value: Any) -> Any:
    """A parameter that is empty was not given: the standard wants both to mean the same."""
    return None if isinstance(value, str) and not value.strip() else value


Given = BeforeValidator(_given)
Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=PRINTABLE)]
Short = Annotated[Annotated[Line, Field(max_length=30)] | None, Given]
Name = Annotated[Annotated[Line, Field(max_length=60)] | None, Given]
Long = Annotated[Annotated[Line, Field(max_length=200)] | None, Given]
Several = Annotated[Annotated[Line, Field(max_length=60_000)] | None, Given]
Address = Annotated[Annotated[Line, Field(pattern=r"^https?://[^\s]+$", max_length=500)] | None, Given]
Latitude = Annotated[Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None, Given]
Longitude = Annotated[Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None, Given]
Number = Annotated[Annotated[str, Field(pattern=r"^[0-9]{1,12}$")] | None, Given]
Words = Annotated[
    Annotated[
        str, StringConstraints(strip_whitespace=True, pattern=WRITTEN), Field(max_length=LONGEST_DESCRIPTION)
    ] | None,
    Given,
]  # fmt: skip
Page = Annotated[Annotated[int, Field(ge=1, le=10_000)] | None, Given]
PageSize = Annotated[Annotated[int, Field(ge=1, le=MOST_REQUESTS)] | None, Given]


class ServiceOut(Schema):
    """One kind of matter that can be reported."""

    service_code: str
    service_name: str
    description: str
    metadata: bool
    type: Literal["realtime", "batch"]
    keywords: str
    group: str


class ValueOut(Schema):
    """One answer among which is chosen."""

    key: str
    name: str


class AttributeOut(Schema):
    """One thing that is asked when a matter of a service is reported."""

    variable: bool
    code: str
    datatype: DataType
    required: bool
    datatype_description: str
    order: int
    description: str
    values: list[ValueOut]


class DefinitionOut(Schema):
    """What is asked when a matter of a service is reported."""

    service_code: str
    attributes: list[AttributeOut]


class RequestOut(Schema):
    """One request, as far as the key may see it. `media_url` and `zipcode` are never given."""

    service_request_id: str
    status: Literal["open", "closed"]
    status_notes: str | None
    service_name: str | None
    service_code: str | None
    description: str | None
    agency_responsible: str | None
    service_notice: str | None
    requested_datetime: datetime
    updated_datetime: datetime
    expected_datetime: datetime | None
    address: str | None
    address_id: str | None
    zipcode: str | None = None
    lat: float | None
    long: float | None
    media_url: str | None = None


class CreatedOut(Schema):
    """A request that was recorded: its number, or, for a key that reads nothing, a token that leads to it."""

    service_request_id: str | None = None
    token: str | None = None
    service_notice: str
    account_id: str | None = None


class TokenOut(Schema):
    """The request that a token leads to."""

    service_request_id: str
    token: str


class FaultOut(Schema):
    """One thing that is wrong: the status of the answer, and a sentence for people."""

    code: int
    description: str


class EndpointOut(Schema):
    """Where one city takes requests."""

    specification: str
    url: str
    changeset: datetime
    type: Literal["production", "test"]
    formats: list[str]


class DiscoveryOut(Schema):
    """The directory: which cities take requests, and where."""

    changeset: datetime
    contact: str
    key_service: str
    endpoints: list[EndpointOut]


class Asked(Schema):
    """What holds for every question: the city, where a client names it besides the address."""

    jurisdiction_id: Name = None


class RequestsAsked(Asked):
    """Which requests are listed; several values of one parameter are parted by commas.

    `service_request_id` overrides everything else. `page` and `page_size` are no part of the standard.
    """

    service_request_id: Several = None
    service_code: Several = None
    start_date: Name = None
    end_date: Name = None
    status: Name = None
    page: Page = None
    page_size: PageSize = None


class RequestIn(Schema):
    """A request to record. What a service asks besides is sent as `attribute[code]`.

    One of `lat` and `long` (degrees, WGS 84), `address_id` (an area's code of 12 digits, a building's number) or
    `address_string` says where. By `phone` and `email` the reporter is told what is owed to them; `device_id` and
    `account_id` are not kept. What stands at `media_url` is not fetched; files are sent as `media`.
    """

    service_code: Name = None
    jurisdiction_id: Name = None
    api_key: Long = None
    lat: Latitude = None
    long: Longitude = None
    address_string: Long = None
    address_id: Number = None
    first_name: Short = None
    last_name: Short = None
    phone: Short = None
    email: Long = None
    device_id: Long = None
    account_id: Long = None
    description: Words = None
    media_url: Address = None

    model_config = ConfigDict(extra="ignore")


def w3(moment: datetime) -> str:
    """A moment as the standard writes it: with the city's offset from UTC, to the second.

    >>> from datetime import UTC
    >>> w3(datetime(2026, 11, 23, 2, tzinfo=UTC))
    '2026-11-23T10:00:00+08:00'
    """
    return timezone.localtime(moment).isoformat(timespec="seconds")
