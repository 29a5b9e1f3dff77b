"""Naming places and categories as fast as somebody speaks: by name, or by the initials of its pinyin."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q

from zhicheng.cases.api import CATALOGUES
from zhicheng.core.access import Actor
from zhicheng.core.pinyin import initials
from zhicheng.core.typed import read_id
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.areas.api import Area, area_labels, within
from zhicheng.ground.kept import kept
from zhicheng.ground.objects.api import Site, find_sites
from zhicheng.ground.packs.api import Term, term_tree
from zhicheng.ground.ui.templatetags.house import sentence

MOST = 9
COUNTY_LEVEL = 3


@dataclass(frozen=True)
class Place:
    """Where a reporter says it is: a building or project, or only an area."""

    area: Area
    site: Site | None = None


def suggest_places(actor: Actor, text: str) -> list[dict[str, str]]:
    """Buildings and projects first, then areas, by a part of the name or, for areas, by its initials."""
    sites = find_sites(text, actor.areas, limit=MOST)
    areas = _find_areas(text, actor.areas)
    labels = area_labels([*(site.area for site in sites), *areas])
    return [
        *({"id": f"site-{one.id}", "label": _site_name(one), "note": labels[one.area_id]} for one in sites),
        *({"id": f"area-{one.id}", "label": one.name, "note": labels[one.id]} for one in areas),
    ]


def place_meant(actor: Actor, text: str, chosen: str) -> Place:
    """The place that was chosen, or the only one that the words name. Raises ValidationError."""
    kind, _, typed = chosen.partition("-")
    id_ = read_id(typed)
    found = None if id_ is None else _chosen(actor, kind, id_)
    if found and text in (found.area.name, _site_name(found.site) if found.site else ""):
        return found
    exact = [one for one in suggest_places(actor, text) if one["label"] == text]
    if len(exact) == 1:
        return place_meant(actor, text, exact[0]["id"])
    message = words("Choose the place among the suggestions: a building, village or township.")
    raise ValidationError(sentence(message, {}))


def suggest_categories(area_path: str, text: str) -> list[dict[str, str]]:
    """Categories by a part of their words in either language, or by the initials of their pinyin."""
    wanted = text.strip().casefold()
    found = [one for one in _categories(area_path) if any(wanted in name for name in one.names)]
    found.sort(key=lambda one: not any(name.startswith(wanted) for name in one.names))
    return [{"id": one.term.code, "label": one.term.label, "note": one.group.label} for one in found[:MOST]]


def category_meant(area_path: str, text: str, chosen: str) -> Term:
    """The category that was chosen, or the only one of exactly these words. Raises ValidationError."""
    named = [
        one.term for one in _categories(area_path) if text.casefold() in (one.term.zh, one.term.en.casefold())
    ]
    exact = [term for term in named if term.code == chosen] or named
    if len(exact) == 1:
        return exact[0]
    raise ValidationError(sentence(words("Choose the category among the suggestions."), {}))


@dataclass(frozen=True)
class _Category:
    term: Term
    group: Term
    names: tuple[str, ...]


@kept
def _categories(area_path: str) -> tuple[_Category, ...]:
    return tuple(
        _Category(leaf.term, branch.term, (leaf.term.zh, leaf.term.en.casefold(), initials(leaf.term.zh)))
        for catalogue in CATALOGUES
        for branch in term_tree(catalogue, area_path)
        for leaf in branch.below or (branch,)
    )


def _find_areas(text: str, paths: Iterable[str]) -> list[Area]:
    name = text.strip()
    if not name:
        return []
    valid = within(Area.objects.valid_on(clock.today()).filter(level__gte=COUNTY_LEVEL), paths, "")
    if name.isascii():
        by_initials = "".join(f"{letter}[^ ]* ?" for letter in name.casefold() if letter.isalnum())
        named = Q(sort_key__regex=f"^{by_initials}") if by_initials else Q(pk__in=())
    else:
        named = Q(name__contains=name)
    return list(valid.filter(named).order_by("level", "sort_key", "code")[:MOST])


def _chosen(actor: Actor, kind: str, id_: int) -> Place | None:
    if kind == "site":
        site = within(Site.objects.select_related("area", "parent"), actor.areas).filter(id=id_).first()
        return Place(site.area, site) if site else None
    area = within(Area.objects.valid_on(clock.today()), actor.areas, "").filter(id=id_).first()
    return Place(area) if area else None


def _site_name(site: Site) -> str:
    return f"{site.parent.name} {site.name}" if site.parent else site.name
