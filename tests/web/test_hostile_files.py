"""Files that are not what they say, or that would cost too much: named in the form, which keeps what was typed."""

import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from web.test_portal import COMPLAIN, KEY, given
from web.walk.matters import photograph
from web.walk.people import City
from zhicheng.cases.api import Case, housing_of

MEGABYTE = 1024 * 1024
PHOTO = photograph().read()


def claims_to_be(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be so large."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    header = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + header + struct.pack(">I", 100) + b"IDAT" + bytes(100)


KNOWN = ("; allowed are JPEG, PNG, WebP", "可用类型：JPEG, PNG, WebP")
HOSTILE = {
    "renamed executable": (
        "wall.jpg", b"MZ\x90\x00" + bytes(400), "“an executable program”" + KNOWN[0], "实为可执行程序，" + KNOWN[1]
    ),
    "renamed script": ("wall.jpg", b"#!/bin/sh\nrm -rf /\n", *KNOWN),
    "executable": ("wall.exe", b"MZ\x90\x00" + bytes(400), *KNOWN),
    "corrupt": ("wall.jpg", PHOTO[:-100], "is a damaged or incomplete image", "图片已损坏或不完整"),
    "huge in pixels": ("wall.png", claims_to_be(30_000, 30_000), "at most 64 million pixels", "最多 6400 万像素"),
    "large": ("wall.jpg", PHOTO + bytes(11 * MEGABYTE), "has 12 MB; a JPEG file may have 10 MB", "大小为 12 MB"),
    "larger than is kept": ("wall.jpg", PHOTO + bytes(51 * MEGABYTE), "has 52 MB; a JPEG", "大小为 52 MB"),
}  # fmt: skip


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Path:
    """Where files are stored during the test."""
    settings.FILES_ROOT = tmp_path
    return tmp_path


def stored(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("what", HOSTILE)
def test_a_citizen_is_told_which_file_and_keeps_what_they_typed(
    browsing: City, files: Path, what: str, language: str
) -> None:
    name, content, *said = HOSTILE[what]
    client, count = Client(headers={"accept-language": language}), Case.objects.count()
    photos = [photograph("good.jpg"), SimpleUploadedFile(name, content, "image/jpeg")]
    response = client.post(COMPLAIN, {**given(browsing), "photos": photos})
    text = response.content.decode()
    assert (response.status_code, Case.objects.count()) == (422, count)
    assert f"“{name}”" in text
    assert said[language != "en"] in text
    assert "good.jpg" not in text
    for kept in (
        'value="阳光花园"',
        'value="王明"',
        f'value="{KEY}"',
        "\n卫生间顶板持续渗水，墙面发霉。</textarea>",
    ):
        assert kept in text
    assert not stored(files)
    assert client.post(COMPLAIN, {**given(browsing), "photos": [photograph()]}).status_code == 201
    assert stored(files)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_company_is_told_the_same_and_its_matter_does_not_move(browsing: City, files: Path, what: str) -> None:
    name, content, said, _ = HOSTILE[what]
    matter, client = browsing.worlds["t"].matters["ordered"], browsing.people["anybody"].browser()
    held = housing_of(matter.case)
    key, page = f"{held.id}-prove", f"/answer/{matter.invitation}/"
    sent = {"step": key, f"{key}-expected_number": str(held.last_step), f"{key}-note": "已返工，见照片"}
    refused = client.post(page, {**sent, f"{key}-evidence": [photograph(), SimpleUploadedFile(name, content)]})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert f"“{name}”" in text
    assert said in text
    assert "\n已返工，见照片</textarea>" in text
    assert housing_of(matter.case).last_step == held.last_step
    assert not stored(files)
    assert client.post(page, {**sent, f"{key}-evidence": [photograph()]}).status_code == 302
