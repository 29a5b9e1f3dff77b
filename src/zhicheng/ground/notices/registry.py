"""What can be told: templates with what they offer, registered with their words by the apps that tell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from zhicheng.core.words import words


class Topic(StrEnum):
    """What notices are about, as somebody chooses among them."""

    MATTERS = "matters"
    CARDS = "cards"
    INSTRUCTIONS = "instructions"
    SYSTEM = "system"
    FOOT = "foot"
    """What stands under a message; nobody chooses it."""


TOPICS = {
    Topic.MATTERS: words("Matters that come to me or move on"),
    Topic.CARDS: words("Yellow and red cards"),
    Topic.INSTRUCTIONS: words("Leaders' instructions"),
    Topic.SYSTEM: words("Disturbances of the system"),
}


@dataclass(frozen=True)
class Offer:
    """A place that a template fills, with a sample in both languages.

    `spoken` values are messages of the catalogue and are translated. What is not `on_sms` never stands in a text
    message: anybody who holds a telephone reads it.
    """

    name: str
    zh: str
    en: str
    spoken: bool = False
    on_sms: bool = True


NUMBER = Offer("number", "TS-3704-2026-000123-5", "TS-3704-2026-000123-5")
DUE = Offer("due", "2026-11-30", "2026-11-30")
STEP = Offer("step", "责令整改", "Order rectification", spoken=True)
STATE = Offer("state", "已责令整改，待承诺", "Ordered, to be promised", spoken=True)
URL = Offer("url", "", "")
STOP = Offer("stop", "", "")


@dataclass(frozen=True)
class Template:
    """One kind of message. `by_step` templates may be worded for single processes and steps."""

    key: str
    title: str
    topic: Topic
    offers: tuple[Offer, ...]
    by_step: bool = False

    @property
    def places(self) -> dict[str, Offer]:
        """Everything that its words may name."""
        return {one.name: one for one in (*self.offers, URL)}


Steps = Mapping[str, Mapping[str, str]]
"""The label of every step that tells somebody, by process and verb."""
_templates: dict[str, Template] = {}
_files: list[Path] = []
_steps: list[Callable[[], Steps]] = []


def register_templates(file: Path, *templates: Template) -> None:
    """Adds templates with a file of their words, of the form of a pack's notices.toml; called from `ready()`."""
    for template in templates:
        if template.key in _templates:
            raise ValueError(f"notice template {template.key} is registered twice")
        _templates[template.key] = template
    _files.append(file)


def register_words(file: Path) -> None:
    """Adds words for templates of other apps, such as those for the steps of a feature."""
    _files.append(file)


def register_steps(known: Callable[[], Steps]) -> None:
    """Says which steps of which processes tell somebody."""
    _steps.append(known)


def template_of(key: str) -> Template:
    """The template called `key`; raises LookupError."""
    try:
        return _templates[key]
    except KeyError:
        raise LookupError(f"there is no notice template {key!r}") from None


def list_templates() -> list[Template]:
    """Every template, in the order of registration."""
    return list(_templates.values())


def list_files() -> list[Path]:
    """The files of shipped words."""
    return list(_files)


def known_steps() -> Steps:
    """Every step that tells somebody, by process."""
    return {process: dict(verbs) for known in _steps for process, verbs in known().items()}
