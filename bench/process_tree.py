"""Who is whose child, by /proc: which processes `zhicheng run` keeps."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Found:
    """A running process."""

    pid: int
    parent: int
    command: str


def running() -> dict[int, Found]:
    """Every process that has not ended."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if state != "Z":
                found[int(entry.name)] = Found(int(entry.name), int(parent), command)
    return found


def children(pid: int) -> list[Found]:
    """The processes that `pid` started and that still run."""
    return [one for one in running().values() if one.parent == pid]


def descendants(pid: int) -> set[int]:
    """Children, their children, and so on."""
    table = running().values()
    found: set[int] = set()
    fresh = {pid}
    while fresh:
        fresh = {one.pid for one in table if one.parent in fresh} - found
        found |= fresh
    return found


def child_named(pid: int, word: str) -> Found:
    """The one child of `pid` with that word in its command line; raises LookupError if there is not one."""
    matching = [one for one in children(pid) if word in one.command]
    if len(matching) != 1:
        raise LookupError(f"{len(matching)} children of {pid} are called {word}: {matching}")
    return matching[0]
