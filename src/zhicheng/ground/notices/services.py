"""Telling people: rows and a job in the caller's transaction, so that nobody is told what did not happen."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from zhicheng.core.access import Subject
from zhicheng.core.canonical import canonical_bytes
from zhicheng.ground.access.api import User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.notices.choosing import allowed_from
from zhicheng.ground.notices.models import Channel, Notice, RecipientKind
from zhicheng.ground.notices.queue import deliver_later
from zhicheng.ground.notices.recipients import Recipient, Route, routes
from zhicheng.ground.notices.registry import template_of

Code = str | int | bool | None
LONGEST_CODE = 200

_INSERT = """
    INSERT INTO notices_notice (key, recipient_kind, recipient_id, channel, template, params, language,
        subject_kind, subject_id, link, area_id, process, step, obliged, created_at, deliver_after, attempts,
        sent_at, failed_at, error)
    SELECT key, kind, id, channel, %(template)s, %(params)s, %(language)s, %(subject_kind)s, %(subject_id)s,
           %(link)s, %(area)s, %(process)s, %(step)s, %(obliged)s, %(now)s, after, 0,
           CASE WHEN channel = 'inbox' AND obstacle = '' THEN %(now)s END,
           CASE WHEN obstacle <> '' THEN %(now)s END, obstacle
      FROM jsonb_to_recordset(%(routes)s)
           AS r(key text, kind text, id bigint, channel text, obstacle text, after timestamptz)
    ON CONFLICT (key) DO NOTHING
    RETURNING id, sent_at IS NULL AND failed_at IS NULL, deliver_after
"""


def notify(
    *,
    recipients: Iterable[Recipient],
    template: str,
    params: Mapping[str, Code],
    subject: Subject,
    now: datetime,
    occasion: str = "",
    link: str = "",
    language: str = "",
    area: Area | None = None,
    process: str = "",
    step: str = "",
    obliged: bool = False,
) -> list[int]:
    """Tells each recipient by every channel that reaches them; returns the ids of the notices written.

    `params` are codes and references, never a name, a number or free text. `occasion` names what is told of
    (such as "step 4"): the same template, subject, occasion and recipient are told once, however often this
    is called; without it, the values and the time stand for it. `link` is a path of the product. `area`, `process`
    and `step` choose words and quiet hours. A person is told only if they agreed, or if somebody is `obliged` to
    tell them; then whoever cannot be reached is recorded with the reason. Raises ValueError on a value that is
    no code and LookupError if there is no such template.
    """
    topic = template_of(template).topic
    _require_codes(params)
    told_of = occasion or canonical_bytes({"params": dict(params), "at": now.isoformat()}).decode()
    ways = routes(recipients, topic, obliged=obliged)
    if not ways:
        return []
    path, told = area.path if area else "", f"{process}.{step}"
    allowed = [allowed_from(way.channel, path, told, now, way.recipient.kind) for way in ways]
    keys = [_key(template, subject, told_of, way) for way in ways]
    values: dict[str, Any] = {
        "template": template,
        "params": Jsonb(dict(params)),
        "language": language or settings.LANGUAGE_CODE,
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "link": link,
        "now": now,
        "area": area.pk if area else None,
        "process": process,
        "step": step,
        "obliged": obliged,
        "routes": Jsonb([_row(*one) for one in zip(ways, keys, allowed, strict=True)]),
    }
    return _write(values, now)


def mark_read(user: User, *, now: datetime, notice_id: int | None = None) -> int:
    """Marks one notice of the person's inbox as read, or all of them; returns how many were unread."""
    unread = Notice.objects.filter(
        recipient_kind=RecipientKind.USER, recipient_id=user.id, channel=Channel.INBOX, read_at__isnull=True
    )
    if notice_id is not None:
        unread = unread.filter(id=notice_id)
    return unread.update(read_at=now)


@transaction.atomic
def _write(values: Mapping[str, Any], now: datetime) -> list[int]:
    """Writes the notices and queues what is to be sent, each for the moment from which it may be."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        written = cursor.fetchall()
    for after in sorted({after for _, waiting, after in written if waiting}):
        waiting = [notice_id for notice_id, waits, at in written if waits and at == after]
        deliver_later(waiting, at=after if after > now else None)
    return [notice_id for notice_id, _, _ in written]


def _row(route: Route, key: str, after: datetime) -> dict[str, Code]:
    return {
        "key": key,
        "kind": route.recipient.kind.value,
        "id": route.recipient.id,
        "channel": route.channel.value,
        "obstacle": route.obstacle,
        "after": after.isoformat(),
    }


def _key(template: str, subject: Subject, occasion: str, route: Route) -> str:
    to = [route.recipient.kind.value, route.recipient.id, route.channel.value]
    return sha256(canonical_bytes([template, *subject, occasion, *to])).hexdigest()


def _require_codes(params: Mapping[str, Code]) -> None:
    for name, value in params.items():
        if not isinstance(value, str | int | bool | None):
            raise ValueError(f"notice parameter {name} is a {type(value).__name__}: a code was expected")
        if isinstance(value, str) and (len(value) > LONGEST_CODE or "\n" in value):
            raise ValueError(f"notice parameter {name} is a text: a code or a reference was expected")
