"""Engineering has the table of homes, with limits and catalogues of its own."""

from zhicheng.cases.engineering.rules import ENGINEERING
from zhicheng.cases.housing.rules import HOUSING
from zhicheng.core.process import Process


def shape(process: Process) -> list[tuple[object, ...]]:
    return [(step.verb, step.move, step.roles, step.label, step.effects, step.form) for step in process.steps]


def test_the_steps_are_those_of_homes() -> None:
    assert shape(ENGINEERING) == shape(HOUSING)
    assert ENGINEERING.states == HOUSING.states


def test_limits_and_catalogues_are_its_own() -> None:
    for process, name in ((ENGINEERING, "engineering."), (HOUSING, "housing.")):
        limits = {str(rule.limit) for rule in process.clocks if isinstance(rule.limit, str)}
        own = [step for step in process.steps if step.verb != "refile"]  # which leads to every other kind
        catalogues = {need.catalogue for step in own for need in step.needs if need.catalogue}
        assert {one for one in limits | catalogues if not one.startswith(name)} == {
            "case.transfer", "case.return", "case.pause"
        }  # fmt: skip
        assert limits == {f"{name}{limit}" for limit in ("accept", "order", "promise", "verify")}
