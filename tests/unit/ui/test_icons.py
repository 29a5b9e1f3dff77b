"""Every icon that is named anywhere is in the sprite's list: a missing one would simply not show."""

import re
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[3]
SOURCES = ROOT / "src" / "zhicheng"
LITERAL = [
    re.compile(r'<c-icon name="([a-z0-9-]+)"'),
    re.compile(r'\bicon="([a-z0-9-]+)"'),  # components that take an icon
    re.compile(r'\bicon\("([a-z0-9-]+)"\)'),  # islands
    re.compile(r"icons(?:\.svg' %| )}}?#([a-z][a-z0-9-]+)"),  # a sprite address in a template
]
CHOICE = re.compile(r'icons[^"]*#({%.*?)"/>')  # a sprite address that ends in an {% if %}
CHOSEN = re.compile(r"%}([a-z][a-z0-9-]+)(?={% (?:elif|else|endif))")


def listed() -> set[str]:
    """The names in assets/icons.txt."""
    lines = (ROOT / "assets" / "icons.txt").read_text(encoding="utf-8").splitlines()
    return {name for line in lines if (name := line.partition("#")[0].strip())}


def named() -> dict[str, Path]:
    """Icon names written out in templates, navigation entries and islands, each with a file that uses it."""
    found: dict[str, Path] = {}
    for path in chain(SOURCES.rglob("*.html"), SOURCES.rglob("*.py"), (ROOT / "assets").rglob("*.ts")):
        source = path.read_text(encoding="utf-8")
        names = [name for pattern in LITERAL for name in pattern.findall(source)]
        names += [name for choice in CHOICE.findall(source) for name in CHOSEN.findall(choice)]
        found |= dict.fromkeys(names, path)
    return found


def test_every_named_icon_is_in_the_list() -> None:
    missing = {name: str(path.relative_to(ROOT)) for name, path in named().items() if name not in listed()}
    assert not missing


def test_the_search_sees_literal_and_chosen_names() -> None:
    assert {"octagon-alert", "hourglass", "trash-2", "paperclip", "menu"} <= named().keys()
