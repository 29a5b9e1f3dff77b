"""Every template with sample values, as it reads at a place, in both languages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhicheng.core.short_messages import parts_of
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area
from zhicheng.ground.notices.api import (
    CHANNELS,
    Channel,
    Quiet,
    Stated,
    Template,
    known_steps,
    list_packed_areas,
    list_stated,
    list_templates,
    quiet_at,
    sampled,
)
from zhicheng.ground.proceedings.api import list_processes

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Sample:
    """Words in one language with sample values; `parts` of a text message."""

    language: str
    title: str
    text: str
    parts: int = 0


@dataclass(frozen=True)
class Shown:
    """One wording of a template: for which process, step and channel, whose words they are, and samples."""

    stated: Stated
    process: str
    step: str
    samples: tuple[Sample, ...]

    @property
    def channel(self) -> str:
        """By what the words go."""
        if not self.stated.channel:
            return words("Inbox and e-mail")
        return CHANNELS[Channel(self.stated.channel)]

    @property
    def source(self) -> str:
        """Whose words they are."""
        return {"shipped": words("Shipped"), "law": words("National")}.get(
            self.stated.said.source, self.stated.said.source
        )


@dataclass(frozen=True)
class Group:
    """A template with all its wordings at a place, and the places that it offers."""

    template: Template
    places: tuple[str, ...]
    shown: tuple[Shown, ...]


def groups_at(area: Area | None) -> list[Group]:
    """Every template as it reads at a place; None: where no pack says otherwise."""
    path = area.path if area else ""
    stated = list_stated(path)
    labels = {process.key: process.label for process in list_processes()}
    return [
        Group(one, tuple(f"{{{name}}}" for name in one.places), tuple(_shown(one, stated, labels)))
        for one in list_templates()
    ]


def packed_area(typed: str) -> Area | None:
    """The place that an address names, if its pack states anything; else the whole country."""
    return next((one for one in list_packed_areas() if str(one.pk) == typed), None)


def quiet_hours_at(area: Area | None) -> list[tuple[str, Quiet]]:
    """The quiet hours of every channel to people at a place."""
    path = area.path if area else ""
    found = ((CHANNELS[channel], quiet_at(channel, path)) for channel in (Channel.SMS, Channel.EMAIL))
    return [(label, quiet) for label, quiet in found if quiet is not None]


def _shown(template: Template, stated: Sequence[Stated], labels: dict[str, str]) -> Iterator[Shown]:
    steps = known_steps()
    every = {verb: label for verbs in steps.values() for verb, label in verbs.items()}
    for one in stated:
        if one.template == template.key:
            label = steps.get(one.process, every).get(one.step, "")
            samples = tuple(_sample(template, one, language) for language in LANGUAGES)
            yield Shown(one, labels.get(one.process, ""), label, samples)


def _sample(template: Template, stated: Stated, language: str) -> Sample:
    title, text = sampled(template, stated, language)
    return Sample(language, title, text, parts_of(text) if stated.channel == Channel.SMS else 0)
