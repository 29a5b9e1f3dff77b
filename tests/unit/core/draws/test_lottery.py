import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.lottery import GAMES, parse_lottery, parse_lottery_event
from zhicheng.core.refused import Refused


@st.composite
def outcomes(draw: st.DrawFn) -> str:
    """A source of any game, in its canonical spelling."""
    code = draw(st.sampled_from(sorted(GAMES)))
    game = GAMES[code]
    issue = f"20{draw(st.integers(10, 99))}{draw(st.integers(1, 360)):03}"
    if game.digits:
        digits = draw(st.lists(st.integers(0, 9), min_size=game.digits, max_size=game.digits))
        return f"lottery:{code}:{issue}:{','.join(map(str, digits))}"
    drums: list[list[int]] = []
    for count, highest in game.drums:
        left = [ball for ball in range(1, highest + 1) if not (game.special and drums and ball in drums[0])]
        drums.append(sorted(draw(st.permutations(left))[:count]))
    return f"lottery:{code}:{issue}:" + "+".join(",".join(f"{ball:02}" for ball in drum) for drum in drums)


@given(outcomes())
def test_a_canonical_source_is_read_as_it_is(text: str) -> None:
    issue = parse_lottery(text)
    assert issue.text == issue.line == text
    assert issue.event == text.rpartition(":")[0]
    assert parse_lottery_event(issue.event) == issue.event
    assert issue.event.startswith(f"{issue.origin}:")


@pytest.mark.parametrize(
    "text",
    [
        "lottery:ssq:2026136:3 7 12 19 25 31 + 8",
        "lottery:SSQ:2026136:31,25,19,12,07,03+08",
        " Lottery : ssq : 2026136 : 07 03 31 25 19 12+8 ",
        "lottery：ssq：2026136：０３，０７，１２，１９，２５，３１＋０８",
    ],
)
def test_spellings_of_one_outcome_are_one_source(text: str) -> None:
    assert parse_lottery(text).text == "lottery:ssq:2026136:03,07,12,19,25,31+08"


def test_five_digits_of_an_issue_are_completed() -> None:
    assert parse_lottery("lottery:dlt:26136:1 2 3 4 35+1 12").text == "lottery:dlt:2026136:01,02,03,04,35+01,12"


def test_digits_keep_their_order() -> None:
    assert parse_lottery("lottery:pl5:26001:90 1 0 9").numbers == "9,0,1,0,9"
    assert parse_lottery("lottery:fc3d:2026001:073").numbers == "0,7,3"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lottery:ssq:2026136", "expected is lottery:GAME:ISSUE:NUMBERS"),
        ("lottery:powerball:2026136:1", "GAME being one of ssq, dlt"),
        ("lottery:ssq:136:1", "the issue “136” is none"),
        ("lottery:ssq:2026000:1", "the issue “2026000” is none"),
        ("lottery:ssq:2026136:3 7 12 19 25 31", "the balls of 2 drums of 双色球"),
        ("lottery:ssq:2026136:3 7 12 19 25+8", "6 different balls from 1 to 33, found is “3 7 12 19 25”"),
        ("lottery:ssq:2026136:3 3 12 19 25 31+8", "6 different balls from 1 to 33"),
        ("lottery:ssq:2026136:3 7 12 19 25 34+8", "6 different balls from 1 to 33"),
        ("lottery:ssq:2026136:0 7 12 19 25 31+8", "6 different balls from 1 to 33"),
        ("lottery:ssq:2026136:3 7 12 19 25 31+17", "1 different balls from 1 to 16"),
        ("lottery:ssq:2026136:a b c d e f+8", "6 different balls"),
        ("lottery:qlc:2026136:1 2 3 4 5 6 7+7", "the special ball of 七乐彩"),
        ("lottery:fc3d:2026136:0 7", "3 digits of 福彩3D in their order, like 0,7,3"),
        ("lottery:pl3:2026136:0 7 x", "3 digits of 排列3"),
    ],
)
def test_what_cannot_have_been_drawn_is_told(text: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_lottery(text)
    assert told in str(refused.value)
