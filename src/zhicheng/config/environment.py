"""The process environment as one typed object: what is missing or malformed fails at start-up, by name."""

from pathlib import Path

from pydantic import Field, HttpUrl, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from zhicheng.core.sender import Networks, read_networks

SHORTEST_SECRET = 16


class Environment(BaseSettings):
    """Every environment variable the product reads; docs/reference/environment.md is generated from it."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    zhicheng_home: Path = Field(
        default=Path(".zhicheng"),
        description="Directory for the embedded database, files, secrets and ledger exports.",
    )
    database_url: str | None = Field(
        default=None,
        description="postgresql:// address of the application's role (PostgreSQL 15 or newer). "
        "Unset: the embedded server in ZHICHENG_HOME.",
    )
    database_owner_url: str | None = Field(
        default=None,
        description="postgresql:// address of the role that owns the tables: migrations and tests only. "
        "The web and worker processes never receive it.",
    )
    zhicheng_mode: str = Field(
        default="local",
        pattern="^(local|production)$",
        description="`production` requires HTTPS cookies, ZHICHENG_HOSTS and a named database or "
        "ZHICHENG_EMBEDDED=yes.",
    )
    zhicheng_embedded: bool = Field(
        default=False,
        description="In production: stay on the embedded server on purpose.",
    )
    zhicheng_hosts: str = Field(
        default="localhost,127.0.0.1,[::1]",
        description="Comma-separated host names that the server answers to.",
    )
    zhicheng_base_url: HttpUrl = Field(
        default=HttpUrl("http://localhost:8000"),
        description="Public address, used in links. `zhicheng run` sets it to where it listens, unless it is set.",
    )
    zhicheng_debug: bool = Field(default=False, description="Django's debug pages; never in production.")
    zhicheng_simulated: bool = Field(
        default=False,
        description="Marks every page and export as simulated and sends nothing to the outside, also before "
        "anything is entered: for courses. Where a record is simulated it is so in any case.",
    )
    zhicheng_trusted_proxies: str = Field(
        default="",
        description="Comma-separated addresses or networks of the reverse proxies: `127.0.0.1,10.0.0.0/8`. "
        "From them alone X-Forwarded-For is believed; unset, everybody behind a proxy counts as one sender.",
    )
    zhicheng_complaints_per_hour: int = Field(
        default=300,
        ge=0,
        description="How many complaints one sender (an IPv4 address, a 64-bit network of IPv6) may send within "
        "an hour. A village may share one address. 0: no limit.",
    )
    zhicheng_wrong_secrets_per_hour: int = Field(
        default=60,
        ge=0,
        description="How many wrong pairs of case number and secret one sender may try within an hour. "
        "0: no limit.",
    )
    zhicheng_webhooks_within: bool = Field(
        default=False,
        description="Lets webhooks reach private and loopback addresses, and plain http: for systems of the same "
        "network. Off: public addresses by https alone.",
    )
    smtp_url: str | None = Field(
        default=None,
        description="smtp://user:password@host:port?from=a@b for e-mail notices (STARTTLS if offered), smtps:// "
        "for TLS at once. Unset: notices by e-mail go to the log.",
    )
    sms_url: str | None = Field(
        default=None,
        pattern="^https?://[^\\s@]+$",
        description="https:// address of the gateway that takes text messages as signed requests; it may lie in "
        "the own network. Unset: text messages go to the log.",
    )
    sms_secret: str = Field(
        default="",
        description="Signs the requests to SMS_URL; 16 characters or more. Needed with it.",
    )

    @model_validator(mode="after")
    def _signs_text_messages(self) -> "Environment":
        if self.sms_url and len(self.sms_secret) < SHORTEST_SECRET:
            raise ValueError(f"SMS_URL needs SMS_SECRET, of {SHORTEST_SECRET} characters or more")
        return self

    @field_validator("zhicheng_trusted_proxies")
    @classmethod
    def _names_networks(cls, text: str) -> str:
        read_networks(text)
        return text

    @property
    def trusted_proxies(self) -> Networks:
        """The networks of the reverse proxies."""
        return read_networks(self.zhicheng_trusted_proxies)

    @property
    def production(self) -> bool:
        """Whether the strict settings of a public installation apply."""
        return self.zhicheng_mode == "production"

    @property
    def hosts(self) -> list[str]:
        """Host names the server answers to."""
        return [host.strip() for host in self.zhicheng_hosts.split(",") if host.strip()]
