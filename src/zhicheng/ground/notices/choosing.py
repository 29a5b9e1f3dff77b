"""Which words a notice is told in, and when it may be sent: the most particular rule that holds at its place."""

from collections.abc import Iterator
from datetime import datetime

from zhicheng.ground.notices.loaded import Said, quiet_at, said_at
from zhicheng.ground.notices.models import Channel, Notice, RecipientKind


def words_for(template: str, process: str, step: str, channel: Channel, path: str) -> Said:
    """The words for a step of a process, else for the step, for the process, or for all; of each the nearest.

    Words for the channel go before words for inbox and e-mail alike. Raises LookupError if there are none.
    """
    for key in _keys(template, process, step, channel):
        found = said_at(key, path)
        if found is not None:
            return found
    raise LookupError(f"there are no words for the notice {template!r} by {channel}")


def has_words(template: str, process: str, step: str, channel: Channel, path: str) -> bool:
    """Whether there are words for the channel at all."""
    return any(said_at(key, path) for key in _keys(template, process, step, channel))


def quiet_until(notice: Notice, now: datetime) -> datetime:
    """The first moment, not before now, at which the notice may be sent. Only people are left in peace."""
    path = notice.area.path if notice.area else ""
    return allowed_from(
        Channel(notice.channel), path, f"{notice.process}.{notice.step}", now, notice.recipient_kind
    )


def allowed_from(channel: Channel, path: str, step: str, now: datetime, kind: str) -> datetime:
    """The first moment, not before now, at which a notice of a step may go to a recipient of that kind."""
    if kind != RecipientKind.CONTACT:
        return now
    quiet = quiet_at(channel, path)
    return now if quiet is None or step in quiet.exempt else quiet.hours.until(now)


def _keys(template: str, process: str, step: str, channel: Channel) -> Iterator[tuple[str, str, str, str]]:
    channels = [channel.value] if channel is Channel.SMS else [channel.value, ""]
    for one, verb in dict.fromkeys(((process, step), ("", step), (process, ""), ("", ""))):
        for way in channels:
            yield template, one, verb, way
