"""One row for each record that can be found by words."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class SearchEntry(models.Model):
    """How one record is found and shown in the results; its page is known to its search source.

    `bigrams` are the terms of all its words, `numbers` its numbers and codes and their tails, folded (width,
    case, punctuation). Nobody's personal data belong here: the table is not sealed.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    subtitle = models.CharField(max_length=200, blank=True)
    bigrams = ArrayField(models.TextField())
    numbers = ArrayField(models.TextField(), default=list)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="search_entry_once")]
        # Entries wait in a short list, so that terms which many share are written once for some fifty entries. One
        # of the usual 4 MB would be slow to search, and hold up the writer who empties it (1.5 s measured).
        indexes = [GinIndex(fields=["bigrams", "numbers"], name="search_entry_terms", gin_pending_list_limit=128)]

    def __str__(self) -> str:
        return self.title
