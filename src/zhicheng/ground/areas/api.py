"""What other apps may use of areas."""

from zhicheng.ground.areas.boundaries import read_boundaries, remove_boundaries, write_boundaries
from zhicheng.ground.areas.cities import City, find_city, list_cities
from zhicheng.ground.areas.entries import (
    Address,
    AreaEntry,
    BoundaryEntry,
    Entry,
    FullCode,
    LevelName,
    SuccessionEntry,
)
from zhicheng.ground.areas.kinds import AreaKind
from zhicheng.ground.areas.known import AreaRefused
from zhicheng.ground.areas.loading import read_areas, remove_areas, write_areas
from zhicheng.ground.areas.models import Area, Boundary, Succession, SuccessionKind
from zhicheng.ground.areas.queries import (
    UnknownArea,
    area_label,
    area_labels,
    current_successor,
    find_area,
    get_area,
    lies_within,
    list_boundaries,
    list_children,
    within,
)
from zhicheng.ground.areas.standing import areas_around, current_path, standing_ids, standing_paths
from zhicheng.ground.areas.successions import read_successions, remove_successions, write_successions

__all__ = [
    "Address",
    "Area",
    "AreaEntry",
    "AreaKind",
    "AreaRefused",
    "Boundary",
    "BoundaryEntry",
    "City",
    "Entry",
    "FullCode",
    "LevelName",
    "Succession",
    "SuccessionEntry",
    "SuccessionKind",
    "UnknownArea",
    "area_label",
    "area_labels",
    "areas_around",
    "current_path",
    "current_successor",
    "find_area",
    "find_city",
    "get_area",
    "lies_within",
    "list_boundaries",
    "list_children",
    "list_cities",
    "read_areas",
    "read_boundaries",
    "read_successions",
    "remove_areas",
    "remove_boundaries",
    "remove_successions",
    "standing_ids",
    "standing_paths",
    "within",
    "write_areas",
    "write_boundaries",
    "write_successions",
]
