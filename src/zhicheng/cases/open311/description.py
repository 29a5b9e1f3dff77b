"""The interface as OpenAPI 3.1 describes it: both forms of every answer, errors, and the forms that are posted."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from zhicheng.cases.open311.faults import answer_faults
from zhicheng.cases.open311.keys import PARAMETER
from zhicheng.cases.open311.schemas import FaultOut

FAULTS = {
    "400": "What was sent is wrong or not understood",
    "403": "No key, one that does not work, or one that is not for this",
    "404": "Nothing of this name that the key may see",
}
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class GeoReport(NinjaAPI):
    """An interface whose every refusal is a list of errors, and which says so."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        answer_faults(self)

    def get_openapi_schema(self, **settings: Any) -> OpenAPISchema:
        """The description: the framework's, with errors, keys, XML beside JSON, and the forms of a request."""
        described = super().get_openapi_schema(**settings)
        described["info"]["description"] = (
            "Open311 GeoReport v2. An address ends in `.xml` or `.json`, and so is the answer. Services need no "
            "key; requests are recorded and shown by key, within what the key's account may see."
        )
        described["servers"] = [{"url": "/"}]
        parts = described["components"]
        parts["schemas"]["FaultOut"] = FaultOut.model_json_schema()
        parts["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer", "description": "A key of a program"},
            "basic": {"type": "http", "scheme": "basic", "description": "The key as the password"},
            PARAMETER: {"type": "apiKey", "in": "query", "name": PARAMETER},
        }
        for methods in described["paths"].values():
            for operation in methods.values():
                _complete(operation)
        return described


def _complete(operation: dict[str, Any]) -> None:
    """Adds to an operation what holds for all of its kind."""
    keyed = bool(operation.pop("security", None))
    if keyed:
        operation["security"] = [{"bearer": []}, {"basic": []}, {PARAMETER: []}]
    answers = operation["responses"] = {str(status): one for status, one in operation["responses"].items()}
    for one in answers.values():
        one["content"] = {**one["content"], "text/xml": {"schema": {"type": "string"}}}
    errors = {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/FaultOut"}}
    said = {"application/json": {"schema": errors}, "text/xml": {"schema": {"type": "string"}}}
    for status in ("400", "403", "404"):
        answers[status] = {"description": FAULTS[status], "content": said}
    if "requestBody" in operation:
        _describe_forms(operation["requestBody"])


def _describe_forms(body: dict[str, Any]) -> None:
    """A request is a form, with files or without; attributes are named as `attribute[code]`."""
    schema = next(iter(body["content"].values()))["schema"]
    attributes = {"type": "object", "additionalProperties": {"type": "string"}}
    media = {"type": "array", "items": {"type": "string", "format": "binary"}}
    plain = {"allOf": [schema], "type": "object", "properties": {"attribute": attributes}}
    filed = {"allOf": [schema], "type": "object", "properties": {"attribute": attributes, "media": media}}
    encoding = {"attribute": {"style": "deepObject", "explode": True}}
    body["content"] = {
        FORMS[0]: {"schema": plain, "encoding": encoding}, FORMS[1]: {"schema": filed, "encoding": encoding}
    }  # fmt: skip
