import hashlib
import io
import os
import pickle
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from unit.cases.suggesting.texts import complaints
from zhicheng.cases.suggesting import model_file
from zhicheng.cases.suggesting.model_file import ModelRefused, from_bytes, read_file, to_bytes, write_file
from zhicheng.cases.suggesting.training import train


@pytest.fixture(scope="module")
def model():
    return train(complaints(12), now=datetime(2026, 11, 23, tzinfo=UTC)).model


def test_a_model_comes_back_as_it_was_written(model, tmp_path):
    content = to_bytes(model)
    write_file(tmp_path / "deep" / "m.npz", content)
    read = read_file(tmp_path / "deep" / "m.npz", hashlib.sha256(content).hexdigest())
    assert read.rate("暖气不热") == model.rate("暖气不热")
    assert (read.labels, read.threshold, read.learned) == (model.labels, model.threshold, model.learned)
    assert os.listdir(tmp_path / "deep") == ["m.npz"]


def test_another_file_under_the_same_name_is_refused(model, tmp_path):
    path = tmp_path / "m.npz"
    write_file(path, to_bytes(replace(model, threshold=0.123)))
    with pytest.raises(ModelRefused, match="hash is another"):
        read_file(path, hashlib.sha256(to_bytes(model)).hexdigest())


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ModelRefused, match="cannot be read"):
        read_file(tmp_path / "none.npz")


def test_a_failed_writing_leaves_the_old_file(model, tmp_path, monkeypatch):
    path = tmp_path / "m.npz"
    write_file(path, b"old")
    monkeypatch.setattr(model_file.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full"):
        write_file(path, to_bytes(model))
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["m.npz"]


class Bomb:
    """What a pickle would run."""

    def __reduce__(self):
        return (os.mkdir, (os.environ["BOMB_TARGET"],))


def test_nothing_is_unpickled(model, tmp_path, monkeypatch):
    monkeypatch.setenv("BOMB_TARGET", str(tmp_path / "exploded"))
    hostile = io.BytesIO()
    np.save(hostile, np.array([Bomb()], dtype=object), allow_pickle=True)
    for content in (pickle.dumps(Bomb()), hostile.getvalue(), _with(model, "rarity", hostile.getvalue())):
        with pytest.raises(ModelRefused):
            from_bytes(content, "m")
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x80\x05.", b"label,text\n"])
def test_what_is_no_archive_is_refused(content):
    with pytest.raises(ModelRefused, match="damaged"):
        from_bytes(content, "m")


def test_every_cut_or_changed_file_is_refused_or_the_same(model):
    content = to_bytes(model)
    for at in range(0, len(content), max(1, len(content) // 60)):
        changed = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        for broken in (content[:at], changed):
            try:
                read = from_bytes(broken, "m")
            except ModelRefused:
                continue
            assert to_bytes(read) == content


@pytest.mark.parametrize(
    "change",
    [
        {"labels": ("one",)},
        {"labels": ("a", "a", "b", "c")},
        {"sharpness": 0.0},
        {"sharpness": float("nan")},
        {"threshold": float("inf")},
    ],
)
def test_numbers_that_no_training_gives_are_refused(model, change):
    with pytest.raises(ModelRefused):
        from_bytes(to_bytes(replace(model, **change)), "m")


def test_parts_that_do_not_fit_are_refused(model):
    for change in (
        {"offsets": model.offsets[:-1]},
        {"rarity": model.rarity[:-1]},
        {"vocabulary": model.vocabulary[::-1].copy()},
        {"weights": model.weights * np.float32("nan")},
        {"weights": model.weights[:, :-1]},
    ):
        with pytest.raises(ModelRefused):
            from_bytes(to_bytes(replace(model, **change)), "m")


def test_an_archive_that_unpacks_too_large_is_refused(model, monkeypatch):
    monkeypatch.setattr(model_file, "MOST_BYTES", 100)
    with pytest.raises(ModelRefused, match="larger"):
        from_bytes(to_bytes(model), "m")


def test_another_version_is_refused(model, monkeypatch):
    monkeypatch.setattr(model_file, "VERSION", 2)
    content = to_bytes(model)
    monkeypatch.undo()
    with pytest.raises(ModelRefused, match="format or version"):
        from_bytes(content, "m")


def _with(model, part: str, content: bytes) -> bytes:
    """The model's file with one part exchanged."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(to_bytes(model))) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == f"{part}.npy" else old.read(entry))
    return buffer.getvalue()
