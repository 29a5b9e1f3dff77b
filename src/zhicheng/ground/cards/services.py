"""Issues cards, and takes red ones to the superior body. The system does both; nobody issues a card by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from zhicheng.core.access import HOLDING, Domain, Role
from zhicheng.core.clock import Signal, due_at, signal
from zhicheng.core.clock.due import local
from zhicheng.ground.access.api import list_users_acting, superior_body
from zhicheng.ground.cards.models import Card, Colour
from zhicheng.ground.ledger.api import record
from zhicheng.ground.notices.api import Recipient, notify
from zhicheng.ground.packs.api import limit_for, working_calendar
from zhicheng.ground.proceedings.api import SYSTEM, Proceeding, lock_proceeding, subject_kind

ESCALATION = "card.escalation"
LOOK_AHEAD = timedelta(days=20)
"""No run of days off is longer: whatever ends one working day ahead lies within."""
BATCH = 500
TOLD = {Colour.YELLOW: (Role.CLERK, Role.OFFICER), Colour.RED: (Role.CLERK, Role.OFFICER, Role.LEADER)}
TEMPLATES = {Colour.YELLOW: "card_yellow", Colour.RED: "card_red"}
LIGHTS = {Signal.YELLOW: Colour.YELLOW, Signal.RED: Colour.RED}
log = structlog.get_logger("zhicheng.cards")


def issue_cards(*, now: datetime) -> int:
    """Issues every card that is due, each in its own transaction; returns how many. Issuing again issues none."""
    issued = 0
    for proceeding_id in _near_their_limit(now):
        try:
            issued += _issue(proceeding_id, now)
        except Exception:
            log.exception("no card could be issued", proceeding=proceeding_id)
    return issued


def raise_cards(*, now: datetime) -> int:
    """Takes red cards to the superior body once the pack's limit has passed and the matter is as late."""
    raised, last = 0, 0
    waiting = Card.objects.filter(colour=Colour.RED, raised_at__isnull=True, proceeding__due_at=F("due_at"))
    while batch := list(waiting.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:BATCH]):
        for card_id in batch:
            try:
                raised += _raise(card_id, now)
            except Exception:
                log.exception("a card could not be taken to the superior body", card=card_id)
        last = batch[-1]
    return raised


def _near_their_limit(now: datetime) -> Iterator[int]:
    """Open matters of bodies whose limit ends soon or has ended and that lack a red card for it."""
    red = Card.objects.filter(proceeding=OuterRef("pk"), due_at=OuterRef("due_at"), colour=Colour.RED)
    found = Proceeding.objects.filter(
        ~Exists(red), ending="open", paused=False, holder__isnull=False, owner_role__in=sorted(HOLDING),
        due_at__lt=now + LOOK_AHEAD,
    ).order_by("id")  # fmt: skip
    last = 0
    while batch := list(found.filter(id__gt=last).values_list("id", flat=True)[:BATCH]):
        yield from batch
        last = batch[-1]


@transaction.atomic
def _issue(proceeding_id: int, now: datetime) -> bool:
    current = lock_proceeding(proceeding_id)
    if current.due_at is None or current.holder_id is None or current.paused or not current.is_open:
        return False
    colour = LIGHTS.get(signal(current.due_at, now, working_calendar()))
    if colour is None:
        return False
    card, fresh = Card.objects.get_or_create(
        proceeding=current, due_at=current.due_at, colour=colour,
        defaults={"holder_id": current.holder_id, "issued_at": now},
    )  # fmt: skip
    if fresh:
        _write_down(card, current, f"card.{colour}", now)
        for role in TOLD[colour]:
            _tell(card, current, role, TEMPLATES[colour], now)
    return fresh


@transaction.atomic
def _raise(card_id: int, now: datetime) -> bool:
    current = lock_proceeding(Card.objects.values_list("proceeding_id", flat=True).get(id=card_id))
    card = Card.objects.select_for_update(of=("self",)).get(id=card_id)
    if card.raised_at is not None or current.due_at != card.due_at or current.holder_id != card.holder_id:
        return False
    limit = limit_for(key=ESCALATION, area=current.area.path, on=local(card.issued_at).date())
    ends = due_at(card.issued_at, limit, working_calendar())
    if ends is None or now <= ends:
        return False
    superior = superior_body(
        holder=card.holder_id, area_path=current.area.path, domain=Domain(current.domain), on=local(now).date()
    )
    card.raised_at = now
    card.save(update_fields=["raised_at"])
    _write_down(card, current, "card.raise", now, superior=superior)
    if superior is not None:
        _tell(card, current, Role.LEADER, "card_raised", now, body=superior)
    return True


def _write_down(card: Card, current: Proceeding, act: str, now: datetime, **more: int | None) -> None:
    body = {
        "card": card.pk, "proceeding_id": current.pk, "holder": card.holder_id, "due_at": card.due_at.isoformat(),
        **more,
    }  # fmt: skip
    record(subject=(current.subject_kind, current.subject_id), act=act, by=SYSTEM, now=now, body=body)


def _tell(
    card: Card, current: Proceeding, role: Role, template: str, now: datetime, body: int | None = None
) -> None:
    """Tells whoever acts in the role in the body that has the matter, or in `body`."""
    kind = subject_kind(current.subject_kind)
    number, _ = kind.titles([current.subject_id])[current.subject_id]
    matter = replace(current.matter(), holder=body or current.holder_id)
    users = list_users_acting(matter, role, local(now).date())
    notify(
        recipients=[Recipient.user(user.pk) for user in users], template=template,
        params={"number": number, "due": local(card.due_at).date().isoformat()},
        subject=(current.subject_kind, current.subject_id), now=now, occasion=f"card {card.pk} {role}",
        link=kind.address(current.subject_id), area=current.area,
    )  # fmt: skip
