from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.randomness import announced, combined, parse_event, parse_source, require_announced
from zhicheng.core.refused import Refused

TEXTS = [
    "lottery:ssq:2026136:03,07,12,19,25,31+08",
    "lottery:dlt:2026136:01,02,03,04,35+01,12",
    "drand:quicknet:12:" + "0f" * 48,
]
SOURCES = [parse_source(text) for text in TEXTS]
EVENTS = [source.event for source in SOURCES]


def test_the_text_that_is_hashed_is_the_one_specified() -> None:
    randomness = sha256(bytes.fromhex("0f" * 48)).hexdigest()
    text = (
        "zhicheng-randomness-v1\n"
        f"drand:52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971:12:{randomness}\n"
        "lottery:dlt:2026136:01,02,03,04,35+01,12\n"
        "lottery:ssq:2026136:03,07,12,19,25,31+08\n"
    )
    assert combined(SOURCES) == sha256(text.encode()).hexdigest()
    assert combined(SOURCES, Algorithm.SM3) == Algorithm.SM3.of_text(text)


@given(st.permutations(SOURCES))
def test_the_order_of_the_sources_plays_no_part(sources: list) -> None:
    assert combined(sources) == combined(SOURCES)


@given(st.sets(st.sampled_from(SOURCES), min_size=2), st.sets(st.sampled_from(SOURCES), min_size=2))
def test_other_sources_give_another_randomness(one: set, two: set) -> None:
    assert (combined(list(one)) == combined(list(two))) == (one == two)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ([], "named is no event; expected are events of at least two origins"),
        ([TEXTS[0]], "expected are events of at least two origins"),
        ([TEXTS[0], TEXTS[0].replace("136", "137")], "expected are events of at least two origins"),
        ([TEXTS[0], TEXTS[1], TEXTS[0].replace("+08", "+09")], "“lottery:ssq:2026136” is named twice"),
    ],
)
def test_less_than_two_origins_are_refused(texts: list[str], told: str) -> None:
    with pytest.raises(Refused, match=told):
        combined([parse_source(text) for text in texts])


@pytest.mark.parametrize("text", ["", "nist:1:2", "lotto:1", "2026136"])
def test_what_is_no_source_is_told(text: str) -> None:
    for parse in (parse_source, parse_event):
        with pytest.raises(Refused, match=r"is no source of randomness; .* lottery: or drand:"):
            parse(text)


def test_a_plan_may_announce_nothing() -> None:
    assert announced({"n": {}}) is None
    require_announced({"n": {}}, [])


def test_a_plan_announces_events_of_two_origins() -> None:
    assert announced({"randomness_events": EVENTS}) == EVENTS


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ("lottery:ssq:2026136", "no list of events"),
        ([1], "no list of events"),
        ([EVENTS[0]], "at least two origins"),
        ([EVENTS[0], "drand:quicknet:12"], "expected is its canonical spelling “drand:52db"),
        (["weather:1", EVENTS[0]], "is no source of randomness"),
    ],
)
def test_what_announces_nothing_clear_is_told(events: object, told: str) -> None:
    with pytest.raises(Refused, match=told):
        announced({"randomness_events": events})


def test_exactly_what_was_announced_is_taken() -> None:
    plan = {"randomness_events": EVENTS[:2]}
    require_announced(plan, SOURCES[1::-1])
    with pytest.raises(Refused, match="the plan announces “lottery:dlt:2026136”, which is not among the sources"):
        require_announced(plan, [SOURCES[0], SOURCES[2]])
    with pytest.raises(Refused, match=r"the source “drand:52db.*” was not announced"):
        require_announced(plan, SOURCES)
    with pytest.raises(Refused, match="the plan announces “lottery:ssq:2026136”"):
        require_announced(plan, [])


def test_a_hash_may_be_named_by_its_text() -> None:
    assert combined(SOURCES, "sm3") == combined(SOURCES, Algorithm.SM3)
    with pytest.raises(Refused, match="“algorithm” is “sm2”; expected one of sha256, sm3"):
        combined(SOURCES, "sm2")
