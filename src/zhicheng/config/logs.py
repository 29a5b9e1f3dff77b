"""The house's log: one JSON object a line, with the request and who made it, and no secret in it.

Lines of libraries go the same way. On a terminal the same values are written for people to read.
"""

import sys
from collections.abc import Callable
from typing import Any, TextIO
from uuid import uuid4

import structlog
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, Processor, WrappedLogger

from zhicheng.core.log_lines import without_secrets
from zhicheng.ground.database.away import AwayOnce

REQUEST_HEADER = "X-Request-ID"
_ALWAYS: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
]


class RequestMarks:
    """Gives every request an id, which its lines and its answer carry; the actor is added once it is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Marks what is logged until the request has been answered."""
        mark = uuid4().hex[:12]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=mark)
        response = self.get_response(request)
        response[REQUEST_HEADER] = mark
        return response


def configure(output: TextIO = sys.stderr) -> dict[str, Any]:
    """Sets up structlog; returns what Django is to configure the standard library with."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_ALWAYS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    request_finished.connect(_forget_request, dispatch_uid="zhicheng.config.logs")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"house": {"()": formatter, "readable": output.isatty()}},
        "filters": {"away": {"()": AwayOnce}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "house", "filters": ["away"]}},
        "root": {"handlers": ["console"], "level": "WARNING"},
    }


def formatter(*, readable: bool) -> structlog.stdlib.ProcessorFormatter:
    """What turns a line of anybody's into text."""
    shape: Processor = (
        structlog.dev.ConsoleRenderer(colors=False, timestamp_key="time")
        if readable
        else structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_ALWAYS,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _hide_secrets,
            shape,
        ],
    )


def _hide_secrets(logger: WrappedLogger, name: str, line: EventDict) -> EventDict:
    return {key: without_secrets(value) if isinstance(value, str) else value for key, value in line.items()}


def _forget_request(**_: Any) -> None:
    structlog.contextvars.clear_contextvars()
