"""Django and the database, brought up for the commands that need them."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import typer


def start_django() -> None:
    """Loads settings and apps, and speaks the language of the terminal."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhicheng.config.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language_of(os.environ))


def language_of(environ: Mapping[str, str]) -> str:
    """Chinese where the terminal is Chinese, else English.

    >>> language_of({"LANG": "zh_CN.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh-hans', 'en')
    """
    named = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "zh-hans" if named.startswith("zh") else "en"


@contextmanager
def database_running() -> Iterator[None]:
    """Has the embedded server run inside the block, unless DATABASE_URL names another server."""
    from django.conf import settings

    if settings.EMBEDDED is None:
        yield
        return
    with settings.EMBEDDED.running():
        yield


def with_database(context: typer.Context) -> None:
    """Callback of a group of commands: Django and the database are there while one of them runs."""
    start_django()
    context.with_resource(database_running())
