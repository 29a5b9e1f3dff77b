"""A pack is applied whole or not at all, twice without effect, and comes back as it was."""

from datetime import date
from pathlib import Path

import pytest

from unit.packs.small_pack import edit
from zhicheng.core.clock import Roll, Unit
from zhicheng.ground.areas.api import Area, Boundary, Succession, get_area
from zhicheng.ground.packs.api import (
    Counts,
    PackInvalid,
    Store,
    Term,
    apply_pack,
    bind_store,
    diff_pack,
    export_pack,
    list_shipped_packs,
    load_pack,
)
from zhicheng.ground.packs.models import LimitRow
from zhicheng.ground.packs.reading import find_pack
from zhicheng.ground.packs.sections import _sections, deleted
from zhicheng.ground.packs.tables.bodies import JurisdictionRow

ON = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("database")


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_a_pack_is_applied(pack: Path) -> None:
    applied = apply_pack(pack, on=ON)
    created = {name: applied[name] for name in ("areas", "succession", "boundaries", "terms", "limits")}
    assert [counts.created for counts in created.values()] == [6, 1, 1, 3, 3]
    assert all(counts == Counts(created=counts.created) for counts in applied.values())
    assert get_area("990101001").parent == get_area("990101")
    assert Succession.objects.get().predecessor == get_area("990101", date(1999, 12, 31))
    assert Boundary.objects.get().area == get_area("990101")
    sealing = Term.objects.get(code="sealing")
    assert sealing.parent is not None
    assert (sealing.parent.code, sealing.area, sealing.sample) == ("works", get_area("9901"), True)


def test_applying_twice_changes_nothing(pack: Path) -> None:
    apply_pack(pack, on=ON)
    assert all(counts.is_nothing for counts in apply_pack(pack, on=ON).values())


def test_a_difference_names_the_rows_and_writes_nothing(pack: Path) -> None:
    apply_pack(pack, on=ON)
    edit(pack, "terms.csv", "20,use,,使用,Use", "20,use,,使用,Usage")
    edit(pack, "areas.csv", "街道,subdistrict", "河边街道,subdistrict")
    changed = {one.section: one.changed for one in diff_pack(pack, on=ON) if one.changed}
    assert [(before.en, after.en) for before, after in changed["terms"]] == [("Use", "Usage")]
    assert [(before.name, after.name) for before, after in changed["areas"]] == [("街道", "河边街道")]
    assert Term.objects.get(code="use").en == "Use"


def test_a_changed_row_keeps_its_identity(pack: Path) -> None:
    apply_pack(pack, on=ON)
    before = Term.objects.get(code="sealing").pk, get_area("990101001").pk
    edit(pack, "terms.csv", "sealing,works,密封不当,Poor sealing", "sealing,use,密封不严,Poor sealing")
    edit(pack, "areas.csv", "街道,subdistrict", "河边街道,subdistrict")
    applied = apply_pack(pack, on=ON)
    assert (applied["terms"], applied["areas"]) == (Counts(changed=1, unchanged=2), Counts(changed=1, unchanged=5))
    sealing = Term.objects.get(code="sealing")
    assert (sealing.pk, get_area("990101001").pk) == before
    assert sealing.parent is not None
    assert (sealing.zh, sealing.parent.code) == ("密封不严", "use")


def test_what_the_pack_no_longer_has_ends_the_day_before(pack: Path) -> None:
    apply_pack(pack, on=ON)
    edit(pack, "terms.csv", "leak.cause,20,use,,使用,Use,,据通报,2020-01-01,\n", "")
    edit(pack, "areas.csv", "990102000000,county,开发区,development_zone,990100000000,2000-01-01,,,,true\n", "")
    edit(pack, "pack.toml", '"leak.cause" = 2', '"leak.cause" = 1')
    edit(pack, "pack.toml", "county = 2", "county = 1")
    applied = apply_pack(pack, on=ON)
    assert (applied["terms"], applied["areas"]) == (Counts(unchanged=2, retired=1), Counts(unchanged=5, retired=1))
    assert Term.objects.get(code="use").valid_to == date(2026, 11, 22)
    assert Area.objects.get(code="990102000000").valid_to == date(2026, 11, 22)
    assert all(counts.is_nothing for counts in apply_pack(pack, on=date(2026, 12, 24)).values()), "ended once"


def test_what_never_came_into_force_is_deleted(pack: Path) -> None:
    future = (
        '\n[[limit]]\nkey = "leak.call"\namount = 5\nunit = "hours"\ncitation = "x"\nvalid_from = 2027-01-01\n'
    )
    limits = pack / "limits.toml"
    original = limits.read_text(encoding="utf-8")
    limits.write_text(original + future, encoding="utf-8")
    apply_pack(pack, on=ON)
    limits.write_text(original, encoding="utf-8")
    assert apply_pack(pack, on=ON)["limits"] == Counts(unchanged=3, retired=1)
    assert not LimitRow.objects.filter(key="leak.call").exists()


def test_a_section_without_its_file_is_left_alone(pack: Path) -> None:
    apply_pack(pack, on=ON)
    (pack / "limits.toml").unlink()
    assert "limits" not in apply_pack(pack, on=ON)
    assert LimitRow.objects.count() == 3


def test_a_pack_that_leaves_out_what_the_database_does_not_have_either_is_refused(pack: Path) -> None:
    (pack / "limits.toml").unlink()
    with pytest.raises(PackInvalid, match=r"limits.toml, key: found —, expected “leak.accept”, which is needed"):
        apply_pack(pack, on=ON)
    assert not Area.objects.exists()


def test_a_faulty_pack_changes_nothing(pack: Path) -> None:
    edit(pack, "limits.toml", "amount = 3", "amount = 0")
    with pytest.raises(PackInvalid, match=r"limits.toml, limit 2, amount: found “0”, expected more than 0"):
        apply_pack(pack, on=ON)
    assert not Area.objects.exists()


def test_what_the_database_refuses_undoes_everything(pack: Path) -> None:
    apply_pack(pack, on=ON)
    edit(pack, "areas.csv", "街道,subdistrict,990101000000", "河边街道,subdistrict,990102000000")
    edit(pack, "areas.csv", "小城市", "大城市")
    with pytest.raises(PackInvalid, match="河边街道 990101001000 cannot move to 990102000000"):
        apply_pack(pack, on=ON)
    assert get_area("9901").name == "小城市"


def test_an_earlier_first_day_may_not_overlap_what_was_in_force(pack: Path) -> None:
    """The row of before ends yesterday; a row from an earlier day on would hold at the same time."""
    apply_pack(pack, on=ON)
    edit(pack, "limits.toml", 'area = "990101000000"\namount = 2\nunit = "working_days"\ncitation = "新区规定"\n'
         "valid_from = 2026-01-01", 'area = "990101000000"\namount = 2\nunit = "working_days"\n'
         'citation = "新区规定"\nvalid_from = 2025-06-01')  # fmt: skip
    with pytest.raises(PackInvalid, match="expected a first day after"):
        apply_pack(pack, on=ON)
    assert LimitRow.objects.get(citation="新区规定").valid_from == date(2026, 1, 1)


def test_an_export_is_a_fixed_point(pack: Path, tmp_path: Path) -> None:
    apply_pack(pack, on=ON)
    first, second = tmp_path / "first", tmp_path / "second"
    written = export_pack(pack, to=first, on=ON)
    assert {path.name for path in written} == set(contents(pack))
    assert all(counts.is_nothing for counts in apply_pack(first, on=ON).values())
    export_pack(first, to=second, on=ON)
    assert contents(first) == contents(second)


def test_what_is_edited_in_the_database_comes_back_as_files(pack: Path, tmp_path: Path) -> None:
    apply_pack(pack, on=ON)
    Term.objects.filter(code="use").update(zh="使用不当", valid_to=date(2026, 6, 30))
    Term.objects.create(catalogue="leak.cause", code="age", zh="老化", en="Ageing", area=get_area("9901"), sort=30,
                        valid_from=date(2026, 7, 1))  # fmt: skip
    LimitRow.objects.filter(amount=2).update(amount=4, unit=Unit.CALENDAR_DAYS, roll=Roll.FORWARD, verified=True)
    Area.objects.filter(code="990101001000").update(name="河边街道")
    exported = tmp_path / "exported"
    export_pack(pack, to=exported, on=ON)
    terms = (exported / "terms.csv").read_text(encoding="utf-8")
    assert "leak.cause,20,use,,使用不当,Use,,据通报,2020-01-01,2026-06-30\n" in terms
    assert "leak.cause,30,age,,老化,Ageing,,,2026-07-01,\n" in terms
    assert 'unit = "calendar_days"\nroll = "forward"' in (exported / "limits.toml").read_text(encoding="utf-8")
    assert "河边街道" in (exported / "areas.csv").read_text(encoding="utf-8")
    assert all(counts.is_nothing for counts in apply_pack(exported, on=ON).values())
    assert not apply_pack(pack, on=ON)["terms"].is_nothing, "the old files say something else"


def test_an_export_counts_its_totals_anew(pack: Path, tmp_path: Path) -> None:
    apply_pack(pack, on=ON)
    Term.objects.create(catalogue="leak.cause", code="age", zh="老化", en="Ageing", area=get_area("9901"),
                        valid_from=date(2026, 7, 1))  # fmt: skip
    export_pack(pack, to=tmp_path / "exported", on=ON)
    assert '"leak.cause" = 3' in (tmp_path / "exported" / "pack.toml").read_text(encoding="utf-8")


def test_two_packs_leave_each_other_alone(pack: Path) -> None:
    load_pack("national")
    apply_pack(pack, on=ON)
    assert all(counts.is_nothing for counts in load_pack("national").values())
    assert all(counts.is_nothing for counts in apply_pack(pack, on=ON).values())


def test_the_shipped_packs_come_back_byte_by_byte(tmp_path: Path) -> None:
    for name in list_shipped_packs():
        load_pack(name, on=ON)
    for name in list_shipped_packs():
        assert all(counts.is_nothing for counts in load_pack(name, on=ON).values())
        export_pack(name, to=tmp_path / name, on=ON)
        assert contents(tmp_path / name) == contents(find_pack(name))


def test_a_store_bound_by_another_app_takes_part(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_sections, "jurisdictions", _sections["jurisdictions"])
    kept: dict[tuple[str, str, str], JurisdictionRow] = {}

    def key(row: JurisdictionRow) -> tuple[str, str, str]:
        return row.organization, row.area, row.domain

    store = Store[JurisdictionRow](
        read=lambda scope: kept.values(),
        save=lambda scope, rows: kept.update({key(row): row for row in rows}),
        remove=lambda scope, rows: [kept.pop(key(row)) for row in rows] and None,
        end=deleted,
    )
    bind_store("jurisdictions", store)
    assert apply_pack(pack, on=ON)["jurisdictions"] == Counts(created=2)
    edit(pack, "jurisdictions.csv", "small-housing,990100000000,housing\n", "")
    assert apply_pack(pack, on=ON)["jurisdictions"] == Counts(unchanged=1, retired=1)
    assert [row.organization for row in kept.values()] == ["small-new-housing"]
