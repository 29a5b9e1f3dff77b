"""Which packs were loaded is the database's to say, whatever home or directory it is served from."""

import shutil
from pathlib import Path

import pytest

from unit.packs.small_pack import edit
from zhicheng.cli.preparing import load_packs
from zhicheng.ground.packs import api, reading
from zhicheng.ground.packs.api import Term, loaded_packs
from zhicheng.ground.packs.models import LoadedPack

pytestmark = pytest.mark.usefixtures("database")
LOADING = "Loading the pack smallcity"
DIFFER = "The files of the pack smallcity differ from what was loaded; see: zhicheng pack diff smallcity"


@pytest.fixture(autouse=True)
def shipped(pack: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The product comes with the small city alone."""
    monkeypatch.setattr(api, "list_shipped_packs", lambda: ["smallcity"])
    monkeypatch.setattr(reading, "_SHIPPED", pack.parent)
    return pack


def told(*, renew: bool = False) -> list[str]:
    lines: list[str] = []
    load_packs(lines.append, renew=renew)
    return [line for line in lines if not line.startswith("  …")]


def test_a_pack_is_loaded_once_wherever_its_files_lie(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told() == [LOADING]
    Term.objects.filter(catalogue="leak.cause").update(zh="改过")
    elsewhere = tmp_path / "elsewhere" / "smallcity"
    shutil.copytree(shipped, elsewhere, copy_function=shutil.copyfile)  # no times: a new check-out
    monkeypatch.setattr(reading, "_SHIPPED", elsewhere.parent)
    assert told() == told(renew=True) == []
    assert set(Term.objects.filter(catalogue="leak.cause").values_list("zh", flat=True)) == {"改过"}


def test_files_that_changed_are_told_and_loaded_on_demand(shipped: Path) -> None:
    told()
    edit(shipped, "pack.toml", 'title_en = "Small City"', 'title_en = "Small Town"')
    assert told() == [DIFFER]
    assert told(renew=True) == [LOADING]
    assert told() == []


def test_of_a_pack_loaded_before_this_was_noted_only_the_difference_is_told(shipped: Path) -> None:
    told()
    LoadedPack.objects.update(digest="")
    assert told() == [DIFFER]
    assert loaded_packs() == {"smallcity": ""}
