"""Text messages by a gateway of the city's choice: one signed request each, with the notice's key."""

import json
from dataclasses import dataclass, field

from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.notices.api import Message, NotTaken, Undeliverable
from zhicheng.ground.webhooks.sending import SUCCESS, HTTPException, post, read_target, signature_of

REFUSED = words("The text message gateway refuses the number or the text.")
_REFUSALS = frozenset({400, 404, 410, 413, 422})
"""Answers that will not change: the message is wrong, not the moment."""


@dataclass(frozen=True)
class GatewayAdapter:
    """Hands text messages to the address that SMS_URL names, signed with SMS_SECRET like every webhook.

    A gateway that answers with any 2xx has taken the message. One that keeps the Idempotency-Key sends a message
    once, however often it is handed over.
    """

    url: str
    secret: str = field(repr=False)

    def send(self, message: Message) -> None:
        """Hands the message over. Raises Undeliverable if it is refused for good, else NotTaken or OSError."""
        body = json.dumps({"id": message.key, "to": message.to, "text": message.text}, ensure_ascii=False).encode()
        try:
            status = post(read_target(self.url, trusted=True), body, self._headers(message.key, body))
        except HTTPException as error:
            raise NotTaken("no HTTP") from error
        if status in _REFUSALS:
            raise Undeliverable(REFUSED)
        if status not in SUCCESS:
            raise NotTaken(f"HTTP {status}")

    def _headers(self, key: str, body: bytes) -> dict[str, str]:
        timestamp = int(clock.now().timestamp())
        return {
            "Content-Type": "application/json",
            "User-Agent": "Zhicheng-Webhooks/1",
            "Idempotency-Key": key,
            "Zhicheng-Event": "notice.sms",
            "Zhicheng-Timestamp": str(timestamp),
            "Zhicheng-Signature": f"sha256={signature_of(self.secret, timestamp, body)}",
        }
