"""The directory in which one deployment keeps everything it owns."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# sockaddr_un holds 108 bytes on Linux and 104 on macOS, one of them the closing zero.
MAX_SOCKET_PATH_BYTES = 103
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Home:
    """The data directory of one deployment. Attributes are paths; only `prepare` touches the disk."""

    path: Path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Home":
        """The directory named by ZHICHENG_HOME, else `.zhicheng` in the current directory."""
        named = (os.environ if environ is None else environ).get("ZHICHENG_HOME", "").strip()
        return cls(Path(named).expanduser().absolute() if named else Path.cwd() / ".zhicheng")

    @property
    def secrets_file(self) -> Path:
        """Keys and passwords, readable by the owner only."""
        return self.path / "secrets.toml"

    @property
    def files_dir(self) -> Path:
        """Uploaded files, stored under their hash."""
        return self.path / "files"

    @property
    def log_dir(self) -> Path:
        """One log per service."""
        return self.path / "logs"

    @property
    def ledger_exports_dir(self) -> Path:
        """Chain heads and daily roots, kept outside the database so that a cut tail is seen."""
        return self.path / "ledger"

    @property
    def postgres_dir(self) -> Path:
        """Everything of the embedded server; a symbolic link where the server's account cannot enter home."""
        return self.path / "postgres"

    @property
    def pgdata(self) -> Path:
        """The embedded server's data directory, links resolved."""
        return self.postgres_dir.resolve() / "data"

    @property
    def socket_dir(self) -> Path:
        """The directory of the server's Unix socket: beside its data, or in /tmp if that is too long."""
        beside = self.postgres_dir.resolve() / "run"
        if len(os.fsencode(beside / SOCKET_NAME)) <= MAX_SOCKET_PATH_BYTES:
            return beside
        # /tmp and not $TMPDIR: every process of a deployment must come to the same answer.
        return Path("/tmp") / f"zhicheng-{self.digest}"  # noqa: S108 - owner is checked when it is made

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that tell this home from others on the same machine."""
        return hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]

    def prepare(self) -> None:
        """Create the directories. Contents are private; the home itself lets the server's account pass."""
        self.path.mkdir(parents=True, exist_ok=True)
        if self.path.stat().st_uid == os.geteuid():
            self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for directory in (self.files_dir, self.log_dir, self.ledger_exports_dir):
            directory.mkdir(mode=0o700, exist_ok=True)
