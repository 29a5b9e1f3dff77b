"""Tables in CSV, TOML and GeoJSON: raw rows in, rows out, always in the same bytes."""

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from zhicheng.core.words import words
from zhicheng.ground.packs.problems import Problem
from zhicheng.ground.packs.sections import Section

RawRow = tuple[str, dict[str, Any]]
"""Where a row stands, and its values by column."""


@dataclass(frozen=True)
class Raw:
    """A file as read, before its values are looked at."""

    rows: Sequence[RawRow] = ()
    problems: Sequence[Problem] = ()


def read_raw(path: Path, section: Section[Any]) -> Raw:
    """The rows of a file in the format of its suffix, or why they cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        return _unreadable(section.file, error, words("text in UTF-8"))
    if path.suffix == ".csv":
        return _read_csv(text, section)
    return _read_toml(text, section) if path.suffix == ".toml" else _read_geojson(text, section)


def _read_csv(text: str, section: Section[Any]) -> Raw:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        lines = [(f"row {reader.line_num}", cells) for cells in reader if cells]
    except csv.Error as error:
        return _unreadable(section.file, error, words("comma-separated values with quotes in pairs"))
    problems = list(_header_problems(header, section))
    if problems:
        return Raw(problems=problems)
    width = len(header)
    fitting = [(place, cells) for place, cells in lines if len(cells) == width]
    misfits = [_misfit(section.file, place, len(cells), width) for place, cells in lines if len(cells) != width]
    return Raw([(place, _filled(header, cells)) for place, cells in fitting], misfits)


def _filled(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells that hold anything, by column."""
    return {name: cell for name, cell in zip(header, cells, strict=True) if cell != ""}


def _misfit(file: str, place: str, cells: int, columns: int) -> Problem:
    found = f"{cells} cells"
    return Problem(file, place, "", found, words("{columns} cells, as in the first row"), {"columns": columns})


def _header_problems(header: Sequence[str], section: Section[Any]) -> Iterable[Problem]:
    columns = section.row.model_fields
    names = ", ".join(columns)
    for name in header:
        if name not in columns:
            yield Problem(section.file, "row 1", name, name, words("a column among {names}"), {"names": names})
        elif header.count(name) > 1:
            yield Problem(section.file, "row 1", name, name, words("every column once"))
    for name, info in columns.items():
        if info.is_required() and name not in header:
            yield Problem(section.file, "row 1", name, expected=words("a column of this name"))


def _read_toml(text: str, section: Section[Any]) -> Raw:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _unreadable(section.file, error, words("valid TOML"))
    name, shape = section.table, f"[{section.table}.…]" if section.keyed else f"[[{section.table}]]"
    expected, params = words("nothing but tables {shape}"), {"shape": shape}
    problems = [Problem(section.file, "", key, key, expected, params) for key in content if key != name]
    tables = content.get(name, {} if section.keyed else [])
    if not isinstance(tables, dict if section.keyed else list):
        return Raw(problems=[*problems, Problem(section.file, "", name, _short(tables), expected, params)])
    rows: list[RawRow] = []
    for key, table in tables.items() if isinstance(tables, dict) else enumerate(tables, start=1):
        place = f"{name}.{key}" if section.keyed else f"{name} {key}"
        if isinstance(table, dict):
            rows.append((place, {section.key[0]: key, **table} if section.keyed else table))
        else:
            problems.append(Problem(section.file, place, "", _short(table), expected, params))
    return Raw(rows, problems)


def _read_geojson(text: str, section: Section[Any]) -> Raw:
    expected = words("a GeoJSON FeatureCollection")
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        return _unreadable(section.file, error, expected)
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        return Raw(problems=[Problem(section.file, found=_short(content), expected=expected)])
    rows: list[RawRow] = []
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            problem = Problem(section.file, f"feature {number}", found=_short(feature), expected=expected)
            return Raw(rows, [problem])
        rows.append((f"feature {number}", {**feature["properties"], "geometry": feature.get("geometry")}))
    return Raw(rows)


def _unreadable(file: str, error: Exception, expected: str) -> Raw:
    return Raw(problems=[Problem(file, found=str(error), expected=expected)])


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"


def write_rows(path: Path, section: Section[Any], rows: Iterable[Any]) -> None:
    """Writes rows in the section's order. The same rows always give the same bytes."""
    dumped = [_dumped(row, json_safe=path.suffix != ".toml") for row in section.sorted(rows)]
    if path.suffix == ".csv":
        text = _csv(dumped, list(section.row.model_fields))
    elif path.suffix == ".toml":
        text = tomli_w.dumps(
            {section.table: _by_first_key(dumped, section) if section.keyed else dumped}, multiline_strings=True
        )
    else:
        text = _geojson(dumped)
    path.write_text(text, encoding="utf-8", newline="")


def _dumped(row: Any, *, json_safe: bool) -> dict[str, Any]:
    values: dict[str, Any] = row.model_dump(mode="json" if json_safe else "python", exclude_defaults=True)
    return {name: value for name, value in values.items() if value is not None}


def _by_first_key(rows: Iterable[dict[str, Any]], section: Section[Any]) -> dict[str, dict[str, Any]]:
    return {str(row.pop(section.key[0])): row for row in rows}


def _csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({name: "true" if value is True else value for name, value in row.items()} for row in rows)
    return buffer.getvalue()


def _geojson(rows: Iterable[Mapping[str, Any]]) -> str:
    features = (
        {
            "type": "Feature",
            "properties": {name: value for name, value in row.items() if name != "geometry"},
            "geometry": row["geometry"],
        }
        for row in rows
    )
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
