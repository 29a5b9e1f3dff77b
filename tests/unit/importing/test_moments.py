from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.clock import LOCAL
from zhicheng.ground.importing.moments import read_moment

MOMENT = datetime(2019, 4, 25, 9, 32, 9, tzinfo=LOCAL)


@pytest.mark.parametrize(
    "text",
    [
        "2019/4/25 9:32:09", "2019-04-25 09:32:09", "2019.4.25 09:32:09", "2019-04-25T09:32:09",
        " 2019/4/25  9:32:09 ",
        "2019年4月25日 9:32:09", "2019年4月25日9时32分9秒", "２０１９/４/２５ ９：３２：０９",
        "2019-04-25T01:32:09Z",
        "2019-04-25 09:32:09+08:00", "2019-04-24T20:32:09-0500", "2019-04-25 09:32:09.000",
    ],
)  # fmt: skip
def test_usual_forms_are_one_moment(text):
    written = read_moment(text)

    assert written is not None
    assert (written.at, written.has_clock) == (MOMENT, True)


def test_seconds_may_be_left_out():
    written = read_moment("2019-04-25 09:32")

    assert written is not None
    assert written.at == MOMENT - timedelta(seconds=9)


@pytest.mark.parametrize("text", ["2018/4/24", "2018-04-24", "2018年4月24日", "2018.4.24"])
def test_a_day_alone_says_so(text):
    written = read_moment(text)

    assert written is not None
    assert not written.has_clock
    assert written.at == datetime(2018, 4, 24, tzinfo=LOCAL)


@pytest.mark.parametrize(
    "text",
    [
        "", "4/5/2019", "25/4/2019 9:32", "19/4/25 9:32", "2019/4-25", "2019-02-30 10:00", "2019-04-25 25:00",
        "2019-04-25 10:60", "43580.397", "20190425", "2019年4月", "昨天", "2019-04-2509:32", "2019/4/25 下午3:00",
        "0000-01-01", "2019-04-25 09:32:09+99:99",
    ],
)  # fmt: skip
def test_what_is_open_or_impossible_is_not_guessed(text):
    assert read_moment(text) is None


@given(st.integers(min_value=0, max_value=3_000_000_000))
def test_every_moment_is_read_as_it_was_written(seconds):
    exact = datetime(1990, 1, 1, tzinfo=LOCAL) + timedelta(seconds=seconds)
    for form in ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H:%M:%S"):
        written = read_moment(exact.strftime(form))
        assert written is not None
        assert written.at == exact


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_none(text):
    written = read_moment(text)
    assert written is None or written.at.tzinfo is not None
