"""Which templates are offered in a field of a case, and what one says there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext

from zhicheng.cases.models import Case
from zhicheng.cases.replies.models import ReplyTemplate
from zhicheng.cases.replies.rules import BLANKS, Spot
from zhicheng.core.access import Actor, Part
from zhicheng.core.blanks import filled
from zhicheng.core.clock.due import local
from zhicheng.core.process import Need, Step
from zhicheng.ground import clock
from zhicheng.ground.areas.api import area_label
from zhicheng.ground.documents.api import day_words
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import Proceeding, Situation


@dataclass(frozen=True)
class CaseTemplates:
    """The templates that the actor can insert on one case: read once for all the fields of its page."""

    case: Case
    actor: Actor

    def __call__(self, situation: Situation, step: Step, need: Need) -> Sequence[tuple[str, str]]:
        """The ids and titles of those offered in a field; those made for it alone come first."""
        asked = Spot(situation.process.key, step.verb, need.key)
        fitting = (one for one in self._usable if one.spot.holds(asked))
        nearest = sorted(fitting, key=lambda one: (-len(one.spot.code.split(":")), one.title))
        return [(str(one.pk), one.title) for one in nearest]

    def text(self, template_id: str, situation: Situation, step: Step, need: Need) -> str | None:
        """What one of the offered templates says of this case; None if it is not offered in this field."""
        if template_id not in {value for value, _ in self(situation, step, need)}:
            return None
        chosen = next(one for one in self._usable if str(one.pk) == template_id)
        labels = {name: gettext(label) for name, label in BLANKS.items()}
        return filled(chosen.text, values_of(self.case, situation), labels)

    @cached_property
    def _usable(self) -> list[ReplyTemplate]:
        category = self.case.category
        codes = ["", *([category.code, category.parent.code if category.parent else ""] if category else [])]
        found = ReplyTemplate.objects.visible_to(self.actor).filter(retired_on__isnull=True, category__in=codes)
        return list(found.order_by("title", "id"))


def values_of(case: Case, situation: Situation) -> dict[str, str]:
    """What the blanks stand for, as official texts write it: Chinese whatever the language of the page."""
    current = Proceeding.objects.select_related("holder").get(id=situation.id)
    return {
        "number": case.number,
        "title": case.title,
        "category": case.category.zh if case.category else "",
        "place": area_label(case.area),
        "received_on": day_words(local(case.received_at).date()),
        "today": day_words(clock.today()),
        "due_on": day_words(local(current.due_at).date()) if current.due_at else "",
        "body": current.holder.name if current.holder else "",
        "company": _company(situation) or (case.company.name if case.company else ""),
    }


def _company(situation: Situation) -> str:
    """The company that has to answer in this proceeding."""
    ids = [one for one, part in situation.matter.parts.items() if part is Part.RESPONDENT]
    return Organization.objects.filter(id__in=ids).values_list("name", flat=True).first() or ""
