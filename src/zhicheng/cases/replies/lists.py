"""The list of reply templates: a body's own, and those that are shared with it."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from zhicheng.cases.kinds import KINDS
from zhicheng.cases.replies.fields import field_at
from zhicheng.cases.replies.models import ReplyTemplate
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground.ui.lists import Choice, Column, Empty, Kind, RecordList
from zhicheng.ground.ui.marks import StateMark, Tone

LABELS = {process.key: process.label for process in (*(kind.versions[-1] for kind in KINDS), LOOP)}


def spot_label(template: ReplyTemplate) -> str:
    """Where a template is offered, in words."""
    field = field_at(template.spot)
    if field is not None:
        return " · ".join(map(gettext, (field.process, field.step, field.label)))
    return gettext(LABELS[template.kind]) if template.kind in LABELS else gettext("Any text of any step")


def _rows(actor: Actor) -> QuerySet[ReplyTemplate]:
    return ReplyTemplate.objects.visible_to(actor).select_related("organization")


def _whose(template: ReplyTemplate) -> str:
    return template.organization.name if template.organization else gettext("Shared by the pack")


def _mark(template: ReplyTemplate) -> StateMark:
    if template.retired_on is not None:
        return StateMark(gettext("Out of use"), Tone.NEUTRAL)
    return StateMark(gettext("Offered"), Tone.DONE)


def _in_use(value: str, actor: Actor) -> Q:
    return Q(retired_on__isnull=value == "offered")


TEMPLATES: RecordList[ReplyTemplate] = RecordList(
    key="replies",
    title=words("Reply templates"),
    lead=words("Texts for steps and replies. What stands in braces is filled from the case."),
    rows=_rows,
    columns=(
        Column("title", words("Title"), lambda one: one.title, title=True, sort="title",
               link=lambda one: reverse("cases:reply", args=[one.pk])),
        Column("spot", words("Offered in"), spot_label),
        Column("whose", words("Whose"), _whose),
        Column("state", words("State"), _mark, Kind.STATE),
        Column("saved", words("Last saved"), lambda one: one.saved_on, Kind.DATE, sort="saved_on"),
    ),
    filters=(
        Choice("state", words("State"), (("offered", words("Offered")), ("retired", words("Out of use"))),
               where=_in_use),
        Choice("kind", words("Kind of matter"), tuple(LABELS.items()), field="kind"),
    ),
    default_sort="title",
    empty=Empty(words("No template yet"), words("Add a text that your body often writes."), "clipboard-list"),
)  # fmt: skip
