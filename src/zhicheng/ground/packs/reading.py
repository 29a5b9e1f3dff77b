"""A pack on disk: found by name or path, read whole, with all its faults at once."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhicheng.core.words import words
from zhicheng.ground.packs.checks import check_contents, check_totals
from zhicheng.ground.packs.demands import LIMITS, TERMS, check_lacking, check_strangers
from zhicheng.ground.packs.files import read_raw
from zhicheng.ground.packs.manifest import MANIFEST, Manifest
from zhicheng.ground.packs.problems import PackInvalid, Problem, UnknownPack
from zhicheng.ground.packs.sections import Contents, Line, Section, sections
from zhicheng.ground.packs.validation import validated, validated_table

NATIONAL = "national"
_PACKAGE = Path(__file__).resolve().parents[2]
_SHIPPED = _PACKAGE / "packs"
_LAW = _PACKAGE / "law"


@dataclass(frozen=True)
class Pack:
    """A pack without faults, and the directory it was read from."""

    path: Path
    contents: Contents

    @property
    def manifest(self) -> Manifest:
        """The head of the pack."""
        return self.contents.manifest


def list_shipped_packs() -> list[str]:
    """The names of the packs that come with the product, the national one first."""
    return [NATIONAL, *sorted(path.parent.name for path in _SHIPPED.glob(f"*/{MANIFEST}"))]


def find_pack(name_or_path: str | Path) -> Path:
    """The directory of a pack: of a shipped one by its name, of any other by its path. Raises UnknownPack."""
    if name_or_path == NATIONAL:
        return _LAW
    for path in (_SHIPPED / name_or_path, Path(name_or_path)):
        if path.is_dir():
            return path
    raise UnknownPack(
        words("There is no pack “{pack}”: expected a directory, or one of {names}"),
        pack=name_or_path, names=", ".join(list_shipped_packs()),
    )  # fmt: skip


def digest_of(directory: Path) -> str:
    """Changes when what the pack's files say changes, wherever they lie."""
    digest = hashlib.sha256()
    for path in sorted(path for path in directory.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(directory)}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_pack(name_or_path: str | Path) -> Pack:
    """The pack of that name or path. Raises UnknownPack, and PackInvalid with all its faults."""
    path = find_pack(name_or_path)
    contents, problems = read_contents(path)
    if contents is None or problems:
        raise PackInvalid(str(name_or_path), problems)
    return Pack(path, contents)


def read_contents(path: Path) -> tuple[Contents | None, list[Problem]]:
    """The rows of a pack that can be read, and everything that is wrong with it. Reads no database."""
    manifest, problems = _read_manifest(path / MANIFEST)
    problems.extend(_strangers(path))
    if manifest is None:
        return None, problems
    contents, faults = _read_sections(path, manifest, sections())
    problems.extend((*faults, *check_contents(contents, sections()), *check_totals(contents, sections())))
    problems.extend(check_strangers(contents))
    if manifest.area is not None:
        problems.extend(check_lacking(contents, read_law()))
    return contents, problems


def _read_sections(
    path: Path, manifest: Manifest, asked: Iterable[Section[Any]]
) -> tuple[Contents, list[Problem]]:
    lines: dict[str, list[Line[Any]]] = {}
    broken: set[str] = set()
    problems: list[Problem] = []
    for section in asked:
        if (path / section.file).is_file():
            raw = read_raw(path / section.file, section)
            lines[section.name], faults = validated(raw.rows, section)
            problems.extend((*raw.problems, *faults))
            broken.update({section.name} if raw.problems or faults else ())
    return Contents(manifest, lines, frozenset(broken)), problems


def read_law() -> Contents:
    """What the national pack says of limits and terms, as far as it can be read."""
    manifest, _ = _read_manifest(_LAW / MANIFEST)
    assert manifest is not None, "the national pack comes with the product"
    shared = [section for section in sections() if section.name in (LIMITS, TERMS)]
    return _read_sections(_LAW, manifest, shared)[0]


def _read_manifest(path: Path) -> tuple[Manifest | None, list[Problem]]:
    if not path.is_file():
        return None, [Problem(MANIFEST, expected=words("a file of this name in every pack"))]
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [Problem(MANIFEST, found=str(error), expected=words("valid TOML"))]
    return validated_table(Manifest, values, MANIFEST)


def _strangers(path: Path) -> Iterator[Problem]:
    """Files that nothing reads: a misspelt name would otherwise go unnoticed."""
    known = [MANIFEST, *(section.file for section in sections())]
    for file in sorted(path.iterdir()):
        if file.suffix in (".csv", ".toml", ".geojson") and file.name not in known:
            expected = words("one of {names}")
            yield Problem(file.name, found=file.name, expected=expected, params={"names": ", ".join(known)})
