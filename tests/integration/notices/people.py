"""Somebody who reported a matter, and what they are told of it."""

from datetime import datetime

from zhicheng.ground.areas.api import Area
from zhicheng.ground.notices.api import Notice, Recipient, notify
from zhicheng.ground.personal.api import Contact, store_contact

PARAMS = {"number": "TS-17", "step": "Order rectification", "state": "Ordered, to be promised"}


def person(now: datetime, *, phone: str = "13812341234", email: str = "", progress: bool = True) -> Contact:
    """A person who left these, and agrees to be told of progress."""
    return store_contact(name="张三", phone=phone, address="", email=email, progress=progress, now=now)


def told(
    contact: Contact, now: datetime, *, step: str = "order", obliged: bool = False, area: Area | None = None,
    process: str = "housing_quality", case: int = 17,
) -> list[Notice]:  # fmt: skip
    """Tells the person of a step; returns what was written, in order."""
    ids = notify(
        recipients=[Recipient.contact(contact.id)], template="reported_moved", params=PARAMS,
        subject=("case", case), now=now, occasion=f"{step} {now.isoformat()}", link="/track/?number=TS-17",
        process=process, step=step, obliged=obliged, area=area,
    )  # fmt: skip
    return list(Notice.objects.filter(id__in=ids).order_by("id"))
