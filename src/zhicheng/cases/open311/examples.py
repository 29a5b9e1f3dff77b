"""Open311 as an integrator is shown it: one leak, from the list of services to its state."""

from dataclasses import dataclass, field
from typing import Any

_CODE, _NUMBER, _TOKEN = "leak", "TS-3704-2026-000123-8", "123-5d41402abc4b2a76b9719d911017c592"
_MOMENT = "2026-11-23T10:00:00+08:00"
_PLACE = {"city": "zaozhuang", "form": "json"}


@dataclass(frozen=True)
class Shown:
    """An operation's example: the root of its XML, the answer, the parameters, and the form that is posted."""

    root: str
    answer: Any
    given: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)


_ENDPOINT = {
    "specification": "http://wiki.open311.org/GeoReport_v2", "url": "https://quality.example/open311/zaozhuang/v2",
    "changeset": "2026-01-01T08:00:00+08:00", "type": "production", "formats": ["text/xml", "application/json"],
}  # fmt: skip
_DIRECTORY = {
    "changeset": "2026-01-01T08:00:00+08:00", "contact": "The city's hotline",
    "key_service": "A security administrator of this installation issues keys; ask the city's office.",
    "endpoints": [_ENDPOINT],
}  # fmt: skip
_SERVICE = {
    "service_code": _CODE, "service_name": "Water seepage", "metadata": True, "type": "realtime",
    "description": "Housing quality complaint · Water seepage", "keywords": "渗漏, Water seepage",
    "group": "Housing quality complaint",
}  # fmt: skip
_ATTRIBUTE = {
    "variable": True, "code": "respondent", "datatype": "string", "required": False, "datatype_description": "",
    "order": 1, "description": "Who is complained of, if you know", "values": [],
}  # fmt: skip
_NOTICE = "The reporter follows the matter at https://quality.example/track/ with the secret CZ0E-B6Y7-P2DA-07WR."
_CREATED = {"service_request_id": _NUMBER, "service_notice": _NOTICE, "account_id": None}
_REQUEST = {
    "service_request_id": _NUMBER, "status": "open", "status_notes": "Rectification ordered",
    "service_name": "Water seepage", "service_code": _CODE, "description": "卫生间顶板渗水，墙面发霉。",
    "agency_responsible": "滕州市住房和城乡建设局", "service_notice": None, "requested_datetime": _MOMENT,
    "updated_datetime": "2026-11-25T16:30:00+08:00", "expected_datetime": "2026-12-25T23:59:59+08:00",
    "address": "山东省枣庄市滕州市荆河街道阳光花园3号楼", "address_id": "2", "zipcode": None, "lat": 35.084512,
    "long": 117.165873, "media_url": None,
}  # fmt: skip
_SENT = {
    "service_code": _CODE, "address_string": "枣庄市滕州市荆河街道阳光花园3号楼", "phone": "13900000001",
    "last_name": "王", "first_name": "芳", "description": "卫生间顶板渗水，墙面发霉。",
    "attribute": {"respondent": "阳光花园物业"},
}  # fmt: skip
EXAMPLES = {
    "discover": Shown("discovery", _DIRECTORY, {"form": "json"}),
    "discover_city": Shown("discovery", _DIRECTORY, _PLACE),
    "list_services": Shown("services", [_SERVICE], _PLACE),
    "get_service_definition": Shown(
        "service_definition", {"service_code": _CODE, "attributes": [_ATTRIBUTE]}, {**_PLACE, "code": _CODE}
    ),
    "post_request": Shown("service_requests", [_CREATED], {**_PLACE, "Idempotency-Key": "20261123-0042"}, _SENT),
    "list_requests": Shown(
        "service_requests", [_REQUEST], {**_PLACE, "status": "open", "start_date": "2026-11-01T00:00:00+08:00"}
    ),
    "get_request": Shown("service_requests", [_REQUEST], {**_PLACE, "number": _NUMBER}),
    "get_token": Shown(
        "service_requests", [{"service_request_id": _NUMBER, "token": _TOKEN}], {**_PLACE, "token": _TOKEN}
    ),
}
"""By the ids of the operations."""
FAULT_EXAMPLES = {
    "400": [
        {"code": 400, "description": "Say where it is: by “lat” and “long”, “address_id” or “address_string”."}
    ],
    "403": [{"code": 403, "description": "An api_key is needed here: it is missing."}],
    "404": [{"code": 404, "description": "There is nothing of this name that you may see."}],
}
PARAMETERS = {
    "form": "How the answer is written.",
    "city": "The city, by its name in addresses; the directory gives it.",
    "jurisdiction_id": "The city once more, by that name, its code or its name; may be left out.",
    "code": "A service, by its code in the list of services.",
    "number": "A request, by its number.",
    "token": "What a key that only writes was given instead of a number.",
    "service_request_id": "These requests, parted by commas, whatever else is asked.",
    "service_code": "Requests of these services, parted by commas.",
    "start_date": "Requests from this moment on, such as 2026-11-01T00:00:00Z.",
    "end_date": "Requests up to this moment, at most 90 days later.",
    "status": "`open`, `closed`, or both, parted by a comma.",
    "page": "Which page, from 1 on. Not part of the standard.",
    "page_size": "How many requests a page has. Not part of the standard.",
    "Idempotency-Key": "A name of this request: sent again under it, the same request has one effect.",
}
"""What each parameter means, by its name."""
