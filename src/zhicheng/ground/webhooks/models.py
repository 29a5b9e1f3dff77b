"""Who is told of what, and what became of each telling."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Subscription(models.Model):
    """A key's address that is told of events. `sealed` is the secret by which requests are signed, encrypted.

    `failures` counts deliveries given up one after another. `disabled_at` says since when nothing is sent, and
    `erased_at` that its program took it back: then the secret is gone.
    """

    key = models.ForeignKey("interface.Key", on_delete=models.PROTECT, related_name="subscriptions")
    url = models.CharField(max_length=500)
    events = ArrayField(models.CharField(max_length=20))
    sealed = models.TextField()
    failures = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["key"], name="webhook_key", condition=Q(erased_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.key_id} → {self.url}"


class Delivery(models.Model):
    """One event for one subscription. `body` is what is sent; codes and numbers, nothing of people."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=20)
    proceeding = models.ForeignKey("proceedings.Proceeding", on_delete=models.PROTECT, related_name="+")
    body = models.JSONField()
    created_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    status = models.IntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subscription", "-id"], name="webhook_log"),
            models.Index(
                fields=["next_at"], name="webhook_waiting",
                condition=Q(delivered_at__isnull=True, failed_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.event} → {self.subscription_id}"
