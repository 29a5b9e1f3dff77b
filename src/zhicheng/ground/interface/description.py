"""The interface of the house, and its description: OpenAPI 3.1 with the answers that every operation can give."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from zhicheng.ground.interface.problems import Problem, answer_problems

REFUSALS = {
    "401": "Nobody is signed in, or the key does not work",
    "403": "The key or account is not for this",
    "422": "Refused; `fields` names what was wrong",
    "404": "Nothing of this name that the caller may see",
    "409": "Moved meanwhile, or known already",
    "400": "The request cannot be read",
}
KEY, SESSION = "key", "session"


class House(NinjaAPI):
    """An interface whose every refusal is a problem, and which says so."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        answer_problems(self)

    def get_openapi_schema(self, **settings: Any) -> OpenAPISchema:
        """The description: the framework's, with problems, both ways of signing in, and the Link of pages."""
        described = super().get_openapi_schema(**settings)
        described["info"]["description"] = (
            "What a person does on the desk, a program does here: the same scope, steps and refusals. "
            "Send `Authorization: Bearer zck_…`; times are ISO 8601, cursors are opaque."
        )
        described["servers"] = [{"url": "/"}]
        parts = described["components"]
        parts["schemas"]["Problem"] = Problem.model_json_schema()
        parts["securitySchemes"] = {
            KEY: {"type": "http", "scheme": "bearer", "description": "A key of a program"},
            SESSION: {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "A browser"},
        }
        for path, methods in described["paths"].items():
            for method, operation in methods.items():
                _complete(path, method, operation)
        return described


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Adds to an operation what holds for all of its kind."""
    own = [KEY] if "webhooks" in operation.get("tags", ()) else [KEY, SESSION]
    operation["security"] = [{one: []} for one in own]
    answers = operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
    for status in _refusals(path, method, operation):
        answers[status] = _problem(REFUSALS[status])
    if any(one["name"] == "after" for one in operation.get("parameters", ())):
        link = {"description": 'The next page: `<…>; rel="next"`', "schema": {"type": "string"}}
        answers["200"].setdefault("headers", {})["Link"] = link


def _refusals(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    found = ["401", "403"]
    found += ["422"] if operation.get("parameters") or "requestBody" in operation else []
    found += ["404"] if "{" in path else []
    found += ["400"] if "requestBody" in operation else []
    found += ["409"] if method == "post" else []
    return found


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}
