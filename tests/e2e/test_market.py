"""Goods: a complaint and a report of one purchase, sent at one door and handled each by its own rule."""

from datetime import timedelta

from e2e.city import COUNTY, City
from e2e.conftest import Enter
from e2e.parts import Kept, follow, in_days, open_from_inbox, received
from e2e.visitor import Visitor, field
from zhicheng.core.access import Role
from zhicheng.ground import clock
from zhicheng.ground.access.models import Grant
from zhicheng.ground.proceedings.api import Proceeding

COMPLAINT, REPORT = "market_complaint", "market_report"
FACTS = "在某超市购买的熟食有异味，标签日期被涂改。"


def test_one_purchase_is_mediated_and_its_breach_verified(city: City, enter: Enter, width: int) -> None:
    citizen = enter(width=width)
    kept = complain(citizen, city)
    employ("clerk", Role.CLERK)
    employ("officer", Role.OFFICER)
    clerk, officer = enter("clerk", width=width), enter("officer", width=width)
    open_from_inbox(clerk, kept)
    clerk.take(clerk.step("Accept"))
    clerk.take(clerk.step("Take up for verification"))
    clerk.sees("Being verified")
    mediate(officer, kept)
    follow(citizen, kept)
    citizen.sees("Market complaint", "Market report", "Settled by agreement", "Being verified")
    citizen.sees("Decision to accept a complaint")


def complain(citizen: Visitor, city: City) -> Kept:
    """Asks for the money back and reports the breach, at the door for goods."""
    page = citizen.page
    citizen.go("/zaozhuang/complain/goods/")
    page.locator("#id_county").select_option(label=COUNTY)
    page.locator("#id_township").select_option(label=city.township)
    for kind in (COMPLAINT, REPORT):
        page.locator(f"input[name=kinds][value={kind}]").check()
    page.locator("#id_category").select_option(value="spoiled")
    page.locator("#id_description").fill(FACTS)
    page.locator("#id_respondent").fill("某超市")
    page.locator("#id_told-demand").fill("退款并赔偿。")
    page.locator("#id_name").fill("王明")
    page.locator("#id_phone").fill("13800000000")
    citizen.press("Send the complaint")
    return received(citizen)


def employ(username: str, role: Role) -> None:
    """Gives somebody of the demonstration a role at the body that holds the complaint."""
    body = Proceeding.objects.get(kind=COMPLAINT).holder_id
    user = Grant.objects.filter(user__username=username).first().user
    Grant.objects.create(user=user, role=role, organization_id=body, valid_from=clock.today() - timedelta(days=1))


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
