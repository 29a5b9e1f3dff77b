"""Public randomness of at least two origins: named beforehand, hashed in one canonical text afterwards.

The text is `zhicheng-randomness-v1` and each source in its canonical line, sorted by code point, every line
ended by a newline; its hash is what the draw takes for randomness. So the order in which sources are named
plays no part, and who controls one origin controls nothing.

>>> three = parse_source("lottery:fc3d:2026306:0,7,3"), parse_source("lottery:pl5:2026306:1 2 3 4 5")
>>> combined(three)[:16] == combined(three[::-1])[:16]
True
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from zhicheng.core.choices import named
from zhicheng.core.draws.drand import parse_drand, parse_drand_event
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.lottery import parse_lottery, parse_lottery_event
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

HEAD = "zhicheng-randomness-v1"
ANNOUNCED = "randomness_events"
"""The key of a plan under which it may name the events that its draw will take its randomness from."""


class Source(Protocol):
    """The outcome of one public event."""

    @property
    def origin(self) -> str:
        """Who draws."""

    @property
    def event(self) -> str:
        """Which event: what can be announced."""

    @property
    def text(self) -> str:
        """Event and outcome as they are kept."""

    @property
    def line(self) -> str:
        """Event and outcome as they are hashed."""


_SOURCES: dict[str, Callable[[str], Source]] = {"lottery": parse_lottery, "drand": parse_drand}
_EVENTS: dict[str, Callable[[str], str]] = {"lottery": parse_lottery_event, "drand": parse_drand_event}


def parse_source(text: str) -> Source:
    """Reads `lottery:…` or `drand:…` with its outcome. Raises Refused."""
    return _SOURCES[_kind(text)](text)


def parse_event(text: str) -> str:
    """Reads an event without its outcome; returns its canonical spelling. Raises Refused.

    >>> parse_event("lottery:dlt:26136")
    'lottery:dlt:2026136'
    """
    return _EVENTS[_kind(text)](text)


def combined(sources: Sequence[Source], algorithm: str = Algorithm.SHA256) -> str:
    """The hash over `sources` as 64 hexadecimal digits. Raises Refused for less than two origins."""
    algorithm = named(Algorithm, "algorithm", algorithm)
    require_two_origins(source.event for source in sources)
    return algorithm.of_text("".join(f"{line}\n" for line in [HEAD, *sorted(source.line for source in sources)]))


def require_two_origins(events: Iterable[str]) -> None:
    """Raises Refused unless canonical `events` are all different and come of at least two origins."""
    listed = list(events)
    if twice := sorted({event for event in listed if listed.count(event) > 1}):
        raise Refused(words("“{event}” is named twice"), event=twice[0])
    if len({event.rpartition(":")[0] for event in listed}) < 2:
        message = words("named is {found}; expected are events of at least two origins, like a lottery and drand")
        raise Refused(message, found=", ".join(listed) or "no event")


def announced(plan: dict[str, Any]) -> list[str] | None:
    """The events that a plan announces under `randomness_events`; None if it announces none. Raises Refused.

    >>> announced({"randomness_events": ["lottery:ssq:2026136", "lottery:dlt:2026136"]})
    ['lottery:ssq:2026136', 'lottery:dlt:2026136']
    """
    if ANNOUNCED not in plan:
        return None
    events = plan[ANNOUNCED]
    if not isinstance(events, list) or not all(isinstance(event, str) for event in events):
        raise Refused(words("the plan's “{key}” is no list of events"), key=ANNOUNCED)
    for event in events:
        if event != (canonical := parse_event(event)):
            message = words("the plan announces “{event}”; expected is its canonical spelling “{canonical}”")
            raise Refused(message, event=event, canonical=canonical)
    require_two_origins(events)
    return events


def require_announced(plan: dict[str, Any], sources: Sequence[Source]) -> None:
    """Raises Refused if the plan announces other events than those of `sources`; a plan may announce none."""
    named = announced(plan)
    if named is None:
        return
    given = {source.event for source in sources}
    if missing := [event for event in named if event not in given]:
        raise Refused(words("the plan announces “{event}”, which is not among the sources"), event=missing[0])
    if further := sorted(given - set(named)):
        raise Refused(words("the source “{event}” was not announced in the plan"), event=further[0])


def _kind(text: str) -> str:
    kind = unicodedata.normalize("NFKC", text).partition(":")[0].strip().lower()
    if kind not in _SOURCES:
        message = words("“{text}” is no source of randomness; expected is one that begins with {kinds}")
        raise Refused(message, text=text, kinds=" or ".join(f"{each}:" for each in _SOURCES))
    return kind
