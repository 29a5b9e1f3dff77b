"""The made-up draw that the portal offers for a try, to be changed by tests."""

import json
from pathlib import Path
from typing import Any

import zhicheng.portal

FILE = Path(zhicheng.portal.__file__).parent / "static" / "portal" / "draw-sample.json"


def sample() -> dict[str, Any]:
    """A fresh copy of the bundle."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def written(bundle: dict[str, Any]) -> str:
    """A bundle as it stands in a file."""
    return json.dumps(bundle, ensure_ascii=False)
