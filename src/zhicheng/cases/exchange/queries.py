"""What other systems ask of cases: by their number, and what happened since."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField

from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import Actor
from zhicheng.ground.proceedings.api import Proceeding, Step

SETTLED = timedelta(days=1)
"""No transaction runs for a day: what is older needs no further question."""
_WRITTEN_BEFORE = "age(proceedings_step.xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid)"


def find_external(actor: Actor, system: str, number: str) -> Case | None:
    """The case that has this number in another system, if the actor may see it."""
    found = Case.objects.visible_to(actor).filter(external_system=system, external_number=number)
    return found.exclude(external_number="").first()


def list_changes(actor: Actor, after: int, now: datetime) -> QuerySet[Step]:
    """The steps behind one of them in proceedings of cases that the actor may see, the oldest first.

    Numbers are drawn before they are committed. What was written since the oldest running transaction began is
    held back for a moment: so nothing is ever committed behind a cursor that was given out.
    """
    seen = Proceeding.objects.visible_to(actor).about(SUBJECT)
    loops = Proceeding.objects.filter(
        kind=LOOP.key, subject_kind=SUBJECT, subject_id__in=seen.values("subject_id")
    )
    theirs = Q(proceeding__in=seen.values("id")) | Q(proceeding__in=loops.values("id"))
    written = RawSQL(_WRITTEN_BEFORE, (), output_field=BooleanField())  # noqa: S611 - a constant
    settled = Q(at__lt=now - SETTLED) | Q(written)
    return Step.objects.filter(theirs, settled, id__gt=after).select_related("proceeding").order_by("id")
