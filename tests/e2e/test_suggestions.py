"""Suggestions in a browser: a citizen takes one by a press; an officer confirms many by keyboard."""

from datetime import datetime

from e2e.city import City
from e2e.conftest import Enter
from zhicheng.cases.api import Case
from zhicheng.cases.importing.checking import HistoricalRow
from zhicheng.cases.importing.recording import origin_of, record_rows
from zhicheng.core.clock import LOCAL
from zhicheng.ground import clock
from zhicheng.ground.access.api import User, actor_for

TEXTS = (
    "卫生间顶板渗漏，墙面渗漏发霉。",
    "客厅墙面空鼓，敲击有空响。",
    "门口的树很高，想问问谁来管。",
)


def test_a_citizen_is_offered_categories_and_chooses(enter: Enter, width: int) -> None:
    page = (citizen := enter(width=width)).page
    citizen.go("/zaozhuang/complain/")
    page.locator("#id_description").press_sequentially("你好，我想问一下这个事情。", delay=2)
    page.wait_for_timeout(1_200)
    assert page.locator("[data-island=category-suggest] button").count() == 0
    page.locator("#id_description").fill("")
    page.locator("#id_description").press_sequentially(TEXTS[0], delay=2)
    page.locator("[data-island=category-suggest] button").first.wait_for()
    assert page.locator("#id_category").input_value() == "", "nothing is chosen by itself"
    citizen.look()
    page.locator("[data-island=category-suggest] button").first.press("Enter")
    assert page.locator("#id_category").input_value() == "leak"
    citizen.sees("Chosen:")


def test_an_officer_confirms_many_by_keyboard_alone(enter: Enter, city: City, width: int) -> None:
    user = User.objects.select_related("organization__area").get(username="officer")
    assert user.organization is not None
    actor = actor_for(user, clock.today())
    at = datetime(2019, 4, 25, 9, 32, tzinfo=LOCAL)
    rows = [HistoricalRow(n, f"LY2019{n:04}", f"留言 {n}", at, TEXTS[n % 3]) for n in range(6)]
    record_rows(rows, origin_of(user.organization, "wenzheng"), actor, clock.now())
    officer = enter("officer", width=width)
    officer.go("/desk/cases/historical/categories/")
    keys = officer.page.keyboard
    keys.press("1")
    keys.press("1")
    keys.press("Tab")
    for _ in range(2):
        keys.press("1")
    officer.look()
    with officer.page.expect_navigation():
        keys.press("Enter")
    officer.look()
    given = Case.objects.filter(historical=True, category__isnull=False).values_list("category__code", flat=True)
    assert sorted(given) == ["hollow", "hollow", "leak", "leak"]
