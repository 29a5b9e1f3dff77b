"""Subscriptions as an integrator is shown them."""

from typing import Any

from zhicheng.ground.interface.api import Example

_ONE: dict[str, Any] = {
    "id": 3, "url": "https://hotline.example/told", "events": ["case.opened", "case.closed"],
    "created_at": "2026-11-23T02:00:00Z", "disabled_at": None,
}  # fmt: skip
_WANTED = {"url": _ONE["url"], "events": _ONE["events"]}
_DELIVERED = {
    "id": 41, "event": "case.closed", "created_at": "2026-11-23T02:05:00Z", "attempts": 1, "status": 204,
    "delivered_at": "2026-11-23T02:05:01Z", "failed_at": None, "error": "",
}  # fmt: skip
EXAMPLES = {
    "list_webhooks": Example(answer=[_ONE]),
    "subscribe": Example(
        sent=_WANTED, answer={**_ONE, "secret": "whs_4GkQ1m0c9f0Qk0mB8b0yqv8w6pN0cJ1uXo2rT5sZ7aE"}
    ),
    "unsubscribe": Example(given={"subscription": 3}),
    "enable_webhook": Example(given={"subscription": 3}, answer=_ONE),
    "list_deliveries": Example(
        given={"subscription": 3, "limit": 50}, answer={"items": [_DELIVERED], "after": None}
    ),
}
PARAMETERS = {"subscription": "The number of a subscription of this key."}
