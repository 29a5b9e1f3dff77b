"""What people keep of the lists they work with."""

from django.conf import settings
from django.db import models
from django.db.models import Q

LONGEST_NAME = 60
LONGEST_QUERY = 2_000


class SavedView(models.Model):
    """A list as somebody filtered and sorted it, under a name; `shared` with the user's organization.

    `query` is the part of the list's address after the question mark.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    list_key = models.CharField(max_length=60)
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "list_key", "name"], name="saved_view_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.list_key}: {self.name}"
