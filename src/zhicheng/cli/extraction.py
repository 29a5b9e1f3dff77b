"""Finds every message for people in Python and in templates, without the gettext programs (ADR 0009).

>>> list(python_messages(b'words("Accept" " now"); ngettext("%(n)d day", "%(n)d days", n)'))
[(None, 'Accept now'), (None, ('%(n)d day', '%(n)d days'))]
>>> list(template_messages('<p title="{% translate "Close" context "window" %}">{{ _("Open") }}</p>'))
[('window', 'Close'), (None, 'Open')]
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

LOCALE = "zh_Hans"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "words": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
"""How a message is marked, and which arguments are singular, plural and context."""

Text = str | tuple[str, ...]
Found = tuple[str | None, Text]
"""A context, if any, and the message: its singular and plural forms where it counts something."""


def extracted(package: Path) -> Catalog:
    """Every message of the package, each with the files it stands in."""
    catalog = Catalog(locale=LOCALE)
    for path in sorted(package.rglob("*.py")):
        _add(catalog, path.relative_to(package), python_messages(path.read_bytes()))
    for path in sorted(package.rglob("templates/**/*")):
        if path.suffix in (".html", ".txt"):
            _add(catalog, path.relative_to(package), template_messages(path.read_text(encoding="utf-8")))
    return catalog


def python_messages(source: bytes) -> Iterator[Found]:
    """Context and message of every marked string in a module."""
    for _, message, _, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
        yield context, message


def template_messages(source: str) -> Iterator[Found]:
    """Context and message of every translated string in a template, attributes of components included."""
    from django.utils.translation.template import templatize

    # Django turns the template into calls between blanked-out text; unindented, they are Python to read.
    calls = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    return python_messages(calls.encode())


def _add(catalog: Catalog, file: Path, found: Iterable[Found]) -> None:
    for context, message in found:
        catalog.add(message, locations=[(file.as_posix(), 0)], context=context)
