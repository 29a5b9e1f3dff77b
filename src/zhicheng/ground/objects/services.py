"""Entering sites, products and who answers for them. Every act is a ledger entry of the object."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhicheng.core.access import Actor, Subject
from zhicheng.core.codes import IndustryCode
from zhicheng.core.pinyin import sort_key
from zhicheng.core.refused import Refused
from zhicheng.core.search import bigrams
from zhicheng.core.words import words
from zhicheng.ground.ledger.api import record
from zhicheng.ground.objects.indexing import index_product, index_site
from zhicheng.ground.objects.models import Product, Responsibility, Site
from zhicheng.ground.parties.api import Organization


@transaction.atomic
def register_site(*, kind: str, name: str, by: Actor, now: datetime, **fields: Any) -> Site:
    """Enters a site; `fields` are further fields of Site, of which `area` is required.

    Raises Refused if the name is missing.
    """
    site = Site(kind=kind, name=name, **fields)
    prepare_site(site)
    site.save(force_insert=True)
    index_site(site)
    body = {"kind": kind, "name": site.name, "area": site.area_id, "parent": site.parent_id}
    record(subject=("site", site.pk), act="site.register", by=by, now=now, body=body)
    return site


@transaction.atomic
def register_product(*, name: str, by: Actor, now: datetime, **fields: Any) -> Product:
    """Enters a product; `fields` are further fields of Product.

    Raises Refused if the name is missing or the industry code is malformed.
    """
    product = Product(name=name, **fields)
    prepare_product(product)
    product.save(force_insert=True)
    index_product(product)
    body = {"name": product.name, "trademark": product.trademark, "model": product.model,
            "producer": product.producer_id}  # fmt: skip
    record(subject=("product", product.pk), act="product.register", by=by, now=now, body=body)
    return product


@transaction.atomic
def record_responsibility(
    *,
    about: Site | Product,
    role: str,
    organization: Organization,
    by: Actor,
    now: datetime,
    answers_to: Responsibility | None = None,
    scope: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Responsibility:
    """Says that an organization answers for a site or a product, and to whom.

    Raises Refused if `answers_to` belongs to another object than this one or the project it is part of.
    """
    site, product = (about, None) if isinstance(about, Site) else (None, about)
    if answers_to and not _of_same_object(answers_to, site, product):
        raise Refused(words("The organization that is answered to is not part of this chain"))
    responsibility = Responsibility.objects.create(
        site=site, product=product, role=role, organization=organization, answers_to=answers_to,
        scope=scope.strip(), valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    subject = _subject_of(about)
    record(subject=subject, act="responsibility.record", by=by, now=now, body=_body(responsibility))
    return responsibility


@transaction.atomic
def end_responsibility(*, responsibility: Responsibility, on: date, by: Actor, now: datetime) -> Responsibility:
    """Says until when an organization answered, such as a property manager whose contract ended.

    Raises Refused if it had ended before, or would end before it began.
    """
    current = Responsibility.objects.select_for_update(of=("self",)).get(pk=responsibility.pk)
    if current.valid_to is not None:
        raise Refused(words("It ended on {day} already"), day=current.valid_to)
    if current.valid_from is not None and on < current.valid_from:
        raise Refused(words("It began on {day}: it cannot end before"), day=current.valid_from)
    current.valid_to = on
    current.save(update_fields=["valid_to"])
    subject = _subject_of(current.site or current.product)
    record(subject=subject, act="responsibility.end", by=by, now=now, body=_body(current))
    return current


def prepare_site(site: Site) -> None:
    """Puts name, sort key and search terms in their one form, before a write. Raises Refused."""
    site.name = _named(site.name)
    site.sort_key = sort_key(site.name)
    # A building is mostly called by its number alone, so it is also found by the name of its project.
    site.terms = bigrams(site.name, site.address, site.parent.name if site.parent else "")


def prepare_product(product: Product) -> None:
    """Puts name, sort key and industry code in their one form, before a write. Raises Refused."""
    product.name = _named(product.name)
    product.sort_key = sort_key(product.name)
    product.industry = IndustryCode.parse(product.industry).digits if product.industry else ""


def _named(name: str) -> str:
    if not name.strip():
        raise Refused(words("Give a name"))
    return name.strip()


def _of_same_object(above: Responsibility, site: Site | None, product: Product | None) -> bool:
    if site is None:
        return product is not None and above.product_id == product.pk
    return above.site_id in _with_ancestors(site)


def _with_ancestors(site: Site) -> set[int]:
    found: set[int] = set()
    step: Site | None = site
    while step is not None:
        found.add(step.pk)
        step = step.parent
    return found


def _subject_of(about: Site | Product | None) -> Subject:
    if about is None:  # the database refuses such a row
        raise ValueError("a responsibility is for a site or a product")
    return ("site" if isinstance(about, Site) else "product", about.pk)


def _body(responsibility: Responsibility) -> dict[str, Any]:
    start, end = responsibility.valid_from, responsibility.valid_to
    return {
        "responsibility": responsibility.pk,
        "role": str(responsibility.role),
        "organization": responsibility.organization_id,
        "answers_to": responsibility.answers_to_id,
        "scope": responsibility.scope,
        "valid_from": start.isoformat() if start else None,
        "valid_to": end.isoformat() if end else None,
    }
