"""Templates are kept by those who may, refused with a reason at their field, and never deleted."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import ProgrammingError, transaction

from integration.cases.conftest import City
from zhicheng.cases.api import Case, Complaint, open_case
from zhicheng.cases.replies.models import ReplyTemplate
from zhicheng.cases.replies.queries import CaseTemplates
from zhicheng.cases.replies.rules import Spot
from zhicheng.cases.replies.services import TemplateRefused, Wording, retire_template, save_template
from zhicheng.core.access import Actor, Role
from zhicheng.core.refused import Refused
from zhicheng.ground.ledger.api import list_entries
from zhicheng.ground.packs.api import apply_pack
from zhicheng.ground.proceedings.api import advance, proceeding_of, read_situation

ORDER = Spot("housing_quality", "order", "requirement")
SAID = Wording("整改要求", "请{company}于{due_on}前就{number}返工。", ORDER)
TODAY = date(2026, 11, 23)
Save = Callable[..., ReplyTemplate]


@pytest.fixture
def save(city: City, now: datetime) -> Save:
    def saved(
        wording: Wording = SAID, template: ReplyTemplate | None = None, by: Actor | None = None
    ) -> ReplyTemplate:
        actor = by or city.staff(1, Role.LEADER)
        return save_template(template=template, body=city.bureau.pk, wording=wording, by=actor, now=now, on=TODAY)

    return saved


def acts(template: ReplyTemplate) -> list[str]:
    return [entry.act for entry in list_entries(("reply_template", template.pk))]


def test_a_template_is_added_once_and_revised(save: Save) -> None:
    added = save()
    assert save() == added, "the same form sent again"
    revised = save(Wording("整改要求", "改过的文字", Spot("housing_quality"), "leak"), added)
    assert (revised.pk, revised.text, revised.spot, revised.category) == (
        added.pk, "改过的文字", Spot("housing_quality"), "leak",
    )  # fmt: skip
    assert acts(added) == ["reply.add", "reply.revise"]


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (Wording("标题", "请{reporter}到场。", ORDER), "text"),
        (Wording("标题", "请{}到场。", ORDER), "text"),
        (Wording("标题", "字" * 201, Spot("market_complaint", "arrange", "place")), "text"),
        (Wording("标题", "文字", Spot("housing_quality", "order", "cause")), "spot"),
        (Wording("标题", "文字", Spot("housing_quality", "prove", "note")), "spot"),
        (Wording("标题", "文字", Spot("nothing")), "spot"),
    ],
)
def test_what_no_field_takes_is_refused_at_its_field(save: Save, wording: Wording, field: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        save(wording)
    assert refused.value.field == field
    assert not ReplyTemplate.objects.filter(organization__isnull=False).exists()


def test_a_title_is_used_once_in_a_body(save: Save) -> None:
    save()
    with pytest.raises(TemplateRefused) as refused:
        save(Wording("整改要求", "别的文字", ORDER))
    assert refused.value.field == "title"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTING, Role.COMPANY])
def test_officers_use_templates_and_do_not_keep_them(city: City, save: Save, now: datetime, role: Role) -> None:
    kept = save()
    for template in (None, kept):
        with pytest.raises(Refused, match="Clerks and leaders"):
            save(Wording("另一个", "文字", ORDER), template, city.staff(2, role))
    with pytest.raises(Refused, match="Clerks and leaders"):
        retire_template(template=kept, by=city.staff(2, role), now=now, on=TODAY)


def test_another_body_neither_sees_nor_changes_it(city: City, save: Save) -> None:
    kept, stranger = save(), city.staff(3, Role.LEADER, city.superior)
    assert not ReplyTemplate.objects.visible_to(stranger).filter(pk=kept.pk).exists()
    with pytest.raises(Refused):
        save(Wording("另一个", "文字", ORDER), kept, stranger)


def test_a_retired_template_stays_and_comes_back_when_saved(city: City, save: Save, now: datetime) -> None:
    kept = save()
    for _ in range(2):
        retire_template(template=kept, by=city.staff(1, Role.CLERK), now=now, on=TODAY)
    assert ReplyTemplate.objects.get(pk=kept.pk).retired_on == TODAY
    assert save(SAID, kept).retired_on is None
    assert acts(kept) == ["reply.add", "reply.retire", "reply.revise"]


def test_the_application_cannot_delete_a_template(save: Save) -> None:
    kept = save()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        kept.delete()


def test_a_shared_template_is_no_bodys_to_change(city: City, save: Save, now: datetime) -> None:
    shared = ReplyTemplate.objects.get(key="housing-order-leak")
    with pytest.raises(Refused, match="comes from a pack"):
        save(SAID, shared)
    with pytest.raises(Refused, match="comes from a pack"):
        retire_template(template=shared, by=city.staff(1, Role.LEADER), now=now, on=TODAY)


def test_a_pack_applied_again_changes_nothing(city: City) -> None:
    assert ReplyTemplate.objects.get(key="housing-order-leak").retired_on is None
    counts = apply_pack("zaozhuang", on=TODAY)["replies"]
    assert (counts.created, counts.changed, counts.retired) == (0, 0, 0)


def test_what_is_offered_in_a_field_and_what_it_says(
    city: City, save: Save, complaint: Complaint, now: datetime
) -> None:
    case = open_case(complaint=complaint, now=now).case
    save()
    save(Wording("通用", "收悉。", Spot()))
    save(Wording("别的类别", "开裂", ORDER, "crack"))
    officer = city.staff(2, Role.OFFICER)
    advance(proceeding=_housing(case), verb="accept", by=officer, now=now, data={})
    situation = read_situation(_housing(case))
    assert situation is not None
    step = situation.process.step("accepted", "order")
    assert step is not None
    templates, need = CaseTemplates(case, officer), step.needs[-1]
    offered = templates(situation, step, need)
    assert [title for _, title in offered] == ["整改要求", "渗漏整改要求", "通用"]
    said = templates.text(offered[0][0], situation, step, need)
    assert said is not None
    assert said.startswith("请〔？")
    assert f"就{case.number}返工。" in said
    assert templates.text("0", situation, step, need) is None
    assert CaseTemplates(case, city.company(city.builder))(situation, step, need) == []


def _housing(case: Case) -> int:
    found = proceeding_of(("case", case.id), "housing_quality")
    assert found is not None
    return found.id
