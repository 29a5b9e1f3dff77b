"""The file of a model: plain arrays of numbers and one JSON text in a zip archive (numpy's .npz).

Nothing in it is ever executed or unpickled: names, kinds of numbers and sizes are checked before they are used.
"""

import hashlib
import io
import json
import math
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from zhicheng.cases.suggesting.model import Model
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

FORMAT = "zhicheng-suggestions"
VERSION = 1
MOST_BYTES = 200 * 1024 * 1024
MOST_LABELS = 2_000
_KINDS = {"vocabulary": "<u8", "rarity": "<f4", "weights": "<f4", "offsets": "<f4", "about": "|u1"}


class ModelRefused(Refused):
    """A file that is no model, or not the one that was saved."""


def to_bytes(model: Model) -> bytes:
    """The file of a model; the same model gives the same bytes."""
    about = {
        "format": FORMAT, "version": VERSION, "labels": list(model.labels), "sharpness": model.sharpness,
        "threshold": model.threshold, "learned": dict(model.learned),
    }  # fmt: skip
    arrays: dict[str, np.ndarray[Any, Any]] = {
        "vocabulary": model.vocabulary, "rarity": model.rarity, "weights": model.weights, "offsets": model.offsets,
        "about": np.frombuffer(json.dumps(about, ensure_ascii=False, sort_keys=True).encode(), dtype=np.uint8),
    }  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            part = io.BytesIO()
            np.lib.format.write_array(part, array.astype(_KINDS[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), part.getvalue(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def write_file(path: Path, content: bytes) -> None:
    """Writes beside the target and renames: whoever reads has the old file or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def read_file(path: Path, sha256: str = "") -> Model:
    """The model in a file; with `sha256`, only if it is exactly that one. Raises ModelRefused."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise ModelRefused(words("The model “{name}” cannot be read: {fault}"),
                           name=path.name, fault=error.strerror or str(error)) from error  # fmt: skip
    if size > MOST_BYTES:
        raise _refused(path.name, words("it is larger than any model"))
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise _refused(path.name, words("it is not the file that was saved: its hash is another"))
    return from_bytes(content, path.name)


def from_bytes(content: bytes, name: str) -> Model:
    """The model in these bytes, everything checked. Raises ModelRefused."""
    try:
        arrays = _arrays(content, name)
        about = json.loads(arrays["about"].tobytes())
        model = _model(arrays, about)
    except ModelRefused:
        raise
    except Exception as error:  # whatever zipfile, zlib, numpy and json find wrong with bytes of strangers
        raise _refused(name, words("it is damaged or was not written by this program")) from error
    fault = _fault(model, about)
    if fault:
        raise _refused(name, fault)
    return model


def _arrays(content: bytes, name: str) -> dict[str, np.ndarray[Any, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        if set(entries) != {f"{part}.npy" for part in _KINDS} or len(entries) != len(archive.infolist()):
            raise _refused(name, words("it does not hold the parts of a model"))
        if sum(entry.file_size for entry in entries.values()) > MOST_BYTES:
            raise _refused(name, words("it is larger than any model"))
        read = {}
        for part, kind in _KINDS.items():
            with archive.open(f"{part}.npy") as file:
                unpacked = file.read(MOST_BYTES + 1)
            array = np.lib.format.read_array(io.BytesIO(unpacked), allow_pickle=False)
            if array.dtype.str != kind:
                raise _refused(name, words("it holds numbers of another kind"))
            read[part] = array
    return read


def _model(arrays: dict[str, np.ndarray[Any, Any]], about: dict[str, Any]) -> Model:
    return Model(
        labels=tuple(str(label) for label in about["labels"]), vocabulary=arrays["vocabulary"],
        rarity=arrays["rarity"], weights=arrays["weights"], offsets=arrays["offsets"],
        sharpness=float(about["sharpness"]), threshold=float(about["threshold"]), learned=dict(about["learned"]),
    )  # fmt: skip


def _fault(model: Model, about: dict[str, Any]) -> str:
    """What is wrong with a model that could be read; empty if nothing is."""
    if (about.get("format"), about.get("version")) != (FORMAT, VERSION):
        return words("it is of another format or version")
    labels, grams = len(model.labels), len(model.vocabulary) if model.vocabulary.ndim == 1 else -1
    named = all(model.labels)
    if not 1 < labels <= MOST_LABELS or len(set(model.labels)) != labels or not named:
        return words("its categories are missing or named twice")
    shapes = (model.rarity.shape, model.weights.shape, model.offsets.shape)
    if grams < 1 or shapes != ((grams,), (labels, grams), (labels,)):
        return words("its parts do not fit together")
    if not (model.vocabulary[1:] > model.vocabulary[:-1]).all():
        return words("its parts do not fit together")
    numbers = (model.rarity, model.weights, model.offsets)
    finite = all(np.isfinite(part).all() for part in numbers) and math.isfinite(model.threshold)
    if not finite or not 0 < model.sharpness <= 1000:
        return words("it holds numbers that no training gives")
    return ""


def _refused(name: str, fault: str) -> ModelRefused:
    return ModelRefused(words("“{name}” is not used as a model: {fault}."), name=name, fault=fault)
