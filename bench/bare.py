"""The bare peer: a Django view that inserts one row, and nothing else. Granian serves `application`."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import path

from zhicheng.runtime.database_url import DatabaseAddress

settings.configure(
    SECRET_KEY="bench",  # noqa: S106 - it signs nothing
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            **DatabaseAddress.parse(os.environ["DATABASE_URL"]).django_settings(),
            "CONN_MAX_AGE": 60,
        }
    },
    USE_TZ=True,
)
django.setup()


class Row(models.Model):
    """One description."""

    id = models.BigAutoField(primary_key=True)
    description = models.TextField()

    class Meta:
        app_label = "bare"
        db_table = "bench_bare_row"  # made by intake.py


def insert(request: HttpRequest, city: str) -> HttpResponse:
    """Keeps the description; answers when it is durable."""
    row = Row.objects.create(description=request.POST["description"])
    body = str(row.pk)
    return HttpResponse(body, status=201, headers={"Content-Length": str(len(body))})


def health(request: HttpRequest) -> HttpResponse:
    """Whether the process answers."""
    return HttpResponse("ok")


urlpatterns = [path("healthz", health), path("<slug:city>/complain/", insert)]
application = WSGIHandler()
