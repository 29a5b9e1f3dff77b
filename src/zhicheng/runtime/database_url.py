"""`postgresql://` URLs, read and written without a further dependency.

>>> address = DatabaseAddress.parse("postgresql://zhicheng_app:s%40fe@db.example:5433/zhicheng?sslmode=require")
>>> address.host, address.port, address.password, address.options
('db.example', 5433, 's@fe', {'sslmode': 'require'})
>>> DatabaseAddress.parse("postgresql://app@/zhicheng?host=/run/postgresql").host
'/run/postgresql'
"""

from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from zhicheng.runtime.fault import RuntimeFault

SCHEMES = ("postgresql", "postgres")
_EXPECTED = "expected postgresql://USER:PASSWORD@HOST:PORT/NAME"


class DatabaseUrlError(RuntimeFault, ValueError):
    """The URL cannot be used. The message names the fault but never the URL, which holds a password."""


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Where a database is and who asks. `host` is a name, an address, a socket directory, or ""."""

    user: str
    name: str
    password: str = field(default="", repr=False)
    host: str = ""
    port: int | None = None
    options: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read a URL. `host` and `port` may stand in the query, as libpq allows. Raises DatabaseUrlError."""
        try:
            parts = urlsplit(url.strip())
        except ValueError as error:
            raise DatabaseUrlError(f"the database URL cannot be read ({error}); {_EXPECTED}") from None
        if parts.scheme not in SCHEMES:
            raise DatabaseUrlError(f"unknown scheme {parts.scheme!r} in the database URL; {_EXPECTED}")
        name = unquote(parts.path.removeprefix("/"))
        if not name or "/" in name:
            raise DatabaseUrlError(f"the database URL names no database; {_EXPECTED}")
        if not parts.username:
            raise DatabaseUrlError(f"the database URL names no user; {_EXPECTED}")
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        host, port = _host_and_port(parts.netloc)
        return cls(
            user=unquote(parts.username),
            name=name,
            password=unquote(parts.password or ""),
            host=options.pop("host", host),
            port=_port_number(options.pop("port", port)),
            options=options,
        )

    def format(self) -> str:
        """The URL, such that parsing it gives this address again."""
        login = quote(self.user, safe="")
        if self.password:
            login += ":" + quote(self.password, safe="")
        query = dict(self.options)
        is_socket = self.host.startswith("/")
        place = "" if is_socket else f"[{self.host}]" if ":" in self.host else self.host
        if is_socket:
            query = {"host": self.host} | ({"port": str(self.port)} if self.port else {}) | query
        elif self.port:
            place += f":{self.port}"
        suffix = "?" + urlencode(query, quote_via=quote, safe="/") if query else ""
        return f"postgresql://{login}@{place}/{quote(self.name, safe='')}{suffix}"

    def django_settings(self) -> dict[str, Any]:
        """The entries of one Django database, without ENGINE."""
        return {
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": "" if self.port is None else str(self.port),
            "OPTIONS": dict(self.options),
        }


def _host_and_port(netloc: str) -> tuple[str, str]:
    """Both as text. `SplitResult.hostname` would put a socket path in lower case."""
    place = netloc.rpartition("@")[2]
    if place.startswith("["):
        host, _, port = place[1:].partition("]")
        return host, port.removeprefix(":")
    host, _, port = place.partition(":")
    return unquote(host), port


def _port_number(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise DatabaseUrlError(f"port {text!r} in the database URL is not a number from 1 to 65535")
    return int(text)
