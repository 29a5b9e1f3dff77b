"""Correcting sites and products as people of a competent body do: for a reason, and never into something else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area
from zhicheng.ground.database.entering import lock_entering
from zhicheng.ground.objects.entering import KnownObject, check_handled, check_may_answer, find_site
from zhicheng.ground.objects.indexing import index_product, index_site
from zhicheng.ground.objects.models import Product, Responsibility, Site, SiteKind
from zhicheng.ground.objects.registry import count_uses
from zhicheng.ground.objects.rules import PRODUCT_REVISABLE, SITE_BINDING, SITE_DOMAINS, SITE_REVISABLE
from zhicheng.ground.objects.services import prepare_product, prepare_site
from zhicheng.ground.parties.api import EntryRefused, check_reason, differing, record_revision, set_fields


@transaction.atomic
def correct_site(*, site: Site, changes: Mapping[str, Any], reason: str, by: Actor, now: datetime) -> Site:
    """Corrects what is known of a site; an estate takes along the buildings that lie where it lay.

    Raises Refused without a reason or a name, KnownObject if another site is called so there, and EntryRefused
    naming the field: another kind, a place that the actor's body does not handle, an estate or area that cases
    or answering organizations rest on.
    """
    check_reason(reason)
    lock_entering("site")
    current = Site.objects.select_for_update(of=("self",)).select_related("area", "parent").get(pk=site.pk)
    _refuse_identity(current, changes, SITE_REVISABLE)
    _check_place(current, changes, by)
    before = set_fields(current, changes)
    prepare_site(current)
    changed = differing(current, before)
    if not changed:
        return current
    _refuse_known_site(current)
    parts = list(Site.objects.select_for_update(of=("self",)).filter(parent=current).select_related("area"))
    moving = [part for part in parts if "area" in changed and part.area_id == before["area"].pk]
    _refuse_bound(current, changed, moving)
    _write_site(current, changed, reason, by, now)
    for part in parts if "area" in changed or "name" in changed else ():
        part.parent = current
        earlier = set_fields(part, {"area": current.area}) if part in moving else {}
        prepare_site(part)
        _write_site(part, earlier, reason, by, now)
    return current


@transaction.atomic
def correct_product(
    *, product: Product, changes: Mapping[str, Any], reason: str, by: Actor, now: datetime
) -> Product:
    """Corrects what is known of a product, but not who produces it.

    Raises Refused without a reason or a name or for a wrong industry code, KnownObject if the producer has such
    a product already, and EntryRefused if another producer is given or the actor's body does not handle it.
    """
    check_reason(reason)
    lock_entering("product")
    found = Product.objects.select_for_update(of=("self",)).select_related("producer__area")
    current = found.get(pk=product.pk)
    check_may_answer(by, current)
    _refuse_identity(current, changes, PRODUCT_REVISABLE)
    before = set_fields(current, {field: value.strip() for field, value in changes.items() if field != "producer"})
    prepare_product(current)
    changed = differing(current, before)
    if changed:
        _refuse_known_product(current)
        current.save(update_fields=[*changed, "sort_key"])
        index_product(current)
        record_revision(
            subject=("product", current.pk), act="product.revise", current=current, before=changed, reason=reason,
            by=by, now=now,
        )  # fmt: skip
    return current


def _refuse_identity(current: Site | Product, changes: Mapping[str, Any], revisable: tuple[str, ...]) -> None:
    """Raises EntryRefused for a change that would make the record another one."""
    for field in changes.keys() - set(revisable):
        if field not in ("kind", "producer"):
            raise TypeError(f"not a field that can be revised: {field}")
        if getattr(current, field) != changes[field]:
            message = (
                words("“{name}” stays of its kind, by which bodies handle it: enter the other one beside it")
                if field == "kind"
                else words("“{name}” of another producer is another product: enter that one beside it")
            )
            raise EntryRefused(message, field, name=current.name)


def _check_place(current: Site, changes: Mapping[str, Any], by: Actor) -> None:
    """Raises EntryRefused unless the actor's body handles it where it lies and where it shall lie."""
    domains = SITE_DOMAINS[current.kind]
    check_handled(by, [current.area.path], domains, "area", current.area.name)
    area: Area = changes.get("area", current.area)
    check_handled(by, [area.path], domains, "area", area.name)
    parent: Site | None = changes.get("parent", current.parent)
    if parent is None:
        return
    if current.kind == SiteKind.PROJECT:
        raise EntryRefused(words("An estate or project lies in no other."), "parent")
    if parent.kind != SiteKind.PROJECT:
        raise EntryRefused(words("“{name}” is no estate or project"), "parent", name=parent.name)


def _refuse_known_site(current: Site) -> None:
    known = find_site(kind=current.kind, name=current.name, area=current.area, parent=current.parent)
    if known is not None and known.pk != current.pk:
        raise KnownObject(words("“{name}” is entered there already"), known)


def _refuse_known_product(current: Product) -> None:
    same = Product.objects.filter(
        name=current.name, producer=current.producer, trademark=current.trademark, model=current.model
    )
    if known := same.exclude(pk=current.pk).order_by("id").first():
        raise KnownObject(words("“{name}” of this producer is entered already"), known)


def _refuse_bound(current: Site, changed: Mapping[str, Any], moving: list[Site]) -> None:
    """Raises EntryRefused if it would move away from under cases, or from those to whom others answer."""
    bound = next((field for field in SITE_BINDING if field in changed), None)
    if bound is None:
        return
    if count := count_uses([current.pk, *(part.pk for part in moving)]):
        message = words("{count} cases name “{name}”: it stays where it is. Enter it anew in the right place")
        raise EntryRefused(message, bound, count=count, name=current.name)
    answering = Responsibility.objects.filter(site=current, answers_to__isnull=False)
    if "parent" in changed and answering.exclude(answers_to__site=current).exists():
        message = words("Who answers for “{name}” answers to those of its estate: it stays there")
        raise EntryRefused(message, "parent", name=current.name)


def _write_site(site: Site, changed: Mapping[str, Any], reason: str, by: Actor, now: datetime) -> None:
    site.save(update_fields=[*changed, "sort_key", "terms"])
    index_site(site)
    if changed:
        record_revision(
            subject=("site", site.pk), act="site.revise", current=site, before=changed, reason=reason, by=by,
            now=now,
        )  # fmt: skip
