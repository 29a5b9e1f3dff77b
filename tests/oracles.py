"""Where results of others lie, to compare ours with: the shared data folder beside the checkout.

`ZHICHENG_SHARED_DATA` names another place. A test that asks for what is not there is skipped and says so.
"""

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

BESIDE = Path(__file__).parents[1].parent / "shared" / "data"
DATA = Path(os.environ.get("ZHICHENG_SHARED_DATA", BESIDE))


def oracle(path: str) -> Path:
    """The file `path` below `oracles`, like `survey/reference.json`; skips the test where that is missing."""
    file = DATA / "oracles" / path
    if not file.exists():
        pytest.skip(f"no oracles/{path} in the shared data folder")
    return file


def oracle_json(path: str) -> Any:
    """What the JSON file `path` holds."""
    return json.loads(oracle(path).read_text(encoding="utf-8"))


def oracle_rows(path: str) -> list[dict[str, str]]:
    """The rows of the CSV file `path`, by column."""
    with oracle(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
