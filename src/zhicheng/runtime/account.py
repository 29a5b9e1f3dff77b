"""The operating-system account the embedded PostgreSQL runs under: it refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhicheng.runtime.fault import RuntimeFault

CANDIDATES = ("postgres", "nobody")


class NoAccountError(RuntimeFault):
    """We are root and the machine has no account to lend to PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged account of this machine."""

    name: str
    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, Any]:
        """What `subprocess` needs to run a program as this account and with no group of ours."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give `path` to this account."""
        os.chown(path, self.uid, self.gid)

    def can_enter(self, directory: Path) -> bool:
        """Whether this account reaches `directory`; asked of the kernel, as mode bits are not all."""
        probe = subprocess.run(  # noqa: S603 - fixed program, a path of ours as its argument
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(directory)],
            cwd="/", check=False, capture_output=True, **self.popen_arguments(),
        )  # fmt: skip
        return probe.returncode == 0


def server_account() -> Account | None:
    """The account to switch to: none unless we are root, else the first of `CANDIDATES` that exists."""
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise NoAccountError(
        "PostgreSQL does not run as root and this machine has neither a 'postgres' nor a 'nobody' account; "
        "start Zhicheng as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL to another server"
    )
