"""The Chinese catalogue: kept in step with what the code says, compiled, and held against it."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from zhicheng.cli.extraction import LOCALE

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUE = PACKAGE / "locale" / LOCALE / "LC_MESSAGES" / "django.po"

SAME_IN_CHINESE = frozenset({"%(size)s GiB"})
"""Messages that Chinese readers write with the same letters."""

_HEADER = """\
# Chinese for Zhicheng 质城. The English sentence is the key; see docs/adr/0009-translations-without-gettext.md.
# Kept by: zhicheng messages extract. Held against the code by: zhicheng messages check."""
_PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)[^}]*\}")


def read(path: Path = CATALOGUE) -> Catalog:
    """The catalogue as it stands; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def merged(stored: Catalog, found: Catalog) -> Catalog:
    """What the code says now, with the translations that are known. What the code no longer says is dropped."""
    catalog = Catalog(
        locale=LOCALE, header_comment=_HEADER, project="Zhicheng", version="1", copyright_holder="Zhicheng",
        msgid_bugs_address=_MAINTAINERS, last_translator=_MAINTAINERS, language_team=_MAINTAINERS,
        fuzzy=False, creation_date=_NO_DATE, revision_date=_NO_DATE,
    )  # fmt: skip
    for message in _messages(found):
        known = stored.get(_key(message), message.context)
        catalog.add(
            message.id,
            known.string if known and not known.fuzzy and _same_shape(known, message) else None,
            locations=sorted(set(message.locations)),
            context=message.context,
        )
    return catalog


_MAINTAINERS = "the maintainers"
# A date in the header would change the file whenever somebody looks.
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def write(catalog: Catalog, path: Path = CATALOGUE) -> None:
    """Writes the catalogue by file and without line numbers, so that moving code does not change it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=115, sort_by_file=True, include_lineno=False)
    path.write_bytes(buffer.getvalue())


def compile_catalogue(path: Path) -> Path:
    """Writes the form that programs read beside the catalogue, and returns its path."""
    target = path.with_suffix(".mo")
    buffer = io.BytesIO()
    write_mo(buffer, read(path))
    target.write_bytes(buffer.getvalue())
    return target


def faults(stored: Catalog, found: Catalog) -> Iterator[str]:
    """What is wrong with the catalogue: missing, doubtful, obsolete or identical words, other places to fill."""
    for message in _messages(found):
        known = stored.get(_key(message), message.context)
        fault = _fault(message, known)
        if fault:
            places = ", ".join(dict.fromkeys(file for file, _ in message.locations))
            yield f"{fault}: {_shown(message)} ({places})"
    spoken = {(_key(message), message.context) for message in _messages(found)}
    for message in (*_messages(stored), *stored.obsolete.values()):
        if (_key(message), message.context) not in spoken:
            yield f"obsolete: {_shown(message)}"


def _fault(message: Message, known: Message | None) -> str:
    strings = _forms(known.string) if known else ()
    if known is None or not any(strings):
        return "missing"
    if known.fuzzy:
        return "fuzzy"
    if strings[0] == _key(message) and strings[0] not in SAME_IN_CHINESE:
        return "identical"
    if any(_places(text) != _places(_forms(message.id)[-1]) for text in strings):
        return "other places to fill"
    return ""


def _messages(catalog: Catalog) -> Iterator[Message]:
    """Every message but the header."""
    return (message for message in catalog if message.id)


def _same_shape(known: Message, message: Message) -> bool:
    return isinstance(known.id, str) == isinstance(message.id, str)


def _key(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _places(text: str) -> set[str]:
    return {first or second for first, second in _PLACE.findall(text)}


def _shown(message: Message) -> str:
    text = _key(message)
    context = f" [{message.context}]" if message.context else ""
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”{context}"
