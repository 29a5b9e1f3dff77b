"""The address that a request comes from."""

from django.conf import settings
from django.http import HttpRequest

from zhicheng.core.sender import sender


def address_of(request: HttpRequest) -> str | None:
    """The sender's address: from X-Forwarded-For only as far as declared proxies wrote it, else the peer's.

    None if the peer has none, as on a local socket.
    """
    forwarded_for = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return sender(request.META.get("REMOTE_ADDR", ""), forwarded_for, settings.TRUSTED_PROXIES) or None
