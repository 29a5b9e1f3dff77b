"""Files that are too large are counted to their end and kept nowhere; the form around them is read."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http.multipartparser import MultiPartParser
from pytest_django import Settings

from zhicheng.core.refused import Refused
from zhicheng.ground.files import arriving
from zhicheng.ground.files.arriving import LARGEST_BYTES, CuttingHandler, CutUpload
from zhicheng.ground.files.intake import FileRefused, accept_upload
from zhicheng.ground.files.kinds import EVIDENCE, MEGABYTE
from zhicheng.ground.importing.table import MOST_BYTES as LARGEST_TABLE

BOUNDARY = "----WebKitFormBoundary7MA4YWxk"
JPEG = b"\xff\xd8\xff\xe0"


class Keeping(TemporaryFileUploadHandler):
    """The handler that keeps, and how much it was ever given."""

    given = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Counts and keeps."""
        self.given += len(raw_data)
        super().receive_data_chunk(raw_data, start)


def form(*files: tuple[str, bytes]) -> bytes:
    parts = [b'Content-Disposition: form-data; name="text"\r\n\r\nsaid']
    parts += [
        f'Content-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'.encode() + content
        for name, content in files
    ]
    begins = f"--{BOUNDARY}\r\n".encode()
    return b"".join(begins + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()


def parsed(*files: tuple[str, bytes]) -> tuple[str, list[Any], Keeping]:
    """The text and the files that a view would be given, and the handler that kept."""
    body = form(*files)
    meta = {
        "REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body),
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
    }  # fmt: skip
    request, keeping = WSGIRequest(meta), Keeping()
    request.upload_handlers = [CuttingHandler(request), keeping]
    post, sent = MultiPartParser(request.META, BytesIO(body), request.upload_handlers).parse()
    return post["text"], sent.getlist("f"), keeping


def test_a_file_within_its_limit_is_kept_whole() -> None:
    content = JPEG + bytes(3 * MEGABYTE)
    text, [file], _ = parsed(("a.jpg", content))
    assert (text, file.read(), isinstance(file, CutUpload)) == ("said", content, False)
    file.close()


def test_what_is_too_large_is_counted_and_not_kept(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    monkeypatch.setattr(arriving, "LARGEST_BYTES", MEGABYTE)
    text, [file, small], keeping = parsed(("a.jpg", JPEG + bytes(12 * MEGABYTE)), ("b.jpg", JPEG))
    assert [path.stat().st_size for path in tmp_path.iterdir()] == [4], (
        "what was cut is gone before the form is read"
    )
    assert (text, file.size, small.read()) == ("said", 12 * MEGABYTE + 4, JPEG)
    assert keeping.given <= MEGABYTE + 4
    small.close()
    with pytest.raises(FileRefused, match=r"“a.jpg” has 13 MB; a JPEG file may have 10 MB"):
        accept_upload(upload=file, purpose="evidence")


def test_many_files_do_not_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "MOST_BYTES", 3 * MEGABYTE)
    _, files, keeping = parsed(*((f"{n}.jpg", JPEG + bytes(2 * MEGABYTE)) for n in range(5)))
    files[0].close()
    assert keeping.given <= 3 * MEGABYTE
    assert [isinstance(file, CutUpload) for file in files] == [False, True, True, True, True]
    with pytest.raises(
        FileRefused, match=r"“4.jpg” has 3 MB; a file may have 50 MB, and all files .* at once 3 MB"
    ):
        accept_upload(upload=files[4], purpose="evidence")


@pytest.mark.parametrize("reading", [lambda file: file.read(100), lambda file: next(iter(file.chunks()))])
def test_a_part_never_passes_for_the_whole(monkeypatch: pytest.MonkeyPatch, reading: Any) -> None:
    monkeypatch.setattr(arriving, "LARGEST_BYTES", 100)
    _, [file], _ = parsed(("table.csv", b"number,title\n" * 100))
    with pytest.raises(Refused, match=r"“table.csv” has 1 MB"):
        reading(file)


def test_nothing_that_is_taken_is_cut() -> None:
    assert max(LARGEST_TABLE, *(kind.limit_bytes for kind in EVIDENCE)) <= LARGEST_BYTES
