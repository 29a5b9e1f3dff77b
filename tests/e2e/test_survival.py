"""`kill -9` of the queue worker, a web worker and PostgreSQL while 2,000 complaints are posted to `zhicheng run`.

The story is bench/survival.py, which stands on its own; here it is run and what it saw is judged.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[2] / "bench" / "survival.py"
COMPLAINTS = 2000
BOUND_S = 400

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes by /proc"),
]


def test_nothing_is_lost_or_doubled_and_everything_comes_back(tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    done = subprocess.run(
        [sys.executable, str(TOOL), "--complaints", str(COMPLAINTS), "--json", str(seen)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=BOUND_S,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    report = json.loads(seen.read_text(encoding="utf-8"))
    assert report["wrong"] == []
    assert report["sent_again"] > 0, "no receipt was compared with that of a repeated request"
    assert sum(report["retries"].values()) > 0, "no client noticed anything: the kills came too late"
    assert set(report["away_s"]) == {"queue worker", "web worker", "postgresql"}
    killed = [line for line in report["events"] if "killed by SIGKILL" in line]
    assert len(killed) == 2  # granian replaces its worker by itself, the supervisor the other two
