import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.codes import AreaCode, CodeError, Level, TownshipClass, VillageClass

VILLAGE = AreaCode("370811002001", Level.VILLAGE)


@st.composite
def village_codes(draw: st.DrawFn) -> AreaCode:
    segments = [f"{draw(st.integers(1, 99)):02d}" for _ in range(3)]
    segments += [f"{draw(st.integers(1, 599)):03d}" for _ in range(2)]
    return AreaCode("".join(segments), Level.VILLAGE)


def lineage(code: AreaCode) -> list[AreaCode]:
    parent = code.parent
    return [code, *(lineage(parent) if parent else [])]


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("37", Level.PROVINCE),
        ("3708", Level.CITY),
        ("370811", Level.COUNTY),
        ("370811002", Level.TOWNSHIP),
        ("370811002001", Level.VILLAGE),
    ],
)
def test_a_code_is_read_short_or_in_full(typed: str, level: Level) -> None:
    short, full = AreaCode.parse(typed, level), AreaCode.parse(typed.ljust(12, "0"), level)
    assert short == full
    assert (short.digits, short.short) == (typed.ljust(12, "0"), typed)


def test_the_level_is_said_and_never_guessed_from_zeros() -> None:
    city, county = AreaCode.parse("4419", Level.CITY), AreaCode.parse("441900", Level.COUNTY)
    assert city.digits == county.digits
    assert city != county
    assert county.parent == city
    assert AreaCode.parse("441900003", Level.TOWNSHIP).parent == county


@pytest.mark.parametrize(
    ("typed", "level", "message"),
    [
        ("3708", Level.COUNTY, "expected 6 or 12 digits"),
        ("370811", Level.CITY, "expected 4 or 12 digits"),
        ("370811002", Level.VILLAGE, "expected 12 digits"),
        ("3708110020011", Level.VILLAGE, "expected 12 digits"),
        ("", Level.PROVINCE, "expected 2 or 12 digits"),
        ("37O811", Level.COUNTY, "expected 6 or 12 digits"),
        ("3708-11", Level.COUNTY, "expected 6 or 12 digits"),
        ("370811002000", Level.COUNTY, "expected zeros after 6 digits"),
        ("00", Level.PROVINCE, "no province or no city"),
        ("3700", Level.CITY, "no province or no city"),
        ("370011", Level.COUNTY, "no province or no city"),
        ("370811000", Level.TOWNSHIP, "digits 7–9 are 000, expected 001–599"),
        ("370811600", Level.TOWNSHIP, "digits 7–9 are 600, expected 001–599"),
        ("370811002000", Level.VILLAGE, "digits 10–12 are 000, expected 001–599"),
        ("370811002600", Level.VILLAGE, "digits 10–12 are 600, expected 001–599"),
        ("370811000001", Level.VILLAGE, "digits 7–9 are 000, expected 001–599"),
    ],
)
def test_a_wrong_code_is_refused_with_what_was_expected(typed: str, level: Level, message: str) -> None:
    with pytest.raises(CodeError, match=message):
        AreaCode.parse(typed, level)


def test_the_constructor_is_as_strict_as_parsing() -> None:
    with pytest.raises(CodeError, match="expected 6 or 12 digits"):
        AreaCode("370811", Level.COUNTY)


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        ("001", TownshipClass.SUBDISTRICT),
        ("099", TownshipClass.SUBDISTRICT),
        ("100", TownshipClass.TOWN),
        ("199", TownshipClass.TOWN),
        ("200", TownshipClass.TOWNSHIP),
        ("399", TownshipClass.TOWNSHIP),
        ("400", TownshipClass.EQUIVALENT),
        ("599", TownshipClass.EQUIVALENT),
    ],
)
def test_township_classes_at_their_bounds(segment: str, expected: TownshipClass) -> None:
    assert AreaCode.parse(f"370811{segment}", Level.TOWNSHIP).township_class == expected
    assert AreaCode.parse(f"370811{segment}201", Level.VILLAGE).township_class == expected


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        ("001", VillageClass.RESIDENTS),
        ("199", VillageClass.RESIDENTS),
        ("200", VillageClass.VILLAGERS),
        ("399", VillageClass.VILLAGERS),
        ("400", VillageClass.RESIDENTS_EQUIVALENT),
        ("499", VillageClass.RESIDENTS_EQUIVALENT),
        ("500", VillageClass.VILLAGERS_EQUIVALENT),
        ("599", VillageClass.VILLAGERS_EQUIVALENT),
    ],
)
def test_village_classes_at_their_bounds(segment: str, expected: VillageClass) -> None:
    assert AreaCode.parse(f"370811002{segment}", Level.VILLAGE).village_class == expected


def test_areas_above_have_no_class() -> None:
    county = AreaCode.parse("370811", Level.COUNTY)
    assert county.township_class is None
    assert AreaCode.parse("370811002", Level.TOWNSHIP).village_class is None


def test_a_village_lies_in_everything_above_it() -> None:
    above = lineage(VILLAGE)
    assert [code.level for code in above] == sorted(Level, reverse=True)
    assert all(code.contains(VILLAGE) for code in above)
    assert not any(VILLAGE.contains(code) for code in above[1:])
    assert not AreaCode.parse("370812", Level.COUNTY).contains(VILLAGE)


def test_a_county_level_city_does_not_contain_its_own_city() -> None:
    assert not AreaCode.parse("441900", Level.COUNTY).contains(AreaCode.parse("4419", Level.CITY))


@given(village_codes())
def test_codes_survive_printing_and_reading(village: AreaCode) -> None:
    for code in lineage(village):
        assert AreaCode.parse(code.short, code.level) == AreaCode.parse(code.digits, code.level) == code


@given(village_codes(), village_codes())
def test_containing_means_being_an_ancestor(one: AreaCode, other: AreaCode) -> None:
    for area in lineage(one):
        assert area.contains(other) is (area in lineage(other))
