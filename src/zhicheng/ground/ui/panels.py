"""Panels on the page of a record: features that know something of a party or an object say so there.

A feature registers its panels when it starts; the page shows those that have something to say to the viewer:

    {% for panel in panels %}<c-panel title="{{ panel.title|words_of }}">
      {% include panel.template with panel=panel.context only %}</c-panel>{% endfor %}
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zhicheng.core.access import Actor, Subject


@dataclass(frozen=True)
class Panel:
    """A panel: its title in English to translate, its template, and what it shows to one actor of one record.

    `context` gives None where there is nothing that the actor may see: then the panel does not appear. One that is
    not `printed` is for the screen alone, its heading too.
    """

    key: str
    title: str
    template: str
    context: Callable[[Actor, int], Mapping[str, Any] | None]
    place: int = 100
    printed: bool = True


@dataclass(frozen=True)
class ShownPanel:
    """A panel as one page shows it."""

    key: str
    title: str
    template: str
    context: Mapping[str, Any]
    printed: bool


_panels: dict[str, list[Panel]] = {}


def register_panel(subject_kind: str, panel: Panel) -> None:
    """Adds a panel to the pages of a kind of record. Raises ValueError if the kind has one with this key."""
    panels = _panels.setdefault(subject_kind, [])
    if any(known.key == panel.key for known in panels):
        raise ValueError(f"panel {panel.key!r} of {subject_kind} is registered twice")
    panels.append(panel)
    panels.sort(key=lambda one: (one.place, one.key))


def panels_for(subject: Subject, actor: Actor) -> list[ShownPanel]:
    """The panels of a record that have something to say to the actor, in their order."""
    kind, subject_id = subject
    shown = ((panel, panel.context(actor, subject_id)) for panel in _panels.get(kind, ()))
    return [
        ShownPanel(panel.key, panel.title, panel.template, context, panel.printed)
        for panel, context in shown
        if context is not None
    ]
