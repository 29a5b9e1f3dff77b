"""Checking, comparing, applying and exporting packs."""

import shutil
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.packs.checks import check_contents, counted_totals
from zhicheng.ground.packs.demands import JURISDICTIONS, LIMITS, TERMS, check_lacking
from zhicheng.ground.packs.differences import Counts, Difference, difference
from zhicheng.ground.packs.files import write_rows
from zhicheng.ground.packs.loaded import forget_loaded
from zhicheng.ground.packs.manifest import MANIFEST, Manifest
from zhicheng.ground.packs.models import LoadedPack
from zhicheng.ground.packs.problems import PackInvalid, Problem
from zhicheng.ground.packs.reading import Pack, digest_of, find_pack, read_contents, read_law, read_pack
from zhicheng.ground.packs.sections import Contents, Line, Scope, Section, sections

_LOCK = 0x7A635061
"""Key of the advisory lock that lets one pack be applied at a time."""


def check_pack(name_or_path: str | Path) -> list[Problem]:
    """Everything that is wrong with a pack; an empty list if it is sound. Reads no database."""
    return read_contents(find_pack(name_or_path))[1]


def diff_pack(name_or_path: str | Path, *, on: date) -> list[Difference]:
    """What applying the pack on that day would change, section by section. Raises PackInvalid."""
    pack = read_pack(name_or_path)
    scope = _scope(pack.manifest, on)
    return [
        difference(section, _rows(pack.contents, section), scope)
        for section in _kept_sections()
        if section.name in pack.contents.lines
    ]


def loaded_packs() -> dict[str, str]:
    """The packs that this database was given, by name, with the digest of their files; empty if not known."""
    return dict(LoadedPack.objects.values_list("name", "digest"))


def apply_pack(name_or_path: str | Path, *, on: date) -> dict[str, Counts]:
    """Makes the database say what the pack says: everything, or nothing if anything is refused.

    Rows of the pack's area that the pack no longer has end with the day before `on`; a section whose file the
    pack does not have is left alone. Applying again changes nothing. Raises PackInvalid.
    """
    pack = read_pack(name_or_path)
    scope = _scope(pack.manifest, on)
    with transaction.atomic():
        _one_at_a_time()
        stated = [section for section in _kept_sections() if section.name in pack.contents.lines]
        found = [_apply_section(section, pack, scope) for section in stated]
        if any(one.absent for one in found):
            _check_stored(pack, scope)
        _check_complete(pack, scope)
        LoadedPack.objects.update_or_create(name=pack.manifest.name, defaults={"digest": digest_of(pack.path)})
        transaction.on_commit(forget_loaded)
    forget_loaded()
    return {one.section: one.counts for one in found}


def export_pack(name_or_path: str | Path, *, to: Path, on: date) -> list[Path]:
    """Writes the pack as the database has it now into the directory `to`; returns the files.

    What no app keeps yet is copied. Applying the result changes nothing.
    """
    pack = read_pack(name_or_path)
    scope = _scope(pack.manifest, on)
    to.mkdir(parents=True, exist_ok=True)
    contents = _stored_contents(pack, scope)
    written = [_write_manifest(to / MANIFEST, contents)]
    for section in sections():
        target = to / section.file
        if section.store is None and section.name in pack.contents.lines:
            shutil.copyfile(pack.path / section.file, target)
        elif section.name in contents.lines:
            write_rows(target, section, _rows(contents, section))
        else:
            continue
        written.append(target)
    return written


def _apply_section(section: Section[Any], pack: Pack, scope: Scope) -> Difference:
    found = difference(section, _rows(pack.contents, section), scope)
    assert section.store is not None, section.name
    saved = [*found.created, *(after for _, after in found.changed)]
    saved += [after for _, after in found.retired if after is not None]
    gone = [before for before, after in found.retired if after is None]
    try:
        with transaction.atomic():
            if saved:
                section.store.save(scope, saved)
            if gone:
                section.store.remove(scope, gone)
    except Refused as error:
        raise _refused(pack, section, error.message, error.params) from error
    except ProtectedError as error:
        raise _refused(pack, section, words("rows that records already use to be kept")) from error
    except IntegrityError as error:
        raise _refused(pack, section, "{error}", {"error": str(error).splitlines()[0]}) from error
    return found


def _refused(
    pack: Pack, section: Section[Any], expected: str, params: Mapping[str, object] | None = None
) -> PackInvalid:
    return PackInvalid(pack.manifest.name, [Problem(section.file, expected=expected, params=params or {})])


def _check_stored(pack: Pack, scope: Scope) -> None:
    """What is stored and not in the files agrees with them, so that an export can be applied."""
    problems = check_contents(_stored_contents(pack, scope), sections())
    if problems:
        raise PackInvalid(pack.manifest.name, problems)


def _check_complete(pack: Pack, scope: Scope) -> None:
    """A pack of a city that is silent on limits or terms relies on those that are stored."""
    silent = {LIMITS, TERMS} - pack.contents.lines.keys()
    if silent and not scope.is_national:
        stored = _stored_contents(pack, scope, silent | {JURISDICTIONS})
        lines = {name: stored.of(name) for name in silent | {JURISDICTIONS}}
        problems = list(check_lacking(Contents(pack.manifest, lines), read_law()))
        if problems:
            raise PackInvalid(pack.manifest.name, problems)


def _stored_contents(pack: Pack, scope: Scope, names: Collection[str] | None = None) -> Contents:
    """The pack with the stored rows in place of those of its files: of all its sections, or of those named."""
    lines = dict(pack.contents.lines)
    for section in _kept_sections():
        if names is not None and section.name not in names:
            continue
        assert section.store is not None, section.name
        stored = [Line(row, words("a stored row")) for row in section.sorted(section.store.read(scope))]
        if stored or section.name in lines:
            lines[section.name] = stored
    return Contents(pack.manifest, lines)


def _write_manifest(path: Path, contents: Contents) -> Path:
    """The head of the pack, with the control totals counted anew."""
    by_name = {section.name: section for section in sections()}
    expected = {
        name: {item: counted_totals(by_name[name], contents).get(item, 0) for item in items}
        for name, items in contents.manifest.expected.items()
    }
    values = contents.manifest.model_copy(update={"expected": expected})
    text = tomli_w.dumps(_without_nothing(values), multiline_strings=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def _without_nothing(manifest: Manifest) -> dict[str, Any]:
    return manifest.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def _kept_sections() -> Iterator[Section[Any]]:
    return (section for section in sections() if section.store is not None)


def _rows(contents: Contents, section: Section[Any]) -> list[Any]:
    return [line.row for line in contents.of(section.name)]


def _scope(manifest: Manifest, on: date) -> Scope:
    return Scope(manifest.area, manifest.level, on)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
