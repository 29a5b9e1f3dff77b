"""One request to another system's address: to a public address alone, followed nowhere."""

import hmac
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from threading import Timer
from urllib.parse import urlsplit

from django.conf import settings

from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.database.simulation import is_simulated
from zhicheng.ground.webhooks.rules import TIMEOUT_S

SUCCESS = range(200, 300)


class AddressRefused(Refused):
    """An address that nothing is sent to; the message says why."""


@dataclass(frozen=True)
class Target:
    """An address taken apart, and the one IP address that was checked and will be connected to."""

    host: str
    port: int
    path: str
    secure: bool
    ip: str


def signature_of(secret: str, timestamp: int, body: bytes) -> str:
    """The signature of a request: HMAC-SHA256 over `timestamp.body`, in hexadecimal.

    >>> signature_of("whs_x", 1700000000, b"{}")[:16]
    '0e18abd4bf7647e1'
    """
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + body, sha256).hexdigest()


def read_target(url: str, *, trusted: bool = False) -> Target:
    """The address, resolved. Raises AddressRefused unless it is HTTPS and every IP address of it is public.

    The setting ZHICHENG_WEBHOOKS_WITHIN allows plain HTTP and addresses of one's own network, and so does
    `trusted`, for an address that the installation itself names. Where records are simulated it is these alone:
    nothing leaves the house.
    """
    within = trusted or settings.WEBHOOKS_WITHIN
    try:
        parts = urlsplit(url)
        port, host = parts.port or (443 if parts.scheme == "https" else 80), parts.hostname or ""
    except ValueError:
        raise AddressRefused(words("This is no address that begins with https://.")) from None
    allowed = ("https", "http") if within else ("https",)
    can_be_sent = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in allowed or not host or parts.username is not None or not can_be_sent:
        raise AddressRefused(words("This is no address that begins with https://."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port, path, parts.scheme == "https", _public_ip(host, port, within))


def _public_ip(host: str, port: int, within: bool) -> str:
    """The first IP address of a host. All have to be public: whoever answers must not choose among ours."""
    try:
        found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise AddressRefused(words("The host {host} is unknown."), host=host) from None
    public = [ip_address(str(ip).split("%")[0]).is_global for ip in found]
    if not within and not all(public):
        raise AddressRefused(words("The host {host} is not a public one."), host=host)
    if any(public) and is_simulated():
        raise AddressRefused(
            words("Records here are simulated: nothing is sent to {host}, outside the house."), host=host
        )
    return str(found[0])


def post(target: Target, body: bytes, headers: dict[str, str]) -> int:
    """Sends the request and returns the status; a redirection is an answer like any other, and not followed.

    Raises OSError or HTTPException if nobody was reached within ten seconds, or if there was no answer within ten
    more.
    """
    with socket.create_connection((target.ip, target.port), TIMEOUT_S) as reached, _hung_up_on(reached):
        connection = _connection(target, reached)
        try:
            connection.request("POST", target.path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


@contextmanager
def _hung_up_on(reached: socket.socket) -> Iterator[None]:
    """Ends a connection when its time is over: a socket's own limit begins anew with every byte that comes."""
    with reached.dup() as line:  # closed here alone: its number is nobody else's when the time is over
        late = Timer(TIMEOUT_S, _hang_up, [line])
        late.start()
        try:
            yield
        finally:
            late.cancel()
            late.join()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):  # the other side was quicker
        line.shutdown(socket.SHUT_RDWR)


def _connection(target: Target, reached: socket.socket) -> HTTPConnection:
    """A connection to the address that was checked: the name is not resolved a second time."""
    if not target.secure:
        plain = HTTPConnection(target.host, target.port, timeout=TIMEOUT_S)
        plain.sock = reached
        return plain
    context = ssl.create_default_context()
    secure = HTTPSConnection(target.host, target.port, timeout=TIMEOUT_S, context=context)
    secure.sock = context.wrap_socket(reached, server_hostname=target.host)
    return secure


__all__ = ["SUCCESS", "AddressRefused", "HTTPException", "Target", "post", "read_target", "signature_of"]
