"""`zhicheng docs`: the reference pages that are made from the code, so that they cannot be wrong."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from pydantic_core import PydanticUndefined

from zhicheng.cli.framework import start_django
from zhicheng.config.environment import Environment
from zhicheng.core.access import Role
from zhicheng.core.process import Automatic, DueBy, Ending, Need, Process, State, Step
from zhicheng.runtime.fault import RuntimeFault

if TYPE_CHECKING:
    from typer.core import TyperCommand, TyperGroup

ROOT = Path(__file__).resolve().parents[3]
HELP_COLUMNS = 100


class NoSourceTreeError(RuntimeFault):
    """The pages belong to the source tree, and the product runs without one."""


def docs() -> None:
    """Writes the reference pages of the source tree."""
    if not (ROOT / "pyproject.toml").is_file():
        raise NoSourceTreeError(f"{ROOT} is not the source tree of Zhicheng; its reference pages are kept there")
    start_django()
    for name, text in pages().items():
        path = ROOT / "docs" / "reference" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        typer.echo(os.path.relpath(path))


def pages() -> dict[str, str]:
    """Text by file name of every page that is made from the code. Django must be loaded: apps bring the tables."""
    from zhicheng.ground.proceedings.registry import list_processes

    return {
        "environment.md": environment_page(),
        "processes.md": processes_page(list_processes()),
        "commands.md": commands_page(),
    }


def environment_page() -> str:
    """One row for each environment variable that the product reads."""
    rows = [
        f"| `{name.upper()}` | {_default(field.default)} | {_in_one_line(field.description or '')} |"
        for name, field in Environment.model_fields.items()
    ]
    return "\n".join([_ENVIRONMENT, "| Variable | Default | Meaning |", "|---|---|---|", *rows, ""])


_ENVIRONMENT = """\
# Environment variables

Everything that differs between installations comes from these variables; an unknown value or a missing one
stops the start with its name. Made by `zhicheng docs` from `src/zhicheng/config/environment.py`.
"""


def _default(value: Any) -> str:
    if value is PydanticUndefined:
        return "required"
    if value is None:
        return "unset"
    return f"`{'yes' if value is True else 'no' if value is False else value}`"


def _in_one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def processes_page(processes: Iterable[Process]) -> str:
    """A diagram of the states and a table of the steps of every kind of proceeding."""
    return "\n".join([_PROCESSES, *(line for process in processes for line in _process(process))])


_PROCESSES = """\
# Processes

Every table that is registered, as it is registered: an approval is spelt out as its request, the step itself and
its refusal. In diagrams, steps that leave the state alone are left out. In tables, needs in brackets are optional,
and *clock* names the limit within which a step has to be taken, or the date that was ordered or promised; *until*:
the limit after which it can no longer be taken. *told* marks steps of which whoever reported the matter has to be
told, whether they agreed to notices or not.
Made by `zhicheng docs` from the tables; what the words mean: [proceedings](../explanation/proceedings.md).
"""


def _process(process: Process) -> Iterator[str]:
    until = f" until {process.until}" if process.until else ""
    yield f"## {process.label}{until}\n"
    yield f"`{process.key}`, domain {process.domain}, for what is opened from {process.in_force} on{until}.\n"
    yield from ("```mermaid", *_diagram(process), "```", "")
    yield from ("| State | Words | Who has to act | Kind | Clocks |", "|---|---|---|---|---|")
    yield from (_state_row(process, state) for state in process.states)
    yield from ("", "| Step | Words | From → to | Who | Needs | Clock | Approval | Effects |", "|---" * 8 + "|")
    yield from (_step_row(process, step) for step in process.steps)
    if conditions := [line for step in process.steps for line in _conditions(step)]:
        yield from ("", "Conditions:", "", *conditions)
    yield ""


def _diagram(process: Process) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield from (f"    {state.key} : {state.label}" for state in process.states)
    yield f"    [*] --> {process.initial.key}"
    if process.historical:
        yield f"    [*] --> {process.historical.key} : record_historical"
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in process.steps:
        for source in step.move.sources if step.move.target else ():
            arrows.setdefault((source.key, step.target.key), []).append(step.verb)
    yield from (f"    {source} --> {target} : {', '.join(verbs)}" for (source, target), verbs in arrows.items())
    yield from (f"    {state.key} --> [*]" for state in process.states if state.ending is Ending.FINAL)


def _state_row(process: Process, state: State) -> str:
    running = ", ".join(_clock(rule.limit) for rule in process.clocks if state.key in rule.states)
    return _row(f"`{state.key}`", state.label, state.owner or "", state.ending, running)


def _step_row(process: Process, step: Step) -> str:
    sources = ", ".join(source.key for source in step.move.sources)
    move = f"{sources} → {step.move.target.key}" if step.move.target else f"{sources} (stays)"
    clock = "" if step.within is None else _clock(step.within)
    clock = f"until {_clock(step.until)}" if step.until else clock
    owed = ["told"] if step.is_owed and Role.REPORTER in step.notify else []
    needs, effects = ", ".join(map(_need, step.needs)), ", ".join([*sorted(step.effects), *owed])
    return _row(f"`{step.verb}`", step.label, move, _who(step), needs, clock, _approval(process, step), effects)


def _who(step: Step) -> str:
    if step.automatic:
        return _BY_ITSELF[step.automatic]
    return ", ".join(sorted(step.roles))


_BY_ITSELF = {
    Automatic.CLOCK_LAPSED: "system, when the clock has lapsed",
    Automatic.WHEN_TRUE: "system, when the conditions hold",
}


def _need(need: Need) -> str:
    return f"`{need.key}`" if need.required else f"[`{need.key}`]"


def _clock(limit: str | DueBy) -> str:
    return f"date `{limit.need}`" if isinstance(limit, DueBy) else f"`{limit}`"


def _approval(process: Process, step: Step) -> str:
    """Who answers the request, or which request the step answers; nothing for a step without approval."""
    verbs = {one.verb: one for one in process.steps}
    asked = step.verb.removeprefix("request_")
    if asked != step.verb and asked in verbs:
        return f"asks {_who(verbs[asked])}"
    request = f"request_{step.verb.removeprefix('decline_')}"
    return f"answers `{request}`" if request in verbs else ""


def _conditions(step: Step) -> Iterator[str]:
    """What the step's own guards say of themselves; those of an approval are explained above."""
    for guard in step.guards:
        if guard.__doc__:
            yield f"- `{step.verb}`: {_in_one_line(guard.__doc__)}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(map(_in_one_line, cells))} |"


def commands_page() -> str:
    """What `--help` says of every command."""
    from typer.main import get_group

    from zhicheng.cli import app

    return "\n".join([_COMMANDS, *_command(get_group(app), "zhicheng", None)])


_COMMANDS = """\
# Commands

What `--help` says of every command. In the source tree the program is `.venv/bin/zhicheng`.
Made by `zhicheng docs` from the commands themselves.
"""


def _command(command: "TyperCommand | TyperGroup", name: str, parent: typer.Context | None) -> Iterator[str]:
    context = typer.Context(command, info_name=name, parent=parent, terminal_width=HELP_COLUMNS)
    yield f"## `{context.command_path}`\n"
    yield from ("```text", command.get_help(context).rstrip(), "```", "")
    for below, one in getattr(command, "commands", {}).items():
        yield from _command(one, below, context)
