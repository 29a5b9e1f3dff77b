"""Everything that must be there before the first page: tables, packs, static files. Quick where it is."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from zhicheng.runtime.fault import RuntimeFault

Report = Callable[[str], None]


class NotPreparedError(RuntimeFault):
    """A part of the set-up cannot be made from here; the message names what is missing."""


def prepare(report: Report, *, renew_packs: bool = False) -> None:
    """Brings tables, packs and static files to what this version needs. The database must be running."""
    migrate_if_needed(report)
    load_packs(report, renew=renew_packs)
    collect_static(report)


def migrate_if_needed(report: Report) -> None:
    """Runs the migrations that are missing, as the owner of the tables."""
    from django.conf import settings
    from django.core.management import call_command

    pending = pending_migrations()
    if not pending:
        return
    if "owner" not in settings.DATABASES:
        raise NotPreparedError(
            f"{len(pending)} migrations are missing; set DATABASE_OWNER_URL to the owner's login and run: "
            "zhicheng migrate"
        )
    with timed(report, f"Migrating the database ({len(pending)} steps)"):
        call_command("migrate", database="owner", interactive=False, verbosity=0)


def pending_migrations() -> list[str]:
    """The migrations that the database does not have yet, such as `areas.0001_initial`."""
    from django.conf import settings
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner" if "owner" in settings.DATABASES else "default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def load_packs(report: Report, *, renew: bool) -> None:
    """Loads the law and every shipped pack into a database that does not have them.

    What was applied since, from whatever files, stays: unless `renew`, a pack that was loaded once is not
    applied again, even if its files are new. `zhicheng pack diff` and `pack apply` do that on purpose.
    """
    from zhicheng.ground.packs.api import digest_of, find_pack, list_shipped_packs, load_pack, loaded_packs

    known = loaded_packs()
    for name in list_shipped_packs():
        same = known.get(name) == digest_of(find_pack(name))
        if name not in known or (renew and not same):
            with timed(report, f"Loading the pack {name}"):
                load_pack(name)
        elif not same:
            report(f"The files of the pack {name} differ from what was loaded; see: zhicheng pack diff {name}")


def collect_static(report: Report) -> None:
    """Gathers styles, scripts and pictures under the names that pages refer to."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    if not asset_manifest().exists():
        raise NotPreparedError("styles and scripts are not built; run: make assets")
    sources = (storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    digest = _digest_of_files(map(Path, sources))
    stamp = Path(settings.STATIC_ROOT) / ".digest"
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    with timed(report, "Collecting static files"):
        call_command("collectstatic", clear=True, interactive=False, verbosity=0)
    stamp.write_text(digest, encoding="ascii")


def asset_manifest() -> Path:
    """The list of styles and scripts that the build of the assets writes."""
    from django.conf import settings

    return cast(Path, settings.DJANGO_VITE["default"]["manifest_path"])


@contextmanager
def timed(report: Report, what: str) -> Iterator[None]:
    """Says what is being done, and afterwards how long it took if that was a second or more."""
    report(what)
    started = time.monotonic()
    yield
    took_s = time.monotonic() - started
    if took_s >= 1:
        report(f"  … {took_s:.1f} s")


def _digest_of_files(paths: Iterable[Path]) -> str:
    """Changes when a file is added, removed or written."""
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        if path.is_file():
            status = path.stat()
            digest.update(f"{path}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
