"""E-mail by SMTP."""

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from zhicheng.core.words import words
from zhicheng.ground.notices.adapters import Message, Undeliverable

REFUSED = words("The mail server refuses the address.")
_PERMANENT = 500


class SmtpUrlError(ValueError):
    """SMTP_URL is not one; the message says what was expected, without the password."""


@dataclass(frozen=True)
class SmtpAdapter:
    """Sends through one server, a connection for each message. `sender` is the address it comes from."""

    host: str
    port: int
    sender: str
    username: str = ""
    password: str = ""
    tls: str = "starttls"
    timeout_s: float = 15.0
    base_url: str = ""

    @classmethod
    def from_url(cls, url: str, sender: str, base_url: str = "") -> "SmtpAdapter":
        """`smtp://user:password@host:587?from=a@b` (STARTTLS if offered) or `smtps://…` (TLS at once)."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise SmtpUrlError("SMTP_URL must look like smtp://user:password@host:587 or smtps://…:465")
        at_once = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if at_once else 587),
            sender=parse_qs(parts.query).get("from", [sender])[0],
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls="tls" if at_once else "starttls",
            base_url=base_url,
        )

    def send(self, message: Message) -> None:
        """Hands the message to the server. An address refused for good (5xx) is Undeliverable."""
        with self._connected() as server:
            try:
                server.send_message(self._mail(message))
            except smtplib.SMTPRecipientsRefused as refusal:
                if all(code >= _PERMANENT for code, _ in refusal.recipients.values()):
                    raise Undeliverable(REFUSED) from refusal
                raise

    def _connected(self) -> smtplib.SMTP:
        kind = smtplib.SMTP_SSL if self.tls == "tls" else smtplib.SMTP
        server = kind(self.host, self.port, timeout=self.timeout_s)
        if self.tls == "starttls" and server.has_extn("starttls"):
            server.starttls()
        if self.username:
            server.login(self.username, self.password)
        return server

    def _mail(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = message.title, self.sender, message.to
        mail["Message-ID"] = f"<{message.key}@{self.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        if message.stop:
            mail["List-Unsubscribe"] = f"<{self.base_url}{message.stop}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
        mail.set_content(message.text, cte="base64")  # servers without 8BITMIME take it too
        return mail
