"""The papers of decisions that end a matter at its beginning, or give it to somebody else."""

from datetime import date, datetime

import pytest

from zhicheng.cases.kinds import kind_of
from zhicheng.core.access import Domain, Role
from zhicheng.ground.access.api import Jurisdiction
from zhicheng.ground.documents.api import Document
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.proceedings.api import StepRefused

from .conftest import City
from .test_bounds import photograph
from .test_other_kinds import opened, step
from .test_other_papers import Open, said

__all__ = ["opened"]


def test_a_tourism_complaint_is_rejected_with_its_ground(opened: Open, now: datetime) -> None:
    case = opened("tourism.category", "itinerary", now, respondent="某旅行社")
    step(case, "tourism_complaint", "reject", Role.CLERK, now, ground="no_power", reason="合同在境外履行")
    paper = said(case, "tourism_rejection")
    assert "提出的对某旅行社关于擅自变更行程的旅游投诉" in paper
    assert "不属于旅游投诉处理机构职责范围或者管辖范围的。我单位决定不予受理" in paper
    assert "具体理由：合同在境外履行" in paper


def test_a_tourism_complaint_is_passed_on_to_a_body(opened: Open, city: City, now: datetime) -> None:
    case = opened("tourism.category", "itinerary", now)
    Jurisdiction.objects.create(organization=city.bureau, area=city.bureau.area, domain=Domain.TOURISM)
    forget_kept()
    given = {"body": city.bureau.id, "why": "to_local", "note": "附游客来信"}
    step(case, "tourism_complaint", "transfer", Role.CLERK, now, **given)
    paper = said(case, "tourism_transfer")
    assert "现将王五于2026年11月23日提出的关于擅自变更行程的旅游投诉" in paper
    assert "附言：附游客来信" in paper
    assert Document.objects.get(subject_id=case.id, form="tourism_transfer").addressee_id == city.bureau.id


def test_a_reporter_is_told_that_a_case_was_filed(opened: Open, now: datetime) -> None:
    then = now.replace(month=4, day=10)
    case = opened("food.category", "food_label", then, kinds=(kind_of("market_report"),))
    step(case, "market_report", "investigate", Role.CLERK, then)
    step(case, "market_report", "request_file", Role.OFFICER, then, breach="销售标签不合规的食品")
    step(case, "market_report", "file", Role.LEADER, then)
    step(case, "market_report", "tell", Role.OFFICER, then, told_on=then.date(), told_by="letter")
    paper = said(case, "market_report_filed")
    assert "经核查，我局决定予以立案" in paper
    assert "《市场监督管理投诉举报处理暂行办法》第三十一条" in paper


def test_whoever_left_an_address_alone_is_no_anonymous_reporter(opened: Open, now: datetime) -> None:
    """Order 20 §31 has them told; by e-mail is one of the ways that the step knows."""
    then = now.replace(month=4, day=10)
    parts = {"reporter_phone": "", "reporter_email": "wang@example.org"}
    case = opened("food.category", "food_label", then, kinds=(kind_of("market_report"),), **parts)
    step(case, "market_report", "investigate", Role.CLERK, then)
    step(case, "market_report", "request_file", Role.OFFICER, then, breach="销售标签不合规的食品")
    step(case, "market_report", "file", Role.LEADER, then)
    with pytest.raises(StepRefused, match="The reporter can be reached"):
        step(case, "market_report", "close", Role.OFFICER, then)
    step(case, "market_report", "tell", Role.OFFICER, then, told_on=then.date(), told_by="email")
    assert "决定予以立案" in said(case, "market_report_filed")


def test_what_is_removed_on_the_spot_is_recorded(opened: Open, city: City, now: datetime) -> None:
    case = opened("hazards.category", "fire_exit", now)
    step(case, "hazard", "accept", Role.CLERK, now)
    step(
        case, "hazard", "remedy", Role.OFFICER, now, level="ordinary", company=city.builder.id,
        checked_on=date(2026, 11, 23), finding="楼道堆放纸箱", requirement="已当场清走",
        site_photos=[photograph()],
    )  # fmt: skip
    paper = said(case, "hazard_record")
    assert "检查发现一般隐患" in paper
    assert "当场整改情况：已当场清走" in paper
    assert "被检查单位负责人" in paper
