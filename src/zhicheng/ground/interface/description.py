"""The interface of the house, and its description: OpenAPI 3.1 with the answers that every operation can give."""

from collections.abc import Iterator, Mapping
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from zhicheng.ground.interface.authentication import READ, Bearer
from zhicheng.ground.interface.examples import Example, problem_example
from zhicheng.ground.interface.problems import Problem, answer_problems
from zhicheng.ground.interface.rules import Scope

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
    """An interface whose every refusal is a problem, and which says so.

    `examples` are of operations, by their ids; `parameters` say what each parameter means, by its name.
    """

    def __init__(self, *, examples: Mapping[str, Example], parameters: Mapping[str, str], **settings: Any) -> None:
        super().__init__(auth=READ, **settings)
        self.examples, self.parameters = examples, parameters
        answer_problems(self)

    def scopes(self) -> dict[str, Scope]:
        """The scope that a key needs, by the ids of the operations."""
        return dict(self._scopes())

    def _scopes(self) -> Iterator[tuple[str, Scope]]:
        for _, router in self._routers:
            inherited = router.auth if isinstance(router.auth, list) else READ
            for view in router.path_operations.values():
                for one in view.operations:
                    asked = one.auth_callbacks or inherited
                    yield from ((one.operation_id or "", each.scope) for each in asked if isinstance(each, Bearer))

    def get_openapi_schema(self, **settings: Any) -> OpenAPISchema:
        """The description: the framework's, with problems, ways of signing in, scopes, examples, and the Link."""
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
        scopes = self.scopes()
        for path, methods in described["paths"].items():
            for method, operation in methods.items():
                _complete(path, method, operation, scopes[operation["operationId"]])
                _explain(operation, self.examples.get(operation["operationId"], Example()), self.parameters)
        return described


def _complete(path: str, method: str, operation: dict[str, Any], scope: Scope) -> None:
    """Adds to an operation what holds for all of its kind. Of a key, the scope is named; a browser has none."""
    operation["security"] = [{KEY: [scope]}, *([] if scope is Scope.WEBHOOKS else [{SESSION: []}])]
    answers = operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
    for status in _refusals(path, method, operation):
        answers[status] = _problem(status)
    if any(one["name"] == "after" for one in operation.get("parameters", ())):
        link = {"description": 'The next page: `<…>; rel="next"`', "schema": {"type": "string"}}
        answers["200"].setdefault("headers", {})["Link"] = link


def _explain(operation: dict[str, Any], example: Example, parameters: Mapping[str, str]) -> None:
    """Adds what is sent and answered in an example, and what the parameters mean."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        content["example"] = example.sent
    for status, answer in operation["responses"].items():
        if status < "300":
            for content in answer.get("content", {}).values():
                content["example"] = example.answer
    for parameter in operation.get("parameters", ()):
        parameter["description"] = parameters.get(parameter["name"], "")
        if parameter["name"] in example.given:
            parameter["example"] = example.given[parameter["name"]]


def _refusals(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    found = ["401", "403"]
    found += ["422"] if operation.get("parameters") or "requestBody" in operation else []
    found += ["404"] if "{" in path else []
    found += ["400"] if "requestBody" in operation else []
    found += ["409"] if method == "post" else []
    return found


def _problem(status: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    said = {"schema": schema, "example": problem_example(status)}
    return {"description": REFUSALS[status], "content": {"application/problem+json": said}}
