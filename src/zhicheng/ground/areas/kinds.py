"""What an area is called in administration, level by level.

>>> AreaKind.TOWN.level
<Level.TOWNSHIP: 4>
"""

from enum import StrEnum

from zhicheng.core.codes import Level


class AreaKind(StrEnum):
    """Kind of an area. A pseudo-unit is coded like a township but is an office, a farm or a zone."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    COUNTY = "county"
    COUNTY_LEVEL_CITY = "county_level_city"
    DEVELOPMENT_ZONE = "development_zone"
    SUBDISTRICT = "subdistrict"
    TOWN = "town"
    TOWNSHIP = "township"
    PSEUDO_UNIT = "pseudo_unit"
    RESIDENTS = "residents"
    VILLAGERS = "villagers"
    RESIDENTS_EQUIVALENT = "residents_equivalent"
    VILLAGERS_EQUIVALENT = "villagers_equivalent"

    @property
    def level(self) -> Level:
        """The level on which areas of this kind stand."""
        return _LEVELS[self]


_KINDS_BY_LEVEL = {
    Level.PROVINCE: (AreaKind.PROVINCE,),
    Level.CITY: (AreaKind.CITY,),
    Level.COUNTY: (
        AreaKind.DISTRICT,
        AreaKind.COUNTY,
        AreaKind.COUNTY_LEVEL_CITY,
        AreaKind.DEVELOPMENT_ZONE,
    ),
    Level.TOWNSHIP: (AreaKind.SUBDISTRICT, AreaKind.TOWN, AreaKind.TOWNSHIP, AreaKind.PSEUDO_UNIT),
    Level.VILLAGE: (
        AreaKind.RESIDENTS,
        AreaKind.VILLAGERS,
        AreaKind.RESIDENTS_EQUIVALENT,
        AreaKind.VILLAGERS_EQUIVALENT,
    ),
}
_LEVELS = {kind: level for level, kinds in _KINDS_BY_LEVEL.items() for kind in kinds}
