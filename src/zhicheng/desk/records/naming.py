"""Naming areas and estates while entering records: only those for which the person enters anything."""

from django.db.models import Q

from zhicheng.core.access import Actor
from zhicheng.core.words import words
from zhicheng.desk.records.scope import areas_of
from zhicheng.desk.suggestions import MOST, Labelled, Suggestions
from zhicheng.ground import clock
from zhicheng.ground.areas.api import Area, area_labels, within
from zhicheng.ground.objects.api import Site, SiteKind, find_sites


def areas_for(actor: Actor) -> Suggestions[Area]:
    """The areas of the actor's body, by a part of the name or the first digits of the code."""

    def find(text: str) -> Labelled[Area]:
        if not text:
            return []
        by_code = text.isascii() and text.isdecimal()
        named = Q(code__startswith=text) if by_code else Q(name__contains=text)
        valid = within(Area.objects.valid_on(clock.today()), areas_of(actor), "").filter(named)
        found = sorted(valid.order_by("level", "code")[:MOST], key=lambda one: one.name != text)
        addresses = area_labels(found)
        return [(one, one.code if by_code else one.name, addresses[one.pk]) for one in found]

    none = words("No area of your body is called “{text}”. Type a part of its name or its code.")
    return Suggestions(Area, find, none)


def estates_for(actor: Actor) -> Suggestions[Site]:
    """The estates and projects of the actor's areas, by a part of the name."""

    def find(text: str) -> Labelled[Site]:
        found = [one for one in find_sites(text, areas_of(actor), limit=MOST * 2) if one.kind == SiteKind.PROJECT]
        found.sort(key=lambda one: one.name != text)
        labels = area_labels([one.area for one in found])
        return [(one, one.name, labels[one.area_id]) for one in found[:MOST]]

    return Suggestions(Site, find, words("No estate is called “{text}”. Enter the estate first."))
