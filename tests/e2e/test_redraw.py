"""Anybody re-runs a draw in the browser: nothing is sent, and what was changed is found."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.conftest import DESKTOP, PHONE, Enter
from e2e.test_pages import LOOKS
from e2e.visitor import Visitor
from unit.assets.draws.sample import FILE, sample, written

ADDRESS = "/draws/verify/"
FILES = {
    "名单.csv": "id,stratum,size\r\n甲厂,食品,3\r\n乙厂,食品,1\r\n丙厂,食品,2\r\n",
    "检查人员.csv": "name,visits\r\n张,2\r\n李,2\r\n",
    "回避.csv": "name,id\r\n张,甲厂\r\n",
    "plan.json": '{"n": {"食品": 2}, "inspectors_per_visit": 1}',
}  # fmt: skip


def bring(citizen: Visitor, bundle: dict[str, Any]) -> None:
    """Chooses a bundle."""
    content = {"name": "draw.json", "mimeType": "application/json", "buffer": written(bundle).encode()}
    citizen.page.locator("#id_bundle").set_input_files([content])  # type: ignore[list-item]


def line(citizen: Visitor, name: str) -> str:
    """What a line of the verification says."""
    return citizen.page.locator(f"[data-check={name}]").inner_text()


@LOOKS
def test_the_made_up_draw_agrees(enter: Enter, width: int, language: str) -> None:
    citizen = enter(width=width, language=language)
    citizen.go("/")
    citizen.page.locator("header nav a[href='/draws/verify/']").click()
    citizen.page.locator("[data-sample]").click()
    expect(citizen.page.locator("[data-summary] .zc-alert[data-tone=done]")).to_be_visible()
    expect(citizen.page.locator("#outcome")).to_be_focused()
    expect(citizen.page.locator("[data-check] .zc-state[data-tone=done]")).to_have_count(13)
    expect(citizen.page.locator("[data-region=simulated]")).to_be_visible()
    citizen.look()


@LOOKS
def test_lists_are_paged_by_the_keyboard(enter: Enter, width: int, language: str) -> None:
    citizen = enter(width=width, language=language)
    citizen.go(ADDRESS)
    bring(citizen, sample())
    first = citizen.page.locator("[data-list=selected] tbody tr").first
    expect(first).to_contain_text(sample()["result"]["selected"][0])
    citizen.page.locator("[data-list=reserve] [data-go=on]").focus()
    citizen.page.keyboard.press("Enter")
    names = [ticket["id"] for ticket in sample()["result"]["tickets"] if not ticket["selected"]]
    shown = citizen.page.locator("[data-list=reserve] tbody th")
    expect(shown.first).to_have_text(names[10])
    assert shown.all_inner_texts() == names[10:20]
    citizen.look()


@LOOKS
def test_a_changed_row_is_named(enter: Enter, width: int, language: str) -> None:
    citizen = enter(width=width, language=language)
    citizen.go(ADDRESS)
    bundle = sample()
    unit = next(ticket["id"] for ticket in bundle["result"]["tickets"] if ticket["lam"] != "1")
    at = next(at for at, row in enumerate(bundle["roster"]) if row[0] == unit)
    bundle["roster"][at][2] = "0.5"
    bring(citizen, bundle)
    expect(citizen.page.locator("[data-summary] .zc-alert[data-tone=wrong]")).to_be_visible()
    assert f"{at + 2} ({unit})" in line(citizen, "frame") or f"{at + 2} 行（{unit}）" in line(citizen, "frame")
    expect(citizen.page.locator("[data-check] .zc-state[data-tone=wrong]")).to_have_count(1)
    citizen.look()


def test_a_space_that_the_commitment_does_not_bind_is_told(enter: Enter) -> None:
    citizen = enter(width=PHONE)
    citizen.go(ADDRESS)
    bring(citizen, sample())
    expect(citizen.page.locator("[data-region=lines]")).to_be_visible()
    expect(citizen.page.locator("[data-region=open]")).to_be_hidden()
    bundle = sample()
    bundle["roster"][3][0] += " "
    bring(citizen, bundle)
    expect(citizen.page.locator("[data-open]")).to_contain_text(f"“{bundle['roster'][3][0]}”")
    assert "agrees" in line(citizen, "commitment").lower()
    citizen.look()


def test_a_commitment_of_before_is_compared_as_soon_as_it_is_typed(enter: Enter) -> None:
    citizen = enter(width=PHONE)
    citizen.go(ADDRESS)
    bring(citizen, sample())
    expect(citizen.page.locator("[data-check=beforehand]")).to_contain_text("Not checked")
    field = citizen.page.locator("#id_beforehand")
    field.fill("00")
    field.press("Tab")
    expect(citizen.page.locator("[data-check=beforehand]")).to_contain_text("Differs")
    field.fill(sample()["result"]["commitment"])
    field.press("Tab")
    expect(citizen.page.locator("[data-check=beforehand]")).to_contain_text("Agrees")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG", "draw.json is not in UTF-8"), (b"id,stratum\n", "draw.json cannot be read as JSON"),
        (b"{}", "draw.json is no bundle of a draw"),
        (json.dumps({"commitment": "0"}).encode(), "draw.json holds a result alone"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_bundle_is_refused(enter: Enter, content: bytes, said: str) -> None:
    citizen = enter(width=PHONE)
    citizen.go(ADDRESS)
    bring(citizen, sample())
    expect(citizen.page.locator("[data-checks]")).to_be_visible()
    chosen = {"name": "draw.json", "mimeType": "application/json", "buffer": content}
    citizen.page.locator("#id_bundle").set_input_files([chosen])  # type: ignore[list-item]
    expect(citizen.page.locator("[data-summary]")).to_contain_text(said)
    expect(citizen.page.locator("[data-checks]")).to_be_hidden()
    expect(citizen.page.locator("[data-list=selected]")).to_be_hidden()
    citizen.look()


def test_the_four_files_give_a_result_that_is_saved_as_defined(enter: Enter, tmp_path: Path) -> None:
    citizen = enter(width=DESKTOP)
    citizen.go(ADDRESS)
    citizen.page.locator("details[data-four] summary").click()
    citizen.page.locator("form[data-files] button[type=submit]").click()
    expect(citizen.page.locator("[data-summary]")).to_contain_text("Still missing: Roster, Inspectors")
    names = dict(zip(("roster", "inspectors", "conflicts", "plan"), FILES, strict=True))
    for part, name in names.items():
        (tmp_path / name).write_text(FILES[name], encoding="utf-8", newline="")
        citizen.page.locator(f"#id_{part}").set_input_files(tmp_path / name)
    citizen.page.locator("#id_randomness").fill("00FF")
    citizen.page.locator("form[data-files] button[type=submit]").click()
    expect(citizen.page.locator("[data-check=seed]")).to_contain_text("Computed")
    with citizen.page.expect_download() as saving:
        citizen.page.locator("[data-save]").click()
    saved = Path(saving.value.path()).read_text(encoding="utf-8")
    found = json.loads(saved)
    assert json.dumps(found, indent=1, ensure_ascii=False) == saved
    assert len(found["selected"]) == 2
    assert set(found["assignment"]) == set(found["selected"])
    citizen.look()


def test_files_that_are_dropped_find_their_places(enter: Enter) -> None:
    citizen = enter(width=DESKTOP)
    citizen.go(ADDRESS)
    dropped = citizen.page.evaluate_handle(
        """(files) => {
          const transfer = new DataTransfer();
          for (const [name, text] of Object.entries(files)) transfer.items.add(new File([text], name));
          return transfer;
        }""",
        FILES,
    )
    citizen.page.locator("#id_randomness").evaluate("(field) => { field.value = '00ff'; }")
    citizen.page.locator("[data-drop]").dispatch_event("drop", {"dataTransfer": dropped})
    expect(citizen.page.locator("[data-check=commitment]")).to_contain_text("Computed")


def test_it_works_without_a_network_once_it_is_open(enter: Enter) -> None:
    citizen = enter(width=PHONE)
    citizen.go(ADDRESS)
    citizen.page.wait_for_load_state("networkidle")
    sent: list[str] = []
    citizen.page.context.set_offline(True)
    citizen.page.on("request", lambda request: sent.append(request.url))
    citizen.page.locator("#id_bundle").set_input_files(FILE)
    expect(citizen.page.locator("[data-summary] .zc-alert[data-tone=done]")).to_be_visible()
    assert not [url for url in sent if not url.startswith("data:")]


def test_without_script_it_says_what_is_needed(enter: Enter) -> None:
    citizen = enter(width=PHONE, script=False)
    citizen.page.goto(ADDRESS)
    citizen.sees("needs JavaScript", "python redraw.py")
    assert citizen.page.locator("a[download='redraw.py']").count() == 1, "named as the command names it"
    assert not citizen.page.locator("[data-island=draw-verifier]").is_visible()
