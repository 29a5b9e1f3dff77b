"""What a person can mend is told in a sentence; what only we can mend keeps its traceback."""

import errno
import os

import pytest
from django.utils.translation import override

from zhicheng.cli.faults import sentence_for, told_in_one_line
from zhicheng.core.allocation import AllocationError, Strata
from zhicheng.core.refused import Refused
from zhicheng.runtime.fault import RuntimeFault


def of_the_system(number: int, *file: str) -> OSError:
    return OSError(number, os.strerror(number), *file)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Refused("“{typed}” is not a number", typed="x"), "“x” is not a number"),
        (RuntimeFault("port 8000 is taken"), "port 8000 is taken"),
        (of_the_system(errno.EACCES, "/srv/z"), "Permission denied: /srv/z"),
        (of_the_system(errno.ENOSPC), "No space left on device"),
        (of_the_system(errno.ECONNRESET), None),
        (ValueError("a slip of ours"), None),
    ],
)
def test_what_is_said_about_an_error(error: Exception, sentence: str | None) -> None:
    assert sentence_for(error) == sentence


def test_a_sentence_ends_the_program_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, told_in_one_line():
        raise of_the_system(errno.ENOSPC)
    assert ended.value.code == 1
    assert capsys.readouterr().err == "zhicheng: No space left on device\n"


def test_a_label_within_a_sentence_is_translated_too() -> None:
    with pytest.raises(AllocationError) as refused:
        Strata.of([30, 50], names=["甲", "乙"], costs=[4, -2])
    with override("zh-hans"):
        assert sentence_for(refused.value) == "层“乙”的单位费用为 -2；应大于 0"
