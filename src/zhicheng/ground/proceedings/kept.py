"""Keeps what a step was given in rows that can be deleted: texts and files. The step keeps their hashes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from zhicheng.core.access import Actor, Subject
from zhicheng.core.process import Need, NeedKind, Step
from zhicheng.ground.files.api import attach
from zhicheng.ground.personal.api import keep_text, keyed_hash_of


def hashes_of(needs: Sequence[Need], values: Mapping[str, Any]) -> dict[str, Any]:
    """The keyed hashes that a step keeps of texts and files, which lie elsewhere."""
    kept: dict[str, Any] = {}
    for need in needs:
        if need.kind is NeedKind.TEXT and need.key in values:
            kept[need.key] = {"text": keyed_hash_of(values[need.key].strip())}
        elif need.kind is NeedKind.FILES and need.key in values:
            kept[need.key] = {"files": [keyed_hash_of(file.sha256) for file in values[need.key]]}
    return kept


def keep_texts(*, proceeding: int, needs: Sequence[Need], values: Mapping[str, Any], now: datetime) -> None:
    """Stores the texts with which a proceeding was opened."""
    for need in needs:
        if need.kind is NeedKind.TEXT and need.key in values:
            text = values[need.key].strip()
            keep_text(subject=("proceeding", proceeding), key=f"1.{need.key}", text=text, now=now)


def keep_personal(
    *, proceeding: int, step: Step, number: int, values: Mapping[str, Any], by: Actor, now: datetime
) -> dict[str, Any]:
    """Stores the step's texts and files under its proceeding; returns the keyed hashes that the step keeps."""
    subject: Subject = ("proceeding", proceeding)
    kept: dict[str, Any] = {}
    for need in step.needs:
        if need.key not in values:
            continue
        if need.kind is NeedKind.TEXT:
            text = keep_text(subject=subject, key=f"{number}.{need.key}", text=values[need.key].strip(), now=now)
            kept[need.key] = {"text": text.hash}
        elif need.kind is NeedKind.FILES:
            attached = [
                attach(checked=checked, subject=subject, by=by, now=now, step_number=number)
                for checked in values[need.key]
            ]
            kept[need.key] = {"files": [attachment.hash for attachment in attached]}
    return kept
