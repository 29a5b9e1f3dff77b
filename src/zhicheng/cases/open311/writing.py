"""One value written in either form. JSON is mapped from XML by the Spark convention, as the standard has it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse, JsonResponse
from ninja import Schema

from zhicheng.cases.open311.schemas import Wire, w3
from zhicheng.core.xml import writable

XML, JSON = "text/xml; charset=utf-8", "application/json; charset=utf-8"
ONE_OF = {
    "services": "service", "attributes": "attribute", "values": "value", "service_requests": "request",
    "errors": "error", "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
"""What one entry of a list is called in XML; in JSON it has no name."""


def answer(root: str, value: Schema | Sequence[Schema], form: Wire, status: int = 200) -> HttpResponse:
    """The answer: in XML its root element has this name, in JSON it has none."""
    said = _plain(value)
    if form == "json":
        return JsonResponse(
            said, safe=False, status=status, content_type=JSON, json_dumps_params={"ensure_ascii": False}
        )
    return HttpResponse(xml_of(root, said), status=status, content_type=XML)


def xml_of(root: str, said: Any) -> bytes:
    """Objects, lists and texts in XML, below a root of this name."""
    element = Element(root)
    _fill(element, said)
    return bytes(tostring(element, encoding="UTF-8", xml_declaration=True))


def _plain(value: Any) -> Any:
    """Objects, lists, texts, numbers: what both forms can say. What a schema leaves unset is left out."""
    if isinstance(value, Schema):
        return _plain(value.model_dump(exclude_unset=True))
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, datetime):
        return w3(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value


def _fill(element: Element, value: Any) -> None:
    if isinstance(value, list):
        for one in value:
            _fill(SubElement(element, ONE_OF[element.tag]), one)
    elif isinstance(value, dict):
        for name, one in value.items():
            _fill(SubElement(element, name), one)
    elif value is not None:
        element.text = _text(value)


def _text(value: Any) -> str:
    """The value as XML may hold it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return writable(str(value))
