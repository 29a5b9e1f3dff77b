"""How often somebody tried something."""

from django.db import models


class Attempts(models.Model):
    """How often one sender tried one thing within one hour.

    `sender` is a keyed hash of the address: nobody can read from the table who visited. The table is unlogged, so
    that counting waits for no disk; a server that crashed has forgotten the hour's counts, which harms nobody.
    """

    pk = models.CompositePrimaryKey("what", "sender", "hour")
    what = models.CharField(max_length=20)
    sender = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        verbose_name_plural = "attempts"

    def __str__(self) -> str:
        return f"{self.what} {self.count}"
