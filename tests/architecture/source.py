"""The source tree as data: every module parsed once, and who owns it."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "zhicheng"

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name, where it lies, its text and its syntax tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.path.parts

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the product."""
    return tuple(_module(path) for path in sorted(PACKAGE.rglob("*.py")))


@cache
def checking_modules() -> tuple[Module, ...]:
    """Every module of tests and benchmarks."""
    return tuple(_module(path) for name in ("tests", "bench") for path in sorted((ROOT / name).rglob("*.py")))


@cache
def files() -> tuple[Path, ...]:
    """Every file that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted({path for path in paths if path.is_file()}))


@cache
def apps() -> tuple[str, ...]:
    """The dotted names of the Django apps."""
    return tuple(module.name.removesuffix(".apps") for module in modules() if module.path.name == "apps.py")


def app_of(name: str) -> str | None:
    """The app that a module belongs to, the innermost if one lies in another."""
    return max((app for app in apps() if name == app or name.startswith(f"{app}.")), key=len, default=None)


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, also inside functions and for types only."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def functions(module: Module) -> Iterator[Function]:
    """Every function and method."""
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def _module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    base = PACKAGE.parent if path.is_relative_to(PACKAGE) else ROOT
    name = ".".join(path.relative_to(base).with_suffix("").parts).removesuffix(".__init__")
    return Module(name, path, text, ast.parse(text))
