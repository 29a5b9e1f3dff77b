"""What other apps may use of notices."""

from zhicheng.ground.notices.adapters import Adapter, Message, Undeliverable, register_adapter
from zhicheng.ground.notices.models import Channel, Notice, RecipientKind
from zhicheng.ground.notices.queries import (
    count_unread,
    list_notices,
    list_notices_about,
    list_undeliverable,
)
from zhicheng.ground.notices.recipients import Recipient
from zhicheng.ground.notices.rendering import render as render_notice
from zhicheng.ground.notices.services import mark_read, notify

__all__ = [
    "Adapter",
    "Channel",
    "Message",
    "Notice",
    "Recipient",
    "RecipientKind",
    "Undeliverable",
    "count_unread",
    "list_notices",
    "list_notices_about",
    "list_undeliverable",
    "mark_read",
    "notify",
    "register_adapter",
    "render_notice",
]
