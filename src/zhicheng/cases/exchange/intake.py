"""A case opened by a program: what was sent, read as a complaint."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhicheng.cases.exchange.schemas import CaseIn
from zhicheng.cases.kind import CaseKind
from zhicheng.cases.kinds import CATALOGUES, kinds_for
from zhicheng.cases.models import Source
from zhicheng.cases.schemas import typed
from zhicheng.cases.services import Complaint
from zhicheng.cases.titles import title_of
from zhicheng.core.access import Actor, Matter, Role
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area
from zhicheng.ground.interface.api import Refusal
from zhicheng.ground.objects.api import Site
from zhicheng.ground.packs.api import Term, list_terms
from zhicheng.ground.proceedings.api import process_in_force

OPENERS = frozenset({Role.CLERK, Role.OFFICER, Role.CALLER})
"""Whoever records matters on the desk opens them here."""


def complaint_of(body: CaseIn, *, by: Actor, request_key: UUID, on: date) -> Complaint:
    """What was sent as a complaint; raises Refusal naming the field that is wrong, or that it is not theirs."""
    site = _site(body)
    area = _area(body, site, on)
    category = _category(body.category, area, on)
    kinds = kinds_named(body.kinds, category)
    require_competent(by, area, (kinds or kinds_for(category.catalogue))[0])
    return Complaint(
        title=body.title or title_of(category, site, area),
        description=body.description,
        category=category,
        area=area,
        request_key=request_key,
        source=Source.API,
        site=site,
        place=body.place,
        respondent=body.respondent,
        reporter_name=body.reporter.name,
        reporter_phone=body.reporter.phone,
        reporter_email=body.reporter.email,
        tell_progress=body.reporter.tell_progress,
        kinds=kinds,
        told=answers_of(body.told, kinds or kinds_for(category.catalogue)[:1], on),
        external_system=body.external.system if body.external else "",
        external_number=body.external.number if body.external else "",
    )


def terms_at(area: Area, on: date) -> list[Term]:
    """The categories that are offered at a place: the leaves of every catalogue of matters."""
    found = []
    for catalogue in CATALOGUES:
        terms = list_terms(catalogue, area, on)
        groups = {term.parent_id for term in terms}
        found += [term for term in terms if term.id not in groups]
    return found


def area_called(code: str, on: date) -> Area:
    """The area that has this code on a day; raises Refusal."""
    area = Area.objects.valid_on(on).filter(code=code).first()
    if area is None:
        raise wrong("area", words("There is no area of the code “{value}” today."), value=code)
    return area


def wrong(field: str, message: str, **params: object) -> Refusal:
    """A refusal of one field of what was sent."""
    return Refusal(422, "values", message, fields={field: message}, params=params)


def _site(body: CaseIn) -> Site | None:
    if body.site is None:
        return None
    site = Site.objects.select_related("area").filter(id=body.site).first()
    if site is None:
        raise wrong("site", words("There is no building of the number {value}."), value=body.site)
    return site


def _area(body: CaseIn, site: Site | None, on: date) -> Area:
    if body.area is None:
        if site is None:
            raise wrong("area", words("Name the place by “area” or by “site”."))
        return site.area
    area = area_called(body.area, on)
    if site is None:
        return area
    if not site.area.path.startswith(area.path):
        raise wrong("site", words("This building does not lie in {area}."), area=area.name)
    return site.area


def _category(code: str, area: Area, on: date) -> Term:
    found = next((term for term in terms_at(area, on) if term.code == code), None)
    if found is None:
        raise wrong(
            "category", words("“{value}” is not a category of {area}; GET /api/v1/categories lists them."),
            value=code, area=area.name,
        )  # fmt: skip
    return found


def kinds_named(named: Sequence[str], category: Term) -> tuple[CaseKind, ...]:
    """The kinds that were asked for, where the category leaves a choice; raises Refusal for any other."""
    offered = {kind.key: kind for kind in kinds_for(category.catalogue)}
    strange = [key for key in named if key not in offered]
    if strange:
        raise wrong(
            "kinds", words("“{value}” does not follow from this category; expected: {expected}."),
            value=strange[0], expected=", ".join(offered),
        )  # fmt: skip
    chosen = tuple(offered[key] for key in dict.fromkeys(named))
    if len({kind.domain for kind in chosen}) > 1:
        raise wrong("kinds", words("These proceedings belong to different bodies: open a case for each."))
    return chosen


def answers_of(told: Mapping[str, Any], kinds: tuple[CaseKind, ...], on: date) -> dict[str, Any]:
    """The answers with their dates read; raises Refusal for one that nobody asks for: it is not overlooked."""
    needs = [need for kind in kinds for need in process_in_force(kind.key, on).opening]
    strange = sorted(set(told) - {need.key for need in needs})
    if strange:
        raise wrong(f"told.{strange[0]}", words("Nobody asks for “{value}”."), value=strange[0])
    return typed(needs, dict(told))


def require_competent(by: Actor, area: Area, kind: CaseKind) -> None:
    """Raises Refusal for who is not competent: nobody opens what they could not see afterwards."""
    matter = Matter(area_path=area.path, domain=kind.domain, holder=None, parts={})
    if not any(reach.role in OPENERS and reach.covers(matter) for reach in by.reaches):
        raise Refusal(
            403, "scope", words("The account is not competent for {area} in this matter."), area=area.name
        )
