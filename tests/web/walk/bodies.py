"""What a response says, as one text: pages, JSON, workbooks and files alike."""

from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile


def read_body(response: Any) -> str:
    """Everything in a response that could name a record: its headers too, for a file's name stands there."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{unescape(_decoded(body))}"


def _decoded(body: bytes) -> str:
    if not is_zipfile(BytesIO(body)):
        return body.decode(errors="replace")
    with ZipFile(BytesIO(body)) as workbook:
        return "\n".join(workbook.read(name).decode(errors="replace") for name in workbook.namelist())
