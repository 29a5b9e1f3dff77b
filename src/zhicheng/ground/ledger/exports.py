"""Where the deployment keeps its own exports of chain heads: a directory of its home."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from zhicheng.ground.ledger.models import Root
from zhicheng.ground.ledger.seals import seal_day


def exports_dir() -> Path:
    """The directory of the daily exports. Copy it to another machine: it is what an intruder must not reach."""
    directory: Path = settings.HOME.ledger_exports_dir
    return directory


def list_exports() -> list[Path]:
    """Every daily export kept here, the oldest first."""
    return sorted(exports_dir().glob("heads-*.jsonl*"))


def seal_and_export(*, day: date, now: datetime) -> Root:
    """Seals `day` and keeps the heads it was sealed over. Raises SealRefused."""
    exports_dir().mkdir(mode=0o700, parents=True, exist_ok=True)
    return seal_day(day=day, now=now, directory=exports_dir())
