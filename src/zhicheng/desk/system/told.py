"""What was sent to whom and what became of it: the list of notices that leave the house, addresses masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from zhicheng.cases.api import notice_mark
from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.notices.api import (
    CHANNELS,
    DROPPED,
    STANDINGS,
    Channel,
    Notice,
    Standing,
    known_steps,
    list_sent_out,
    list_templates,
    masked_recipients,
    may_be_tried_again,
    standing_of,
    template_of,
)
from zhicheng.ground.proceedings.api import list_processes
from zhicheng.ground.ui.lists import AreaFilter, Choice, Column, DateRange, Empty, Flag, Kind, RecordList
from zhicheng.ground.ui.marks import StateMark
from zhicheng.ground.ui.templatetags.house import words_of

WAITS = (Standing.WAITING, Standing.LATER)


@dataclass(frozen=True)
class ToldRow:
    """A notice with its recipient, masked."""

    notice: Notice
    recipient: str
    standing: Standing

    @property
    def mark(self) -> StateMark:
        """How it stands, as word, icon and colour."""
        return notice_mark(self.standing)

    @property
    def template(self) -> str:
        """What it tells."""
        return words_of(template_of(self.notice.template).title)

    @property
    def channel(self) -> str:
        """By what it goes."""
        return words_of(CHANNELS[Channel(self.notice.channel)])

    @property
    def error(self) -> str:
        """Why the last attempt failed, or the notice for good."""
        return words_of(self.notice.error)

    @property
    def next_at(self) -> datetime | None:
        """When it is tried next."""
        return self.notice.deliver_after if self.standing in WAITS else None

    @property
    def may_be_tried_again(self) -> bool:
        """Whether somebody may have it sent once more."""
        return (
            self.standing is Standing.GIVEN_UP
            and self.notice.channel != Channel.INBOX
            and may_be_tried_again(self.notice.error)
        )

    @property
    def about(self) -> str:
        """The process and its step, if it tells of one."""
        label = known_steps().get(self.notice.process, {}).get(self.notice.step, "")
        return " · ".join(words_of(one) for one in (process_label(self.notice.process), label) if one)


def rows(actor: Actor) -> QuerySet[Notice]:
    """What leaves the house, where the actor looks after it."""
    return list_sent_out(actor).select_related("area")


def with_recipients(notices: Sequence[Notice], actor: Actor) -> list[ToldRow]:
    """The notices with their recipients: two queries for the page."""
    recipients, now = masked_recipients(notices), clock.now()
    return [ToldRow(one, recipients[one.pk], standing_of(one, now)) for one in notices]


def process_label(key: str) -> str:
    """What a process is called; nothing if there is none of that key."""
    return next((one.label for one in list_processes() if one.key == key), "")


def address_of(row: ToldRow) -> str:
    """The page of the notice."""
    return reverse("system:notice", args=[row.notice.pk])


def _in_state(state: str, actor: Actor) -> Q:
    waits = Q(sent_at__isnull=True, failed_at__isnull=True)
    later = Q(deliver_after__gt=clock.now())
    return {
        Standing.WAITING: waits & ~later,
        Standing.LATER: waits & later,
        Standing.SENT: Q(sent_at__isnull=False),
        Standing.GIVEN_UP: Q(failed_at__isnull=False) & ~Q(error__in=DROPPED),
        Standing.DROPPED: Q(failed_at__isnull=False, error__in=DROPPED),
    }[Standing(state)]


TOLD: RecordList[Notice] = RecordList(
    key="notices",
    title=words("Sent notices"),
    lead=words("E-mail and text messages, and what became of each. Addresses are masked."),
    rows=rows,
    columns=(
        Column("created", words("Written"), lambda row: row.notice.created_at, Kind.MOMENT, sort="created_at"),
        Column("template", words("Notice"), lambda row: row.template, title=True, link=address_of),
        Column("about", words("Step"), lambda row: row.about, beneath="template"),
        Column("channel", words("Channel"), lambda row: row.channel),
        Column("recipient", words("To"), lambda row: row.recipient),
        Column("state", words("State"), lambda row: row.mark, Kind.STATE),
        Column("attempts", words("Attempts"), lambda row: row.notice.attempts, Kind.NUMBER),
        Column("next", words("Next attempt"), lambda row: row.next_at, Kind.MOMENT),
        Column("error", words("Reason"), lambda row: row.error, beneath="state"),
    ),
    filters=(
        Choice("state", words("State"), tuple(STANDINGS.items()), where=_in_state),
        Choice("channel", words("Channel"), tuple((one.value, label) for one, label in CHANNELS.items())),
        Choice(
            "template", words("Notice"),
            lambda actor: [(one.key, words_of(one.title)) for one in list_templates() if one.key[:5] != "foot_"],
        ),
        AreaFilter("area", "area"),
        DateRange("created", words("Written"), "created_at"),
        Flag("owed", words("Owed to the person"), lambda actor: Q(obliged=True)),
    ),
    default_sort="-created",
    present=with_recipients,
    empty=Empty(
        words("Nothing was sent yet"), words("E-mail and text messages appear here once they are written."), "mail"
    ),
)  # fmt: skip
