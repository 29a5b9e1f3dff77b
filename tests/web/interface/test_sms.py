"""Text messages by a gateway: signed like webhooks, with a key for each, refused for good or for now."""

import hmac
import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

import pytest
from pydantic import ValidationError

from web.interface.test_webhooks import Listener
from zhicheng.config.environment import Environment
from zhicheng.ground.notices.api import Channel, Message, NotTaken, Undeliverable
from zhicheng.ground.webhooks.sms import GatewayAdapter

SECRET = "a secret of the city's"
TEXT = Message(key="k" * 64, channel=Channel.SMS, title="", text="您反映的 TS-17 已受理。", to="13812341234")


@pytest.fixture
def gateway() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_message_is_signed_and_carries_its_key(gateway: Listener, now: datetime) -> None:
    """The address lies in the own network, which the installation itself named."""
    adapter = GatewayAdapter(gateway.address, SECRET)
    for _ in range(2):
        adapter.send(TEXT)
    (heads, body), (again, _) = gateway.heard
    assert json.loads(body) == {"id": TEXT.key, "to": "13812341234", "text": TEXT.text}
    signed = hmac.new(SECRET.encode(), f"{int(now.timestamp())}.".encode() + body, sha256).hexdigest()
    assert heads["Zhicheng-Signature"] == f"sha256={signed}"
    assert heads["Idempotency-Key"] == again["Idempotency-Key"] == TEXT.key
    assert heads["Zhicheng-Event"] == "notice.sms"
    assert SECRET not in repr(adapter)


@pytest.mark.parametrize("status", [400, 404, 422])
def test_a_refusal_is_for_good(gateway: Listener, now: datetime, status: int) -> None:
    gateway.status = status
    with pytest.raises(Undeliverable, match="refuses the number or the text"):
        GatewayAdapter(gateway.address, SECRET).send(TEXT)


@pytest.mark.parametrize("status", [301, 401, 403, 408, 429, 500, 503])
def test_anything_else_is_tried_again(gateway: Listener, now: datetime, status: int) -> None:
    gateway.status = status
    with pytest.raises(NotTaken, match=f"^HTTP {status}$"):
        GatewayAdapter(gateway.address, SECRET).send(TEXT)


def test_nobody_there_is_tried_again(gateway: Listener, now: datetime) -> None:
    gateway.server.shutdown()
    gateway.server.server_close()
    with pytest.raises(OSError, match="refused"):
        GatewayAdapter(gateway.address, SECRET).send(TEXT)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"sms_url": "https://sms.example/send"}, "SMS_URL needs SMS_SECRET"),
        ({"sms_url": "https://sms.example/send", "sms_secret": "short"}, "SMS_URL needs SMS_SECRET"),
        ({"sms_url": "sms.example", "sms_secret": SECRET}, "pattern"),
        ({"sms_url": "https://user:pass@sms.example", "sms_secret": SECRET}, "pattern"),
    ],
)
def test_a_start_that_could_send_nothing_fails_by_name(given: dict[str, str], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Environment(**given)  # type: ignore[arg-type]


def test_a_gateway_with_its_secret_starts() -> None:
    assert Environment(sms_url="https://sms.example/send", sms_secret=SECRET).sms_url == "https://sms.example/send"
