"""The rows of notices.toml and quiet_hours.toml."""

from datetime import time
from typing import Literal

from pydantic import Field

from zhicheng.ground.areas.api import Entry


class WordingEntry(Entry):
    """The words of a template in both languages, for everything or for one process, step or channel.

    Without a channel they are for the inbox and e-mail; a text message has no title.
    """

    template: str = Field(min_length=1, max_length=60)
    process: str = Field(default="", max_length=60)
    step: str = Field(default="", max_length=60)
    channel: Literal["", "inbox", "email", "sms"] = ""
    title_zh: str = Field(default="", max_length=120)
    title_en: str = Field(default="", max_length=120)
    text_zh: str = Field(min_length=1, max_length=2000)
    text_en: str = Field(min_length=1, max_length=2000)


class QuietEntry(Entry):
    """The hours in which people are sent nothing by a channel; the same time twice: there are none."""

    channel: Literal["email", "sms"]
    begins: time
    ends: time
    exempt: list[str] = Field(default_factory=list)
    sample: bool = False
