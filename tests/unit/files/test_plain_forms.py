"""A form read in one pass says what Django's parser would have said, and everything unusual is left to Django."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import TooManyFieldsSent
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http.multipartparser import MultiPartParser
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.ground.files.plain_forms import LONGEST, PlainFormHandler, read_fields

BOUNDARY = "----WebKitFormBoundary7MA4YWxk"
EMPTY_FILE = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename=""\r\n'
    "Content-Type: application/octet-stream\r\n\r\n\r\n"
)
CHOSEN_FILE = EMPTY_FILE.replace('filename=""', 'filename="a.txt"')
END = f"--{BOUNDARY}--\r\n"


def part(name: str, value: str) -> str:
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'


def request(body: bytes) -> WSGIRequest:
    return WSGIRequest({
        "REQUEST_METHOD": "POST", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body),
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
    })  # fmt: skip


def by_django(body: bytes) -> tuple[Any, Any]:
    meta = request(body).META
    return MultiPartParser(meta, BytesIO(body), [MemoryFileUploadHandler()]).parse()


def by_us(body: bytes) -> tuple[Any, Any] | None:
    handler = PlainFormHandler(request(body))
    return handler.handle_raw_input(None, {}, len(body), BOUNDARY.encode())


VALUES = st.text() | st.sampled_from(
    ["", "\r\n", "\n--", f"--{BOUNDARY}", f"\r\n--{BOUNDARY}", "--", "a\r\n\r\nb"]
)
NAMES = st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=8), st.booleans())
def test_the_same_as_django_says(fields: list[tuple[str, str]], has_file_input: bool) -> None:
    text = "".join(part(name, value) for name, value in fields) + (EMPTY_FILE if has_file_input else "") + END
    body = text.encode("utf-8", "replace")
    ours = by_us(body)
    if ours is not None:
        assert ours == by_django(body)
    elif fields or has_file_input:
        assert any(f"--{BOUNDARY}" in value for _, value in fields)


@given(st.lists(st.binary(max_size=20) | st.sampled_from([f"--{BOUNDARY}".encode(), b"\r\n", END.encode(),
       part("n", "v").encode(), EMPTY_FILE.encode(), CHOSEN_FILE.encode()]), max_size=8))  # fmt: skip
def test_what_is_no_proper_form_is_never_read_otherwise(pieces: list[bytes]) -> None:
    body = b"".join(pieces)
    if body and (ours := by_us(body)) is not None:
        assert ours == by_django(body)


def test_bytes_that_are_no_text_are_replaced_as_django_does() -> None:
    body = part("n", "v").encode().replace(b"v\r\n", b"\xff\xfe\r\n") + END.encode()
    assert by_us(body) == by_django(body)


@pytest.mark.parametrize("text", [
    part("n", "v"),
    part("n", "v") + CHOSEN_FILE + END,
    part("n", "v").replace('name="n"', "name=n") + END,
    part("n", "v").replace("\r\n\r\n", "\r\nContent-Transfer-Encoding: base64\r\n\r\n") + END,
    "before" + part("n", "v") + END,
    part("n", "v") + END + "after",
    "",
])  # fmt: skip
def test_the_unusual_is_left_to_django(text: str) -> None:
    assert read_fields(text.encode(), BOUNDARY.encode()) is None


def test_a_long_form_is_left_to_django() -> None:
    assert by_us((part("n", "v" * LONGEST) + END).encode()) is None


def test_the_request_can_still_be_read_by_django() -> None:
    """What the handler looked at and left is parsed as if nobody had looked."""
    sent = request((part("n", "v") + CHOSEN_FILE + part("m", "w") + END).encode())
    assert [sent.POST["n"], sent.POST["m"], sent.FILES["photos"].name] == ["v", "w", "a.txt"]


def test_a_plain_form_arrives_as_fields() -> None:
    sent = request((part("n", "v") + part("n", "u") + EMPTY_FILE + END).encode())
    assert (sent.POST.getlist("n"), dict(sent.FILES)) == (["v", "u"], {})
    with pytest.raises(AttributeError, match="immutable"):
        sent.POST["n"] = "changed"


def test_too_many_fields_are_refused_as_ever(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    with pytest.raises(TooManyFieldsSent):
        _ = request((part("n", "v") * 20 + END).encode()).POST
