"""Files while they arrive: what no rule could take is counted to its end, and kept neither in memory nor on disk.

A form with such a file is read like any other, so that it comes back with everything that was typed.
"""

import io
from typing import Any, NoReturn

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.files.kinds import HEAD_BYTES, MEGABYTE

LARGEST_BYTES = 50 * MEGABYTE
"""Of one file. Each kind has a lower limit or this one."""
MOST_BYTES = 200 * MEGABYTE
"""Of all files of one request."""
TOO_LARGE = words(
    "“{name}” has {size} MB; a file may have {limit} MB, and all files that are sent at once {most} MB"
)


class CutUpload(UploadedFile):
    """An upload of which only the beginning was kept: `size` is its true size, `file` its first bytes.

    Who wants to read it is refused with a sentence for people: a part must never pass for the whole.
    """

    @property
    def params(self) -> dict[str, object]:
        """What fills TOO_LARGE."""
        size = -(-(self.size or 0) // MEGABYTE)
        limits = {"limit": LARGEST_BYTES // MEGABYTE, "most": MOST_BYTES // MEGABYTE}
        return {"name": self.name, "size": size, **limits}

    def read(self, *_: object) -> NoReturn:
        """Raises Refused."""
        raise Refused(TOO_LARGE, **self.params)

    def chunks(self, chunk_size: int | None = None) -> NoReturn:
        """Raises Refused."""
        self.read()


class CuttingHandler(FileUploadHandler):
    """Stands before the handlers that keep, and hands them no more of a file than could be taken."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._kept_bytes = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begins a file."""
        super().new_file(*args, **kwargs)
        self._head, self._cut = b"", False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The piece, as long as file and request are within their limits; afterwards nothing."""
        if start < HEAD_BYTES:
            self._head += raw_data[: HEAD_BYTES - start]
        size = len(raw_data)
        if self._cut:
            return None
        if start + size > LARGEST_BYTES or self._kept_bytes + size > MOST_BYTES:
            self._let_go()
            return None
        self._kept_bytes += size
        return raw_data

    def file_complete(self, file_size: int) -> CutUpload | None:
        """The file, if it was cut; else the handlers after this one have it."""
        if not self._cut:
            return None
        return CutUpload(io.BytesIO(self._head), self.file_name, self.content_type, file_size, self.charset)

    def _let_go(self) -> None:
        """Cuts the file, and has the other handlers forget at once what they kept of it."""
        self._cut = True
        for handler in self.request.upload_handlers if self.request else ():
            handler.upload_interrupted()
