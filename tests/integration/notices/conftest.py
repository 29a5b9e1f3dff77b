"""People who can be told, and an adapter that remembers or fails."""

from dataclasses import dataclass, field

import pytest
from django.db import connection

from zhicheng.ground.access.api import User
from zhicheng.ground.areas.api import Area
from zhicheng.ground.notices import adapters
from zhicheng.ground.notices.api import Channel, Message, register_adapter
from zhicheng.ground.parties.api import Organization


@dataclass
class Outbox:
    """Takes every message, unless `failures` holds what to raise instead."""

    messages: list[Message] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def send(self, message: Message) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.messages.append(message)


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    monkeypatch.setattr(adapters, "_adapters", {})
    outbox = Outbox()
    for channel in (Channel.EMAIL, Channel.SMS):
        register_adapter(channel, outbox)
    return outbox


@pytest.fixture
def bureau(county: Area) -> Organization:
    return Organization.objects.create(name="住建局", sort_key="z", kind="public_body", area=county)


def account(name: str, bureau: Organization | None = None, **values: object) -> User:
    return User.objects.create(username=name, name=name, organization=bureau, **values)


@pytest.fixture
def li(bureau: Organization) -> User:
    return account("li", bureau, email="li@example.org")


def queued() -> list[int]:
    """The notices whose delivery is in the queue, as this connection sees it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'notice_id')::bigint FROM procrastinate_jobs"
            " WHERE task_name = 'notices.deliver' AND status = 'todo' ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


__all__ = ["Outbox", "account", "queued"]
