"""What is wrong with the words and the quiet hours of a pack: file, table, key, what was found and expected."""

from pathlib import Path

import pytest

from unit.packs.small_pack import small_demands, write_pack
from zhicheng.ground.packs import demands
from zhicheng.ground.packs.api import check_pack

SOUND = {
    "template": "reported_moved", "process": "housing_quality", "step": "reject", "channel": "",
    "title_zh": "{number} 未予受理", "title_en": "{number} was refused",
    "text_zh": "理由见 {url}[，期限 {due}]", "text_en": "Reason: {url}[, until {due}]",
}  # fmt: skip
SMS = {**SOUND, "channel": "sms", "title_zh": "", "title_en": ""}


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(demands, "_sources", [small_demands])
    return write_pack(tmp_path / "smallcity")


def faults(pack: Path, *rows: dict[str, str]) -> list[str]:
    """What is wrong with the pack once it has these rows of words."""
    tables = ["[[notice]]\n" + "\n".join(f"{key} = '''{value}'''" for key, value in row.items()) for row in rows]
    (pack / "notices.toml").write_text("\n\n".join(tables), encoding="utf-8")
    return [str(problem) for problem in check_pack(pack)]


@pytest.mark.parametrize("row", [SOUND, SMS, {**SOUND, "step": ""}, {**SOUND, "process": ""}])
def test_sound_words_have_no_faults(pack: Path, row: dict[str, str]) -> None:
    assert faults(pack, row) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({**SOUND, "text_zh": "{name} 已受理"},
         "notices.toml, notice 1, text_zh: found {name}, expected only places that this template offers: {due}"),
        ({**SOUND, "title_en": "{phone}"},
         "notices.toml, notice 1, title_en: found {phone}, expected only places"),
        ({**SOUND, "text_en": "{number"},
         "notices.toml, notice 1, text_en: found “{number”, expected places like"),
        ({**SOUND, "text_en": "[always]"},
         "notices.toml, notice 1, text_en: found “[always]”, expected a place"),
        ({**SOUND, "title_en": ""}, "notices.toml, notice 1, title_en: found —, expected a title"),
        ({**SMS, "title_zh": "标题"},
         "notices.toml, notice 1, title_zh: found “标题”, expected nothing"),
        ({**SMS, "text_zh": "您" * 201},
         "notices.toml, notice 1, text_zh: found 4, expected at most 3 parts"),
        ({**SOUND, "template": "matter_gone"},
         "notices.toml, notice 1, template: found “matter_gone”, expected one"),
        ({**SOUND, "process": "housing"},
         "notices.toml, notice 1, process: found “housing”, expected one of"),
        ({**SOUND, "step": "verify_it"},
         "notices.toml, notice 1, step: found “verify_it”, expected a step that"),
        ({**SOUND, "template": "card_red", "text_zh": "{due}", "text_en": "{due}"},
         "notices.toml, notice 1, process: found housing_quality, expected nothing, because “card_red”"),
        ({**SOUND, "channel": "fax"}, "notices.toml, notice 1, channel: found “fax”, expected one of"),
        ({key: value for key, value in SOUND.items() if key != "text_en"},
         "notices.toml, notice 1, text_en: found —, expected a value"),
        ({**SOUND, "language": "en"},
         "notices.toml, notice 1, language: found “en”, expected no such column or key"),
        ({**SMS, "template": "webhook_disabled", "process": "", "step": "", "text_zh": "{account}",
          "text_en": "x {url}"},
         "notices.toml, notice 1, text_zh: found {account}, expected only what a text message may show"),
    ],
)  # fmt: skip
def test_a_fault_names_file_table_and_key(pack: Path, row: dict[str, str], fault: str) -> None:
    found = faults(pack, row)
    assert len(found) == 1, found
    assert found[0].startswith(fault)


def test_the_same_words_twice(pack: Path) -> None:
    (fault,) = faults(pack, SOUND, SOUND)
    assert fault.startswith("notices.toml, notice 2, template, process, step, channel")


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ('channel = "sms"\nbegins = 22:00:00\nends = 07:30:00\nexempt = ["hazard.stop"]', ""),
        ('channel = "sms"\nbegins = 22:00:00\nends = 07:30:00\nexempt = ["hazard.halt"]',
         "quiet_hours.toml, quiet 1, exempt: found “hazard.halt”, expected process.step of a step"),
        ('channel = "inbox"\nbegins = 22:00:00\nends = 07:30:00',
         "quiet_hours.toml, quiet 1, channel: found “inbox”"),
        ('channel = "sms"\nbegins = 22:00:00', "quiet_hours.toml, quiet 1, ends: found —, expected a value"),
        ('channel = "sms"\nbegins = "nine"\nends = 07:30:00',
         "quiet_hours.toml, quiet 1, begins: found “nine”"),
    ],
)  # fmt: skip
def test_quiet_hours(pack: Path, toml: str, fault: str) -> None:
    (pack / "quiet_hours.toml").write_text(f"[[quiet]]\n{toml}\n", encoding="utf-8")
    found = [str(problem) for problem in check_pack(pack)]
    assert len(found) == bool(fault)
    assert not fault or found[0].startswith(fault)
