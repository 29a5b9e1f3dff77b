"""The papers of market, tourism, hazards and farm products say what the step decided, and cite what was read."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from zhicheng.cases.api import Case
from zhicheng.cases.kinds import kind_of
from zhicheng.core.access import Domain, Role
from zhicheng.ground.access.api import list_competent_bodies
from zhicheng.ground.documents.api import Document, Paper, paper_of, pdf_of

from .conftest import City
from .test_other_kinds import opened, step

__all__ = ["opened"]
Open = Callable[..., Case]
TITLE = "过期商品 · 荆河街道"


def said(case: Case, form: str) -> str:
    """Everything that the paper of this form says."""
    document = Document.objects.select_related("content").get(subject_id=case.id, form=form)
    paper: Paper = paper_of(document)
    lines = (f"{line.label} {line.value}" for block in paper.blocks for line in block.lines)
    texts = (f"{one.heading} {one.text}" for one in paper.blocks)
    return "\n".join([paper.title, paper.number, paper.addressee, *texts, *lines])


def test_a_rejection_names_its_item_and_all_of_them(opened: Open, now: datetime) -> None:
    case = opened("market.category", "no_refund", now)
    step(case, "market_complaint", "reject", Role.CLERK, now, ground="not_consumer", reason="购买三百件转售")
    paper = said(case, "market_rejection")
    assert "投诉不予受理决定书" in paper
    assert "属以下第〔三〕项情形，依据《市场监督管理投诉举报处理办法》第十六条的规定" in paper
    assert paper.count("（一）") == paper.count("（七）") == 1
    assert "（八）" not in paper
    assert "《中华人民共和国消费者权益保护法》第三十九条" in paper


def test_a_matter_of_order_20_is_ended_with_its_article_and_items(opened: Open, now: datetime) -> None:
    before = now.replace(month=4, day=10)
    case = opened("market.category", "no_refund", before)
    step(case, "market_complaint", "accept", Role.CLERK, before)
    late = before + timedelta(days=30)
    step(case, "market_complaint", "terminate", Role.OFFICER, late, ground="absent", reason="被投诉人拒绝")
    paper = said(case, "market_termination")
    assert "第〔三〕项情形，依据《市场监督管理投诉举报处理暂行办法》第二十一条的规定" in paper
    assert "四十五个工作日" in paper
    assert "死亡" not in paper


def test_the_papers_of_a_mediation_name_both_parties(opened: Open, city: City, now: datetime) -> None:
    case = opened("food.category", "spoiled", now)
    kind = "market_complaint"
    asked = {"asked_for": "identity", "asked_until": date(2026, 11, 30), "missing": "身份证复印件"}
    step(case, kind, "ask", Role.CLERK, now, **asked)
    assert "实施条例》第四十六条第一款" in said(case, "market_identity_request")
    step(case, kind, "accept", Role.CLERK, now)
    assert "第十五条" in said(case, "market_acceptance")
    step(case, kind, "name", Role.OFFICER, now, company=city.builder.id)
    call = {"mode": "on_site", "mediated_on": date(2026, 11, 30), "place": "9时，二楼", "mediator": "赵六"}
    step(case, kind, "arrange", Role.OFFICER, now, **call)
    notice = said(case, "market_mediation_notice")
    assert "王五、builder" in notice
    assert "现场调解" in notice
    step(case, kind, "agree", Role.OFFICER, now, agreed_on=date(2026, 11, 23), agreement="退一赔三")
    agreement = said(case, "market_agreement")
    assert "投诉请求 退款" in agreement
    assert "退一赔三" in agreement
    document = Document.objects.get(subject_id=case.id, form="market_agreement")
    assert document.addressee_id == city.builder.id


@pytest.mark.parametrize(
    ("opened_on", "form", "law"),
    [
        (date(2026, 4, 10), "market_report_not_filed", "第三十一条"),
        (date(2026, 11, 23), "market_report_result", "食品安全法"),
    ],
)
def test_a_reporter_is_told_why_no_case_is_filed(
    opened: Open, now: datetime, opened_on: date, form: str, law: str
) -> None:
    then = now.replace(month=opened_on.month, day=opened_on.day)
    case = opened("food.category", "food_label", then, kinds=(kind_of("market_report"),))
    kind = "market_report"
    step(case, kind, "investigate", Role.CLERK, then)
    step(case, kind, "request_drop", Role.OFFICER, then, ground="minor", reason="已下架改正")
    step(case, kind, "drop", Role.LEADER, then)
    told: dict[str, Any] = {"told_on": opened_on, "told_by": "letter"}
    step(
        case,
        kind,
        "tell",
        Role.OFFICER,
        then,
        **told,
        **({"basis": "《食品安全法》第一百一十五条"} if law == "食品安全法" else {}),
    )
    paper = said(case, form)
    assert "违法行为轻微并及时改正，没有造成危害后果" in paper
    assert "已下架改正" in paper
    assert law in paper
    assert Document.objects.get(subject_id=case.id, form=form).readers == ["reporter"]


def test_tourism_papers_cite_nothing(opened: Open, city: City, now: datetime) -> None:
    case, kind = opened("tourism.category", "itinerary", now), "tourism_complaint"
    step(case, kind, "accept", Role.CLERK, now)
    step(case, kind, "notify", Role.OFFICER, now, company=city.builder.id)
    step(case, kind, "answer", Role.OFFICER, now, answer="已说明")
    step(case, kind, "terminate", Role.OFFICER, now, ground="no_agreement", reason="差距较大")
    for form in ("tourism_notice", "tourism_termination"):
        assert "《" not in said(case, form)
        assert "第二十五条" not in said(case, form)


@pytest.mark.parametrize("joint", [False, True])
def test_a_tourism_agreement_names_who_represents_a_joint_complaint(
    opened: Open, now: datetime, joint: bool
) -> None:
    case, kind = opened("tourism.category", "itinerary", now), "tourism_complaint"
    step(case, kind, "accept", Role.CLERK, now)
    if joint:
        step(case, kind, "represent", Role.CLERK, now, how_many="four_or_more", representatives="王五 赵六，孙七")
    step(case, kind, "proceed", Role.OFFICER, now, answer="已听取")
    agreed = {"agreed_on": date(2026, 11, 23), "manner": "mediated", "agreement": "退款", "all_consent": "yes"}
    step(case, kind, "agree", Role.OFFICER, now, **agreed)
    paper = said(case, "tourism_agreement")
    assert ("本投诉为共同投诉" in paper) is joint
    assert ("推选王五、赵六、孙七为代表" in paper) is joint
    assert "\n王五\n" in paper, "nobody else was named"


def test_a_stop_cites_the_safety_law_and_names_what_is_stopped(opened: Open, city: City, now: datetime) -> None:
    case, kind = opened("hazards.category", "crane", now), "hazard"
    step(case, kind, "accept", Role.CLERK, now)
    given = {"company": city.builder.id, "checked_on": date(2026, 11, 23), "finding": "三号塔吊限位失效。",
             "stop": "停止使用三号塔吊"}  # fmt: skip
    step(case, kind, "stop", Role.OFFICER, now, **given)
    paper = said(case, "hazard_stop")
    assert "《中华人民共和国安全生产法》第六十五条第一款第三项" in paper
    assert "停止使用三号塔吊" in paper
    assert "：三号塔吊限位失效。隐患排除前" in paper
    step(case, kind, "request_pursue", Role.OFFICER, now, authority="市应急管理局", reason="拒不执行")
    step(case, kind, "pursue", Role.LEADER, now)
    referral = said(case, "referral_letter")
    assert "市应急管理局" in referral
    assert "拒不执行" in referral
    assert "有关单位或者个人：builder" in referral


def test_a_correction_states_what_was_found(opened: Open, city: City, now: datetime) -> None:
    case, kind = opened("agriculture.category", "no_certificate", now, title=TITLE), "agricultural_product"
    step(case, kind, "accept", Role.CLERK, now)
    step(
        case, kind, "order", Role.OFFICER, now, company=city.builder.id, checked_on=date(2026, 11, 23),
        finding="二十箱芹菜未开具合格证", due_on=date(2026, 11, 30), requirement="补开合格证",
    )  # fmt: skip
    paper = said(case, "correction_order")
    assert "未开具承诺达标合格证）：二十箱芹菜未开具合格证。" in paper
    assert TITLE not in paper


@pytest.mark.parametrize(("asked_for", "papers"), [("identity", 1), ("materials", 0)])
def test_proof_of_identity_is_asked_for_by_its_form_and_nothing_else_is(
    opened: Open, now: datetime, asked_for: str, papers: int
) -> None:
    """A receipt that is missing is no proof of identity, and the regulation that the form quotes asks for none."""
    case = opened("food.category", "food_expired", now)
    given = {"asked_for": asked_for, "asked_until": date(2026, 11, 30), "missing": "购物凭证"}
    step(case, "market_complaint", "ask", Role.CLERK, now, **given)
    assert Document.objects.filter(subject_id=case.id, form="market_identity_request").count() == papers


def test_the_police_are_told_of_the_reporter_and_not_of_the_trader(
    opened: Open, city: City, now: datetime
) -> None:
    """Order 121 §42: fraud and extortion by whoever complains; the trader is who it was tried on."""
    case, kind = opened("food.category", "food_expired", now, respondent="某百货"), "market_complaint"
    step(case, kind, "accept", Role.CLERK, now)
    step(case, kind, "name", Role.OFFICER, now, company=city.builder.id)
    step(case, kind, "request_report_fraud", Role.OFFICER, now, reason="自带过期食品调包")
    step(case, kind, "report_fraud", Role.LEADER, now)
    letter = said(case, "referral_letter")
    assert "公安机关" in letter
    assert "有关单位或者个人：王五" in letter
    assert "builder" not in letter
    assert "某百货" not in letter


def test_papers_say_who_and_what_and_never_the_title_of_a_screen(opened: Open, city: City, now: datetime) -> None:
    case, kind = opened("food.category", "food_expired", now, title=TITLE, respondent="某百货"), "market_complaint"
    asked = {"asked_for": "identity", "asked_until": date(2026, 11, 30), "missing": "身份证复印件"}
    step(case, kind, "ask", Role.CLERK, now, **asked)
    step(case, kind, "accept", Role.CLERK, now)
    assert "收到你对某百货关于超过保质期的投诉" in said(case, "market_acceptance")
    step(case, kind, "name", Role.OFFICER, now, company=city.builder.id)
    call = {"mode": "on_site", "mediated_on": date(2026, 11, 30), "place": "9时，二楼", "mediator": "赵六"}
    step(case, kind, "arrange", Role.OFFICER, now, **call)
    assert "王五对builder关于超过保质期的投诉" in said(case, "market_mediation_notice")
    step(case, kind, "terminate", Role.OFFICER, now, ground="absent", reason="拒绝调解")
    assert "经审查，王五对builder关于超过保质期的投诉" in said(case, "market_termination")
    forms = set(Document.objects.filter(subject_id=case.id).values_list("form", flat=True))
    assert len(forms) == 4
    assert not [form for form in forms if TITLE in said(case, form)]


def test_an_anonymous_report_is_handed_on_as_a_report(opened: Open, city: City, now: datetime) -> None:
    case = opened(
        "market.category", "counterfeit", now, kinds=(kind_of("market_report"),), title=TITLE, respondent="某百货",
        reporter_name="", reporter_phone="", told={},
    )  # fmt: skip
    superior = list_competent_bodies(city.town.path, Domain.MARKET, now.date())[1]
    step(case, "market_report", "transfer", Role.CLERK, now, body=superior, why="to_superior")
    letter = said(case, "market_distribution")
    assert "现转去举报人于2026年11月23日提出的对某百货关于假冒伪劣商品的举报（编号" in letter
    assert "经审查，需由上级部门办理。请你局依法予以处理，并将处理结果告知我局。" in letter
    assert "报告我局" not in letter, "nobody has their superior report to them"
    paper = paper_of(Document.objects.get(subject_id=case.id, form="market_distribution"))
    assert paper.notes == (), "the form's own note says that it goes down"
    assert TITLE not in letter


def test_what_comes_down_again_is_distributed(opened: Open, city: City, now: datetime) -> None:
    case, kind = opened("market.category", "counterfeit", now), "market_complaint"
    below, above = list_competent_bodies(city.town.path, Domain.MARKET, now.date())[:2]
    step(case, kind, "transfer", Role.CLERK, now, body=above, why="to_superior")
    step(case, kind, "contest", Role.CLERK, now, body=below, reason="属县级管辖")
    step(case, kind, "transfer", Role.CLERK, now, body=below, why="other_area")
    letter = Document.objects.filter(subject_id=case.id, form="market_distribution").latest("id")
    texts = [block.text for block in paper_of(letter).blocks]
    assert "依法予以处理，并将处理结果报告我局。" in texts[1]
    assert len(texts) == 2
    assert "分送下级市场监督管理部门" in paper_of(letter).notes[0]


@pytest.mark.parametrize("reported", [False, True])
def test_an_agreement_says_what_was_told_unless_it_is_a_report_too(
    opened: Open, now: datetime, reported: bool
) -> None:
    kind = "market_complaint"
    kinds = tuple(kind_of(one) for one in (kind, *(["market_report"] if reported else [])))
    case = opened("market.category", "no_refund", now, kinds=kinds, title=TITLE)
    step(case, kind, "accept", Role.CLERK, now)
    step(case, kind, "lead", Role.OFFICER, now, content="未明码标价")
    step(case, kind, "agree", Role.OFFICER, now, agreed_on=date(2026, 11, 23), agreement="退一赔三")
    told = "不予退换货或退款" if reported else "请依法处理此事。"
    assert f"投诉内容 {told}\n" in said(case, "market_agreement")


def test_a_tourism_notice_tells_the_respondent_what_was_told(opened: Open, city: City, now: datetime) -> None:
    case, kind = opened("tourism.category", "itinerary", now, title=TITLE), "tourism_complaint"
    step(case, kind, "accept", Role.CLERK, now)
    step(case, kind, "notify", Role.OFFICER, now, company=city.builder.id)
    notice = said(case, "tourism_notice")
    assert "王五对你单位关于擅自变更行程的旅游投诉" in notice
    assert "投诉内容 请依法处理此事。" in notice
    assert TITLE not in notice


def test_every_paper_can_be_set(opened: Open, now: datetime, settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    case = opened("market.category", "no_refund", now)
    step(case, "market_complaint", "reject", Role.CLERK, now, ground="too_late", reason="2019年购买")
    document = Document.objects.get(subject_id=case.id)
    assert pdf_of(document, now=now)


def test_a_hazard_that_is_not_taken_up_was_reported_and_not_complained_of(opened: Open, now: datetime) -> None:
    for name, addressed in (("王五", "王五"), ("", "报告人")):
        case = opened("hazards.category", "fire_exit", now, reporter_name=name)
        step(case, "hazard", "reject", Role.CLERK, now, ground="hz_unclear", reason="没有写明哪一栋楼")
        paper = said(case, "hazard_rejection")
        assert "隐患报告不予受理告知书" in paper
        assert "报告的隐患" in paper
        assert "地点或者内容不明，无法核查" in paper
        assert "没有写明哪一栋楼" in paper
        assert f"\n{addressed}\n" in paper
        assert "投诉" not in paper
