"""Entering sites and products, and who answers for them, as people of a competent body do: each once."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from zhicheng.core.access import Actor, Domain
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area
from zhicheng.ground.database.entering import entry_key, lock_entering
from zhicheng.ground.objects.models import OF_PRODUCTS, OF_SITES, Answers, Product, Responsibility, Site, SiteKind
from zhicheng.ground.objects.rules import PRODUCT_DOMAINS, SITE_DOMAINS
from zhicheng.ground.objects.services import (
    end_responsibility,
    record_responsibility,
    register_product,
    register_site,
)
from zhicheng.ground.parties.api import EntryRefused, Organization


class KnownObject(EntryRefused):
    """The site or product is there already, as `known`."""

    def __init__(self, message: str, known: Site | Product, **params: object) -> None:
        super().__init__(message, "name", name=known.name, **params)
        self.known = known


@transaction.atomic
def enter_site(
    *, kind: str, name: str, area: Area, by: Actor, now: datetime, parent: Site | None = None,
    request_key: UUID | None = None, **fields: Any,
) -> Site:  # fmt: skip
    """Enters a site; the same request has one effect, however often it comes.

    Raises KnownObject if its project, or its area if it is in none, has one of this name; EntryRefused if the
    actor's body does not handle such a site there, or `parent` is no project.
    """
    lock_entering("site")
    key = entry_key(request_key, kind, name, area.pk, parent and parent.pk, fields)
    sent_before = Site.objects.filter(entry_key=key).first() if key else None
    if sent_before:
        return sent_before
    check_handled(by, [area.path], SITE_DOMAINS[kind], "area", area.name)
    if parent is not None and parent.kind != SiteKind.PROJECT:
        raise EntryRefused(words("“{name}” is no estate or project"), "parent", name=parent.name)
    known = find_site(kind=kind, name=name.strip(), area=area, parent=parent)
    if known:
        raise KnownObject(words("“{name}” is entered there already"), known)
    return register_site(kind=kind, name=name, area=area, parent=parent, entry_key=key, by=by, now=now, **fields)


@transaction.atomic
def enter_product(
    *, name: str, by: Actor, now: datetime, producer: Organization | None = None,
    seller: Organization | None = None, request_key: UUID | None = None, **fields: Any,
) -> Product:  # fmt: skip
    """Enters a product with who sells and who makes it; the producer answers to the seller, if both are known.

    The same request has one effect. Raises KnownObject if the producer has this product already, EntryRefused if
    neither is named, or the actor's body handles products in the area of neither.
    """
    lock_entering("product")
    key = entry_key(request_key, name, producer and producer.pk, seller and seller.pk, fields)
    sent_before = Product.objects.filter(entry_key=key).first() if key else None
    if sent_before:
        return sent_before
    named = [one for one in (producer, seller) if one is not None]
    if not named:
        raise EntryRefused(words("Name the producer or a seller: one of them answers for the product"), "producer")
    places = ", ".join(dict.fromkeys(one.area.name for one in named))
    check_handled(by, [one.area.path for one in named], PRODUCT_DOMAINS, "producer", places)
    texts = {field: str(fields.get(field, "")) for field in ("trademark", "model")}
    known = Product.objects.filter(name=name.strip(), producer=producer, **texts).order_by("id").first()
    if known:
        raise KnownObject(words("“{name}” of this producer is entered already"), known)
    product = register_product(name=name, producer=producer, entry_key=key, by=by, now=now, **fields)
    above = None
    for role, organization in ((Answers.SELLER, seller), (Answers.PRODUCER, producer)):
        if organization is not None:
            above = record_responsibility(
                about=product, role=role, organization=organization, answers_to=above, by=by, now=now
            )
    return product


@transaction.atomic
def enter_responsibility(
    *, about: Site | Product, role: str, organization: Organization, by: Actor, now: datetime,
    answers_to: Responsibility | None = None, scope: str = "", valid_from: date | None = None,
    valid_to: date | None = None,
) -> Responsibility:  # fmt: skip
    """Says who answers for an object and to whom; what is recorded already, is so once.

    Raises EntryRefused naming the argument: a role that the object does not have, days in the wrong order, one who
    answers for the same already, or an object that the actor's body does not handle.
    """
    lock_entering("responsibility")
    check_may_answer(by, about)
    if role not in (OF_SITES if isinstance(about, Site) else OF_PRODUCTS):
        raise EntryRefused(words("“{role}” is no role for this: choose one that is offered"), "role", role=role)
    if valid_from and valid_to and valid_to < valid_from:
        raise EntryRefused(words("The last day is before the first, {day}"), "valid_to", day=valid_from)
    same = _of(about).filter(role=role, organization=organization, scope=scope.strip())
    asked = {"valid_from": valid_from, "valid_to": valid_to, "answers_to": answers_to}
    if recorded := same.filter(**_nullable(asked)).first():
        return recorded
    if valid_to is None and same.filter(valid_to__isnull=True).exists():
        message = words("“{name}” answers for this already: end that first if it changed")
        raise EntryRefused(message, "organization", name=organization.name)
    return record_responsibility(
        about=about, role=role, organization=organization, answers_to=answers_to, scope=scope,
        valid_from=valid_from, valid_to=valid_to, by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def close_responsibility(*, responsibility: Responsibility, on: date, by: Actor, now: datetime) -> Responsibility:
    """Says until when an organization answered; said once more for the same day, it stays so.

    Raises as `end_responsibility`, and EntryRefused if the actor's body does not handle the object.
    """
    lock_entering("responsibility")
    current = Responsibility.objects.select_related("site__area", "product").get(pk=responsibility.pk)
    about = current.site or current.product
    assert about is not None, "a responsibility is for a site or a product"
    check_may_answer(by, about)
    if current.valid_to == on:
        return current
    return end_responsibility(responsibility=current, on=on, by=by, now=now)


def find_site(*, kind: str, name: str, area: Area, parent: Site | None) -> Site | None:
    """The site of this name in the project, or of this kind and name in the area if it is in none."""
    within = {"parent": parent} if parent else {"parent__isnull": True, "area": area, "kind": kind}
    return Site.objects.filter(name=name, **within).order_by("id").first()


def may_answer(by: Actor, about: Site | Product) -> bool:
    """Whether the actor may say who answers for the object."""
    paths, domains = _handled(about)
    return any(by.enters(path, domains) for path in paths)


def check_may_answer(by: Actor, about: Site | Product) -> None:
    """Raises EntryRefused unless the actor may say who answers for the object."""
    paths, domains = _handled(about)
    check_handled(by, paths, domains, "", about.name)


def _handled(about: Site | Product) -> tuple[list[str], frozenset[Domain]]:
    """Where the object lies (a product where those who answer for it are) and which domains handle it."""
    if isinstance(about, Site):
        return [about.area.path], SITE_DOMAINS[about.kind]
    answering = Responsibility.objects.filter(product=about).values_list("organization__area__path", flat=True)
    own = [about.producer.area.path] if about.producer else []
    return [*own, *answering], PRODUCT_DOMAINS


def check_handled(by: Actor, paths: Iterable[str], domains: frozenset[Domain], field: str, place: str) -> None:
    """Raises EntryRefused, at `field`, unless the actor's body handles these domains at one of the paths."""
    if not any(by.enters(path, domains) for path in paths):
        message = words("Your body does not handle this in {place}: whoever is competent enters it")
        raise EntryRefused(message, field, place=place)


def _of(about: Site | Product) -> QuerySet[Responsibility]:
    if isinstance(about, Site):
        return Responsibility.objects.filter(site=about)
    return Responsibility.objects.filter(product=about)


def _nullable(values: dict[str, Any]) -> dict[str, Any]:
    return {f"{key}__isnull" if value is None else key: True if value is None else value
            for key, value in values.items()}  # fmt: skip
