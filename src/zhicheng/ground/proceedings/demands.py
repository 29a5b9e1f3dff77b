"""What the registered tables ask of packs."""

from collections.abc import Iterator

from zhicheng.core.process import Process, catalogues_asked, limits_asked
from zhicheng.ground.packs.api import LIMITS, TERMS, Demand
from zhicheng.ground.proceedings.registry import list_processes


def demands_of_tables() -> Iterator[Demand]:
    """The limits and catalogues of every version of every table."""
    for process in list_processes():
        for key in sorted(limits_asked(process)):
            yield _demand(LIMITS, key, process)
        for key in sorted(catalogues_asked(process)):
            yield _demand(TERMS, key, process)


def _demand(section: str, key: str, process: Process) -> Demand:
    return Demand(section, key, process.label, process.domain, process.until)
