"""What proceedings are told of cases: nothing that a case knows may be left out, for every part has a default."""

from dataclasses import fields

from zhicheng.cases.models import SUBJECT
from zhicheng.ground.proceedings.registry import SubjectKind, subject_kind


def test_a_case_fills_every_part_so_that_its_reporter_can_be_told():
    case = subject_kind(SUBJECT)
    left_out = [one.name for one in fields(SubjectKind) if getattr(case, one.name) is one.default]
    assert left_out == []
