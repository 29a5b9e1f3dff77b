"""What an integrator is shown: of each operation a request, what it is answered with, and how it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_BASE = "https://quality.example/api/v1/docs#"


@dataclass(frozen=True)
class Example:
    """One request and its answer. `sent` is the body, where there is one; `given` are parameters by name."""

    answer: Any = None
    sent: Any = None
    given: Mapping[str, Any] = field(default_factory=dict)


def problem_example(status: str) -> dict[str, Any]:
    """A problem with this status, as the interface says it in English."""
    code, title, detail, fields = _PROBLEMS[status]
    told = {"type": _BASE + code, "title": title, "status": int(status), "detail": detail}
    return {**told, "fields": dict.fromkeys(fields, detail)}


_PROBLEMS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "400": ("unreadable", "Unreadable request", "The request cannot be read: JSON in UTF-8 was expected.", ()),
    "401": ("key", "Nobody is signed in", "This key is unknown, expired or revoked.", ()),
    "403": ("scope", "Not allowed", "This key is not for “Open cases, take steps and enter records”.", ()),
    "404": ("missing", "Not found", "There is nothing of this name that you may see.", ()),
    "409": ("moved", "Moved meanwhile", "The matter was moved meanwhile; look at it again.", ()),
    "422": ("values", "Some values are wrong", "“limit” must be 100 or less.", ("limit",)),
}
