"""pack.toml: what a pack is for, where its data come from, and the totals it must add up to."""

from pydantic import BaseModel, ConfigDict, Field

from zhicheng.core.codes import Level
from zhicheng.ground.areas.api import Entry, FullCode, LevelName

MANIFEST = "pack.toml"


class Source(Entry):
    """Where some files of the pack come from."""

    files: list[str] = Field(min_length=1)
    title: str = Field(min_length=1)
    licence: str = ""
    vintage: str = ""
    note: str = ""


class Manifest(BaseModel):
    """The head of a pack. Without `area` it is the national pack.

    `expected` holds control totals by section and item, such as 158 townships: a row lost on the way is
    noticed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    title: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    area: FullCode | None = None
    level: LevelName = Level.CITY
    note: str = ""
    expected: dict[str, dict[str, int]] = Field(default_factory=dict)
    source: list[Source] = Field(default_factory=list)
