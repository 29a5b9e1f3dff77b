"""Keeps what a step was given in rows that can be deleted: texts and files. The step keeps their hashes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhicheng.core.access import Actor, Subject
from zhicheng.core.process import NeedKind, Step
from zhicheng.ground.files.api import attach
from zhicheng.ground.personal.api import keep_text


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
