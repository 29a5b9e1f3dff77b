"""`zhicheng docs`: the reference pages that are made from the code, so that they cannot be wrong."""

import os
from pathlib import Path
from typing import Any

import typer
from pydantic_core import PydanticUndefined

from zhicheng.config.environment import Environment
from zhicheng.runtime.fault import RuntimeFault

ROOT = Path(__file__).resolve().parents[3]


class NoSourceTreeError(RuntimeFault):
    """The pages belong to the source tree, and the product runs without one."""


def docs() -> None:
    """Writes the reference pages of the source tree."""
    if not (ROOT / "pyproject.toml").is_file():
        raise NoSourceTreeError(f"{ROOT} is not the source tree of Zhicheng; its reference pages are kept there")
    for name, text in pages().items():
        path = ROOT / "docs" / "reference" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        typer.echo(os.path.relpath(path))


def pages() -> dict[str, str]:
    """Text by file name of every page that is made from the code."""
    return {"environment.md": environment_page()}


def environment_page() -> str:
    """One row for each environment variable that the product reads."""
    rows = [
        f"| `{name.upper()}` | {_default(field.default)} | {_in_one_line(field.description or '')} |"
        for name, field in Environment.model_fields.items()
    ]
    return "\n".join([_INTRODUCTION, "| Variable | Default | Meaning |", "|---|---|---|", *rows, ""])


_INTRODUCTION = """\
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
