"""The words of the doctor: a set-up, a check, a finding, and how findings are shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from zhicheng.runtime.cluster import OWNER_ROLE
from zhicheng.runtime.home import Home
from zhicheng.runtime.postgres import EmbeddedPostgres


@dataclass(frozen=True, slots=True)
class Setup:
    """What is to be examined. Without `app_url` the embedded server is meant.

    `append_only_tables` are those whose rows the application may neither change nor delete, `known_years` those
    whose working days the product knows by itself, `wanted_years` those that it needs to know today.
    """

    home: Home
    app_url: str = ""
    owner_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    asset_manifest: Path | None = None
    append_only_tables: tuple[str, ...] = ()
    known_years: frozenset[int] = frozenset()
    wanted_years: tuple[int, ...] = ()

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the embedded one."""
        return not self.app_url

    def at(self, server: EmbeddedPostgres) -> "Setup":
        """The same set-up with the addresses of `server`."""
        return replace(self, app_url=server.dsn(), owner_url=server.dsn(OWNER_ROLE))


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check. `remedy` is a thing to do, and empty where nothing is wrong.

    An `optional` finding that is not ok takes something away but does not stop the platform.
    """

    ok: bool
    title: str
    detail: str
    remedy: str = ""
    optional: bool = False


Check = Callable[[Setup], Finding]


def render(findings: Iterable[Finding]) -> str:
    """Plain text, one line a finding and one for each remedy, and a closing line that counts.

    >>> taken = Finding(False, "port", "8000 is taken", "choose another")
    >>> print(render([Finding(True, "Python", "3.11.7"), taken]))
    ok     Python: 3.11.7
    WRONG  port: 8000 is taken
           → choose another
    1 of 2 checks failed.
    """
    findings = list(findings)
    lines = []
    for each in findings:
        mark = "ok   " if each.ok else "note " if each.optional else "WRONG"
        lines.append(f"{mark}  {each.title}: {each.detail}".replace("\n", "\n       "))
        if each.remedy and not each.ok:
            lines.append(f"       → {each.remedy}")
    failed = sum(not each.ok and not each.optional for each in findings)
    lines.append(f"{failed} of {len(findings)} checks failed." if failed else "Nothing is wrong.")
    return "\n".join(lines)
