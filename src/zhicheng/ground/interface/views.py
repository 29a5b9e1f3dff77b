"""The interface described for people: a page made from its own description, without anything from elsewhere."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhicheng.ground.interface.description import House
from zhicheng.ground.interface.wording import TITLES
from zhicheng.ground.ui.templatetags.house import words_of


@dataclass(frozen=True)
class Operation:
    """One operation as the page shows it."""

    method: str
    path: str
    name: str
    text: str
    parameters: tuple[dict[str, Any], ...]
    example: str
    answers: tuple[tuple[str, str], ...]


def docs_of(api: House) -> Callable[[HttpRequest], HttpResponse]:
    """The page of an interface."""

    @require_safe
    def docs(request: HttpRequest) -> HttpResponse:
        schema = api.get_openapi_schema()
        problems = [(code, words_of(title)) for code, title in TITLES.items()]
        context = {"operations": list(operations_of(schema)), "problems": problems, "version": api.version}
        return render(request, "interface/docs.html", context)

    return docs


def operations_of(schema: dict[str, Any]) -> Iterator[Operation]:
    """Every operation of a description, with an example of what is sent."""
    for path, methods in schema["paths"].items():
        for method, one in methods.items():
            yield Operation(
                method=method.upper(),
                path=path,
                name=one["operationId"],
                text=one.get("description", ""),
                parameters=tuple(one.get("parameters", ())),
                example=_example(one, schema["components"]["schemas"]),
                answers=tuple(
                    (status, answer.get("description", "")) for status, answer in sorted(one["responses"].items())
                ),
            )


def _example(operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    """The first example of the body that is sent, if there is one."""
    contents = operation.get("requestBody", {}).get("content", {})
    for content in contents.values():
        named = content["schema"].get("$ref", "").rpartition("/")[2]
        for example in schemas.get(named, content["schema"]).get("examples", ()):
            return json.dumps(example, ensure_ascii=False, indent=2)
    return ""
