"""Mistakes of people, told in one line instead of a traceback. A mistake of ours keeps its traceback."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations, translation

from zhicheng.core.refused import Refused, sentence
from zhicheng.runtime.fault import RuntimeFault


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Ends the program with status 1 and a sentence if what is raised inside is for a person to mend."""
    try:
        yield
    except Exception as error:
        told = sentence_for(error)
        if told is None:
            raise
        print(f"zhicheng: {told}", file=sys.stderr)  # noqa: T201
        raise SystemExit(1) from None


def sentence_for(error: Exception) -> str | None:
    """What to say about an error, or None if only a programmer can mend it."""
    if isinstance(error, Refused):
        return translated(error)
    if isinstance(error, RuntimeFault):
        return str(error)
    if isinstance(error, OSError):
        return _of_the_machine(error)
    return _sentence_for_library(error)


_MACHINE_IS_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE})


def _of_the_machine(error: OSError) -> str | None:
    """What names its file is for a person to mend, and so is a disk without room, which seldom names one."""
    if error.filename:
        return f"{error.strerror}: {error.filename}"
    return error.strerror if error.errno in _MACHINE_IS_FULL else None


def _sentence_for_library(error: Exception) -> str | None:
    # Imported only now: a command that fails has time, one that does not load Django should not.
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, ProgrammingError
    from pydantic import ValidationError

    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, ValidationError) and error.title == "Environment":
        faults = (f"{'.'.join(map(str, fault['loc'])).upper()}: {fault['msg']}" for fault in error.errors())
        return "; ".join(faults)
    if isinstance(error, OperationalError):
        return f"the database cannot be reached: {_first_line(error)}; see: zhicheng doctor"
    if isinstance(error, ProgrammingError) and getattr(error.__cause__, "sqlstate", "") == _UNDEFINED_TABLE:
        return f"the database is not set up: {_first_line(error)}; run: zhicheng setup"
    return None


_UNDEFINED_TABLE = "42P01"


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]


def translated(refused: Refused) -> str:
    """What to say of a refusal, in the language of the terminal; commands without Django speak it too."""
    from django.apps import apps

    if not apps.ready:
        return sentence(refused.message, refused.params, _translations().gettext)
    from django.utils.translation import gettext

    return sentence(refused.message, refused.params, gettext)


def _translations() -> NullTranslations:
    from zhicheng.cli.catalogue import CATALOGUE
    from zhicheng.cli.extraction import LOCALE
    from zhicheng.cli.framework import language_of

    languages = [LOCALE] if language_of(os.environ) != "en" else []
    return translation("django", CATALOGUE.parents[2], languages, fallback=True)
