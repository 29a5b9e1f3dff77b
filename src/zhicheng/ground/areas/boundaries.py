"""Outlines to and from files."""

from collections.abc import Sequence

from zhicheng.core.codes import Level
from zhicheng.core.words import words
from zhicheng.ground.areas.entries import BoundaryEntry
from zhicheng.ground.areas.known import AreaRefused, KnownAreas, root_paths
from zhicheng.ground.areas.models import Area, Boundary
from zhicheng.ground.areas.queries import within


def read_boundaries(code: str, level: Level) -> list[BoundaryEntry]:
    """The outlines of the area of that code and of everything below it."""
    inside = within(Boundary.objects.select_related("area"), root_paths(code, level))
    return [
        BoundaryEntry(
            code=one.area.code, level=Level(one.area.level), valid_from=one.area.valid_from,
            source=one.source, vintage=one.vintage, geometry=one.geometry,
        )
        for one in inside
    ]  # fmt: skip


def write_boundaries(entries: Sequence[BoundaryEntry]) -> None:
    """Stores outlines, replacing what the areas had. Raises AreaRefused if an area is not there."""
    Boundary.objects.bulk_create(
        [
            Boundary(area=area, geometry=entry.geometry.model_dump(), source=entry.source, vintage=entry.vintage)
            for entry, area in _outlined(entries)
        ],
        update_conflicts=True,
        update_fields=["geometry", "source", "vintage"],
        unique_fields=["area"],
    )


def remove_boundaries(entries: Sequence[BoundaryEntry]) -> None:
    """Deletes outlines."""
    Boundary.objects.filter(area__in=[area for _, area in _outlined(entries)]).delete()


def _outlined(entries: Sequence[BoundaryEntry]) -> list[tuple[BoundaryEntry, Area]]:
    known = KnownAreas(entry.code for entry in entries)
    found = []
    for entry in entries:
        area = known.at(entry.address)
        if area is None:
            raise AreaRefused(
                words("The outline is for {code} from {valid_from} on, which is not there"),
                code=entry.code, valid_from=entry.valid_from,
            )  # fmt: skip
        found.append((entry, area))
    return found
