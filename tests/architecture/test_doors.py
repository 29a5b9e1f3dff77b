"""An app is entered through its door and nowhere else."""

import pytest

from architecture.source import Module, app_of, apps, imports, modules

DOORS = {"api", "registry"}
TOOLKITS = {
    "zhicheng.ground.database": "what every app needs of the database",
    "zhicheng.ground.ui": "the parts that every page is made of",
}
"""Apps that others build with, module by module; only what they keep themselves is closed."""
PRIVATE_TO_TOOLKITS = {"models", "services", "migrations"}


@pytest.mark.parametrize("module", [module for module in modules() if app_of(module.name)], ids=str)
def test_an_app_enters_another_only_by_its_door(module: Module):
    mine = app_of(module.name)
    assert not [
        f"{module}:{line} imports {name}"
        for line, name in imports(module)
        if (theirs := app_of(name)) and theirs != mine and not _is_open(theirs, name)
    ]


def test_toolkits_exist():
    assert set(TOOLKITS) <= set(apps())


def _is_open(app: str, name: str) -> bool:
    inside = name.removeprefix(app).removeprefix(".").partition(".")[0]
    if app in TOOLKITS:
        return inside not in PRIVATE_TO_TOOLKITS
    return inside in DOORS
