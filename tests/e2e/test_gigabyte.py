"""A gigabyte sent to `zhicheng run`: read to its end, kept nowhere, answered with a sentence.

The story is bench/gigabyte.py, which stands on its own; here it is run and what it saw is judged.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TOOL = Path(__file__).resolve().parents[2] / "bench" / "gigabyte.py"
BOUND_S = 400
MEMORY_MB, DISK_MB = 64, 64
"""What the web server may need beyond what it held before. One file that could be taken has 50 MB at most."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="measures processes by /proc"),
]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the tool saw."""
    report = tmp_path_factory.mktemp("gigabyte") / "seen.json"
    done = subprocess.run(
        [sys.executable, str(TOOL), "--json", str(report)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=BOUND_S,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return dict(json.loads(report.read_text(encoding="utf-8")))


def test_a_photograph_is_named_and_what_was_typed_comes_back(seen: dict[str, Any]) -> None:
    photograph = seen["photograph"]
    assert (photograph["status"], photograph["sent_mb"], photograph["kept"]) == (422, 1024, True)
    assert photograph["said"] == ["“wall.jpg”大小为 1024 MB，JPEG 文件不得超过 10 MB"]
    assert photograph["disk_mb"] > 0, "the measurement saw nothing arrive"


@pytest.mark.parametrize("way", ["photograph", "json", "without_length"])
def test_memory_and_disk_are_bounded_and_the_server_goes_on(seen: dict[str, Any], way: str) -> None:
    found = seen[way]
    assert found["memory_mb"] < MEMORY_MB
    assert found["disk_mb"] < DISK_MB
    assert found["answers_afterwards"]
    assert found["status"] in (0, 400, 401, 403, 411, 413, 422)


def test_nothing_is_left(seen: dict[str, Any]) -> None:
    assert seen["left_on_disk"] == 0
