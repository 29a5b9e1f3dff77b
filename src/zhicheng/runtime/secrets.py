"""Keys and passwords of one deployment: made once, kept in one file that only its owner can read."""

import base64
import os
import re
import secrets as randomness
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

from zhicheng.runtime.fault import RuntimeFault
from zhicheng.runtime.home import Home

KEY_BYTES = 32
MIN_PASSWORD_CHARACTERS = 16
_URL_SAFE = re.compile(r"[A-Za-z0-9_-]+")
_HEADER = """\
# Keys and passwords of this deployment. Keep a copy apart from the database's back-up:
# without the field encryption keys, personal data in the database cannot be read again.
# Field encryption keys: the first encrypts, all decrypt.
"""


class SecretsError(RuntimeFault):
    """The secrets file is missing something, holds something unknown, or is open to others."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Keys are 32 random bytes in URL-safe base64 (the form Fernet takes); none shows in a repr."""

    django_secret_key: str = field(repr=False)
    field_encryption_keys: tuple[str, ...] = field(repr=False)
    blind_index_key: str = field(repr=False)
    ledger_key: str = field(repr=False)
    owner_password: str = field(repr=False)
    app_password: str = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """New secrets from the system's random source."""
        return cls(
            django_secret_key=randomness.token_urlsafe(48),
            field_encryption_keys=(_new_key(),),
            blind_index_key=_new_key(),
            ledger_key=_new_key(),
            owner_password=randomness.token_urlsafe(24),
            app_password=randomness.token_urlsafe(24),
        )

    @classmethod
    def load_or_create(cls, home: Home) -> Self:
        """The secrets of `home`; made on first use, also when two processes come at once."""
        if not home.secrets_file.exists():
            home.prepare()
            _write_new(home.secrets_file, cls.generate().to_toml())
        return cls.load(home.secrets_file)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read and check the file. Raises SecretsError naming the file, the key and what was expected."""
        if path.stat().st_mode & 0o077:
            raise SecretsError(f"{path} can be read by others; run: chmod 600 '{path}'")
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SecretsError(f"{path} is not valid TOML: {error}") from error
        expected = {each.name for each in fields(cls)}
        for name in sorted(expected ^ table.keys()):
            raise SecretsError(f"{path}: {name} is {'missing' if name in expected else 'not a known key'}")
        return cls(**{name: _checked(path, name, value) for name, value in table.items()})

    def to_toml(self) -> str:
        """The file's text. Values are URL-safe by construction, so quoting needs no escapes."""
        lines = []
        for each in fields(self):
            value = getattr(self, each.name)
            quoted = f'"{value}"' if isinstance(value, str) else "[" + ", ".join(f'"{key}"' for key in value) + "]"
            lines.append(f"{each.name} = {quoted}")
        return _HEADER + "\n".join(lines) + "\n"

    def with_new_field_key(self) -> Self:
        """The same secrets with a fresh field encryption key in front; older keys still decrypt."""
        return replace(self, field_encryption_keys=(_new_key(), *self.field_encryption_keys))

    def save(self, home: Home) -> None:
        """Replace the file in one step, so that a crash leaves the old or the new one whole."""
        fresh = home.secrets_file.with_suffix(f".{os.getpid()}")
        _write(fresh, self.to_toml())
        fresh.replace(home.secrets_file)


def _new_key() -> str:
    return base64.urlsafe_b64encode(randomness.token_bytes(KEY_BYTES)).decode("ascii")


def _checked(path: Path, name: str, value: Any) -> Any:
    """`value` in the type of the field `name`, or SecretsError."""
    if name == "field_encryption_keys":
        if not isinstance(value, list) or not value:
            raise SecretsError(f"{path}: {name} must be a list of at least one key")
        return tuple(_checked_key(path, name, item) for item in value)
    if name in {"blind_index_key", "ledger_key"}:
        return _checked_key(path, name, value)
    if not isinstance(value, str) or len(value) < MIN_PASSWORD_CHARACTERS or not _URL_SAFE.fullmatch(value):
        raise SecretsError(
            f"{path}: {name} must be a string of {MIN_PASSWORD_CHARACTERS} or more letters, digits, - and _"
        )
    return value


def _checked_key(path: Path, name: str, value: Any) -> str:
    try:
        length = len(base64.b64decode(value, altchars=b"-_", validate=True))
    except (TypeError, ValueError):
        length = None
    if isinstance(value, str) and length == KEY_BYTES:
        return value
    raise SecretsError(f"{path}: {name} must be {KEY_BYTES} bytes in URL-safe base64")


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _write_new(path: Path, text: str) -> None:
    """Write `path` unless somebody else was first. A link, not a rename: a link never replaces."""
    fresh = path.with_suffix(f".{os.getpid()}")
    _write(fresh, text)
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
