"""Forms that were sent with nothing but text, read in one pass.

A form that takes files arrives as multipart even if none was chosen, and Django then searches the stream piece by
piece, which takes longer than recording what was sent. Whatever differs in the least from what browsers write
without a file is left to Django.
"""

import re
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

LONGEST = 65_536
_HEAD = re.compile(
    rb'\r\nContent-Disposition: form-data; name="([A-Za-z0-9_-]+)"'
    rb'(?:; filename=""\r\nContent-Type: application/octet-stream)?\r\n\r\n'
)
_LAST = (b"--", b"--\r\n")


class PlainFormHandler(FileUploadHandler):
    """Reads the whole form, or leaves it to the handlers after it."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,  # bytes, whatever the stubs say
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        """Fields and files of a short form; None if it is another kind of form."""
        if content_length > LONGEST or self.request is None:
            return None
        fields = read_fields(self.request.body, boundary)
        if fields is None or len(fields) > (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or len(fields)):
            return None
        post = QueryDict(mutable=True)
        for name, value in fields:
            post.appendlist(name.decode(), value.decode(encoding or settings.DEFAULT_CHARSET, "replace"))
        post._mutable = False
        return post, MultiValueDict()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """A file's data is for the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """A file is for the next handler."""


def read_fields(body: bytes, boundary: bytes) -> list[tuple[bytes, bytes]] | None:
    """Names and values in the order sent; None if there is anything else in `body`.

    >>> read_fields(b'--b\\r\\nContent-Disposition: form-data; name="n"\\r\\n\\r\\nv\\r\\n--b--\\r\\n', b"b")
    [(b'n', b'v')]
    """
    first, *parts, last = body.split(b"--" + boundary) if boundary in body else (b"?", b"?")
    if first or last not in _LAST:
        return None
    fields = []
    for part in parts:
        head = _HEAD.match(part)
        if head is None or not part.endswith(b"\r\n", head.end()):
            return None
        fields.append((head[1], part[head.end() : -2]))
    return fields
