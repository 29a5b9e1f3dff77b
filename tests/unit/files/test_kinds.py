"""What a file is, by what it holds."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from zhicheng.ground.files.kinds import EVIDENCE, JPEG, PDF, PNG, WEBP, found_in, kind_called, kind_of


def image(image_format: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(target, image_format)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [(image("JPEG"), JPEG), (image("PNG"), PNG), (image("WEBP"), WEBP), (b"%PDF-1.7\n%\xe2\xe3", PDF),
     (image("GIF"), None), (image("BMP"), None), (b"", None), (b"MZ" + bytes(200), None),
     (b"PK\x03\x04" + bytes(40), None), (b"<?php echo 1;", None), (b"\x7fELF\x02\x01\x01" + bytes(50), None),
     (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", None), (b"RIFF\x10\0\0\0WAVEfmt ", None)],
)  # fmt: skip
def test_content_decides(content: bytes, kind: object) -> None:
    assert kind_of(content) is kind


def test_a_pdf_begins_with_its_header() -> None:
    assert kind_of(b"\n\n%PDF-1.7") is None
    assert kind_of(image("GIF") + b"%PDF-1.7") is None


def test_an_executable_is_called_one() -> None:
    assert found_in(b"MZ" + bytes(200)) == found_in(b"\x7fELF" + bytes(200)) == "an executable program"
    assert found_in(b"") == found_in(b"nothing known") == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [(image("GIF"), "another kind of image"), (b"PK\x03\x04" + bytes(40), "an office document"),
     (b"\0\0\0\x18ftypmp42" + bytes(40), "a video"), (b"Rar!\x1a\x07\0", "a compressed archive"),
     (b"ID3" + bytes(30), "a sound recording"), (b"<html>", "a web page or drawing")],
)  # fmt: skip
def test_what_is_not_taken_is_called_in_words_to_translate(content: bytes, words: str) -> None:
    assert found_in(content) == words


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.JPG", JPEG), ("a.jpeg", JPEG), ("a.png", PNG), ("a.tar.pdf", PDF), ("a", None), ("a.jpg.exe", None)],
)
def test_names_claim_a_kind(name: str, kind: object) -> None:
    assert kind_called(name) is kind


def test_no_extension_is_claimed_twice() -> None:
    extensions = [extension for kind in EVIDENCE for extension in kind.extensions]
    assert len(extensions) == len(set(extensions))


@given(st.binary(max_size=600))
def test_any_bytes_are_of_a_kind_or_none(head: bytes) -> None:
    assert kind_of(head) in (*EVIDENCE, None)
    assert isinstance(found_in(head), str)
