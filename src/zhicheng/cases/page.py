"""One case on one page: what it is, where it stands, what may be done now, and what happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhicheng.cases.kind import TOLD
from zhicheng.cases.kinds import kind_of
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.queries import (
    awaited,
    body_of,
    is_staff_of,
    latest_of_each_kind,
    leading_of,
    proceedings_for,
)
from zhicheng.cases.refiling.rules import REFILE, REFILES
from zhicheng.cases.reopened import Reopened, reopened_in, why_reopened
from zhicheng.cases.rules import LOOP
from zhicheng.cases.withholding import withheld_among
from zhicheng.core.access import Actor, Role
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
    list_running_clocks,
    process_version,
    read_situation,
    steps_offered,
)
from zhicheng.ground.ui.marks import ClockMark, StateMark, clock_mark
from zhicheng.ground.ui.offers import offer_label
from zhicheng.ground.ui.record import Audience, Happening, Milestone, list_happenings, progress_of, state_mark

LOOP_PATH = ("awaiting_call", "closed")
LOOP_LIMITS = {"case.call": words("Call back")}


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
class Track:
    """How far one proceeding of the case is on its way; `label` names it where there are several."""

    label: str
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True)
class CasePage:
    """Everything that the page of a case shows to one viewer."""

    case: Case
    place: str
    room: str
    state: StateMark
    clock: ClockMark | None
    limits: tuple[RunningLimit, ...]
    tracks: tuple[Track, ...]
    offers: tuple[Offer, ...]
    happenings: tuple[Happening, ...]
    photos: tuple[Attachment, ...]
    chain: tuple[Link, ...]
    current: Proceeding
    proceedings: tuple[Proceeding, ...]
    earlier: tuple[Case, ...]
    audience: Audience
    withheld: bool
    """Whether the reporter's words and photographs are kept from the viewer."""
    company_is: str
    """What the table calls the organization that answers: responsible only where something is ordered.

    Nothing where nobody answers, as in a report, which stays with the bodies.
    """
    has_cause: bool
    """Whether a cause is found in matters of this kind."""
    reopened: Reopened | None
    why_reopened: str
    """What the reporter said when it was reopened the last time; nothing for a company."""
    told: str
    """The heading of what the reporter told: a hazard is reported, and nobody complains of it."""

    @property
    def body(self) -> str:
        """The body that has the case, or had it last: the loop stays where the case was opened."""
        return body_of(self.current if self.current.kind != LOOP.key else leading_of(self.proceedings))


def build_page(*, case: Case, actor: Actor, now: datetime) -> CasePage:
    """The page of a case as `actor` may see it; the caller has made sure that they may see it at all."""
    proceedings = proceedings_for(case, actor)
    audience = audience_of(proceedings, actor)
    shown = {one.id for one in proceedings}
    history = list_history((SUBJECT, case.id))
    steps = [step for step in history if step.proceeding_id in shown]
    withheld = bool(withheld_among([case.id], audience))
    running = list_running_clocks([one.id for one in proceedings])
    current = awaited(proceedings)
    reopening = reopened_in(steps)
    happenings = (
        [] if case.historical else list_happenings(_told_to(audience, history, steps), audience, case.area.path)
    )
    return CasePage(
        case=case,
        place=area_label(case.area),
        room=_room(case, proceedings, actor),
        state=state_mark(process_version(current.kind, current.version), current.state),
        clock=clock_mark(current.due_at, now, working_calendar(), paused=current.paused),
        limits=tuple(_limits(proceedings, running, now)),
        tracks=tuple(_tracks(proceedings, steps)),
        offers=tuple(_offers(proceedings, actor, now)),
        happenings=tuple(happenings),
        photos=() if withheld else tuple(_photos(case)),
        withheld=withheld,
        chain=tuple(flat(responsibility_chain(case.site, on=local(now).date()))) if case.site else (),
        current=current,
        proceedings=tuple(proceedings),
        earlier=_earlier(case, actor) if audience is Audience.STAFF else (),
        audience=audience,
        company_is=_asked_as("company", proceedings) or (words("Company") if case.company_id else ""),
        has_cause=case.cause_id is not None or bool(_asked_as("cause", proceedings)),
        reopened=reopening[0] if reopening else None,
        why_reopened=why_reopened(reopening[1]) if reopening and audience is not Audience.OUTSIDE else "",
        told=_told_in(proceedings),
    )


def _told_to(audience: Audience, history: Sequence[Step], shown: Sequence[Step]) -> list[Step]:
    """The steps that the history tells: whoever got a re-filed matter reads why, but not what was before."""
    if audience is not Audience.STAFF:
        return list(shown)
    came_from = {step.data[REFILES] for step in shown if REFILES in step.data}
    ids = {step.pk for step in shown}
    return [one for one in history if one.pk in ids or (one.verb == REFILE and one.proceeding_id in came_from)]


def _told_in(proceedings: Sequence[Proceeding]) -> str:
    """What its kind calls what was told; of an earlier case, which has no kind, a complaint."""
    leading = leading_of(proceedings)
    return TOLD if leading.kind == LOOP.key else kind_of(leading.kind).told


def _asked_as(key: str, proceedings: Sequence[Proceeding]) -> str:
    """The words by which the tables of a case ask for something, the latest kind first; nothing if none does."""
    tables = (process_version(one.kind, one.version) for one in reversed(proceedings))
    named = (need.label for table in tables for step in table.steps for need in step.needs if need.key == key)
    return next(named, "")


def _photos(case: Case) -> Iterator[Attachment]:
    return (one for one in list_attachments((SUBJECT, case.id)) if one.erased_at is None)


def audience_of(proceedings: Sequence[Proceeding], actor: Actor) -> Audience:
    """For whom the page of a case is written: `proceedings` are those that the actor may see of it."""
    if is_staff_of(proceedings, actor):
        return Audience.STAFF
    return Audience.REPORTER if actor.own_role is Role.REPORTER else Audience.OUTSIDE


def get_case(actor: Actor, number: str) -> Case | None:
    """The case with its relations, if the actor may see it."""
    if not number.isprintable():
        return None
    found = Case.objects.visible_to(actor).select_related(
        "category__parent",
        "cause",
        "area",
        "county",
        "site__area",
        "site__parent",
        "company",
        "reporter",
        "importer",
        "external_clock",
    )
    return found.filter(number=number).first()


def _room(case: Case, proceedings: Sequence[Proceeding], actor: Actor) -> str:
    """Where in the building it is: in clear for whoever acts on the case and may have to go there, else masked."""
    if case.reporter is None or not case.reporter.address_sealed:
        return ""
    acts = any(actor.roles_on(one.matter()) for one in proceedings)
    return case.reporter.address if acts else case.reporter.masked.address


def _limits(
    proceedings: Sequence[Proceeding], running: dict[int, list[Clock]], now: datetime
) -> list[RunningLimit]:
    labels = {one.id: _limit_labels(one) for one in proceedings}
    limits = []
    for clock in sorted((c for many in running.values() for c in many), key=lambda c: (c.due_at or now, c.id)):
        mark = clock_mark(clock.due_at, now, working_calendar(), paused=clock.due_at is None)
        if mark is not None:
            label = labels[clock.proceeding_id].get(clock.limit_key, clock.limit_key)
            limits.append(RunningLimit(gettext(label), mark))
    return limits


def _limit_labels(proceeding: Proceeding) -> Mapping[str, str]:
    return LOOP_LIMITS if proceeding.kind == LOOP.key else kind_of(proceeding.kind).limits


def _tracks(proceedings: Sequence[Proceeding], steps: Sequence[Step]) -> list[Track]:
    """The way of the latest proceeding of each kind, then the loop's own end: one bar where there is one kind."""
    latest = latest_of_each_kind(proceedings)
    if not latest:
        return []
    loop = next(one for one in proceedings if one.kind == LOOP.key)
    end = _end_of_loop(loop, latest, steps)
    if len(latest) == 1:
        return [Track("", (*_way_of(latest[0], steps), *end))]
    named = [Track(gettext(kind_of(one.kind).label), _way_of(one, steps)) for one in latest]
    return [*named, Track(gettext(LOOP.label), end)]


def _way_of(proceeding: Proceeding, steps: Sequence[Step]) -> tuple[Milestone, ...]:
    own = [step for step in steps if step.proceeding_id == proceeding.id]
    process = process_version(proceeding.kind, proceeding.version)
    return progress_of(process, kind_of(proceeding.kind).path, proceeding.state, own)


def _end_of_loop(loop: Proceeding, latest: Sequence[Proceeding], steps: Sequence[Step]) -> tuple[Milestone, ...]:
    if loop.state == "open":
        return tuple(Milestone(gettext(LOOP.state(key).label), "next") for key in LOOP_PATH)
    begun = max(one.opened_at for one in latest)
    since = [step for step in steps if step.proceeding_id == loop.id and step.at >= begun]
    return progress_of(LOOP, LOOP_PATH, loop.state, since)


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


def _earlier(case: Case, actor: Actor) -> tuple[Case, ...]:
    """Other cases of the same building or project that the viewer may see, the latest first."""
    if case.site is None:
        return ()
    sites = [case.site_id, case.site.parent_id] if case.site.parent_id else [case.site_id]
    found = Case.objects.visible_to(actor).filter(site__in=sites).exclude(id=case.id)
    return tuple(found.select_related("category").order_by("-received_at")[:5])
