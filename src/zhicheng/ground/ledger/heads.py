"""Chain heads in a file outside the database: one header line, then one line for each chain.

A line is exactly the leaf that went into the Merkle tree, so the header's root can be computed from the file
alone by anybody: leaf 0 is the root before (32 bytes, zeros for the first), then the lines in their order,
which is that of the kind's code points and the id.
"""

import gzip
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from pydantic_core import from_json

from zhicheng.core.access import Subject
from zhicheng.core.canonical import canonical_bytes
from zhicheng.core.chain import GENESIS, Head
from zhicheng.core.merkle import RunningRoot

FORMAT = "zhicheng.ledger.heads/1"
LARGE_CHAINS = 10_000
"""From so many chains on, a file named by the house is compressed."""


class ExportDamaged(ValueError):
    """A file is no export of chain heads, or not the one that was written."""


@dataclass(frozen=True)
class Header:
    """What an export says of itself. `day` is the day it seals, None if it was taken in between."""

    day: date | None
    taken_at: datetime
    previous: bytes
    root: bytes
    chains: int

    def line(self) -> bytes:
        """The header as the first line of the file."""
        return canonical_bytes(
            {
                "format": FORMAT,
                "day": self.day.isoformat() if self.day else None,
                "taken_at": self.taken_at.isoformat(),
                "previous": self.previous.hex(),
                "root": self.root.hex(),
                "chains": self.chains,
            }
        )


def leaf(subject: Subject, head: Head) -> bytes:
    """One chain as a leaf of the tree and a line of the file.

    >>> leaf(("case", 17), Head(3, bytes(2)))
    b'["case",17,3,"0000"]'
    """
    return canonical_bytes([*subject, head.number, head.hash.hex()])


class HeadsWriter:
    """Takes the leaves one by one and keeps them beside the file they will become.

    Used as a context: what was not finished leaves nothing behind.
    """

    def __init__(self, directory: Path) -> None:
        self._lines: IO[bytes] = tempfile.TemporaryFile(dir=directory)  # noqa: SIM115 - closed in __exit__

    def __enter__(self) -> "HeadsWriter":
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()

    def add(self, line: bytes) -> None:
        """Takes the next leaf."""
        self._lines.write(line + b"\n")

    def finish(self, path: Path, header: Header) -> None:
        """Puts header and leaves at `path` at once, compressed if its name ends in `.gz`."""
        partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
        try:
            with open(partial, "wb") as raw:
                _fill(raw, header, self._lines, compressed=path.suffix == ".gz")
                raw.flush()
                os.fsync(raw.fileno())
            os.replace(partial, path)
        finally:
            partial.unlink(missing_ok=True)
        _sync_directory(path.parent)


def read_header(path: Path) -> Header:
    """The first line of an export. Raises ExportDamaged."""
    with _opened(path) as lines:
        return _header(path, next(lines, b""))


def read_heads(path: Path) -> Iterator[tuple[Subject, Head]]:
    """The chains of an export in their order; at the end, raises ExportDamaged unless the root is theirs."""
    with _opened(path) as lines:
        header = _header(path, next(lines, b""))
        running, before = RunningRoot(), ("", 0)
        running.add(header.previous)
        for line in lines:
            running.add(line)
            subject, head = _head(path, line)
            if subject <= before:
                raise ExportDamaged(f"{path.name} is not in order at {subject[0]}:{subject[1]}")
            before = subject
            yield subject, head
        if (running.root(), running.size - 1) != (header.root, header.chains):
            raise ExportDamaged(f"{path.name}: its chains do not give the root it states")


def previous_root(root: bytes | None) -> bytes:
    """What stands as leaf 0: the root before, or zeros if there was none."""
    return GENESIS if root is None else bytes(root)


class _opened:  # noqa: N801 - read as a verb: with _opened(path) as lines
    """The lines of a file without their ends; whatever is wrong with the file is ExportDamaged."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Iterator[bytes]:
        opening = gzip.open if self._path.suffix == ".gz" else open
        self._file: Any = opening(self._path, "rb")
        return (line.rstrip(b"\n") for line in self._file)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._file.close()
        if isinstance(error, OSError | EOFError | zlib.error):
            raise ExportDamaged(f"{self._path.name} cannot be read to its end") from error


def _fill(raw: IO[bytes], header: Header, lines: IO[bytes], *, compressed: bool) -> None:
    lines.seek(0)
    if not compressed:
        raw.write(header.line() + b"\n")
        shutil.copyfileobj(lines, raw)
        return
    with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, mtime=0, filename="") as packed:
        packed.write(header.line() + b"\n")
        shutil.copyfileobj(lines, packed)


def _header(path: Path, line: bytes) -> Header:
    try:
        read = from_json(line)
        if read["format"] != FORMAT:
            raise ValueError(read["format"])
        return Header(
            day=date.fromisoformat(read["day"]) if read["day"] else None,
            taken_at=datetime.fromisoformat(read["taken_at"]),
            previous=bytes.fromhex(read["previous"]),
            root=bytes.fromhex(read["root"]),
            chains=int(read["chains"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ExportDamaged(f"{path.name} does not begin with the header of an export ({FORMAT})") from error


def _head(path: Path, line: bytes) -> tuple[Subject, Head]:
    try:
        kind, subject_id, number, hash_hex = from_json(line)
        return (str(kind), int(subject_id)), Head(int(number), bytes.fromhex(hash_hex))
    except (ValueError, TypeError) as error:
        raise ExportDamaged(f"{path.name} holds a line that is no chain head") from error


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
