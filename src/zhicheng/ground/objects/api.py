"""What other apps may use of objects."""

from zhicheng.ground.objects.chain import Link, flat, responsibility_chain
from zhicheng.ground.objects.models import Answers, Product, Responsibility, Site, SiteKind
from zhicheng.ground.objects.queries import (
    find_sites,
    list_parts,
    list_products_of,
    list_responsibilities_of,
)
from zhicheng.ground.objects.services import (
    end_responsibility,
    record_responsibility,
    register_product,
    register_site,
)

__all__ = [
    "Answers",
    "Link",
    "Product",
    "Responsibility",
    "Site",
    "SiteKind",
    "end_responsibility",
    "find_sites",
    "flat",
    "list_parts",
    "list_products_of",
    "list_responsibilities_of",
    "record_responsibility",
    "register_product",
    "register_site",
    "responsibility_chain",
]
