"""Requests as a key may see them: which, and what is said of each."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.open311.rules import CLOSED, MOST_REQUESTS, OPEN, window
from zhicheng.cases.open311.schemas import RequestOut, RequestsAsked
from zhicheng.cases.page import audience_of
from zhicheng.cases.queries import awaited, shown_proceedings
from zhicheng.cases.rules import LOOP
from zhicheng.cases.withholding import withheld_among
from zhicheng.core.access import Actor
from zhicheng.core.process import Ending
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.areas.api import City, area_labels
from zhicheng.ground.proceedings.api import Proceeding, process_version
from zhicheng.ground.ui.record import Audience


def list_requests(asked: RequestsAsked, city: City, actor: Actor, now: datetime) -> list[RequestOut]:
    """What was asked for, as far as the actor may see it, the newest first; raises Refused."""
    found: QuerySet[Case]
    if asked.service_request_id is not None:
        found = Case.objects.visible_to(actor).filter(number__in=_parted(asked.service_request_id))
    else:
        found = _filtered(Case.objects.listed_for(actor), asked, now)
    size = asked.page_size or MOST_REQUESTS
    begun = ((asked.page or 1) - 1) * size
    return described(_of_city(found, city)[begun : begun + size], actor)


def find_request(number: str, city: City, actor: Actor) -> list[RequestOut]:
    """The request with this number, as a list of one; empty if there is none that the actor may see."""
    if not number.isprintable():
        return []
    return described(_of_city(Case.objects.visible_to(actor).filter(number=number), city), actor)


def described(found: QuerySet[Case], actor: Actor) -> list[RequestOut]:
    """What is said of each case, with as many queries for a thousand as for one."""
    cases = list(found)
    shown = shown_proceedings(actor).filter(subject_id__in=[case.id for case in cases])
    by_case = {
        case_id: list(own)
        for case_id, own in groupby(
            shown.select_related("holder", "area").prefetch_related("participants").order_by("subject_id", "id"),
            key=lambda one: one.subject_id,
        )
    }
    places = area_labels(case.area for case in cases)
    outside = [case.id for case in cases if audience_of(by_case[case.id], actor) is Audience.OUTSIDE]
    withheld = withheld_among(outside, Audience.OUTSIDE) if outside else set()
    return [_said(case, by_case[case.id], places[case.area_id], withheld) for case in cases]


def moment_of(name: str, text: str | None) -> datetime | None:
    """A moment in the W3C's form of ISO 8601; a day alone is its first moment in the city. Raises Refused."""
    if text is None:
        return None
    try:
        # A plus that nobody escaped arrives as a space.
        moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
        if len(text.strip()) == len("2026-11-23"):
            return timezone.make_aware(datetime.combine(moment, time()))
        if moment.tzinfo is not None:
            return moment
    except (ValueError, OverflowError):
        pass
    raise Refused(words("“{name}” must be a moment such as 2026-11-01T00:00:00Z."), name=name)


def _filtered(found: QuerySet[Case], asked: RequestsAsked, now: datetime) -> QuerySet[Case]:
    begun, ended = window(moment_of("start_date", asked.start_date), moment_of("end_date", asked.end_date), now)
    found = found.filter(received_at__gte=begun, received_at__lte=ended)
    if asked.service_code is not None:
        found = found.filter(category__code__in=_parted(asked.service_code))
    statuses = set(_parted(asked.status or ""))
    if strange := sorted(statuses - {OPEN, CLOSED}):
        raise Refused(words("“status” is “open” or “closed”, not “{value}”."), value=strange[0])
    if len(statuses) == 1:
        loops = Proceeding.objects.filter(kind=LOOP.key, subject_kind=SUBJECT, subject_id=OuterRef("pk"))
        in_hand = Exists(loops.filter(ending=Ending.OPEN))
        found = found.filter(in_hand if OPEN in statuses else ~in_hand)
    return found


def _of_city(found: QuerySet[Case], city: City) -> QuerySet[Case]:
    inside = found.filter(area__path__startswith=city.area.path)
    return inside.select_related("category", "area", "site__parent").order_by("-received_at", "-id")


def _parted(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _said(case: Case, proceedings: Sequence[Proceeding], place: str, withheld: Collection[int]) -> RequestOut:
    """One request. What a person left of themselves, photographs included, is no part of it."""
    loop = next(one for one in proceedings if one.kind == LOOP.key)
    waiting, site = awaited(proceedings), case.site
    building = f"{site.parent.name if site.parent else ''}{site.name}" if site else ""
    return RequestOut(
        service_request_id=case.number,
        status=OPEN if loop.is_open else CLOSED,
        status_notes=_notes(proceedings),
        service_name=case.category.label if case.category else None,
        service_code=case.category.code if case.category else None,
        description=(case.description if case.id not in withheld else "") or None,
        agency_responsible=waiting.holder.name if waiting.holder else None,
        service_notice=gettext("A simulated record") if case.simulated else None,
        requested_datetime=case.received_at,
        updated_datetime=max(one.state_since for one in proceedings),
        expected_datetime=waiting.due_at if loop.is_open else None,
        address=f"{place}{building}",
        address_id=str(site.id) if site else case.area.code,
        zipcode=None,
        lat=float(site.latitude) if site and site.latitude is not None else None,
        long=float(site.longitude) if site and site.longitude is not None else None,
        media_url=None,
    )


def _notes(proceedings: Sequence[Proceeding]) -> str:
    """How each departmental proceeding stands that the reader may see; of none, how the case does."""
    held = [one for one in proceedings if one.kind != LOOP.key] or list(proceedings)
    states = [process_version(one.kind, one.version).state(one.state).label for one in held]
    return "; ".join(gettext(label) for label in dict.fromkeys(states))
