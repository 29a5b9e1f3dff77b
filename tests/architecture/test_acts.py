"""What the house writes into the ledger has words for whoever reads it there."""

import re
from pathlib import Path

import pytest

import zhicheng
from zhicheng.desk.audit.wording import ACTS, SUBJECTS

SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in Path(zhicheng.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("act", sorted(set(re.findall(r'\bact="([a-z_.]+)"', SOURCES))))
def test_every_act_has_words(act: str) -> None:
    assert act in ACTS


@pytest.mark.parametrize("kind", sorted(set(re.findall(r'\bsubject=\("([a-z_]+)"', SOURCES))))
def test_every_kind_of_subject_has_words(kind: str) -> None:
    assert kind in SUBJECTS
