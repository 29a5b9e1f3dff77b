"""Every fault of a pack is reported, with file, place, column, what was found and what was expected."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from unit.packs.small_pack import edit, small_demands, write_pack
from zhicheng.core.access import Domain
from zhicheng.ground.packs import demands
from zhicheng.ground.packs.api import NATIONAL, PackInvalid, UnknownPack, check_pack, list_shipped_packs
from zhicheng.ground.packs.reading import find_pack, read_pack


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(demands, "_sources", [small_demands])
    return write_pack(tmp_path / "smallcity")


def faults(pack: Path) -> list[str]:
    return [str(problem) for problem in check_pack(pack)]


def test_a_sound_pack_has_no_faults(pack: Path) -> None:
    assert faults(pack) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("areas.csv", "旧区,district", "旧区,village",
         "areas.csv, row 4, kind: found “village”, expected one of 'province', 'city'"),
        ("areas.csv", "街道,subdistrict", "街道,district",
         "areas.csv, row 6, kind: found district, expected a kind of township"),
        ("areas.csv", "990101001000,township,街道,subdistrict,990101000000,2020-01-01",
         "990101001000,township,街道,subdistrict,990101000000,1970-01-01",
         "areas.csv, row 6, parent: found 990101000000, expected the code of a county of this file"),
        ("areas.csv", "990102000000,county,开发区", "990102000001,county,开发区",
         "areas.csv, row 7, code: found 990102000001, expected a county code"),
        ("areas.csv", "1999-12-31", "2000-12-31",
         "areas.csv, row 5, valid_from: found 2000-01-01, expected a first day after 2000-12-31, the last"),
        ("areas.csv", "1999-12-31", "1979-12-31",
         "areas.csv, row 4, valid_to: found 1979-12-31, expected a last day that is not before the first"),
        ("areas.csv", "117.500000", "east",
         "areas.csv, row 3, longitude: found “east”, expected a decimal number"),
        ("areas.csv", "大省,province,,", "大省,province,990100000000,",
         "areas.csv, row 2, parent: found 990100000000, expected nothing above a province"),
        ("areas.csv", ",statistical_only", ",statistic_only",
         "areas.csv, row 1, statistic_only: found statistic_only, expected a column among code, level"),
        ("areas.csv", "开发区,development_zone,990100000000,2000-01-01,,,,true",
         "开发区,development_zone,990100000000,2000-01-01,,,,true,,",
         "areas.csv, row 7: found 12 cells, expected 10 cells"),
        ("areas.csv", "code,level,name", '"code,level,name',
         "areas.csv: found unexpected end of data, expected comma-separated values with quotes in pairs"),
        ("areas.csv", "code,level,name", "code,level,code",
         "areas.csv, row 1, name: found —, expected a column of this name"),
        ("succession.csv", "2000-01-01,renamed", "1990-01-01,renamed",
         "succession.csv, row 2, successor: found 990101000000, expected an area that begins on this day"),
        ("succession.csv", "2000-01-01,renamed", "1970-01-01,renamed",
         "succession.csv, row 2, predecessor: found 990101000000, expected the code of a county of areas.csv"),
        ("boundaries.geojson", "Polygon", "Point",
         "boundaries.geojson, feature 1, geometry.type: found “Point”, expected one of 'Polygon'"),
        ("boundaries.geojson", '"valid_from":"2000-01-01"', '"valid_from":"2001-01-01"',
         "boundaries.geojson, feature 1, code: found 990101000000, expected code, level and first day of an area"),
        ("boundaries.geojson", '"features"', '"things"',
         "boundaries.geojson: found {\"type\": \"FeatureCollection\""),
        ("terms.csv", "sealing,works", "sealing,work",
         "terms.csv, row 3, parent: found work, expected a code of the catalogue leak.cause"),
        ("terms.csv", "works,,", "works,sealing,",
         "terms.csv, row 2, parent: found sealing, expected a term that does not lie below this one"),
        ("terms.csv", "20,use", "20,works",
         "terms.csv, row 4, catalogue, code: found leak.cause works, expected a key that row 2 has not taken"),
        ("terms.csv", "密封不当,Poor sealing", "密封不当,", "terms.csv, row 3, en: found —, expected a value"),
        ("terms.csv", "20,use,,使用", "20,Use,,使用",
         "terms.csv, row 4, code: found “Use”, expected text of the form"),
        ("terms.csv", "true,,2020-01-01,\nleak.cause,11", "perhaps,,2020-01-01,\nleak.cause,11",
         "terms.csv, row 2, sample: found “perhaps”, expected true or false"),
        ("limits.toml", "amount = 3", "amount = 0",
         "limits.toml, limit 2, amount: found “0”, expected more than 0"),
        ("limits.toml", "amount = 3", "amount = 2.5",
         "limits.toml, limit 2, amount: found “2.5”, expected a whole number"),
        ("limits.toml", "amount = 3", 'amount = 3\nroll = "forward"',
         "limits.toml, limit 2, roll: found forward, expected none, because only calendar days roll"),
        ("limits.toml", "amount = 3", "amount = 3\nyears = 1",
         "limits.toml, limit 2, years: found “1”, expected no such column or key"),
        ("limits.toml", "2025-12-31", "2026-12-31",
         "limits.toml, limit 2, valid_from: found 2026-01-01, expected a first day after 2026-12-31"),
        ("limits.toml", 'area = "990101000000"', 'area = "990199000000"',
         "limits.toml, limit 3, area: found “990199000000”, expected the code of an area of areas.csv"),
        ("limits.toml", "amount = 3", "amount = ", "limits.toml: found Invalid value"),
        ("limits.toml", '[[limit]]\nkey = "leak.accept"\narea', '[[limits]]\nkey = "leak.accept"\narea',
         "limits.toml, limits: found limits, expected nothing but tables [[limit]]"),
        ("organizations.csv", "990101000000,small-housing", "990101000000,big-housing",
         "organizations.csv, row 3, parent: found “big-housing”, expected the key of an organization"),
        ("organizations.csv", "Bureau,public_body,990100000000", "Bureau,public_bodie,990100000000",
         "organizations.csv, row 2, kind: found “public_bodie”, expected one of public_body, department, company"),
        ("jurisdictions.csv", "990101000000,housing", "990101000000,houses",
         "jurisdictions.csv, row 3, domain: found “houses”, expected one of 'market'"),
        ("pack.toml", "county = 2", "county = 3",
         "pack.toml, expected.areas, county: found 2, expected 3 in areas.csv"),
        ("pack.toml", '"leak.cause" = 2', '"leak.cause" = 3',
         "pack.toml, expected.terms, leak.cause: found 2, expected 3 in terms.csv"),
        ("pack.toml", "[expected.terms]", "[expected.limits]",
         "pack.toml, expected.limits: found limits, expected a section that can be counted"),
        ("pack.toml", 'area = "990100000000"', 'area = "990200000000"',
         "pack.toml, area: found 990200000000, expected an area of areas.csv"),
        ("pack.toml", 'title = "小城市"', "", "pack.toml, title: found —, expected a value"),
        ("pack.toml", 'title = "小城市"', "title = 小城市", "pack.toml: found Invalid value"),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is_and_what_was_expected(
    pack: Path, file: str, old: str, new: str, fault: str
) -> None:
    edit(pack, file, old, new)
    assert any(found.startswith(fault) for found in faults(pack)), faults(pack)


def test_a_mark_that_editors_put_before_a_text_does_no_harm(pack: Path) -> None:
    for name in ("pack.toml", "areas.csv", "limits.toml"):
        text = (pack / name).read_text(encoding="utf-8")
        (pack / name).write_text(text, encoding="utf-8-sig")
    assert faults(pack) == []


def test_all_faults_of_all_files_are_reported_at_once(pack: Path) -> None:
    edit(pack, "areas.csv", "117.500000", "east")
    edit(pack, "areas.csv", "新区,district", "新区,")
    edit(pack, "terms.csv", "20,use", "20,works")
    edit(pack, "limits.toml", "amount = 3", "amount = 0")
    assert [(problem.file, problem.place, problem.column) for problem in check_pack(pack)] == [
        ("areas.csv", "row 3", "longitude"),
        ("areas.csv", "row 5", "kind"),
        ("limits.toml", "limit 2", "amount"),
        ("terms.csv", "row 4", "catalogue, code"),
        ("pack.toml", "expected.terms", "leak.cause"),
    ]


def test_a_misspelt_file_is_noticed(pack: Path) -> None:
    (pack / "terms.csv").rename(pack / "term.csv")
    assert any(
        fault.startswith("term.csv: found term.csv, expected one of pack.toml, areas.csv")
        for fault in faults(pack)
    )


def test_a_file_in_another_encoding_is_named(pack: Path) -> None:
    text = (pack / "terms.csv").read_text(encoding="utf-8")
    (pack / "terms.csv").write_text(text, encoding="gb18030")
    assert any(fault.startswith("terms.csv: found 'utf-8' codec") for fault in faults(pack))


def test_a_table_saved_by_a_spreadsheet_is_read(pack: Path) -> None:
    text = (pack / "terms.csv").read_text(encoding="utf-8").replace("\n", "\r\n")
    (pack / "terms.csv").write_text(text, encoding="utf-8-sig", newline="")
    assert faults(pack) == []


def test_a_directory_without_a_head_is_no_pack(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["pack.toml: found —, expected a file of this name in every pack"]


@pytest.mark.parametrize("missing", ["succession.csv", "boundaries.geojson", "limits.toml"])
def test_a_pack_may_be_silent_on_a_section(pack: Path, missing: str) -> None:
    (pack / missing).unlink()
    assert faults(pack) == []
    assert missing.split(".")[0] not in read_pack(pack).contents.lines


def test_the_error_lists_every_fault(pack: Path) -> None:
    edit(pack, "limits.toml", "amount = 3", "amount = 0")
    edit(pack, "terms.csv", "20,use", "20,Use")
    with pytest.raises(PackInvalid, match="has 2 faults") as caught:
        read_pack(pack)
    assert [problem.file for problem in caught.value.problems] == ["terms.csv", "limits.toml"]


def test_a_shipped_pack_is_found_by_name_and_any_other_by_path(pack: Path) -> None:
    assert list_shipped_packs() == [NATIONAL, "jining", "zaozhuang"]
    assert find_pack("jining").name == "jining"
    assert find_pack(pack) == pack
    with pytest.raises(UnknownPack, match="no pack “atlantis”: expected a directory, or one of national, jining"):
        find_pack("atlantis")


def test_calendar_years_belong_in_the_national_pack(pack: Path, tmp_path: Path) -> None:
    calendar = "[calendar.2027]\nholidays = [2027-01-01, 2027-02-08]\nworkdays = [2027-02-06]\n"
    (pack / "calendar.toml").write_text(calendar, encoding="utf-8")
    assert faults(pack) == [
        "calendar.toml: found calendar.toml, expected calendar years in the national pack only"
    ]
    national = tmp_path / "national"
    shutil.copytree(find_pack(NATIONAL), national)
    (national / "calendar.toml").write_text(calendar, encoding="utf-8")
    assert faults(national) == []
    edit(national, "calendar.toml", "2027-02-06", "2027-01-01")
    fault = "calendar.toml, calendar.2027: found Calendar 2027: 2027-01-01 is both off and worked, expected days"
    assert [found[: len(fault)] for found in faults(national)] == [fault]


def test_a_misspelt_limit_is_lacking_and_the_nearest_key_is_named(pack: Path) -> None:
    text = (pack / "limits.toml").read_text(encoding="utf-8")
    (pack / "limits.toml").write_text(text.replace("leak.accept", "leak.acccept"), encoding="utf-8")
    assert faults(pack) == [
        (
            "limits.toml, limit 1, key: found “leak.acccept”, "
            "expected a name that something uses; the nearest is leak.accept"
        ),
        "limits.toml, key: found —, expected “leak.accept”, which is needed by: Leaks",
    ]


def test_a_misspelt_catalogue_is_named_once(pack: Path) -> None:
    for file in ("terms.csv", "pack.toml"):
        text = (pack / file).read_text(encoding="utf-8")
        (pack / file).write_text(text.replace("leak.cause", "leak.causes"), encoding="utf-8")
    assert faults(pack) == [
        (
            "terms.csv, row 2, catalogue: found “leak.causes”, "
            "expected a name that something uses; the nearest is leak.cause"
        ),
        "terms.csv, catalogue: found —, expected “leak.cause”, which is needed by: Leaks",
    ]


def test_a_limit_that_ended_or_holds_in_one_district_alone_is_lacking(pack: Path) -> None:
    edit(pack, "limits.toml", "valid_from = 2026-01-01\n\n", "valid_from = 2026-01-01\nvalid_to = 2026-06-30\n\n")
    assert faults(pack) == ["limits.toml, key: found —, expected “leak.accept”, which is needed by: Leaks"]


def test_a_pack_need_not_state_what_the_law_does_nor_what_its_bodies_have_nothing_to_do_with(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = (
        demands.Demand("limits", "market.mediation", "Market", Domain.HOUSING),
        demands.Demand("limits", "fish.accept", "Fish", Domain.AGRICULTURE),
        demands.Demand("limits", "leak.accept", "Until then", until=date(2026, 1, 1)),
        *small_demands(),
    )
    monkeypatch.setattr(demands, "_sources", [lambda: asked])
    assert faults(pack) == []
