"""Goods: a complaint and a report of one purchase, sent at one door and handled each by its own rule."""

from e2e.city import COUNTY, City
from e2e.conftest import DESKTOP, PHONE, Enter
from e2e.parts import Kept, follow, in_days, open_from_inbox, received
from e2e.visitor import Visitor, field

COMPLAINT, REPORT = "market_complaint", "market_report"
OK = 200
NOT_A_CONSUMER = "Not bought or used for daily life"
FACTS = "在某超市购买的熟食有异味，标签日期被涂改。"


def test_one_purchase_is_mediated_and_its_breach_verified(city: City, enter: Enter, width: int) -> None:
    citizen = enter(width=width)
    kept = complain(citizen, city, COMPLAINT, REPORT)
    clerk, officer = enter("market-clerk", width=width), enter("market-officer", width=width)
    open_from_inbox(clerk, kept)
    clerk.take(clerk.step("Accept"))
    clerk.take(clerk.step("Take up for verification"))
    clerk.sees("Being verified")
    mediate(officer, kept)
    follow(citizen, kept)
    citizen.sees("Market complaint", "Market report", "Settled by agreement", "Being verified")
    citizen.sees("Decision to accept a complaint")


def test_a_complaint_is_rejected_with_its_ground_and_a_paper(city: City, enter: Enter) -> None:
    citizen = enter(width=PHONE)
    kept = complain(citizen, city, COMPLAINT)
    clerk = enter("market-clerk", width=PHONE)
    open_from_inbox(clerk, kept)
    form = clerk.step("Reject")
    field(form, "reason").fill("所购设备用于经营，发票抬头为公司。")
    clerk.take(form, surely=True)
    clerk.sees("“Ground” is missing.")
    form = clerk.step("Reject")
    assert field(form, "reason").input_value().startswith("所购设备")
    field(form, "ground").select_option(value="not_consumer")
    clerk.take(form, surely=True)
    clerk.sees("Done: Reject")
    follow(citizen, kept)
    citizen.sees("Rejected", NOT_A_CONSUMER, "所购设备用于经营", "Decision to reject a complaint")
    is_a_paper(citizen)


def test_a_report_becomes_a_penalty_case(city: City, enter: Enter) -> None:
    citizen = enter(width=PHONE)
    kept = complain(citizen, city, REPORT)
    clerk, officer, leader = (enter(f"market-{role}", width=DESKTOP) for role in ("clerk", "officer", "leader"))
    open_from_inbox(clerk, kept)
    clerk.take(clerk.step("Take up for verification"))
    open_from_inbox(officer, kept)
    form = officer.step("File a penalty case")
    field(form, "breach").fill("涉嫌经营标注虚假生产日期的食品。")
    officer.take(form, surely=True)
    officer.sees("Done: File a penalty case (needs approval)")
    open_from_inbox(leader, kept)
    leader.sees("涉嫌经营标注虚假生产日期的食品。")
    leader.take(leader.step("File a penalty case"), surely=True)
    leader.stands("Case filed, reporter to be told")
    open_from_inbox(officer, kept)
    form = officer.step("Record that the reporter was told the result")
    field(form, "basis").fill("《食品安全法》第一百一十五条")
    field(form, "told_on").fill(in_days(0))
    form.get_by_label("Telephone", exact=True).check()
    officer.take(form)
    officer.stands("Awaiting call-back")
    follow(citizen, kept)
    citizen.sees("Filed as a penalty case")
    citizen.sees_not("涉嫌经营标注虚假生产日期的食品。")


def is_a_paper(citizen: Visitor) -> None:
    """The citizen's copy of the paper is a PDF."""
    with citizen.page.expect_response("**/papers/*/") as answer:
        citizen.page.get_by_role("button", name="PDF", exact=True).click()
    assert answer.value.status == OK
    assert answer.value.headers["content-type"] == "application/pdf"


def complain(citizen: Visitor, city: City, *kinds: str) -> Kept:
    """Asks for the money back, reports the breach, or both, at the door for goods."""
    page = citizen.page
    citizen.go("/zaozhuang/complain/goods/")
    page.locator("#id_county").select_option(label=COUNTY)
    page.locator("#id_township").select_option(label=city.township)
    for kind in (COMPLAINT, REPORT):
        page.locator(f"input[name=kinds][value={kind}]").set_checked(kind in kinds)
    page.locator("#id_category").select_option(value="spoiled")
    page.locator("#id_description").fill(FACTS)
    page.locator("#id_respondent").fill("某超市")
    page.locator("#id_told-demand").fill("退款并赔偿。")
    page.locator("#id_name").fill("王明")
    page.locator("#id_phone").fill("13800000000")
    citizen.press("Send complaint or report")
    return received(citizen, "We have your report" if kinds == (REPORT,) else "We have your complaint")


def mediate(officer: Visitor, kept: Kept) -> None:
    """Calls the parties together and records what they agreed; each call is a paper."""
    open_from_inbox(officer, kept)
    form = officer.step("Call the parties to mediation")
    form.get_by_label("On the spot", exact=True).check()
    field(form, "mediated_on").fill(in_days(0))
    field(form, "place").fill("9时，本局调解室")
    field(form, "mediator").fill("赵六")
    officer.take(form)
    form = officer.step("Record an agreement without a paper")
    field(form, "agreed_on").fill(in_days(0))
    form.get_by_label("Fulfilled at once").check()
    field(form, "agreement").fill("退款三十八元，当场履行。")
    officer.take(form)
    officer.sees("Settled by agreement", "Call to mediation")
