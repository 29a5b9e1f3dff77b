"""What other apps may use of objects."""

from zhicheng.ground.objects.chain import Link, flat, product_chain, responsibility_chain
from zhicheng.ground.objects.correcting import correct_product, correct_site
from zhicheng.ground.objects.entering import (
    KnownObject,
    close_responsibility,
    enter_product,
    enter_responsibility,
    enter_site,
    find_site,
    may_answer,
)
from zhicheng.ground.objects.models import OF_PRODUCTS, OF_SITES, Answers, Product, Responsibility, Site, SiteKind
from zhicheng.ground.objects.queries import (
    find_sites,
    list_parts,
    list_products_of,
    list_responsibilities_of,
)
from zhicheng.ground.objects.rules import PRODUCT_DOMAINS, SITE_DOMAINS
from zhicheng.ground.objects.services import (
    end_responsibility,
    record_responsibility,
    register_product,
    register_site,
)

__all__ = [
    "OF_PRODUCTS",
    "OF_SITES",
    "PRODUCT_DOMAINS",
    "SITE_DOMAINS",
    "Answers",
    "KnownObject",
    "Link",
    "Product",
    "Responsibility",
    "Site",
    "SiteKind",
    "close_responsibility",
    "correct_product",
    "correct_site",
    "end_responsibility",
    "enter_product",
    "enter_responsibility",
    "enter_site",
    "find_site",
    "find_sites",
    "flat",
    "list_parts",
    "list_products_of",
    "list_responsibilities_of",
    "may_answer",
    "product_chain",
    "record_responsibility",
    "register_product",
    "register_site",
    "responsibility_chain",
]
