"""Uploads that are taken, and those that are refused and why."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from zhicheng.ground.files.intake import MAX_NAME_LENGTH, FileRefused, accept_upload, safe_name
from zhicheng.ground.files.kinds import IMAGES, JPEG, MEGABYTE, PDF

PAPER = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def image(image_format: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "green").save(target, image_format)
    return target.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    header = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + header + struct.pack(">I", 100) + b"IDAT" + bytes(100)


def accept(name: str, content: bytes, **options: object) -> object:
    return accept_upload(upload=SimpleUploadedFile(name, content), purpose="evidence", **options)


def test_a_photo_is_taken_with_a_small_picture() -> None:
    checked = accept("漏水.jpg", image())
    assert (checked.name, checked.kind, checked.purpose) == ("漏水.jpg", JPEG, "evidence")
    assert (checked.width_px, checked.height_px) == (64, 48)
    assert checked.thumbnail[:4] == b"RIFF"
    assert checked.content.read()[:3] == b"\xff\xd8\xff"


def test_a_pdf_is_kept_as_it_is() -> None:
    checked = accept("报告.pdf", PAPER)
    checked.content.seek(0)
    assert (checked.kind, checked.content.read(), checked.thumbnail) == (PDF, PAPER, b"")


def test_a_large_upload_that_lies_on_disk_is_taken() -> None:
    upload = TemporaryUploadedFile("报告.pdf", "application/pdf", 0, None)
    paper = PAPER.replace(b"endobj", b" " * 3 * MEGABYTE + b"endobj")
    upload.write(paper)
    upload.size = len(paper)
    assert accept_upload(upload=upload, purpose="evidence").kind is PDF
    upload.close()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jpg", b"", "“a.jpg” is empty"),
        ("a.jpg", b"MZ" + bytes(300), "“a.jpg” holds “.*”; allowed are JPEG, PNG, WebP, PDF"),
        ("a.exe", b"MZ" + bytes(300), "“a.exe” holds"),
        ("a.jpg", b"\x7fELF\x02\x01\x01" + bytes(300), "“a.jpg” holds"),
        ("a.jpg", b"just some words", "“a.jpg” is of an unknown type; allowed are"),
        ("a.png", image("JPEG"), r"“a.png” holds JPEG, so its name must end in .jpg, .jpeg, .jfif"),
        ("a.jpg.exe", image("JPEG"), "so its name must end in .jpg"),
        ("a.php", image("JPEG"), "so its name must end in .jpg"),
        ("a", image("PNG"), "so its name must end in .png"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "“a.svg” "),
        ("a.gif", image("GIF"), "“a.gif” holds"),
        ("a.jpg", image()[:300], "“a.jpg” is a damaged or incomplete image"),
        ("a.png", png_header(30_000, 30_000), "“a.png” is too large an image: at most 64 million pixels"),
        ("a.pdf", PAPER[:-10], "“a.pdf” is an incomplete PDF"),
        ("a.pdf", b"\n" + PAPER, "“a.pdf” "),
    ],
)
def test_a_refusal_names_the_file_what_was_found_and_what_is_allowed(
    name: str, content: bytes, message: str
) -> None:
    with pytest.raises(FileRefused, match=message):
        accept(name, content)


def test_a_kind_that_is_not_asked_for_is_refused() -> None:
    with pytest.raises(FileRefused, match=r"“a.pdf” holds “PDF”; allowed are JPEG, PNG, WebP"):
        accept("a.pdf", PAPER, allowed=IMAGES)


def test_size_is_limited_by_kind() -> None:
    with pytest.raises(FileRefused, match=r"“a.jpg” has 11 MB; a JPEG file may have 10 MB"):
        accept("a.jpg", image() + bytes(10 * MEGABYTE))
    with pytest.raises(FileRefused, match=r"“a.pdf” has 21 MB; a PDF file may have 20 MB"):
        accept("a.pdf", PAPER + bytes(20 * MEGABYTE))
    assert accept("a.pdf", PAPER.replace(b"endobj", b" " * 19 * MEGABYTE + b"endobj"))


def test_a_refusal_can_be_said_in_another_language() -> None:
    with pytest.raises(FileRefused) as refused:
        accept("{0}{name}.jpg", b"just some words")
    assert refused.value.message == "“{name}” is of an unknown type; allowed are {allowed}"
    assert refused.value.message.format(**refused.value.params) == str(refused.value)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\b.pdf", "b.pdf"),
        ("a\x00b\r\n.jpg", "ab.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ('a"<b>.jpg', "ab.jpg"),
        (" . ", "file"),
        ("", "file"),
        ("现场照片（1）.jpg", "现场照片（1）.jpg"),
        ("x" * 300 + ".jpeg", "x" * (MAX_NAME_LENGTH - 5) + ".jpeg"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_any_name_becomes_safe_and_stays_so(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= MAX_NAME_LENGTH
    assert safe.isprintable()
    assert not {"/", "\\", "\x00", "\n", '"'} & set(safe)
    assert safe_name(safe) == safe
