"""Tells the body in charge once that a hot spot has appeared, and again when it has grown; takes its answer."""

from collections.abc import Iterator
from datetime import datetime

import structlog
from django.db import transaction
from django.urls import reverse

from zhicheng.cases.erasure.queries import RETENTION, first_midnight_kept
from zhicheng.cases.hotspots.models import CURRENT, SUBJECT, HotSpotAlert
from zhicheng.cases.hotspots.queries import HotSpot, every_hot_spot
from zhicheng.cases.hotspots.rules import GROWTH, REACH, WINDOW, grown
from zhicheng.cases.kinds import kinds_for
from zhicheng.core.access import Actor, Matter, Role
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.access.api import list_competent_bodies, list_users_acting
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import record, take_turn
from zhicheng.ground.notices.api import Recipient, notify
from zhicheng.ground.objects.api import Site
from zhicheng.ground.packs.api import limit_for, list_places_of
from zhicheng.ground.personal.api import empty_texts, keep_text
from zhicheng.ground.proceedings.api import SYSTEM

TOLD = frozenset({Role.OFFICER, Role.LEADER})
ANSWERING = frozenset({Role.OFFICER, Role.LEADER})
LONGEST_WORD = 500
log = structlog.get_logger("zhicheng.cases")


def alert_hot_spots(*, now: datetime) -> int:
    """Tells of every spot that has crossed the threshold of its place, each in its own transaction; how many.

    Told once; again when it has grown by the factor. What is hot no longer may be told anew when it is again.
    """
    told, hot = 0, set()
    for spot in _candidates(now):
        area = _area_of(spot)
        if spot.reach < limit_for(key=REACH, area=area, on=local(now).date()).amount:
            continue
        hot.add((spot.category.code, spot.key))
        try:
            told += _alert(spot, area, now)
        except Exception:
            log.exception("no alert of a hot spot", code=spot.category.code, place=spot.key)
    for alert in HotSpotAlert.objects.filter(CURRENT):
        if (alert.code, alert.place_key) not in hot:
            alert.over_at = now
            alert.save(update_fields=["over_at"])
    return told


@transaction.atomic
def acknowledge(*, alert: int, word: str, by: Actor, now: datetime) -> HotSpotAlert:
    """An officer or leader of the body says what is being done; said once.

    Raises HotSpotAlert.DoesNotExist for whoever does not see it, and Refused without a word, if somebody said it
    before, and for anybody else.
    """
    HotSpotAlert.objects.visible_to(by).get(pk=alert)
    take_turn((SUBJECT, alert))
    current = HotSpotAlert.objects.select_for_update(of=("self",)).get(pk=alert)
    if not may_acknowledge(current, by):
        raise Refused(words("Only officers and leaders of the body in charge answer the alert."))
    if current.acknowledged_at is not None:
        raise Refused(words("Somebody has answered this alert already."))
    if not 0 < len(word.strip()) <= LONGEST_WORD:
        raise Refused(words("Say in up to {limit} characters what is being done."), limit=LONGEST_WORD)
    kept = keep_text(subject=(SUBJECT, current.pk), key="hot_spot.word", text=word.strip(), now=now)
    current.acknowledged_at, current.acknowledged_by_id, current.word = now, by.user_id, kept.hash
    current.save(update_fields=["acknowledged_at", "acknowledged_by", "word"])
    body = {"code": current.code, "place": current.place_key, "word": kept.hash}
    record(subject=(SUBJECT, current.pk), act="hot_spot.acknowledge", by=by, now=now, body=body)
    return current


def erase_due_words(*, now: datetime) -> None:
    """Empties what was answered to alerts that were told longer ago than cases are kept."""
    answered = HotSpotAlert.objects.exclude(word="").select_related("area").order_by("id")
    due = [
        (SUBJECT, one.pk)
        for one in answered.filter(told_at__lt=now)
        if one.told_at < first_midnight_kept(RETENTION, one.area.path, local(now).date())
    ]
    if due:
        empty_texts(subjects=due, now=now)


def may_acknowledge(alert: HotSpotAlert, by: Actor) -> bool:
    """Whether the actor is an officer or leader of the body that was told."""
    reaches = (one for one in by.reaches if one.role in ANSWERING)
    return by.user_id is not None and any(alert.body_id in reach.organizations for reach in reaches)


def _candidates(now: datetime) -> Iterator[HotSpot]:
    """Spots within the window of their place that the lowest threshold of any place lets through."""
    on = local(now).date()
    reaches = [limit_for(key=REACH, area=path or None, on=on).amount for path in list_places_of(REACH, on)]
    windows = {limit_for(key=WINDOW, area=path or None, on=on).amount for path in list_places_of(WINDOW, on)}
    for days in sorted(windows) if reaches else ():
        for spot in every_hot_spot(now, days, min(reaches)):
            if limit_for(key=WINDOW, area=_area_of(spot), on=on).amount == days:
                yield spot


@transaction.atomic
def _alert(spot: HotSpot, area: Area, now: datetime) -> bool:
    on, key = local(now).date(), spot.key
    current = HotSpotAlert.objects.select_for_update(of=("self",)).filter(
        CURRENT, code=spot.category.code, place_key=key
    ).first()  # fmt: skip
    factor = limit_for(key=GROWTH, area=area, on=on).amount
    if current is not None and not grown(reach=spot.reach, before=current.reach, factor=factor):
        return False
    domain = kinds_for(spot.category.catalogue)[0].domain
    bodies = list_competent_bodies(area.path, domain, on)
    if not bodies:
        return False
    if current is not None:
        current.over_at = now
        current.save(update_fields=["over_at"])
    alert = HotSpotAlert.objects.create(
        code=spot.category.code, category=spot.category, place_key=key, area=area, domain=domain,
        body_id=bodies[0], reach=spot.reach, count=spot.count,
        days=limit_for(key=WINDOW, area=area, on=on).amount, told_at=now, after=current,
    )  # fmt: skip
    body = {
        "code": alert.code, "place": key, "body": alert.body_id, "reach": alert.reach, "count": alert.count,
        "after": current.pk if current else None,
    }  # fmt: skip
    record(subject=(SUBJECT, alert.pk), act="hot_spot.tell", by=SYSTEM, now=now, body=body)
    _tell(alert, spot, now)
    return True


def _tell(alert: HotSpotAlert, spot: HotSpot, now: datetime) -> None:
    matter = Matter(alert.area.path, kinds_for(spot.category.catalogue)[0].domain, alert.body_id, {})
    people = list_users_acting(matter, TOLD, local(now).date())
    notify(
        recipients=[Recipient.user(user.pk) for user in people],
        template="hot_spot_grown" if alert.after_id else "hot_spot",
        params={
            "place": spot.place.name, "matter_zh": spot.category.zh, "matter_en": spot.category.en,
            "people": spot.reach, "days": alert.days,
        },
        subject=(SUBJECT, alert.pk), now=now, occasion=f"hot spot {alert.pk}",
        link=reverse("cases:alert", args=[alert.pk]), area=alert.area,
    )  # fmt: skip


def _area_of(spot: HotSpot) -> Area:
    return spot.place.area if isinstance(spot.place, Site) else spot.place
