"""What cases tell the house at start-up."""

from django.urls import reverse

from zhicheng.cases.consequences import after_step
from zhicheng.cases.guarding import facts_of
from zhicheng.cases.housing.rules import HOUSING
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.rules import LOOP
from zhicheng.ground.proceedings.api import SubjectKind, register_process, register_subject


def register() -> None:
    """Registers tables and subject; called once, when the app is ready."""
    register_process(LOOP)
    register_process(HOUSING)
    register_subject(
        SubjectKind(key=SUBJECT, facts=facts_of, after_step=after_step, address=address_of, titles=titles_of)
    )


def address_of(case_id: int) -> str:
    """The desk's page of a case."""
    return reverse("desk:case", args=[case_id])


def titles_of(case_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Number and title of many cases, with one query."""
    rows = Case.objects.filter(id__in=case_ids).values_list("id", "number", "title")
    return {id_: (number, title) for id_, number, title in rows}
