"""The packs that come with the product say what their sources say."""

from datetime import date

import pytest

from zhicheng.core.clock import Citation, InForce, Limit
from zhicheng.core.codes import Level
from zhicheng.ground.areas.api import AreaEntry
from zhicheng.ground.packs.api import NATIONAL, check_pack, list_shipped_packs
from zhicheng.ground.packs.reading import find_pack, read_pack
from zhicheng.ground.packs.tables.limits import LimitEntry
from zhicheng.ground.packs.tables.terms import TermRow

CITIES = {"jining": (12, 158, 4927), "zaozhuang": (6, 66, 2469)}


def areas(pack: str) -> list[AreaEntry]:
    return [line.row for line in read_pack(pack).contents.of("areas")]


def terms(pack: str, catalogue: str) -> list[TermRow]:
    return [line.row for line in read_pack(pack).contents.of("terms") if line.row.catalogue == catalogue]


def limits(pack: str) -> list[LimitEntry]:
    return [line.row for line in read_pack(pack).contents.of("limits")]


@pytest.mark.parametrize("pack", list_shipped_packs())
def test_every_shipped_pack_is_sound(pack: str) -> None:
    assert check_pack(pack) == []


@pytest.mark.parametrize(("pack", "counts"), CITIES.items())
def test_cities_have_as_many_areas_as_the_statistical_coding(pack: str, counts: tuple[int, int, int]) -> None:
    present = [area for area in areas(pack) if area.valid_to is None]
    levels = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
    assert tuple(sum(area.level == level for area in present) for level in levels) == counts


@pytest.mark.parametrize(
    ("pack", "names"),
    [
        ("jining", {"济宁高新技术产业开发区", "济东物业服务中心", "嘉祥经济开发区管理委员会"}),
        ("zaozhuang", {"山亭经济开发区"}),
    ],
)
def test_pseudo_units_are_marked(pack: str, names: set[str]) -> None:
    assert {area.name for area in areas(pack) if area.statistical_only} == names


def test_every_county_of_both_cities_has_an_outline_except_the_statistical_one() -> None:
    for pack in CITIES:
        outlined = {line.row.code for line in read_pack(pack).contents.of("boundaries")}
        counties = {a.code for a in areas(pack) if a.level == Level.COUNTY and a.valid_to is None}
        assert counties - outlined == ({"370871000000"} if pack == "jining" else set())


def test_centres_lie_in_their_city() -> None:
    for pack, west, east, south, north in (
        ("jining", 115.8, 117.7, 34.4, 36.1),
        ("zaozhuang", 116.7, 118, 34.4, 35.4),
    ):
        centres = [(a.longitude, a.latitude) for a in areas(pack) if a.longitude and a.latitude]
        assert len(centres) == 1 + (11 if pack == "jining" else 6)
        assert all(west < x < east and south < y < north for x, y in centres)


def test_both_cities_state_their_province_alike() -> None:
    province = [next(a for a in areas(pack) if a.level == Level.PROVINCE) for pack in CITIES]
    assert province[0] == province[1]


def test_the_housing_tree_has_23_leaves_of_which_two_are_named_by_the_source() -> None:
    for pack in CITIES:
        tree = terms(pack, "housing.category")
        parents = {term.parent for term in tree}
        leaves = [term for term in tree if term.code not in parents]
        assert len(leaves) == 23
        assert {term.zh for term in leaves if not term.sample} == {"渗漏", "空鼓"}


def test_every_term_has_words_of_its_own_in_both_languages() -> None:
    for pack in list_shipped_packs():
        for line in read_pack(pack).contents.of("terms"):
            assert line.row.zh != line.row.en
            assert line.row.en.isascii()


def test_grounds_of_the_market_rules_are_as_many_as_the_law_has() -> None:
    assert len(terms(NATIONAL, "market.rejection")) == 7
    assert len(terms(NATIONAL, "market.mediation_end")) == 8


@pytest.mark.parametrize("pack", list_shipped_packs())
def test_every_limit_is_a_limit_of_the_clock(pack: str) -> None:
    for row in limits(pack):
        in_force = InForce(row.valid_from, None)
        made = Limit(key=row.key, amount=row.amount, unit=row.unit, roll=row.roll,
                     citation=Citation(row.citation, row.verified), in_force=in_force)  # fmt: skip
        assert made.citation.printable is None or not row.sample


def test_order_20_ends_where_order_121_begins() -> None:
    mediation = sorted(
        (row for row in limits(NATIONAL) if row.key == "market.mediation"), key=lambda r: r.valid_from
    )
    assert [(row.amount, row.unit.value, row.valid_from, row.valid_to) for row in mediation] == [
        (45, "working_days", date(2020, 1, 1), date(2026, 4, 14)),
        (60, "calendar_days", date(2026, 4, 15), None),
    ]


@pytest.mark.parametrize("pack", CITIES)
def test_every_extension_lengthens_a_limit_of_the_same_unit(pack: str) -> None:
    by_key = {row.key: row for row in limits(pack)}
    extensions = [key for key in by_key if key.endswith(".extension")]
    assert extensions
    for key in extensions:
        assert by_key[key].unit == by_key[key.removesuffix(".extension")].unit


@pytest.mark.parametrize("pack", CITIES)
def test_every_county_has_a_body_for_housing_and_for_the_market(pack: str) -> None:
    contents = read_pack(pack).contents
    competent = {(line.row.area, line.row.domain.value) for line in contents.of("jurisdictions")}
    for area in areas(pack):
        if area.level == Level.COUNTY and area.valid_to is None:
            assert {(area.code, "housing"), (area.code, "market")} <= competent


def test_the_tourism_bureau_has_the_published_telephone_number() -> None:
    bodies = {line.row.key: line.row for line in read_pack("jining").contents.of("organizations")}
    assert bodies["jining-tourism"].telephone == "2261100"
    assert not bodies["jining-tourism"].sample


def test_no_file_of_a_pack_is_left_unread() -> None:
    for pack in list_shipped_packs():
        assert {path.suffix for path in find_pack(pack).iterdir()} <= {".csv", ".toml", ".geojson"}
