"""How the installation is: version, database, disk, seal of the ledger, packs."""

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from zhicheng import __version__
from zhicheng.core.clock import missing_year
from zhicheng.ground.ledger.api import Root, latest_root
from zhicheng.ground.packs.api import PackInvalid, diff_pack, list_shipped_packs, working_calendar
from zhicheng.ground.ui.marks import Tone

GIB = 2**30
LOW_DISK = 0.1
"""Share of the disk below which it is called low; the database stops when nothing is left."""


@dataclass(frozen=True)
class Installation:
    """Version, mode and the database behind it."""

    version: str
    production: bool
    database: str
    embedded: bool
    size_gib: float
    connections: int


@dataclass(frozen=True)
class Disk:
    """The disk that holds the home: files, exports, and the embedded database."""

    free_gib: float
    total_gib: float

    @property
    def low(self) -> bool:
        """Whether less than a tenth is free."""
        return self.free_gib < self.total_gib * LOW_DISK


@dataclass(frozen=True)
class Seal:
    """The last sealed day; late if yesterday is not sealed."""

    root: Root | None
    late: bool


@dataclass(frozen=True)
class PackState:
    """A shipped pack against the database: rows that applying it would add, change and end."""

    name: str
    created: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0
    fault: str = ""

    @property
    def tone(self) -> Tone:
        """Done where nothing differs."""
        if self.fault:
            return Tone.WRONG
        return Tone.YELLOW if self.created or self.changed or self.retired else Tone.DONE


def read_installation() -> Installation:
    """What runs here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), pg_database_size(current_database()),"
            " (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())"
        )
        version, size, connections = cursor.fetchone()
    return Installation(
        version=__version__, production=settings.ENVIRONMENT.production, database=f"PostgreSQL {version}",
        embedded=_is_in_home(connection.settings_dict["HOST"]), size_gib=size / GIB, connections=connections,
    )  # fmt: skip


def _is_in_home(host: str) -> bool:
    """Whether the server's socket lies in the home: then it is the embedded one, whoever started it."""
    return Path(host).is_relative_to(settings.HOME.path)


def read_disk() -> Disk:
    """How much room is left."""
    usage = shutil.disk_usage(settings.HOME.path)
    return Disk(usage.free / GIB, usage.total / GIB)


def read_missing_year(today: date) -> int | None:
    """The year whose working days have to be added to the national pack; None if none is missing."""
    return missing_year(working_calendar(), today)


def read_seal(today: date) -> Seal:
    """Whether the ledger is sealed as it should be."""
    root = latest_root()
    return Seal(root, late=root is None or root.day < today - timedelta(days=1))


def read_packs(today: date) -> list[PackState]:
    """Every shipped pack against the database. Reads the packs' files: a second or two."""
    return [_pack_state(name, today) for name in list_shipped_packs()]


def _pack_state(name: str, today: date) -> PackState:
    try:
        counts = [one.counts for one in diff_pack(name, on=today)]
    except PackInvalid as invalid:
        return PackState(name, fault=str(invalid).splitlines()[0])
    return PackState(
        name,
        created=sum(one.created for one in counts),
        changed=sum(one.changed for one in counts),
        retired=sum(one.retired for one in counts),
        unchanged=sum(one.unchanged for one in counts),
    )
