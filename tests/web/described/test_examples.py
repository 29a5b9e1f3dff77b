"""The descriptions are OpenAPI 3.1, and each operation has examples that are as it describes them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from zhicheng.cases.open311.endpoints import api as open311
from zhicheng.config.api import api
from zhicheng.ground.interface.api import SCOPES

INTERFACES = {"house": api, "open311": open311}


def described(name: str) -> Any:
    """A description as a program reads it."""
    return json.loads(json.dumps(INTERFACES[name].get_openapi_schema()))


def operations(description: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation, with its name for people."""
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def contents(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is sent, and every answer, as each of its types."""
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"sent as {kind}", content
    for status, answer in operation["responses"].items():
        for kind, content in answer.get("content", {}).items():
            yield f"{status} as {kind}", content


@pytest.mark.parametrize("name", INTERFACES)
def test_a_description_is_openapi(name: str) -> None:
    description = described(name)
    assert description["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(description).iter_errors()] == []


@pytest.mark.parametrize("name", INTERFACES)
def test_everything_has_an_example_that_is_as_described(name: str) -> None:
    description, faults, seen = described(name), [], 0
    for label, operation in operations(description):
        for what, content in contents(operation):
            if content.get("example") is None:
                faults.append(f"{label}: {what}: no example")
                continue
            schema = {**content["schema"], "components": description["components"]}
            checker = Draft202012Validator(schema, format_checker=FormatChecker())
            faults += [f"{label}: {what}: {error.message}" for error in checker.iter_errors(content["example"])]
            seen += 1
    assert faults == []
    assert seen > len(description["paths"]), "every operation answers something, and refuses something"


@pytest.mark.parametrize("name", INTERFACES)
def test_everything_is_explained(name: str) -> None:
    for label, operation in operations(described(name)):
        assert operation["description"].endswith("."), label
        unexplained = [one["name"] for one in operation.get("parameters", ()) if not one.get("description")]
        assert unexplained == [], label


def test_every_operation_says_for_which_scope_a_key_has_to_be() -> None:
    scopes = {label: operation["security"][0]["key"] for label, operation in operations(described("house"))}
    assert {tuple(asked) for asked in scopes.values()} == {(scope,) for scope in SCOPES}
    assert [label for label, (asked,) in scopes.items() if label.startswith("POST") and asked == "read"] == []


def test_an_example_that_is_not_as_described_is_found() -> None:
    description = described("house")
    content = description["paths"]["/api/v1/cases"]["get"]["responses"]["200"]["content"]["application/json"]
    content["example"]["items"][0]["received_at"] = 7
    schema = {**content["schema"], "components": description["components"]}
    assert list(Draft202012Validator(schema).iter_errors(content["example"]))
