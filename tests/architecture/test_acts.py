"""What the house writes into the ledger has words for whoever reads it there.

Seen are the acts and subjects that are written out where they are recorded.
"""

import re

import pytest

from architecture.source import modules
from zhicheng.desk.audit.wording import ACTS, SUBJECTS

SOURCES = "\n".join(module.text for module in modules())


@pytest.mark.parametrize("act", sorted(set(re.findall(r'\bact="([a-z_.]+)"', SOURCES))))
def test_every_act_has_words(act: str) -> None:
    assert act in ACTS


@pytest.mark.parametrize("kind", sorted(set(re.findall(r'\bsubject=\("([a-z_]+)"', SOURCES))))
def test_every_kind_of_subject_has_words(kind: str) -> None:
    assert kind in SUBJECTS
