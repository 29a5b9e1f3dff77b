"""What packs say of documents: forms.toml, how each is printed; prefixes.csv, by which letters bodies number."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pydantic import Field

from zhicheng.core.words import words
from zhicheng.ground.areas.api import Entry, FullCode, get_area
from zhicheng.ground.areas.api import within as within_areas
from zhicheng.ground.documents.layouts import Layout
from zhicheng.ground.documents.models import FormLayout, Prefix
from zhicheng.ground.documents.numbers import claimed_series
from zhicheng.ground.documents.registry import find_source, list_sources
from zhicheng.ground.packs.api import (
    BodyKey,
    Contents,
    Problem,
    Scope,
    Section,
    Store,
    check_apart,
    check_body,
    check_periods,
    deleted,
    ended,
)
from zhicheng.ground.parties.api import Organization


class FormKey(Entry):
    """Which form, and where. `area` narrows it to an area inside the pack's."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    area: FullCode | None = None


class FormEntry(Layout, FormKey):
    """One form in force on some days."""

    valid_from: date
    valid_to: date | None = None


class PrefixRow(Entry):
    """The letters of a body's documents."""

    organization: BodyKey
    letters: str = Field(min_length=1, max_length=20)
    sample: bool = False


def _check_places(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """Every form is one that the house fills, and has no place that nothing fills."""
    known = ", ".join(source.form for source in list_sources())
    for line in contents.of(section.name):
        source = find_source(line.row.key)
        if source is None:
            yield Problem(section.file, line.place, "key", line.row.key,
                          words("a form among {names}"), {"names": known})  # fmt: skip
            continue
        for place in source.unknown(line.row):
            yield Problem(section.file, line.place, "blocks", f"{{{place}}}",
                          words("places among {names}"), {"names": ", ".join(sorted(source.names))})  # fmt: skip


def _check_marks(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """No form is numbered in a series that numbers something else."""
    for line in contents.of(section.name):
        if line.row.mark in claimed_series():
            yield Problem(section.file, line.place, "mark", line.row.mark,
                          words("a mark that numbers nothing but documents"), {})  # fmt: skip


def _read_forms(scope: Scope) -> list[FormEntry]:
    return [
        FormEntry.model_validate(
            {
                **row.layout, "key": row.key, "valid_from": row.valid_from, "valid_to": row.valid_to,
                "area": None if row.area is None or row.area.code == scope.area_code else row.area.code,
            }
        )
        for row in _stored(scope)
    ]  # fmt: skip


def _stored(scope: Scope) -> list[FormLayout]:
    rows = FormLayout.objects.select_related("area")
    if scope.is_national:
        return list(rows.filter(area__isnull=True))
    area = scope.find_area()
    return list(within_areas(rows, [area.path])) if area else []


def _save_forms(scope: Scope, rows: Sequence[FormEntry]) -> None:
    for row in rows:
        area = get_area(row.area, scope.on) if row.area else scope.find_area()
        layout = row.model_dump(mode="json", include=set(Layout.model_fields))
        # `update_or_create` would write the first day too, which the application may not.
        one = {"key": row.key, "area": area, "valid_from": row.valid_from}
        said = {"layout": layout, "valid_to": row.valid_to}
        if not FormLayout.objects.filter(**one).update(**said):
            FormLayout.objects.create(**one, **said)


def _remove_forms(scope: Scope, rows: Sequence[FormEntry]) -> None:
    for row in rows:
        area = get_area(row.area, scope.on) if row.area else scope.find_area()
        FormLayout.objects.filter(key=row.key, area=area, valid_from=row.valid_from).delete()


def _read_prefixes(scope: Scope) -> list[PrefixRow]:
    area = scope.find_area()
    if area is None:
        return []
    rows = Prefix.objects.filter(organization__key__isnull=False).select_related("organization")
    held = rows.filter(organization__area__path__startswith=area.path)
    return [
        PrefixRow(organization=str(row.organization.key), letters=row.letters, sample=row.sample) for row in held
    ]


def _save_prefixes(scope: Scope, rows: Sequence[PrefixRow]) -> None:
    for row in rows:
        body = Organization.objects.get(key=row.organization)
        Prefix.objects.update_or_create(organization=body, defaults={"letters": row.letters, "sample": row.sample})


def _remove_prefixes(scope: Scope, rows: Sequence[PrefixRow]) -> None:
    Prefix.objects.filter(organization__key__in=[row.organization for row in rows]).delete()


FORMS = Section(
    name="forms", file="forms.toml", row=FormEntry, key=("key", "area", "valid_from"), table="form",
    checks=(check_periods, check_apart("key", "area"), _check_places, _check_marks),
    store=Store(read=_read_forms, save=_save_forms, remove=_remove_forms, end=ended),
)  # fmt: skip
PREFIXES = Section(
    name="prefixes", file="prefixes.csv", row=PrefixRow, key=("organization",),
    checks=(check_body("organization"),),
    store=Store(read=_read_prefixes, save=_save_prefixes, remove=_remove_prefixes, end=deleted),
)  # fmt: skip
