"""One case on one page: what it is, where it stands, what may be done now, and what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhicheng.cases.housing.rules import HOUSING
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.core.process import Step as TableStep
from zhicheng.core.words import words
from zhicheng.ground.areas.api import area_label
from zhicheng.ground.files.api import Attachment, list_attachments
from zhicheng.ground.objects.api import Link, flat, responsibility_chain
from zhicheng.ground.packs.api import working_calendar
from zhicheng.ground.proceedings.api import (
    Clock,
    Proceeding,
    Situation,
    Step,
    list_history,
    list_proceedings,
    list_running_clocks,
    read_situation,
    steps_offered,
)
from zhicheng.ground.ui.marks import ClockMark, StateMark, clock_mark
from zhicheng.ground.ui.record import Audience, Happening, Milestone, list_happenings, progress_of, state_mark

HOUSING_PATH = ("received", "accepted", "ordered", "promised", "rectified", "verified")
LOOP_PATH = ("awaiting_call", "closed")
LIMITS = {
    "housing.accept": words("Accept or reject"),
    "housing.order": words("Analyse and decide"),
    "housing.promise": words("Promise a date"),
    "housing.verify": words("Verify on the spot"),
    "case.call": words("Call back"),
    "date:due_on": words("Rectify as ordered"),
    "date:promised_on": words("Keep the promise"),
}


@dataclass(frozen=True)
class Offer:
    """A step that the viewer may take now."""

    situation: Situation
    step: TableStep
    label: str

    @property
    def key(self) -> str:
        """Tells the offers of one page apart."""
        return f"{self.situation.id}-{self.step.verb}"


@dataclass(frozen=True)
class RunningLimit:
    """A clock in words: what has to be done, and how it stands."""

    label: str
    mark: ClockMark


@dataclass(frozen=True)
class CasePage:
    """Everything that the page of a case shows to one viewer."""

    case: Case
    place: str
    state: StateMark
    clock: ClockMark | None
    limits: tuple[RunningLimit, ...]
    milestones: tuple[Milestone, ...]
    offers: tuple[Offer, ...]
    happenings: tuple[Happening, ...]
    photos: tuple[Attachment, ...]
    chain: tuple[Link, ...]
    current: Proceeding
    proceedings: tuple[Proceeding, ...]
    earlier: tuple[Case, ...]


def build_page(*, case: Case, actor: Actor, audience: Audience, now: datetime) -> CasePage:
    """The page of a case as `actor` may see it; the caller has made sure that they may see it at all."""
    proceedings = list_proceedings((SUBJECT, case.id))
    steps = list_history((SUBJECT, case.id))
    running = list_running_clocks([one.id for one in proceedings])
    current = _current(proceedings)
    happenings = list_happenings((SUBJECT, case.id), audience, case.area.path)
    if case.historical:
        happenings = []
    return CasePage(
        case=case,
        place=area_label(case.area),
        state=_state(current, proceedings),
        clock=clock_mark(current.due_at, now, working_calendar(), paused=current.paused),
        limits=tuple(_limits(running, now)),
        milestones=_milestones(proceedings, steps),
        offers=tuple(_offers(proceedings, actor, now)),
        happenings=tuple(happenings),
        photos=tuple(list_attachments((SUBJECT, case.id))),
        chain=tuple(flat(responsibility_chain(case.site, on=local(now).date()))) if case.site else (),
        current=current,
        proceedings=tuple(proceedings),
        earlier=_earlier(case, actor) if audience is Audience.STAFF else (),
    )


def get_case(actor: Actor, number: str) -> Case | None:
    """The case with its relations, if the actor may see it."""
    if not number.isprintable():
        return None
    found = Case.objects.visible_to(actor).select_related(
        "category", "cause", "area", "county", "site__area", "site__parent", "company", "reporter", "importer"
    )
    return found.filter(number=number).first()


def _current(proceedings: Sequence[Proceeding]) -> Proceeding:
    """What the case waits for: the latest departmental proceeding while it is open, else the loop."""
    loop = next(one for one in proceedings if one.kind == LOOP.key)
    departmental = [one for one in proceedings if one.kind != LOOP.key]
    return departmental[-1] if departmental and departmental[-1].is_open else loop


def _state(current: Proceeding, proceedings: Sequence[Proceeding]) -> StateMark:
    process = LOOP if current.kind == LOOP.key else HOUSING
    return state_mark(process, current.state)


def _limits(running: dict[int, list[Clock]], now: datetime) -> list[RunningLimit]:
    limits = []
    for clock in sorted((c for many in running.values() for c in many), key=lambda c: (c.due_at or now, c.id)):
        mark = clock_mark(clock.due_at, now, working_calendar(), paused=clock.due_at is None)
        if mark is not None:
            limits.append(RunningLimit(gettext(LIMITS.get(clock.limit_key, clock.limit_key)), mark))
    return limits


def _milestones(proceedings: Sequence[Proceeding], steps: Sequence[Step]) -> tuple[Milestone, ...]:
    """The way of the latest proceeding, then the loop's own end."""
    loop = next(one for one in proceedings if one.kind == LOOP.key)
    departmental = [one for one in proceedings if one.kind != LOOP.key]
    if not departmental:
        return ()
    latest = departmental[-1]
    own = [step for step in steps if step.proceeding_id == latest.id]
    first = progress_of(HOUSING, HOUSING_PATH, latest.state, own)
    since = [step for step in steps if step.proceeding_id == loop.id and step.at >= latest.opened_at]
    if loop.state == "open":
        last = tuple(Milestone(gettext(LOOP.state(key).label), "next") for key in LOOP_PATH)
    else:
        last = progress_of(LOOP, LOOP_PATH, loop.state, since)
    return (*first, *last)


def _offers(proceedings: Sequence[Proceeding], actor: Actor, now: datetime) -> list[Offer]:
    offers = []
    for proceeding in proceedings:
        if proceeding.ending == "final":
            continue
        situation = read_situation(proceeding.id)
        if situation is None:
            continue
        offers += [Offer(situation, step, offer_label(step)) for step in steps_offered(situation, actor, now)]
    return offers


def offer_label(step: TableStep) -> str:
    """What the button says: a request for approval says so."""
    label = gettext(step.label)
    if step.verb.startswith("request_"):
        return gettext("%(what)s (needs approval)") % {"what": label}
    if step.approves:
        return gettext("Approve: %(what)s") % {"what": label}
    return label


def _earlier(case: Case, actor: Actor) -> tuple[Case, ...]:
    """Other cases of the same building or project that the viewer may see, the latest first."""
    if case.site is None:
        return ()
    sites = [case.site_id, case.site.parent_id] if case.site.parent_id else [case.site_id]
    found = Case.objects.visible_to(actor).filter(site__in=sites).exclude(id=case.id)
    return tuple(found.select_related("category").order_by("-received_at")[:5])
