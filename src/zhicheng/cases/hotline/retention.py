"""How long it is kept who called, where no case keeps it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhicheng.cases.erasure.queries import first_midnight_kept
from zhicheng.cases.hotline.models import Call, Outcome
from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.ground.ledger.api import record
from zhicheng.ground.personal.api import PersonalText, empty_texts, erase

RETENTION = "call.retention"
BATCH = 200


def erase_due_calls(*, by: Actor, now: datetime) -> int:
    """Deletes reporter and question of calls answered at once longer ago than the limit; returns how many.

    What belongs to a case is erased with the case. Erasing twice changes nothing.
    """
    done = 0
    for centre, path in Call.objects.values_list("organization", "organization__area__path").distinct():
        before = first_midnight_kept(RETENTION, path, local(now).date())
        while batch := list(_due(centre, before)[:BATCH]):
            for call in batch:
                _erase_call(call, by, now)
            done += len(batch)
    return done


def _due(centre: int, before: datetime) -> QuerySet[Call]:
    texts = PersonalText.objects.filter(subject_kind="call", subject_id=OuterRef("pk"), erased_at__isnull=True)
    answered = Call.objects.filter(organization=centre, outcome=Outcome.ANSWERED, began_at__lt=before)
    said = Q(reporter__isnull=False, reporter__erased_at__isnull=True) | Q(Exists(texts))
    return answered.filter(said).select_related("reporter").order_by("id")


@transaction.atomic
def _erase_call(call: Call, by: Actor, now: datetime) -> None:
    texts = empty_texts(subjects=[("call", call.id)], now=now)
    if call.reporter is not None:
        erase(contact=call.reporter, by=by, reason=RETENTION, now=now)
    record(subject=("call", call.id), act="call.erase", by=by, now=now, body={"texts": texts})
