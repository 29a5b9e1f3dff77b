"""The product at an address of this machine, for clients that other people wrote.

The client runs beside the test, the product in the test's own thread: so it answers within the test's transaction,
and what it writes is rolled back like everything else.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

Answer = TypeVar("Answer")
ENDS = (request_started, request_finished)


class Quiet(WSGIRequestHandler):
    """Says nothing of what was asked."""

    def log_message(self, *told: Any) -> None:
        """Nothing."""


class Served:
    """The product while it is served."""

    def __init__(self, server: WSGIServer) -> None:
        self.server = server
        self.host = f"127.0.0.1:{server.server_port}"

    def ask(self, call: Callable[[], Answer]) -> Answer:
        """What a client's call gives, while the product answers it."""
        with ThreadPoolExecutor(1) as beside:
            waiting = beside.submit(call)
            while not waiting.done():
                self.server.handle_request()
            return waiting.result()


@contextmanager
def served() -> Iterator[Served]:
    """Serves the product. A request that ends does not close the connection in whose transaction the test is."""
    for signal in ENDS:
        signal.disconnect(close_old_connections)
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        server.timeout = 0.05
        yield Served(server)
    for signal in ENDS:
        signal.connect(close_old_connections)
