"""Keys of programs, and requests that may be sent twice."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Key(models.Model):
    """By this a program proves that it is the account `user`. Only the hash of the key is kept.

    `opening` is the key's beginning, which tells keys apart on a page and in a log, and opens nothing.
    """

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="keys")
    name = models.CharField(max_length=60)
    opening = models.CharField(max_length=16, unique=True)
    key_hash = models.BinaryField(unique=True)
    scopes = ArrayField(models.CharField(max_length=20))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="key_period_forward"),
            models.CheckConstraint(condition=~Q(scopes=[]), name="key_has_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.opening}…"

    def works(self, now: datetime) -> bool:
        """Whether it opens anything at this moment, its account apart."""
        return self.revoked_at is None and now < self.expires_at


class SentRequest(models.Model):
    """What a program sent under an Idempotency-Key: a keyed hash of the content, to tell it from another."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    content = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="request_sent_once")]
        indexes = [models.Index(fields=["at"], name="request_age")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"
