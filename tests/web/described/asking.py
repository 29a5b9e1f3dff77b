"""Asks every operation of a description whatever the description allows, and a little that it does not.

Schemathesis makes the questions and judges the answers. Each is asked in a transaction that is rolled back, all
come from one seed: the same are asked again until a description or the maker of questions changes.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
"""No 5xx; no status, type, header or body that is not described."""
FLAWLESS, FLAWED = GenerationMode.POSITIVE, GenerationMode.NEGATIVE


@dataclass
class Asker:
    """Somebody who asks: what is sent with each request, and values that lead somewhere, by part and name.

    `answers` counts what was answered, by operation and status.
    """

    name: str
    known: Mapping[str, Mapping[str, Any]]
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    answers: dict[tuple[str, int], int] = field(default_factory=dict)

    def ask(self, case: Case) -> Any:
        """The answer to a question; nothing of it remains."""
        with transaction.atomic():
            answer = case.call(headers=dict(self.headers), cookies=dict(self.cookies))
            transaction.set_rollback(True)
        at = (case.operation.label, answer.status_code)
        self.answers[at] = self.answers.get(at, 0) + 1
        return answer


def load(address: str) -> Any:
    """The description that the product itself gives."""
    return schemathesis.openapi.from_wsgi(address, get_wsgi_application())


def faults(description: Any, asker: Asker, examples: int) -> Iterator[str]:
    """Whatever an answer was that should not have been, in words.

    One question of each operation is what the asker knows and nothing else. Half of the others are as made up; in
    the rest what the asker knows stands under its name.
    """
    for found in description.get_all_operations():
        operation = found.ok()
        told = _judged(_plain(operation, asker.known), asker)
        for mode in (FLAWLESS, FLAWED):
            for knowing in (False, True):
                told |= _asked(operation, mode, knowing, asker, examples)
        yield from (f"{asker.name}: {operation.label}: {what}\n{how}" for what, how in told.items())


def _asked(
    operation: APIOperation, mode: GenerationMode, knowing: bool, asker: Asker, examples: int
) -> dict[str, str]:
    told: dict[str, str] = {}

    @seed(4)
    @settings(
        max_examples=examples, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(mode))
    def ask(case: Case) -> None:
        if knowing:
            _lead(case, asker.known)
        told.update(_judged(case, asker))

    with suppress(Unsatisfiable):  # there may be nothing that a question could have wrong
        ask()
    return told


def _judged(case: Case, asker: Asker) -> dict[str, str]:
    """What is wrong with the answer to a question, each with the question."""
    try:
        case.validate_response(asker.ask(case), checks=CHECKS)
    except FailureGroup as group:
        return {f"{type(one).__name__}: {one}": case.as_curl_command() for one in group.exceptions}
    return {}


def _plain(operation: APIOperation, known: Mapping[str, Mapping[str, Any]]) -> Case:
    """The question that holds what is known and nothing else."""
    path, query = (
        {one.name: known[part][one.name] for one in asked if one.name in known[part]}
        for part, asked in (("path", operation.path_parameters), ("query", operation.query))
    )
    missing = {one.name: "1" for one in operation.path_parameters if one.name not in path}
    body = known["bodies"].get(operation.label)
    sent = {} if body is None else {"body": dict(body), "media_type": operation.body[0].media_type}
    return operation.Case(path_parameters={**path, **missing}, query=query, **sent)


def _lead(case: Case, known: Mapping[str, Mapping[str, Any]]) -> None:
    """Puts what is known in the place of what was made up under the same name."""
    for part, made_up in (("path", case.path_parameters), ("query", case.query), ("body", case.body)):
        if isinstance(made_up, dict):
            made_up.update({name: value for name, value in known[part].items() if name in made_up})


@contextmanager
def kept_open() -> Iterator[None]:
    """A request that ends does not close the connection in whose transaction the test is."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in ends:
            signal.connect(close_old_connections)
