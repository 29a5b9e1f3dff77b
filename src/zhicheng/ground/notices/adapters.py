"""The ways out of the house: one adapter for each channel that is sent."""

import logging
from dataclasses import dataclass, field
from typing import Protocol

from zhicheng.core.masks import mask_email, mask_phone
from zhicheng.ground.database.simulation import is_simulated
from zhicheng.ground.notices.models import Channel

log = logging.getLogger("zhicheng.notices")


@dataclass(frozen=True)
class Message:
    """What an adapter sends. `key` is the same at every attempt, for gateways that send a key only once.

    The address is in clear and shows in no repr. `stop` is the path of the page by which such notices end, if they
    can. A text message has no title.
    """

    key: str
    channel: Channel
    title: str
    text: str
    to: str = field(repr=False)
    stop: str = ""


class Undeliverable(Exception):
    """It makes no sense to try again. The message is one of the catalogue and holds nothing personal."""


class NotTaken(Exception):
    """The other side did not take it this time. The message is a code and holds nothing personal."""


class Adapter(Protocol):
    """Sends a message or raises: Undeliverable for good, anything else to be tried again later."""

    def send(self, message: Message) -> None:
        """Hands the message over; returning means that the other side has taken it."""


class ConsoleAdapter:
    """Writes to the log instead of sending, with the address masked: the default, and all that a demo does."""

    def send(self, message: Message) -> None:
        """Logs title and text."""
        log.info("%s to %s: %s\n%s", message.channel, _masked(message), message.title, message.text)


_adapters: dict[Channel, Adapter] = {}


def register_adapter(channel: Channel, adapter: Adapter) -> None:
    """Sends a channel through `adapter` from now on; called from an app's `ready()`."""
    if channel in _adapters:
        raise ValueError(f"channel {channel} has an adapter already")
    _adapters[channel] = adapter


def adapter_for(channel: Channel) -> Adapter:
    """The registered adapter. Where records are simulated nothing leaves the house, whatever is registered."""
    console = ConsoleAdapter()
    return console if is_simulated() else _adapters.get(channel, console)


def _masked(message: Message) -> str:
    if message.channel is Channel.SMS:
        return mask_phone(message.to)
    return mask_email(message.to)
