"""What we build on is named with its reason and pinned by its hash, and never by where it came from."""

import json
import re
import tomllib

import pytest

from architecture.source import ROOT, files

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCKS = ("requirements.txt", "requirements-dev.txt")
REQUIREMENT = re.compile(r'^    "(?P<name>[a-zA-Z0-9._-]+)(?P<rest>[^"]*)",(?P<after>.*)$', re.MULTILINE)
SELF_EXPLANATORY = {"pytest", "mypy", "ruff"}
# Written backwards, so that this file does not find itself.
REGISTRIES = ("gro.ipyp", "oi.ipyp", "detsohnohtyp", "moc.sjmpn", "gro.sjmpn", "gro.naibed.bed")
HOSTS = re.compile("|".join(re.escape(host[::-1]) for host in REGISTRIES))
TEXT = {".py", ".ts", ".html", ".toml", ".md", ".txt", ".json", ".yml", ".yaml", ".cfg", ""}


def test_every_dependency_has_a_reason():
    tables = PYPROJECT.partition("\n[project.scripts]")[0].partition("\ndependencies = [")[2]
    listed = list(REQUIREMENT.finditer(tables))
    assert {match["name"] for match in listed} >= _declared()
    bare = [
        match["name"]
        for match in listed
        if not match["after"].strip().startswith("# ") and match["name"] not in SELF_EXPLANATORY
    ]
    # django-stubs-ext belongs to django-stubs, whose reason stands above it.
    assert bare in ([], ["django-stubs-ext"])


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_hashes_and_no_addresses(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9][^\s]*==\S+.*\\$", text, re.MULTILINE)
    assert len(pinned) > len(_declared(extras=False))
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
    assert len(re.findall("--hash=sha256:", text)) >= len(pinned)


@pytest.mark.parametrize("name", LOCKS)
def test_locks_cover_what_is_declared(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    missing = {each for each in _declared(extras="dev" in name) if not _pins(text, each)}
    assert not missing


def test_the_front_end_is_pinned_without_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert not [name for name, entry in packages.items() if "integrity" not in entry]


def test_no_file_names_a_registry():
    named = [
        str(path)
        for path in files()
        if path.suffix in TEXT and HOSTS.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not named


def _declared(*, extras: bool = True) -> set[str]:
    project = tomllib.loads(PYPROJECT)["project"]
    given = list(project["dependencies"])
    for requirements in project["optional-dependencies"].values() if extras else ():
        given += requirements
    return {re.split(r"[\[<>=~! ]", requirement)[0] for requirement in given}


def _pins(text: str, name: str) -> bool:
    return re.search(rf"^{re.escape(name)}(\[[^\]]*\])?==", text, re.MULTILINE) is not None
