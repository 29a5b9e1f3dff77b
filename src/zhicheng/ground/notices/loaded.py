"""The words and the quiet hours of the database and of the shipped files, kept for a short while."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from zhicheng.core.clock.quiet import QuietHours
from zhicheng.ground.kept import kept
from zhicheng.ground.notices.entries import WordingEntry
from zhicheng.ground.notices.models import Channel, QuietRow, Wording
from zhicheng.ground.notices.registry import list_files
from zhicheng.ground.notices.rules import NIGHT

Key = tuple[str, str, str, str]
"""Template, process, step, channel."""


@dataclass(frozen=True)
class Said:
    """The words of a template in both languages, and whose they are: an area's, the law's, or the house's."""

    titles: tuple[str, str]
    texts: tuple[str, str]
    source: str = "shipped"

    def title(self, language: str) -> str:
        """The subject line, with its places."""
        return self.titles[0 if language.startswith("zh") else 1]

    def text(self, language: str) -> str:
        """The body, with its places."""
        return self.texts[0 if language.startswith("zh") else 1]


@dataclass(frozen=True)
class Stated:
    """Words with what they are for; an empty process, step or channel means every one."""

    template: str
    process: str
    step: str
    channel: str
    said: Said


@dataclass(frozen=True)
class Quiet:
    """Quiet hours of a channel, and the steps that are told nevertheless."""

    hours: QuietHours
    exempt: frozenset[str] = frozenset()


def said_at(key: Key, path: str) -> Said | None:
    """The words for exactly this key at a place: the nearest area's, then the nation's, then the house's."""
    for area_id in nearest_first(path):
        found = _worded().get((area_id, key))
        if found is not None:
            return found
    return shipped(key)


def shipped(key: Key) -> Said | None:
    """The words of the house itself for exactly this key. Reads no database."""
    return _shipped(tuple(list_files())).get(key)


def list_stated(path: str) -> list[Stated]:
    """Everything that is said at a place, by template, process, step and channel."""
    here = set(nearest_first(path))
    keys = {*_shipped(tuple(list_files())), *(key for area_id, key in _worded() if area_id in here)}
    found = ((key, said_at(key, path)) for key in sorted(keys))
    return [Stated(*key, said) for key, said in found if said is not None]


def quiet_at(channel: Channel, path: str) -> Quiet | None:
    """The quiet hours of a channel at a place; None if there are none."""
    for area_id in nearest_first(path):
        found = _quiet().get((area_id, channel))
        if found is not None:
            return found
    return Quiet(NIGHT) if channel is Channel.SMS else None


def read_shipped(file: Path) -> Sequence[WordingEntry]:
    """The rows of a file of shipped words."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))["notice"]
    return [WordingEntry.model_validate(one) for one in tables]


def nearest_first(path: str) -> Iterator[int | None]:
    """The ids of the areas of a path, the nearest first, then None for the nation."""
    yield from (int(part) for part in reversed(path.strip("/").split("/")) if part)
    yield None


@lru_cache(maxsize=1)
def _shipped(files: tuple[Path, ...]) -> Mapping[Key, Said]:
    rows = [row for file in files for row in read_shipped(file)]
    return {(row.template, row.process, row.step, row.channel): _said(row) for row in rows}


@kept
def _worded() -> Mapping[tuple[int | None, Key], Said]:
    return {
        (row.area_id, (row.template, row.process, row.step, row.channel)): _said(
            row, row.area.name if row.area else "law"
        )
        for row in Wording.objects.select_related("area")
    }


def _said(row: Wording | WordingEntry, source: str = "shipped") -> Said:
    return Said((row.title_zh, row.title_en), (row.text_zh, row.text_en), source)


@kept
def _quiet() -> Mapping[tuple[int | None, str], Quiet]:
    return {
        (row.area_id, row.channel): Quiet(QuietHours(row.begins, row.ends), frozenset(row.exempt))
        for row in QuietRow.objects.all()
    }
