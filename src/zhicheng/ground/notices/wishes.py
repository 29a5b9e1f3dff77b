"""What somebody wants to be told and by what: accounts by topic, people who have none by their consent."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from zhicheng.core.access import Actor
from zhicheng.ground.access.api import User
from zhicheng.ground.ledger.api import record
from zhicheng.ground.notices.dropping import drop_for_stopped
from zhicheng.ground.notices.models import RecipientKind, Silence
from zhicheng.ground.notices.registry import TOPICS, Topic
from zhicheng.ground.notices.stopping import Stoppable
from zhicheng.ground.personal.api import Contact, agree_to_progress


def topics_by_email(user: User) -> frozenset[Topic]:
    """The topics about which the account is sent e-mail."""
    silent = set(Silence.objects.filter(user=user).values_list("topic", flat=True))
    return frozenset(topic for topic in TOPICS if topic not in silent)


@transaction.atomic
def choose_topics(*, user: User, topics: Collection[Topic], by: Actor, now: datetime) -> None:
    """Sends the account e-mail about these topics and no others; its inbox has everything in any case."""
    User.objects.select_for_update().get(pk=user.pk)
    before = topics_by_email(user)
    after = frozenset(topics) & frozenset(TOPICS)
    if before == after:
        return
    Silence.objects.filter(user=user, topic__in=after).delete()
    Silence.objects.bulk_create(
        (Silence(user=user, topic=topic, since=now) for topic in TOPICS if topic not in after),
        ignore_conflicts=True,
    )
    record(subject=("user", user.pk), act="choose_notices", by=by, now=now, body={"email": sorted(after)})


def is_wanted(what: Stoppable) -> bool | None:
    """Whether it is still told; None if whoever was told is gone."""
    if what.kind == RecipientKind.CONTACT:
        contact = Contact.objects.filter(pk=what.id, erased_at__isnull=True).first()
        return None if contact is None else contact.progress_agreed_at is not None
    user = User.objects.filter(pk=what.id, is_active=True).first()
    return None if user is None else what.topic in topics_by_email(user)


@transaction.atomic
def want(*, what: Stoppable, wanted: bool, now: datetime) -> None:
    """Stops what a link stops, or begins it again: whoever has the link is whoever was told.

    What waits and nobody is obliged to tell is dropped. Raises Refused if the person is gone.
    """
    if what.kind == RecipientKind.CONTACT:
        contact = Contact.objects.get(pk=what.id)
        by = Actor(key=f"public:contact:{what.id}", name="")
        if agree_to_progress(contact=contact, agreed=wanted, by=by, now=now) and not wanted:
            drop_for_stopped(contact, now)
        return
    assert what.topic is not None
    user = User.objects.get(pk=what.id)
    chosen = set(topics_by_email(user)) | {what.topic} if wanted else set(topics_by_email(user)) - {what.topic}
    choose_topics(user=user, topics=chosen, by=Actor(key=f"user:{user.pk}", name=user.name), now=now)
