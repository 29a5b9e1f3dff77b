"""A purchase complained of as a home: re-filed, handled by the market administration, called back, reopened."""

from e2e.city import City
from e2e.conftest import PHONE, Enter
from e2e.parts import Kept, call, complain, follow, open_from_inbox
from e2e.visitor import Visitor, field

WHY = "买的是净水器，不是房屋质量问题。"


def test_a_purchase_filed_as_a_home_is_handled_as_what_it_is(city: City, enter: Enter, width: int) -> None:
    citizen, housing = enter(width=width), enter("clerk", width=width)
    kept = complain(citizen, city)
    refile(housing, kept)
    market = enter("market-clerk", width=width)
    open_from_inbox(market, kept)
    market.stands("Received, to be accepted")
    market.sees("Return, exchange or refund denied", "Re-file as another kind", WHY)
    form = market.step("Reject")
    field(form, "ground").select_option(value="not_consumer")
    field(form, "reason").fill("用于经营。")
    market.take(form, surely=True)
    follow(citizen, kept)
    citizen.sees("Housing quality complaint", "Handled on as a matter of another kind", WHY, "Water seepage")
    citizen.sees("Market complaint", "Decision to reject a complaint")
    call(enter("caller", width=width), kept)
    come_back(citizen, kept, market)


def refile(clerk: Visitor, kept: Kept) -> None:
    """Chooses a category of another kind first, is told so with what was typed kept, and puts it right."""
    open_from_inbox(clerk, kept)
    form = clerk.step("Re-file as another kind")
    form.get_by_label("Market complaint").check()
    field(form, "category").select_option(value="crane")
    field(form, "reason").fill(WHY)
    clerk.take(form, surely=True)
    clerk.sees("This is no category of “Market complaint”")
    form = clerk.step("Re-file as another kind")
    assert field(form, "reason").input_value() == WHY
    field(form, "category").select_option(value="no_refund")
    clerk.take(form, surely=True)
    clerk.sees("Done: Re-file as another kind", WHY)
    clerk.sees_not("Accept")


def come_back(citizen: Visitor, kept: Kept, market: Visitor) -> None:
    """What is reopened begins as what it became, and the market's clerk is shown that it came back and why."""
    follow(citizen, kept)
    form = citizen.step("Reopen")
    field(form, "reason").fill("确系自用。")
    citizen.take(form)
    citizen.sees("Reopened ·", "Why it was reopened", "确系自用。")
    open_from_inbox(market, kept)
    market.stands("Received, to be accepted")
    market.sees("Reopened ·", "确系自用。")


def test_a_category_is_corrected_and_the_old_one_kept(city: City, enter: Enter) -> None:
    citizen, clerk = enter(width=PHONE), enter("clerk", width=PHONE)
    kept = complain(citizen, city)
    open_from_inbox(clerk, kept)
    form = clerk.step("Correct the category")
    field(form, "category").select_option(value="wall_crack")
    field(form, "reason").fill("照片上是裂缝。")
    clerk.take(form)
    clerk.sees("Done: Correct the category", "Cracks in walls", "Category before", "Water seepage")
    follow(citizen, kept)
    citizen.sees("Correct the category", "照片上是裂缝。")
