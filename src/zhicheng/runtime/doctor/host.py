"""Checks of the machine: interpreter, disk, secrets, port, assets, clock."""

import json
import shutil
import sys
import tempfile
import time
import zoneinfo
from pathlib import Path

from zhicheng.runtime import services
from zhicheng.runtime.binaries import find_binaries
from zhicheng.runtime.doctor.finding import Check, Finding, Setup
from zhicheng.runtime.secrets import Secrets

MIN_PYTHON = (3, 11)
MIN_FREE_BYTES = 1_000_000_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def python_version(setup: Setup) -> Finding:
    """The interpreter is new enough."""
    ok = sys.version_info >= MIN_PYTHON
    return Finding(ok, "Python", sys.version.split()[0], "install Python 3.11 or newer and run: make setup")


def home_is_writable(setup: Setup) -> Finding:
    """We may create files in the home directory."""
    path = setup.home.path
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return Finding(True, "home", f"{path} is writable")
    except OSError as error:
        remedy = "set ZHICHENG_HOME to a directory you may write to, or change the owner of this one"
        return Finding(False, "home", f"{path}: {error.strerror}", remedy)


def disk_has_room(setup: Setup) -> Finding:
    """There is room for the database and files to grow."""
    existing = next(each for each in (setup.home.path, *setup.home.path.parents) if each.exists())
    free = shutil.disk_usage(existing).free
    remedy = f"free at least {MIN_FREE_BYTES / 1e9:.0f} GB on the disk of {existing}, or move ZHICHENG_HOME"
    return Finding(free >= MIN_FREE_BYTES, "disk", f"{free / 1e9:.1f} GB free", remedy)


def secrets_are_private(setup: Setup) -> Finding:
    """The secrets file is whole and closed to others; its absence is in order before the first start."""
    path = setup.home.secrets_file
    if not path.exists():
        return Finding(True, "secrets", "made at the first start")
    Secrets.load(path)
    return Finding(True, "secrets", f"{path} is complete and private")


def postgres_programs_present(setup: Setup) -> Finding:
    """The wheel with PostgreSQL is installed; without it the embedded server cannot run."""
    if not setup.is_embedded:
        return Finding(True, "PostgreSQL programs", "not needed: DATABASE_URL names a server")
    binaries = find_binaries()
    return Finding(True, "PostgreSQL programs", f"version {binaries.major} in {binaries.prefix}")


def port_is_free(setup: Setup) -> Finding:
    """Nothing but this home's own server listens where the web server will.

    A server cannot be asked which home it runs from: while this home runs, one in order is taken for its own.
    """
    place = f"{setup.host} port {setup.port}"
    if services.port_is_free(setup.host, setup.port):
        return Finding(True, "port", f"{place} is free")
    if not services.is_held(setup.home):
        detail = f"{place} is taken by something other than the Zhicheng of this home"
        return Finding(False, "port", detail, "stop what listens there, or choose another with --port")
    if services.is_healthy(services.WebOptions(host=setup.host, port=setup.port)):
        return Finding(True, "port", f"{place} is answered in order, and Zhicheng runs from this home")
    detail = f"{place} is taken and not answered in order, although Zhicheng runs from this home"
    remedy = f"see {setup.home.log_dir} and what is said of the database, or name the --port it was started with"
    return Finding(False, "port", detail, remedy)


def assets_are_built(setup: Setup) -> Finding:
    """The manifest of styles and scripts is there and not empty."""
    manifest = setup.asset_manifest
    if manifest is None:
        return Finding(True, "assets", "not examined")
    try:
        entries = json.loads(manifest.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        entries = {}
    detail = f"{len(entries)} entries in {manifest}" if entries else f"no usable manifest at {manifest}"
    return Finding(bool(entries), "assets", detail, "run: make assets")


def clock_is_sane(setup: Setup) -> Finding:
    """Asia/Shanghai is known, and the clock does not run before the day this program was installed."""
    remedy = "set the system's clock, best by NTP; limits are counted from it"
    try:
        zoneinfo.ZoneInfo("Asia/Shanghai")
    except zoneinfo.ZoneInfoNotFoundError:
        return Finding(False, "clock", "time zone Asia/Shanghai is unknown", "install tzdata")
    is_late_enough = time.time() >= Path(__file__).stat().st_mtime - 86_400
    detail = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    return Finding(is_late_enough, "clock", detail if is_late_enough else f"{detail} is in the past", remedy)


def browser_is_found(setup: Setup) -> Finding:
    """Browser tests need Chromium; the platform itself does not."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    remedy = "for browser tests: apt-get install chromium"
    return Finding(found is not None, "Chromium", found or "not found", remedy, optional=True)


HOST_CHECKS: tuple[Check, ...] = (
    python_version,
    home_is_writable,
    disk_has_room,
    secrets_are_private,
    postgres_programs_present,
    port_is_free,
    assets_are_built,
    clock_is_sane,
    browser_is_found,
)
