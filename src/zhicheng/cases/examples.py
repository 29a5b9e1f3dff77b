"""Cases as an integrator is shown them over HTTP: one leak, from its opening to its answer."""

from typing import Any

from zhicheng.cases.exchange.schemas import OPENING
from zhicheng.ground.interface.api import Example

_NUMBER = "TS-3704-2026-000123-8"
_CASE: dict[str, Any] = {
    "number": _NUMBER, "title": "Water through the ceiling of the bathroom", "category": "leak",
    "area": "370481001000", "received_at": "2026-11-23T02:00:00Z", "historical": False, "simulated": False,
}  # fmt: skip
_LOOP: dict[str, Any] = {
    "id": 40, "kind": "case", "state": "open", "number": 1, "holder": "滕州市住房和城乡建设局", "assignee": None,
    "due_at": None, "opened_at": "2026-11-23T02:00:00Z",
}  # fmt: skip
_HOUSING = {
    **_LOOP, "id": 41, "kind": "housing_quality", "state": "accepted", "number": 2, "assignee": "t-officer",
    "due_at": "2026-11-30T15:59:59Z",
}  # fmt: skip
_ENDED = {
    "kind": "housing_quality", "state": "verified", "label": "Rectified and verified",
    "ended_at": "2026-12-20T06:30:00Z",
}  # fmt: skip
_REASON = {"key": "reason", "kind": "text", "required": True, "catalogue": None, "also": [], "choices": []}
_GROUND = {**_REASON, "key": "ground", "kind": "code", "catalogue": "housing.rejection"}
_NAMED = {"number": _NUMBER}
EXAMPLES = {
    "list_cases": Example(given={"limit": 50}, answer={"items": [_CASE], "after": "Y2FzZXM6MTIz"}),
    "open_case": Example(
        given={"Idempotency-Key": "20261123-0042"},
        sent=OPENING,
        answer={
            "number": _NUMBER, "secret": "CZ0E-B6Y7-P2DA-07WR",
            "address": f"https://quality.example/track/?number={_NUMBER}",
        },
    ),
    "get_case": Example(
        given=_NAMED,
        answer={
            **_CASE, "description": OPENING["description"], "erased_at": None, "proceedings": [_LOOP, _HOUSING],
            "joined": [{"number": "TS-3704-2026-000101-9", "manner": "follows", "leads": True}],
        },
    ),
    "list_steps": Example(
        given=_NAMED,
        answer=[
            {"proceeding": 41, "number": 1, "verb": "accept", "needs": []},
            {"proceeding": 41, "number": 1, "verb": "reject", "needs": [_GROUND, _REASON]},
        ],
    ),
    "take_step": Example(
        given=_NAMED,
        sent={"proceeding": 41, "number": 1, "verb": "accept", "data": {}},
        answer={"proceeding": 41, "number": 2, "state": "accepted"},
    ),
    "add_files": Example(
        given=_NAMED, sent={"files": ["ceiling.jpg"]}, answer=[{"id": 7, "name": "ceiling.jpg", "size": 183_204}]
    ),
    "get_external": Example(
        given={"system": "jining-12345", "number": "20261123-0042"},
        answer={
            "system": "jining-12345", "external_number": "20261123-0042", "number": _NUMBER, "closed": True,
            "proceedings": [{**_LOOP, "state": "closed"}, {**_HOUSING, "state": "verified", "due_at": None}],
            "answer": [_ENDED],
        },
    ),
    "list_changes": Example(
        given={"after": "Y2hhbmdlczo5OTA", "limit": 50},
        answer={
            "items": [
                {
                    "case": _NUMBER, "external_system": "jining-12345", "external_number": "20261123-0042",
                    "proceeding": 41, "kind": "housing_quality", "number": 2, "verb": "accept",
                    "from_state": "received", "to_state": "accepted", "at": "2026-11-23T02:20:00Z",
                }
            ],
            "after": "Y2hhbmdlczo5OTE",
        },
    ),
    "list_categories": Example(
        given={"area": "370481001000"},
        answer=[
            {
                "code": "leak", "group": "housing.category", "zh": "渗漏", "en": "Water seepage",
                "kinds": [{"kind": "housing_quality", "label": "Housing quality complaint", "asks": []}],
            }
        ],
    ),
    "list_assignees": Example(
        given={**_NAMED, "proceeding": 41}, answer=[{"username": "t-officer", "name": "Li"}]
    ),
    "set_assignee": Example(
        given=_NAMED,
        sent={"proceeding": 41, "to": "t-officer", "seen": None},
        answer={"proceeding": 41, "assignee": "t-officer"},
    ),
}  # fmt: skip
"""By the ids of the operations."""
PARAMETERS = {
    "number": "The number of a case, or below `external` its number in the other system.",
    "system": "The name of another system, as it was given when the case was opened.",
    "area": "The place, by its 12-digit code.",
    "after": "Where the page before ended: its `after`, as it was given.",
    "limit": "How many rows at most.",
    "proceeding": "One proceeding of the case, by its id; without it, the one that the caller's body has.",
    "Idempotency-Key": "A name of this request: sent again under it, the same request has one effect.",
}
"""What each parameter means, by its name."""
