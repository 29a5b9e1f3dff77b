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
    """One operation as the page shows it: `scope` is what a key has to be for, `sent` and `answer` its example."""

    method: str
    path: str
    name: str
    text: str
    scope: str
    parameters: tuple[dict[str, Any], ...]
    sent: str
    answer: str
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
    """Every operation of a description, with an example of what is sent and of what is answered."""
    for path, methods in schema["paths"].items():
        for method, one in methods.items():
            answers = sorted(one["responses"].items())
            yield Operation(
                method=method.upper(),
                path=path,
                name=one["operationId"],
                text=one.get("description", ""),
                scope=one["security"][0]["key"][0],
                parameters=tuple(one.get("parameters", ())),
                sent=_example(one.get("requestBody", {})),
                answer=_example(answers[0][1]),
                answers=tuple((status, answer.get("description", "")) for status, answer in answers),
            )


def _example(described: dict[str, Any]) -> str:
    """The example of a body, if there is one."""
    for content in described.get("content", {}).values():
        return json.dumps(content["example"], ensure_ascii=False, indent=2)
    return ""
