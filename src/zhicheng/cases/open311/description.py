"""The interface as OpenAPI 3.1 describes it: both forms of every answer, errors, and the forms that are posted."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from zhicheng.cases.open311.examples import EXAMPLES, FAULT_EXAMPLES, PARAMETERS
from zhicheng.cases.open311.faults import answer_faults
from zhicheng.cases.open311.keys import PARAMETER
from zhicheng.cases.open311.schemas import FaultOut
from zhicheng.cases.open311.writing import xml_of

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
    """Adds to an operation what holds for all of its kind, and its example in both forms."""
    shown = EXAMPLES[operation["operationId"]]
    keyed = bool(operation.pop("security", None))
    if keyed:
        operation["security"] = [{"bearer": []}, {"basic": []}, {PARAMETER: []}]
    answers = operation["responses"] = {str(status): one for status, one in operation["responses"].items()}
    for one in answers.values():
        schema = one["content"]["application/json"]["schema"]
        one["content"] = _both_forms(schema, shown.root, shown.answer)
    errors = {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/FaultOut"}}
    for status, example in FAULT_EXAMPLES.items():
        content = _both_forms(errors, "errors", example)
        answers[status] = {"description": FAULTS[status], "content": content}
    for parameter in operation.get("parameters", ()):
        parameter["description"] = PARAMETERS.get(parameter["name"], "")
        if parameter["name"] in shown.given:
            parameter["example"] = shown.given[parameter["name"]]
    if "requestBody" in operation:
        _describe_forms(operation["requestBody"], shown.sent)


def _both_forms(schema: dict[str, Any], root: str, example: Any) -> dict[str, Any]:
    """An answer as JSON, and the same as XML."""
    xml = xml_of(root, example).decode()
    return {
        "application/json": {"schema": schema, "example": example},
        "text/xml": {"schema": {"type": "string"}, "example": xml},
    }


def _describe_forms(body: dict[str, Any], example: dict[str, Any]) -> None:
    """A request is a form, with files or without; attributes are named as `attribute[code]`."""
    schema = next(iter(body["content"].values()))["schema"]
    attributes = {"type": "object", "additionalProperties": {"type": "string"}}
    media = {"type": "array", "items": {"type": "string", "format": "binary"}}
    plain = {"allOf": [schema], "type": "object", "properties": {"attribute": attributes}}
    filed = {"allOf": [schema], "type": "object", "properties": {"attribute": attributes, "media": media}}
    encoding = {"attribute": {"style": "deepObject", "explode": True}}
    body["content"] = {
        kind: {"schema": form, "encoding": encoding, "example": example}
        for kind, form in zip(FORMS, (plain, filed), strict=True)
    }
