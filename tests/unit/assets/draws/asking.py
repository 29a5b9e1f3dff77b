"""Asks the verifier's TypeScript: all questions of a test at once, in one process of the Node that builds it."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[4]
ANSWERS = Path(__file__).with_name("answers.ts")
NODE = Path(sys.executable).with_name("node")
LIBRARY = ROOT / "node_modules" / "@noble" / "hashes"


def ask_all(questions: Iterable[dict[str, str]]) -> list[dict[str, Any]]:
    """For each question `{"answer": …}` or `{"refused": code, "values": {…}}`, in order."""
    for needed in (NODE, LIBRARY):
        if not needed.exists():
            pytest.skip(f"no {needed.name} to run TypeScript with: run make assets")
    asked = json.dumps(list(questions), ensure_ascii=False)
    done = subprocess.run([NODE, ANSWERS], input=asked.encode(), capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def ask(**question: str) -> dict[str, Any]:
    """The answer to one question."""
    return ask_all([question])[0]
